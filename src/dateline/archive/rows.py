"""Many rows into one table, fast: the statement and the conversion of each column are worked out once a table.

SQLAlchemy's own way prepares every row anew, which takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Convert = Callable[[Any], Any] | None


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, those of the first."""
    if not rows:
        return
    statement, columns = _plan(connection.dialect, table, tuple(rows[0]))
    connection.exec_driver_sql(
        statement,
        [tuple(row[name] if convert is None else convert(row[name]) for name, convert in columns) for row in rows],
    )


@lru_cache(256)
def _plan(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[str, list[tuple[str, Convert]]]:
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.name == "sqlite" else "%s"
    columns = ", ".join(quote(n) for n in names)
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({', '.join(mark for _ in names)})"
    return statement, [(n, table.c[n].type.dialect_impl(dialect).bind_processor(dialect)) for n in names]
