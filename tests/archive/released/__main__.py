"""Write the files of the newest revision."""

from __future__ import annotations

import gzip
import subprocess
import tempfile
from pathlib import Path

import dateline.archive
from dateline.archive.migrate import REVISIONS
from dateline.archive.write import Arrival, take
from dateline.report import Report
from dateline.sources.take_in import report_of
from tests.archive import postgres
from tests.archive.made import record

HERE = Path(__file__).parent


def fill(name: str) -> None:
    """Two reports, one of them corrected, and one killed."""
    made = [
        record("r1", killed=12),
        record("r1", killed=14),
        record("r2", place="Marea", title="Marea is shelled"),
        record("r3"),
    ]
    with dateline.archive.open(name) as archive, archive.writing() as connection:
        take(connection, [Arrival(report_of(r), r, "made") for r in made])
        take(connection, [Arrival(Report(id="r3", text="", state="killed", version=2), None, "made")])


def keep(name: str, body: bytes) -> None:
    path = HERE / f"{REVISIONS[-1]}.{name}.gz"
    if path.exists():
        raise SystemExit(f"{path.name} is there: what was released is not written again")
    path.write_bytes(gzip.compress(body, mtime=0))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        fill(str(path))
        keep("db", path.read_bytes())
    with postgres.server() as address:
        fill(address)
        programs = postgres.programs()
        assert programs
        dump = [programs / "pg_dump", "--inserts", "--no-owner", "--no-privileges", address]
        keep("sql", subprocess.run(dump, check=True, capture_output=True).stdout)


if __name__ == "__main__":
    main()
