"""Packs of the user's own: they add, they change, they win, and what is wrong with them is told whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import KnowledgeError
from dateline.knowledge.actors import load_register, named_packs, pack_files

PACK = """
name = "lake"

[[actor]]
key = "group:zaman-brigade"
name = "Zaman Brigade"
kind = "militia"
country = "TCD"
aliases = ["Zaman Boys", "ZB@2019-2021"]
ties = ["part-of group:VDP 2020..2022"]

[[actor]]
key = "group:YPG"
kind = "rebel"

[[actor]]
key = "group:ansaru"
drop = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lake.toml").write_text(PACK, encoding="utf-8")
    return tmp_path


def test_a_pack_adds_changes_and_drops(folder: Path) -> None:
    register = load_register(packs=pack_files(folder))
    ours = load_register()
    assert register.named("Zaman Boys")[0].key == "group:zaman-brigade"
    assert register.named("ZB", date(2020, 1, 1)) and not register.named("ZB", date(2023, 1, 1))
    assert register.entries["group:zaman-brigade"].larger(date(2021, 5, 1)) == "group:VDP"
    assert register.entries["group:zaman-brigade"].larger(date(2023, 5, 1)) is None
    changed = register.entries["group:YPG"]
    assert (changed.kind, changed.name, changed.aliases) == ("rebel", "YPG", ours.entries["group:YPG"].aliases)
    assert register.get("group:ansaru") is None and ours.get("group:ansaru") is not None


def test_a_name_of_a_pack_wins_over_ours(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        '[[actor]]\nkey = "group:my-m23"\nname = "M23"\nkind = "rebel"\n', encoding="utf-8"
    )
    assert load_register(packs=pack_files(tmp_path)).named("M23")[0].key == "group:my-m23"


def test_a_record_can_name_its_packs(folder: Path) -> None:
    before = named_packs(pack_files(folder))
    assert before.startswith("lake@") and len(before) == len("lake@") + 8
    (folder / "lake.toml").write_text(PACK + "\n# changed\n", encoding="utf-8")
    assert named_packs(pack_files(folder)) != before
    assert named_packs(()) == ""


def test_everything_wrong_with_a_pack_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(
        '[[actor]]\nkey = "group x"\n[[actor]]\nkey = "group:a"\nkind = "wizard"\ncolour = "red"\n'
        '[[actor]]\nkey = "group:b"\nname = "B"\nties = ["friend-of group:YPG 2020.."]\nroles = ["boss"]\npart_of = "igo:NOWHERE"\n',
        encoding="utf-8",
    )
    (tmp_path / "worse.toml").write_text("[[actor", encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_register(packs=pack_files(tmp_path))
    for word in ("'group x'", "'wizard'", "colour", "friend-of", "'boss'", "'igo:NOWHERE'", "worse.toml: no TOML"):
        assert word in str(error.value)


def test_a_folder_that_is_none_is_named() -> None:
    with pytest.raises(KnowledgeError, match="no folder of actor packs"):
        pack_files(Path("nowhere-at-all"))


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["actors", *words])
    return done.exit_code, done.output


def test_actors_are_found_and_shown_on_a_day() -> None:
    assert run("find", "YPG") == (0, run("find", "YPG")[1]) and "group:YPG\tYPG" in run("find", "YPG")[1]
    assert run("find", "no such actor anywhere")[0] == 1
    shown = run("show", "group:YPG", "--on", "2016-02-20")[1]
    assert "part-of group:SDF: 2015.." in shown and "state:USA backs it" in shown
    assert "part-of group:SDF" not in run("show", "group:YPG", "--on", "2012-02-20")[1]
    assert "foreign minister: Sergei Lavrov" in run("show", "state:RUS", "--on", "2016-02-20")[1]
    assert run("show", "group:nobody")[0] == 1


def test_an_actor_is_added_to_a_pack_and_a_bad_one_is_not(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    assert run("add", "group:zb", "Zaman Brigade", "--kind", "militia", "--alias", "ZB", "--pack", str(pack))[0] == 0
    body = pack.read_text(encoding="utf-8")
    assert run("add", "group:zc", "Zaman C", "--kind", "wizard", "--pack", str(pack))[0] == 2
    assert pack.read_text(encoding="utf-8") == body
    assert "group:zb\tZaman Brigade" in run("find", "ZB", "--actors", str(tmp_path))[1]
    assert "1 of them from packs" in run("check", "--actors", str(tmp_path))[1]
    assert "1 of them from packs" in run("check", str(tmp_path))[1]
