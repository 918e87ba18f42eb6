"""The register of actors: it loads whole, it counts, it knows who is who."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.actors import load_register
from dateline.knowledge.actors.loader import FOLDER
from dateline.knowledge.actors.register import fold

CASES = tomllib.loads((Path(__file__).parent / "actors.toml").read_text("utf-8"))
REGISTER = load_register()


def test_it_counts() -> None:
    kinds = Counter(entry.key.partition(":")[0] for entry in REGISTER.entries.values())
    assert kinds["state"] >= 195
    assert sum(kinds[k] for k in ("group", "party", "igo", "ngo", "media", "gov")) >= 500
    assert kinds["person"] >= 300


@pytest.mark.parametrize("case", CASES["name"], ids=lambda c: c["text"])
def test_a_name_finds_its_entry(case: dict[str, str]) -> None:
    day = date.fromisoformat(case["day"]) if "day" in case else None
    found = REGISTER.named(case["text"], day, case.get("countries", ()))
    assert found[0].key == case["key"]


@pytest.mark.parametrize("case", CASES["holder"], ids=lambda c: f"{c['role']} {c['org']} {c['day']}")
def test_an_office_has_its_holder_on_a_day(case: dict[str, str]) -> None:
    found = REGISTER.holders(case["role"], case["org"], date.fromisoformat(case["day"]))
    assert [entry.key for entry in found] == [case["key"]]


@pytest.mark.parametrize("texts", CASES["alike"])
def test_spellings_fold_alike(texts: list[str]) -> None:
    assert len({fold(text) for text in texts}) == 1


def test_a_broken_file_is_told_whole(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "media.csv").open("a", encoding="utf-8") as file:
        file.write("media:x,,X,wizard,ZZZ,,igo:NOWHERE,19x,\nshort,row\n")
    with pytest.raises(KnowledgeError) as error:
        load_register(folder)
    for word in ("name: empty", "'wizard'", "'ZZZ'", "'igo:NOWHERE'", "'19x'", "2 fields"):
        assert word in str(error.value)


def test_armed_groups_parties_and_umbrellas_are_many() -> None:
    kinds = Counter(e.kind for e in REGISTER.entries.values() if e.key.partition(":")[0] in ("group", "party"))
    assert sum(kinds[k] for k in ("rebel", "militia", "terrorist", "party", "other")) >= 1500


@pytest.mark.parametrize("case", CASES["larger"], ids=lambda c: f"{c['key']} {c['day']}")
def test_membership_has_its_years(case: dict[str, str]) -> None:
    assert REGISTER.entries[case["key"]].larger(date.fromisoformat(case["day"])) == case.get("larger")


def test_backers_have_their_years() -> None:
    backers = {e.key for e, t in REGISTER.tied_to("group:SNA") if t.kind == "backs" and t.held_in(2019)}
    assert backers == {"state:TUR"}
    assert not [e for e, t in REGISTER.tied_to("group:HNC") if t.kind == "backs" and t.held_in(2020)]


def test_a_common_word_in_lower_case_is_no_name() -> None:
    assert REGISTER.named("Elite Forces") and not REGISTER.named("elite forces")
    assert REGISTER.named("volunteer fighters")[0].key == "group:VDP"
