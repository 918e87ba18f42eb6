"""An archive of every released revision is brought up and keeps what it has."""

import gzip
import re
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select, text

import dateline.archive
from dateline.archive import tables
from dateline.archive.migrate import REVISIONS
from dateline.archive.write import Arrival, take
from dateline.sources.take_in import report_of
from tests.archive.made import record

RELEASED = Path(__file__).parent / "released"


def unpacked(name):
    return gzip.decompress((RELEASED / name).read_bytes())


def restore(revision, name):
    if "://" not in name:
        Path(name).write_bytes(unpacked(f"{revision}.db.gz"))
        return
    dump = "\n".join(line for line in unpacked(f"{revision}.sql.gz").decode().splitlines() if not line.startswith("\\"))
    # Settings of a newer server than the one at hand.
    dump = re.sub(r"^SET transaction_timeout.*$", "", dump, flags=re.MULTILINE)
    with psycopg.connect(name, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
        connection.execute(dump)


def test_every_revision_has_its_files():
    assert {p.name for p in RELEASED.glob("*.gz")} == {f"{r}.{kind}.gz" for r in REVISIONS for kind in ("db", "sql")}


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("kind", ["sqlite_name", "postgres_name"])
def test_the_way_up_from_a_released_revision(request, revision, kind):
    name = request.getfixturevalue(kind)
    restore(revision, name)
    with dateline.archive.open(name, create=False) as archive:
        assert list(archive.records()) == [
            record("r1", killed=14),
            record("r2", place="Marea", title="Marea is shelled"),
        ]
        assert sorted(archive.search("shelled")) == ["r1", "r2"]
        with archive.writing() as connection:
            assert connection.execute(text("select version_num from alembic_version")).scalar_one() == REVISIONS[-1]
            assert connection.execute(select(func.count()).select_from(tables.versions)).scalar_one() == 5
            again = [record("r1", killed=14), record("r4")]
            assert [d.became for d in take(connection, [Arrival(report_of(r), r, "x") for r in again])] == [
                "unchanged",
                "added",
            ]
