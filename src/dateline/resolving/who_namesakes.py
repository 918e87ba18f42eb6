"""Are two people with one surname two? "Ali Mugabe, a nephew of Robert Mugabe": a son is never his father.

Nobody with another given name is whom the register knows; spellings of one name share a first letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.knowledge.actors import Register
from dateline.knowledge.actors.register import fold
from dateline.resolving.who_names import Reading


def namesakes(reading: Reading, others: Iterable[Reading], register: Register) -> bool:
    """Whether a mention gives a person another given name, or another name altogether, than every mention before it."""
    mine = _name(reading, register)
    theirs = [n for r in others if (n := _name(r, register))]
    return bool(mine and theirs) and not any(_may_be_one(mine, name, register) for name in theirs)


def _name(reading: Reading, register: Register) -> tuple[str, ...]:
    """The words of a person's full name, folded; empty where only a part of it is given."""
    if reading.kind != "person":
        return ()
    if len(reading.person) > 1:
        return tuple(fold(" ".join(reading.person)).split())
    entry = register.get(reading.key) if reading.key else None
    return tuple(fold(entry.name).split()) if entry is not None and entry.kind == "person" else ()


def _may_be_one(a: tuple[str, ...], b: tuple[str, ...], register: Register) -> bool:
    known = [{e.key for e in register.named(" ".join(n)) if e.kind == "person"} for n in (a, b)]
    if all(known):
        return bool(known[0] & known[1])
    return a[-1] != b[-1] or any(x[0] == y[0] for x in a[:-1] for y in b[:-1])
