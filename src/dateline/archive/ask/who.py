"""Whom does a name mean in the archive? The register's entry with what is part of it, and the records' own parts."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, union

from dateline.archive.tables import actors

# The register is loaded for questions that name an actor.
if TYPE_CHECKING:
    from dateline.knowledge.actors import Entry, Register

_a = actors.c
# Of a larger archive, this many names are compared with one that was not found.
_COMPARED = 20_000


def _register() -> Register:
    from dateline.knowledge.actors import load_register

    return load_register()


def entries(name: str) -> tuple[Entry, ...]:
    """Entries of the register that a key, a name, an alias, a nationality or a seat of government stands for."""
    register = _register()
    if (entry := register.get(name)) is not None:
        return (entry,)
    found = register.named(name)
    if not found:
        found = [e for e in (register.adjective(name), register.capital(name), register.forces(name)) if e]
    return tuple(found)


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for entry in _register().entries.values():
        for whole in entry.wholes():
            out.setdefault(whole, []).append(entry.key)
    return {k: tuple(v) for k, v in out.items()}


def keys(name: str, *, alone: bool) -> frozenset[str]:
    """Register keys that a name means; with what the register has as part of them unless `alone`."""
    found = {e.key for e in entries(name)}
    if not found and ":" in name:
        found = {name}
    waiting = list(found) if not alone else []
    while waiting:
        for part in _parts().get(waiting.pop(), ()):
            if part not in found:
                found.add(part)
                waiting.append(part)
    return frozenset(found)


def near(connection: Connection, name: str, most: int = 3) -> list[str]:
    """Names of the archive's actors, then of the register, that are spelt most like one that nobody has."""
    there = connection.execute(select(_a.name).distinct().limit(_COMPARED)).scalars().all()
    known = {n.casefold(): n for n in (*(e.name for e in _register().entries.values()), *there)}
    return [known[n] for n in get_close_matches(name.casefold(), known, most, 0.75)]


def rows(names: Iterable[str], *, alone: bool) -> Select[tuple[int]]:
    """Ids of the rows of `actors` that the names mean."""
    # One question an index each: together in one condition they would have every row read.
    each: list[Select[tuple[int]]] = []
    for name in names:
        found = sorted(keys(name, alone=alone))
        if found:
            each.append(select(_a.id).where(_a.key.in_(found)))
        if not alone:
            each += [select(_a.id).where(_below(k)) for k in found if k.startswith("state:")]
        # Actors that the register does not know go by their names.
        each.append(select(_a.id).where(func.lower(_a.name) == name.lower()))
    meant = union(*each).subquery()
    if alone:
        return select(meant.c.id)
    whole = select(_a.id, _a.report_id).where(_a.id.in_(select(meant.c.id))).cte(recursive=True)
    part = actors.alias("part")
    whole = whole.union(
        select(part.c.id, part.c.report_id).join(
            whole, and_(part.c.report_id == whole.c.report_id, part.c.part_of_id == whole.c.id)
        )
    )
    return select(whole.c.id)


def _below(key: str) -> ColumnElement[bool]:
    """Keys of a state's bodies: `state:SYR/army`. A span of keys, which an index serves where LIKE is not; "0" follows "/"."""
    return and_(_a.key > f"{key}/", _a.key < f"{key}0", _a.key.startswith(f"{key}/", autoescape=True))
