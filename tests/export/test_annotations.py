"""Annotations: W3C's shape, PROV's chain, true quotations."""

import json

import dateline.archive
import dateline.archive.link
from dateline.archive import decide
from dateline.archive.link import link
from dateline.export import write
from tests.archive.asked import STORIES, fill


def test_every_note_quotes_its_report_and_says_who_made_it(tmp_path):
    with dateline.archive.open(str(tmp_path / "a.db")) as archive:
        fill(archive)
        link(archive)
        first = next(dateline.archive.link.incidents_in_view(archive))["id"]
        decide.pin(archive, first, "Ada", "seen it")
        link(archive)
        write(archive, "annotations", tmp_path / "notes.jsonld")
    got = json.loads((tmp_path / "notes.jsonld").read_text(encoding="utf-8"))
    assert got["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    nodes = {x["id"]: x for x in got["@graph"]}
    assert len(nodes) == len(got["@graph"])
    notes = [x for x in nodes.values() if "Annotation" in x["type"]]
    assert len(notes) == 3 * (2 + 2)  # two events and two statements a report
    texts = {f"urn:dateline:report:{r.report.id}": r.report.text for r in STORIES}
    for note in notes:
        for target in note["target"]:
            text = texts[target["source"]]
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[position["start"] : position["end"]] == quote["exact"] != ""
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        reading = nodes[note["wasGeneratedBy"]]
        assert reading["type"] == "prov:Activity" and reading["used"] == note["wasDerivedFrom"] in texts
        assert nodes[reading["wasAssociatedWith"]]["type"] == ["Software", "prov:SoftwareAgent"]
    incidents = [x for x in nodes.values() if "prov:Collection" in x["type"]]
    assert sorted(m for x in incidents for m in x["hadMember"]) == sorted(
        n["id"] for n in notes if n["motivation"] == "classifying"
    )
    assert all(nodes[m]["dateline:incident"] == x["id"] for x in incidents for m in x["hadMember"])
    (decision,) = [x for x in nodes.values() if x["id"].startswith("urn:dateline:decision:")]
    assert decision["wasAssociatedWith"] == "urn:dateline:reviewer:Ada" and decision["dateline:holds"] is True
