"""Gazetteers that a user brings: GeoNames' dump, CSV, GeoJSON."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import KnowledgeError
from dateline.knowledge.places import Gazetteer, imported, load, read_gazetteer, store
from dateline.knowledge.places.build import index_path

# Columns as in GeoNames' readme: id, name, ascii, alternates, lat, lon, class, code, country, cc2, admin1 to 4, people …
GEONAMES = [
    "9000001\tQaryat az Zaytūn\tQaryat az Zaytun\tZeitouneh,Al Zaytuna,زيتون\t36.1\t37.2\tP\tPPL\tSY\t\t09\t\t\t\t40\t\t300\tAsia/Damascus\t2020-01-01",
    "9000002\tMuḩāfaz̧at Ḩalab\tMuhafazat Halab\t\t36.2\t37.6\tA\tADM1\tSY\t\t09\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01",
    "9000003\tHill 602\tHill 602\t\t33.9\t36.4\tT\tHLL\tLB\t\t11\t\t\t\t0\t\t602\tAsia/Beirut\t2020-01-01",
]
BAD = [
    "9000004\tNowhere\tNowhere\t\t136.1\t37.2\tP\tPPL\tSY\t\t09\t\t\t\t40\t\t300\tAsia/Damascus\t2020-01-01",
    "short\tline",
]


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))


def dump(folder: Path, lines: list[str]) -> Path:
    path = folder / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(lines) + "\n")
    return path


def test_a_dump_of_geonames_is_added_and_asked(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["places", "import", str(dump(tmp_path, GEONAMES))])
    assert done.exit_code == 0, done.output
    gazetteer = Gazetteer(index_path(), *imported())
    found = gazetteer.exact("Zeitouneh")
    assert [(c.source, c.country, c.admin1, c.matched) for c in found] == [
        ("geonames:9000001", "SYR", "Muḩāfaz̧at Ḩalab", "alternate")
    ]
    assert gazetteer.exact("Aleppo"), "what was there before stays"
    assert [c.precision for c in gazetteer.exact("Hill 602") if c.country == "LBN"] == ["exact"]


def test_one_country_of_a_dump(tmp_path: Path) -> None:
    rows = list(read_gazetteer(dump(tmp_path, GEONAMES), frozenset(["LBN"]), lambda _: None))
    assert [r.name for r in rows] == ["Hill 602"]


def test_bad_rows_are_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["places", "import", str(dump(tmp_path, [*GEONAMES, *BAD]))])
    assert done.exit_code == 1
    assert "line 4" in done.output
    assert "line 5" in done.output
    assert "3 places added" in done.output


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "villages.csv"
    path.write_text(
        "Name,Latitude,Longitude,Aliases,Country\nOumm Sahl,35.5,36.5,Um Sahel|Umm Sahel,SYR\n", encoding="utf-8"
    )
    store("villages", read_gazetteer(path, frozenset(), pytest.fail))
    found = Gazetteer(index_path(), *imported()).exact("Um Sahel")
    assert [(c.name, c.lat, c.country, c.matched) for c in found if c.source.startswith("user:")] == [
        ("Oumm Sahl", 35.5, "SYR", "alias")
    ]


def test_a_shape_is_placed_in_the_middle_of_its_bounds(tmp_path: Path) -> None:
    path = tmp_path / "zones.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Zone Orange","feature":"RGN"},'
        '"geometry":{"type":"Polygon","coordinates":[[[10,20],[12,20],[12,22],[10,22],[10,20]]]}},'
        '{"type":"Feature","properties":{"name":"Lost"},"geometry":null}]}',
        encoding="utf-8",
    )
    bad: list[str] = []
    (row,) = read_gazetteer(path, frozenset(), bad.append)
    assert (row.lat, row.lon, row.radius_km, row.precision) == (21.0, 11.0, 111.2, "region")
    assert bad == ["feature 2: no geometry with coordinates"]


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("a.csv", "name,lat\nX,1\n", "lacks lon"),
        ("a.geojson", "[", "no GeoJSON"),
        ("a.zip", "no archive", "no whole zip"),
        ("a.kml", "", "give GeoNames"),
    ],
)
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, name: str, body: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(body, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        list(read_gazetteer(path, frozenset(), lambda _: None))


def test_nothing_to_import_leaves_what_stood_there(tmp_path: Path) -> None:
    store("mine", read_gazetteer(dump(tmp_path, GEONAMES), frozenset(), pytest.fail))
    with pytest.raises(KnowledgeError, match="no place"):
        store("mine", iter(()))
    assert len(imported()) == 1


def test_find_list_and_remove(tmp_path: Path) -> None:
    run = CliRunner().invoke
    store("mine", read_gazetteer(dump(tmp_path, GEONAMES), frozenset(), pytest.fail))
    assert run(app, ["places", "list"]).output.split() == ["mine"]
    load.cache_clear()
    assert "9000001" in run(app, ["places", "find", "Zeitouneh"]).output
    assert run(app, ["places", "find", "Zzzzqqq"]).exit_code == 1
    assert run(app, ["places", "remove", "mine"]).exit_code == 0
    assert run(app, ["places", "remove", "mine"]).exit_code == 1
    load.cache_clear()


def test_a_source_is_printed_as_it_is(tmp_path: Path) -> None:
    """`user:a:2` is no emoji, `[x]` no colour."""
    path = tmp_path / "a.csv"
    path.write_text("name,lat,lon\nZozaville,1,2\n[x]:a:,95,200\n", encoding="utf-8")
    run = CliRunner().invoke
    done = run(app, ["places", "import", str(path)])
    assert done.exit_code == 1
    assert "1 place added as a" in done.output and "[x]:a:" in done.output and "1 row not taken" in done.output
    load.cache_clear()
    try:
        assert "user:a:2" in run(app, ["places", "find", "Zozaville"]).output
    finally:
        load.cache_clear()
