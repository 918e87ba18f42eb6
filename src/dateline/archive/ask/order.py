"""In which order do answers come? The latest first, undated last, then by what does not depend on arrival."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection


def plain(connection: Connection, column: Any) -> ColumnElement[Any]:
    """A text column by its code points, on any server."""
    return column.collate("C") if connection.dialect.name == "postgresql" else column  # type: ignore[no-any-return]


def latest_first(column: Any) -> ColumnElement[Any]:
    """A day, the last first and unknown ones at the end."""
    return column.desc().nulls_last()  # type: ignore[no-any-return]
