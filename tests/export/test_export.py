"""What goes out in a shape comes back from it: columns, numbers, codes, days, words."""

import csv
import io
import json
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

import dateline.archive
from dateline.archive.ask import Question
from dateline.archive.link import link
from dateline.errors import ExportError
from dateline.export import FORMATS, acled, write
from dateline.export.facts import facts
from dateline.export.gdelt import fraction
from dateline.export.ucdp import grid
from dateline.knowledge.ontology.exchange import load_exchange
from tests.archive.asked import STORIES, fill, story

HERE = Path(__file__).parent
COLUMNS = {k: v.split(",") for k, v in tomllib.loads((HERE / "columns.toml").read_text("utf-8")).items()}
ACLED = tomllib.loads((HERE / "acled.toml").read_text("utf-8"))["case"]
EVIL = '=HYPERLINK("http://x.example","go")'


def aid():
    """A report of aid from abroad: CAMEO 070, a longitude below 0, an outlet that a spreadsheet would run, an Arabic name."""
    made = story(
        "r4",
        "UN",
        "igo:UN",
        None,
        date(2016, 2, 25),
        "تمبكتو",
        (16.77, -3.01),
        outlet=EVIL,
        land="MLI",
        published=date(2016, 2, 26),
    )
    first = made.events[0].model_copy(
        update={
            "type": "AID",
            "mode": None,
            "cameo": "070",
            "figures": [],
            "acled": made.events[0].acled.model_copy(update={"event_type": None, "sub_event_type": None}),
        }
    )
    return made.model_copy(
        update={
            "events": [first, *made.events[1:]],
            "actors": [made.actors[0].model_copy(update={"kind": "igo"}), *made.actors[1:]],
        }
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every shape, of incidents; and the facts that they were made of."""
    folder = tmp_path_factory.mktemp("exports")
    with dateline.archive.open(str(folder / "a.db")) as archive:
        fill(archive, (*STORIES, aid()))
        link(archive)
        done = {f: write(archive, f, folder / f) for f in FORMATS}
        found = {f.id: f for f in facts(archive, Question())}
    return folder, done, found


def rows(written, shape):
    """Rows as another program reads them."""
    folder, _, _ = written
    text = (folder / shape).read_text(encoding="utf-8")
    if shape in ("acled", "ucdp", "hxl"):
        return list(csv.DictReader(io.StringIO(text)))
    lines = [line.split("\t") for line in text.split("\n")[:-1]]
    names = lines.pop(0) if shape == "polecat" else COLUMNS["gdelt"]
    assert all(len(x) == len(names) for x in lines)
    return [dict(zip(names, x, strict=True)) for x in lines]


@pytest.mark.parametrize(("shape", "count"), [("acled", 31), ("ucdp", 49), ("polecat", 40), ("gdelt", 58)])
def test_columns_are_exactly_those_of_the_shape(written, shape, count):
    assert len(COLUMNS[shape]) == count
    assert all(list(row) == COLUMNS[shape] for row in rows(written, shape))
    from importlib import import_module

    assert list(import_module(f"dateline.export.{shape}").COLUMNS) == COLUMNS[shape]


def test_acled_rows_come_back(written):
    _, done, found = written
    got = rows(written, "acled")
    assert [(x["event_date"], x["location"], x["actor1"], x["fatalities"]) for x in got] == [
        ("2016-02-20", "Azaz", "Turkey", "12"), ("2016-02-23", "Hama", "Russia", "30"), ("2016-03-01", "Marea", "YPG", "3"),
    ]  # fmt: skip
    x = got[0]
    f = found[x["event_id_cnty"].removeprefix("SYR-")]
    assert (float(x["latitude"]), float(x["longitude"])) == (f.place.lat, f.place.lon)
    assert (x["iso"], x["region"], x["country"], x["admin1"]) == ("760", "Middle East", "Syria", f.division or "")
    assert (x["event_type"], x["sub_event_type"]) == f.acled and x["disorder_type"] == "Political violence"
    assert (x["inter1"], x["inter2"], x["interaction"]) == (
        "External/Other forces",
        "Civilians",
        "External/Other forces-Civilians",
    )
    assert x["civilian_targeting"] == "Civilian targeting" and x["tags"] == "disputed" and x["time_precision"] == "1"
    assert x["notes"] == f.first.sentence and x["source"] == "Desk"
    assert done["acled"].rows + done["acled"].left_out.total() == len(found)
    assert done["acled"].left_out["ACLED records no such event"] == 1


def test_acled_names_civilians_where_violence_against_them_names_nobody(written):
    fact = next(f for f in written[2].values() if f.acled and f.actors and f.recipients)
    attacked = replace(fact, recipients=(), acled=("Violence against civilians", "Attack"))
    x = dict(zip(COLUMNS["acled"], acled.row(attacked), strict=True))
    assert (x["actor2"], x["inter2"], x["civilian_targeting"]) == ("Civilians", "Civilians", "Civilian targeting")
    clash = dict(zip(COLUMNS["acled"], acled.row(replace(attacked, acled=("Battles", "Armed clash"))), strict=True))
    assert (clash["actor2"], clash["civilian_targeting"]) == (None, None)


def test_ucdp_rows_come_back(written):
    got = rows(written, "ucdp")
    assert [(x["side_a"], x["side_b"], x["best"], x["deaths_civilians"], x["type_of_violence"]) for x in got] == [
        ("Turkey", "Civilians", "12", "12", "3"), ("Russia", "Civilians", "30", "30", "3"), ("YPG", "Civilians", "3", "3", "3"),
    ]  # fmt: skip
    x = got[0]
    assert (x["date_start"], x["date_end"], x["date_prec"], x["where_prec"]) == ("2016-02-20", "2016-02-20", "1", "1")
    assert (x["country_id"], x["region"], x["gwnoa"], x["gwnob"]) == ("652", "Middle East", "640", "")
    assert x["geom_wkt"] == "POINT (37.044000 36.586000)" and int(x["priogrid_gid"]) == grid(36.586, 37.044)
    assert x["relid"] in written[2] and len({int(y["id"]) for y in got}) == 3 and x["source_original"] == "Observatory"


def test_gdelt_codes_keep_their_zeros_and_rows_come_back(written):
    got = {x["ActionGeo_FullName"].split(",")[0]: x for x in rows(written, "gdelt")}
    aid, shelling = got["تمبكتو"], got["Azaz"]
    assert (aid["EventCode"], aid["EventBaseCode"], aid["EventRootCode"], aid["QuadClass"]) == ("070", "070", "07", "2")
    assert (float(aid["GoldsteinScale"]), float(aid["ActionGeo_Long"]), aid["ActionGeo_CountryCode"]) == (
        7.0,
        -3.01,
        "ML",
    )
    assert (shelling["SQLDATE"], shelling["MonthYear"], shelling["Year"]) == ("20160220", "201602", "2016")
    assert (shelling["Actor1Code"], shelling["Actor1Name"], shelling["Actor2Code"]) == ("TUR", "TURKEY", "CVL")
    assert float(shelling["FractionDate"]) == fraction(date(2016, 2, 20)) == 2016.2191


def test_polecat_rows_come_back_and_nothing_is_none(written):
    got = {x["Placename"]: x for x in rows(written, "polecat")}
    x = got["Azaz"]
    assert (x["Event Date"], x["Event Type"], x["Event Mode"], x["Quad Code"]) == (
        "2016-02-20",
        "ASSAULT",
        "heavy-weapons",
        "MATERIAL CONFLICT",
    )
    assert (x["Actor Name"], x["Actor Country"], x["Actor COW"], x["Primary Actor Sector"]) == (
        "Turkey",
        "TUR",
        "640",
        "GOV",
    )
    assert x["Intensity"] == x["Wikipedia Actor ID"] == x["Recipient Country"] == "None" and "" not in x.values()
    assert float(got["تمبكتو"]["Longitude"]) == -3.01


def test_plover_lines_come_back(written):
    folder, done, found = written
    got = [json.loads(line) for line in (folder / "plover").read_text(encoding="utf-8").splitlines()]
    assert len(got) == done["plover"].rows == sum(f.start is not None for f in found.values())
    for x in got:
        f = found[x["id"]]
        assert set(x) <= set(COLUMNS["plover"]) and {"id", "date", "actor", "event"} <= set(x)
        assert (x["date"], x["event"], [a["name"] for a in x["actor"]]) == (
            str(f.start),
            f.type,
            [a.name for a in f.actors],
        )
        texts = {r.report.id: r.report.text for r in (*STORIES, aid())}
        assert all(texts[i["report"]][slice(*i["trigger"])] == "shelled" for i in x["text_info"])


def test_geojson_puts_longitude_first_and_keeps_what_has_no_place(written):
    folder, _, found = written
    got = json.loads((folder / "geojson").read_text(encoding="utf-8"))
    assert got["type"] == "FeatureCollection" and len(got["features"]) == len(found)
    points = {x["id"]: x["geometry"] for x in got["features"]}
    for id_, f in found.items():
        assert points[id_] == ({"type": "Point", "coordinates": [f.place.lon, f.place.lat]} if f.place else None)
    assert Counter(p is None for p in points.values()) == {False: 4, True: len(found) - 4}


def test_hxl_has_hashtags_in_its_second_row(written):
    tags, *got = rows(written, "hxl")
    assert all(t.startswith("#") for t in tags.values()) and tags["killed at most"] == "#affected+killed+max"
    assert len(got) == len(written[2])
    aid = next(x for x in got if x["code"] == "070")
    assert aid["longitude"] == "-3.01" and aid["country code"] == "MLI"
    assert aid["source"] == "'" + EVIL


def test_parquet_comes_back_typed(written):
    folder, _, found = written
    got = duckdb.sql(f"select * from read_parquet('{folder / 'parquet'}')")
    kinds = dict(zip(got.columns, map(str, got.types), strict=True))
    assert (kinds["start"], kinds["lon"], kinds["cameo"], kinds["actors"]) == ("DATE", "DOUBLE", "VARCHAR", "VARCHAR[]")
    by_id = {x[0]: dict(zip(got.columns, x, strict=True)) for x in got.fetchall()}
    for id_, f in found.items():
        x = by_id[id_]
        assert (x["start"], x["cameo"], x["killed_high"]) == (f.start, f.cameo, f.killed[1])
        assert x["lon"] == (f.place.lon if f.place else None) and x["actors"] == [a.name for a in f.actors]
        assert x["outlets"] == list(f.outlets) and [m["words"] for m in x["mentions"]] == [
            t.sentence for t in f.tellings
        ]


def test_no_cell_is_run_by_a_spreadsheet(written):
    for shape in ("acled", "ucdp", "hxl", "gdelt", "polecat"):
        for row in rows(written, shape):
            for name, value in row.items():
                if value.startswith(("=", "+", "@", "-")):
                    assert float(value) < 0, (shape, name, value)


def test_events_are_rows_where_they_are_asked_for_and_without_incidents(tmp_path):
    with dateline.archive.open(str(tmp_path / "a.db")) as archive:
        fill(archive)
        assert write(archive, "hxl", tmp_path / "before").rows == 6
        link(archive)
        assert write(archive, "hxl", tmp_path / "events", events=True).rows == 6
        assert (tmp_path / "before").read_bytes() == (tmp_path / "events").read_bytes()
        assert write(archive, "acled", tmp_path / "turkey", Question(actors=("Turkey",))).rows == 1


def test_the_order_of_arrival_changes_no_export(tmp_path):
    exports = []
    for n, order in enumerate((STORIES, STORIES[::-1])):
        with dateline.archive.open(str(tmp_path / f"{n}.db")) as archive:
            fill(archive, order)
            link(archive)
            for f in FORMATS:
                write(archive, f, tmp_path / f"{n}.{f}")
        exports.append({f: (tmp_path / f"{n}.{f}").read_bytes() for f in FORMATS})
    assert exports[0] == exports[1]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    with dateline.archive.open(str(tmp_path / "a.db")) as archive:
        fill(archive)
        (tmp_path / "old.csv").write_text("old", encoding="utf-8")
        with pytest.raises(Exception, match="Nobody of that name"):
            write(archive, "hxl", tmp_path / "old.csv", Question(actors=("Nobody of that name",)))
        assert (tmp_path / "old.csv").read_text(encoding="utf-8") == "old"
        with pytest.raises(ExportError, match="DL-X01"):
            write(archive, "hxl", tmp_path / "no such folder" / "x.csv")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


@pytest.mark.parametrize("case", ACLED, ids=lambda c: c["name"])
def test_acled_s_precedence_over_a_whole_event(case):
    assert list(load_exchange().acled(case["subs"], case["armed"]) or ()) == case["whole"]


def test_every_shape_s_limits_are_documented():
    page = (HERE.parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    for shape in FORMATS:
        section = page.split(f"\n## {shape}\n", 1)[1].split("\n## ")[0]
        assert "cannot carry" in section, shape
