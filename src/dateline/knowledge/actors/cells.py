"""What does one cell of a data file say? Keys, aliases with years, offices with months."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

from dateline.kinds import ActorKind
from dateline.knowledge.actors.schema import Alias, Role, TieKind

KINDS = frozenset(get_args(ActorKind))
TIE_KINDS = frozenset(get_args(TieKind))
KEY = re.compile(r"(state:[A-Z]{3}|(group|gov|party|igo|ngo|media|person|generic):[\w.+/-]+)")
ROLE = re.compile(r"([a-z -]+)@(\S+) (\d{4})-(\d\d)\.\.(?:(\d{4})-(\d\d))?")
ALIAS = re.compile(r"(.+)@(\d{4})-(\d{4})?")


def split(cell: str) -> list[str]:
    """The parts of a cell."""
    return [text.strip() for text in cell.split("|") if text.strip()]


def alias_of(text: str) -> Alias:
    """NAME, or NAME@1990-1995."""
    dated = ALIAS.fullmatch(text)
    if not dated:
        return Alias(text)
    return Alias(dated[1], int(dated[2]), int(dated[3]) if dated[3] else None)


def role_of(text: str, where: str, problems: list[str]) -> Role | None:
    """ROLE@KEY 2010-05..2016-07; None, and a problem, when it is something else."""
    match = ROLE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        last = date(int(match[5]), int(match[6]), 1) if match[5] else None
        role = Role(match[1], match[2], date(int(match[3]), int(match[4]), 1), last)
    except ValueError:
        problems.append(f"{where}: roles: {text!r} is not ROLE@KEY YYYY-MM..YYYY-MM")
        return None
    if role.last and role.last < role.first:
        problems.append(f"{where}: roles: {text!r} ends before it begins")
    return role


def year_of(text: str, where: str, problems: list[str]) -> int | None:
    """A year of four digits, or None for an empty cell."""
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        problems.append(f"{where}: {text!r} is no year")
        return None
    return int(text)
