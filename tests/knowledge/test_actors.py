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
