"""The gazetteer: names of war reports, spellings, the index."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.places import Gazetteer, build, distance_km, load, sources, tables
from dateline.knowledge.places.fold import fold, loosen
from dateline.knowledge.places.rows import Row

HERE = Path(__file__).parent


def cases() -> list[tuple[str, str, float, float]]:
    lines = [x for x in (HERE / "war_places.csv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    return [(r["name"], r["country"], float(r["lat"]), float(r["lon"])) for r in csv.DictReader(lines)]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load()


@pytest.mark.parametrize(("name", "country", "lat", "lon"), cases())
def test_a_place_of_war_is_within_25_km(gazetteer: Gazetteer, name: str, country: str, lat: float, lon: float) -> None:
    there = [c for c in gazetteer.candidates(name) if c.country == country]
    assert there, f"{name} is not known in {country}"
    assert min(distance_km(c.lat, c.lon, lat, lon) for c in there) <= 25


def test_the_table_of_war_places_is_long_enough() -> None:
    assert len(cases()) >= 150


@pytest.mark.parametrize(
    ("a", "b"),
    [("Sana`a", "Sanaa"), ("Al Bāb", "al-Bab"), ("Tall Rif‘at", "Tall Rifat"), ("St. Louis", "Saint Louis")],
)
def test_spellings_that_fold_to_one_key(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Kweyris", "Kuwayris"), ("Raqa", "ar-Raqqah"), ("Khan Sheikhoun", "Khan Shaykhun"), ("Tel Abyad", "Tall Abiad")],
)
def test_romanisations_that_share_the_looser_key(a: str, b: str) -> None:
    assert loosen(fold(a)) == loosen(fold(b))


def test_our_tables_hold_what_they_should() -> None:
    places = tables.own_places()
    assert sum(p.source.startswith("dateline:") for p in places) >= 300
    assert len(tables.spellings()) >= 300
    assert len(tables.countries()) >= 150
    assert len(tables.county_points()) >= 3000


def test_every_spelling_names_a_place_that_the_packages_have() -> None:
    divisions = sources.Divisions()
    rows = [
        *tables.own_places(), *sources.country_rows(), *divisions.rows(), *sources.settlement_rows(divisions),
    ]  # fmt: skip
    assert build.with_spellings(rows)[1] == []


def test_a_bad_table_lists_all_its_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    head = b"name,aliases,lat,lon,country,feature,precision,radius_km\n"
    bad = head + b"A,,95,0,SYR,PPL,settlement,1\nB,,1,2,Syria,PPL,x,1\n"
    monkeypatch.setattr(tables, "read_bytes", lambda name: bad)
    with pytest.raises(KnowledgeError, match=r"line 2.*line 3"):
        tables.own_places()


def test_the_index_lies_in_the_cache_folder_and_is_only_read(gazetteer: Gazetteer) -> None:
    path = build.index_path()
    assert path.parent == build.cache_folder()
    assert path.name == f"places-{build.digest()}.sqlite"
    with pytest.raises(sqlite3.OperationalError):
        gazetteer._db.execute("DELETE FROM place")


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATELINE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert build.cache_folder() == tmp_path / "dateline"
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "own"))
    assert build.cache_folder() == tmp_path / "own"


def test_demonyms_and_capitals(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("Syrian") == "SYR"
    capital = gazetteer.capital("SYR")
    assert capital is not None
    assert capital.name == "Damascus"


def test_the_places_of_war_are_many_and_named_as_the_news_names_them() -> None:
    war = tables.war_places()
    assert len(war) >= 3500
    assert sum(len(p.names) > 1 for p in war) >= 1500


def test_a_place_of_war_that_the_packages_have_lends_its_names() -> None:
    known, *_ = tables.war_places()
    far = [Row("Elsewhere", (("Elsewhere", "main"),), 0.0, 0.0, known.country, None, "PPL", 0, "x", "settlement", 2.0)]
    near = [
        Row(
            known.name,
            ((known.name, "main"),),
            known.lat + 0.1,
            known.lon,
            known.country,
            None,
            "PPL",
            9,
            "y",
            "settlement",
            2.0,
        )
    ]
    assert [r.source for r in build.with_war_places(far, [known])] == ["x", known.source]
    (merged,) = build.with_war_places(near, [known])
    assert {n for n, _ in merged.names} >= {known.name}
    assert merged.source == "y"
