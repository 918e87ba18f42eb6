"""What do all tables share? Names of their constraints, and columns that many of them have."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def of(table: str, name: str | None = None, *, cascade: bool = True, nullable: bool = False) -> Column[int]:
    """A column that points at the `id` of another table."""
    ondelete = "CASCADE" if cascade else None
    return Column(
        name or f"{table.removesuffix('s')}_id", ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable
    )


def key_of(table: str) -> Column[int]:
    """The same as part of the key of its own table."""
    return Column(f"{table.removesuffix('s')}_id", ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)


def span(name: str, *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    return Column(f"{name}_start", Integer, nullable=nullable), Column(f"{name}_end", Integer, nullable=nullable)
