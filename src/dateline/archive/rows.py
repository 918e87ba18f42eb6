"""Many rows into one table, fast: the statement and the conversion of each column are worked out once a table.

SQLAlchemy's own way prepares every row anew, which takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError

# From so many rows a COPY is faster than as many INSERTs.
FEWEST_COPIED = 16
Convert = Callable[[Any], Any]
# The statement, what takes a row's values in its order, and the columns whose values are converted.
_Plan = tuple[str, Callable[[Mapping[str, Any]], Sequence[Any]], list[tuple[int, Convert]]]


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, those of the first."""
    if not rows:
        return
    statement, values, converted = _plan(connection.dialect, table, tuple(rows[0]))
    found = [list(values(row)) for row in rows]
    for at, convert in converted:
        for row in found:
            row[at] = convert(row[at])
    if connection.dialect.name == "postgresql" and len(found) >= FEWEST_COPIED:
        _copy(connection, table, tuple(rows[0]), found)
    else:
        connection.exec_driver_sql(statement, [tuple(row) for row in found])


def _copy(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL's own way for many rows. Its errors come out as SQLAlchemy's, as those of a statement do."""
    import psycopg

    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(quote(n) for n in names)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error


@lru_cache(256)
def _plan(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Plan:
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.name == "sqlite" else "%s"
    columns = ", ".join(quote(n) for n in names)
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({', '.join(mark for _ in names)})"
    converts = (table.c[n].type.dialect_impl(dialect).bind_processor(dialect) for n in names)
    return statement, itemgetter(*names), [(at, c) for at, c in enumerate(converts) if c is not None]
