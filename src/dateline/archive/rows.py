"""Many rows into one table, fast: the statement and the conversion of each column are worked out once a table.

SQLAlchemy's own way prepares every row anew, which takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import JSON, Boolean, Float, LargeBinary

# From so many rows a COPY is faster than as many INSERTs.
FEWEST_COPIED = 16
Convert = Callable[[Any], Any]
# The statement, and the columns whose values are converted.
_Plan = tuple[str, list[tuple[int, Convert]]]
# What drivers take as it is: truth, numbers, bytes, and JSON, which comes as text.
_AS_IT_IS = (JSON, Boolean, Float, LargeBinary)


def insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of all columns, in the table's order; a column of JSON holds its text."""
    if not rows:
        return
    statement, converted = _plan(connection.dialect, table)
    if connection.dialect.name == "postgresql" and len(rows) >= FEWEST_COPIED:
        _copy(connection, table, rows)
        return
    if converted:
        found = [list(row) for row in rows]
        for at, convert in converted:
            for row in found:
                if row[at] is not None:
                    row[at] = convert(row[at])
        rows = list(map(tuple, found))
    connection.exec_driver_sql(statement, list(rows))


def _copy(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL's own way for many rows. Its errors come out as SQLAlchemy's, as those of a statement do."""
    import psycopg

    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(quote(c.name) for c in table.columns)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


@lru_cache(256)
def _plan(dialect: Dialect, table: Table) -> _Plan:
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.name == "sqlite" else "%s"
    columns = ", ".join(quote(c.name) for c in table.columns)
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({', '.join(mark for _ in table.columns)})"
    converts = (
        None if isinstance(c.type, _AS_IT_IS) else c.type.dialect_impl(dialect).bind_processor(dialect)
        for c in table.columns
    )
    return statement, [(at, c) for at, c in enumerate(converts) if c is not None]
