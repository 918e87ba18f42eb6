"""How is an archive asked in SQL? DuckDB reads a copy of it, made anew when the archive has changed.

DuckDB's own readers of SQLite and PostgreSQL are extensions that it fetches from the network;
the copy needs none. It lies in the cache folder and is opened read-only, so that no statement
can change the archive or the copy. Statements of a user may read and write the user's own files
(`copy (…) to 'x.csv'`), as in DuckDB itself.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, Table, func, select
from sqlalchemy.types import JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary

from dateline.archive import tables
from dateline.archive.store import Archive
from dateline.errors import BadQuery
from dateline.knowledge.places.build import cache_folder

# Raise it when the copy of the same archive is to be another.
_SHAPE = "1"
COPIED = (
    "reports", "actors", "places", "events", "event_actors", "event_places", "statements", "event_statements", "figures",
    "event_figures", "terms", "relations", "reprints", "incidents", "links", "decisions", "runs", "failures",
)  # fmt: skip
_NULL = "\\N"
_AT_ONCE = 2000


@dataclass(frozen=True)
class Found:
    """The answer to a query: names of columns, rows, or a Parquet file of them."""

    db: duckdb.DuckDBPyConnection
    query: str
    names: list[str]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        while some := self.db.fetchmany(_AT_ONCE):
            yield from (tuple(_plain(v) for v in row) for row in some)

    def to_parquet(self, path: Path) -> None:
        target = str(path).replace("'", "''")
        try:
            self.db.execute(
                f"copy ({self.query.rstrip().rstrip(';')}) to '{target}' (format parquet, compression zstd)"
            )
        except duckdb.Error as error:
            raise BadQuery(str(error)) from None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float, bool, date)):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, dict, tuple)) else str(value)


def mirror(archive: Archive, tell: Callable[[str], None] = lambda _: None) -> Path:
    """The copy of an archive as it stands now; made first where there is none, or an older one."""
    with archive.reading() as connection:
        name = hashlib.sha256(archive.engine.url.render_as_string(hide_password=True).encode())
        if archive.is_sqlite:
            name = hashlib.sha256(str(Path(str(archive.engine.url.database)).resolve()).encode())
        stem = f"sql-{name.hexdigest()[:16]}"
        path = cache_folder() / f"{stem}-{_stamp(connection)}.duckdb"
        if path.is_file():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(connection, path, tell)
    for old in path.parent.glob(f"{stem}-*.duckdb"):
        if old != path:
            old.unlink(missing_ok=True)
    return path


def _stamp(connection: Connection) -> str:
    """Changes whenever something was taken in, read again, killed, linked or decided."""
    parts: list[Any] = [_SHAPE, *(c.name for t in COPIED for c in tables.metadata.tables[t].columns)]
    for table in (tables.versions, tables.records, tables.runs, tables.decisions):
        parts.append(connection.execute(select(func.max(table.c.id))).scalar_one())
    parts.append(connection.execute(select(func.max(tables.runs.c.finished))).scalar_one())
    parts.append(connection.execute(select(func.max(tables.decisions.c.undone))).scalar_one())
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _make(connection: Connection, path: Path, tell: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="sql-", dir=path.parent) as folder:
        made = Path(folder) / "copy.duckdb"
        with duckdb.connect(str(made)) as db:
            db.execute("set autoinstall_known_extensions = false; set preserve_insertion_order = false")
            for name in COPIED:
                tell(name)
                _copy(connection, db, tables.metadata.tables[name], Path(folder) / f"{name}.csv")
        made.replace(path)


def _copy(connection: Connection, db: duckdb.DuckDBPyConnection, table: Table, lines: Path) -> None:
    """Through a CSV file: rows one by one would take minutes."""
    as_text = {c.name for c in table.columns if isinstance(c.type, JSON)}
    kept = [c for c in table.columns if not isinstance(c.type, LargeBinary)]
    with lines.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
        marks = [c.name in as_text for c in kept]
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(*kept)):
            writer.writerow([
                _NULL if v is None else json.dumps(v, ensure_ascii=False) if is_json else v
                for v, is_json in zip(row, marks, strict=True)
            ])  # fmt: skip
    types = ", ".join(f"'{c.name}': '{_type(c)}'" for c in kept)
    source = str(lines).replace("'", "''")
    db.execute(
        f"create table {table.name} as select * from read_csv('{source}', header = false, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = '{_NULL}', new_line = '\\n', max_line_size = 100000000, columns = {{{types}}})"
    )
    lines.unlink()


def _type(column: Any) -> str:
    for kind, name in (
        (JSON, "JSON"), (Boolean, "BOOLEAN"), (DateTime, "TIMESTAMP WITH TIME ZONE"), (Date, "DATE"), (Float, "DOUBLE"), (Integer, "BIGINT"),
    ):  # fmt: skip
        if isinstance(column.type, kind):
            return name
    return "VARCHAR"


def describe(path: Path) -> list[tuple[str, list[str]]]:
    """Tables of the copy with their columns, in the order of `docs/archive.md`."""
    with duckdb.connect(str(path), read_only=True) as db:
        return [(n, [r[0] for r in db.execute(f"describe {n}").fetchall()]) for n in COPIED]


def run(path: Path, query: str) -> Found:
    """Ask. Raises `BadQuery` with DuckDB's words."""
    db = duckdb.connect(str(path), read_only=True, config={"autoinstall_known_extensions": "false"})
    try:
        # A name in the query is a table's, never a variable's of this program.
        db.execute("set python_enable_replacements = false")
        db.execute(query)
    except duckdb.Error as error:
        db.close()
        raise BadQuery(str(error)) from None
    names: Sequence[Any] = db.description or ()
    return Found(db, query, [str(n[0]) for n in names])
