"""How are the data files read, and what is wrong with them?"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

from dateline.errors import KnowledgeError
from dateline.knowledge.actors.register import Register
from dateline.knowledge.actors.schema import Alias, Entry, Role
from dateline.record import ActorKind

FOLDER = Path(__file__).parent
STATES, LEADERS = "states.csv", "leaders.csv"
COLUMNS = {
    STATES: ("key", "name", "adjectives", "capitals", "aliases", "seats", "forces"),
    LEADERS: ("key", "name", "country", "aliases", "roles"),
}
GROUP_COLUMNS = ("key", "name", "acronym", "kind", "country", "aliases", "part_of", "from", "to")
KINDS = frozenset(get_args(ActorKind))
KEY = re.compile(r"(state:[A-Z]{3}|(group|gov|party|igo|ngo|media|person):[\w.+/-]+)")
ROLE = re.compile(r"([a-z -]+)@(\S+) (\d{4})-(\d\d)\.\.(?:(\d{4})-(\d\d))?")
ALIAS = re.compile(r"(.+)@(\d{4})-(\d{4})?")

Row = tuple[str, int, dict[str, str]]


@cache
def load_register(folder: Path = FOLDER) -> Register:
    """The register of a folder's CSV files. Raises `KnowledgeError` with every bad field."""
    problems: list[str] = []
    entries: dict[str, Entry] = {}
    for file, line, row in _rows(folder, problems):
        where = f"{file}:{line}"
        if not KEY.fullmatch(row["key"]):
            problems.append(f"{where}: key: {row['key']!r} is no key")
        if row["key"] in entries:
            problems.append(f"{where}: key: {row['key']!r} is there twice")
        if not row["name"].strip():
            problems.append(f"{where}: name: empty")
        entries[row["key"]] = _entry(file, row, where, problems)
    problems += _dangling(entries)
    if problems:
        raise KnowledgeError("the register of actors:\n  " + "\n  ".join(problems))
    return Register(entries)


def _rows(folder: Path, problems: list[str]) -> Iterator[Row]:
    for path in sorted(folder.glob("*.csv")):
        columns = COLUMNS.get(path.name, GROUP_COLUMNS)
        lines = path.read_text("utf-8").splitlines()
        skip = next((i for i, text in enumerate(lines) if not text.startswith("#")), len(lines))
        reader = csv.reader(lines[skip:])
        if tuple(next(reader, ())) != columns:
            problems.append(f"{path.name}:{skip + 1}: columns: must be {','.join(columns)}")
            continue
        for number, cells in enumerate(reader, skip + 2):
            if len(cells) != len(columns):
                problems.append(f"{path.name}:{number}: {len(cells)} fields, not {len(columns)}")
            else:
                yield path.name, number, dict(zip(columns, cells, strict=True))


def _entry(file: str, row: dict[str, str], where: str, problems: list[str]) -> Entry:
    if file == STATES:
        return _state(row)
    aliases = tuple(_alias(text) for text in _split(row["aliases"]))
    country = row["country"] or None
    if file == LEADERS:
        roles = tuple(r for text in _split(row["roles"]) if (r := _role(text, where, problems)))
        return Entry(row["key"], row["name"], "person", country, aliases=aliases, roles=roles)
    if row["kind"] not in KINDS:
        problems.append(f"{where}: kind: {row['kind']!r} is no actor kind")
    if row["acronym"]:
        aliases = (Alias(row["acronym"]), *aliases)
    return Entry(
        row["key"],
        row["name"],
        row["kind"],  # type: ignore[arg-type]  # checked above
        country,
        row["part_of"] or None,
        aliases,
        first_year=_year(row["from"], f"{where}: from", problems),
        last_year=_year(row["to"], f"{where}: to", problems),
    )


def _state(row: dict[str, str]) -> Entry:
    return Entry(
        row["key"],
        row["name"],
        "state",
        row["key"].partition(":")[2],
        aliases=tuple(Alias(text) for text in (*_split(row["aliases"]), *_split(row["seats"]))),
        adjectives=tuple(_split(row["adjectives"])),
        capitals=tuple(_split(row["capitals"])),
        forces=tuple(_split(row["forces"])),
    )


def _split(cell: str) -> list[str]:
    return [text.strip() for text in cell.split("|") if text.strip()]


def _alias(text: str) -> Alias:
    dated = ALIAS.fullmatch(text)
    if not dated:
        return Alias(text)
    return Alias(dated[1], int(dated[2]), int(dated[3]) if dated[3] else None)


def _role(text: str, where: str, problems: list[str]) -> Role | None:
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


def _year(text: str, where: str, problems: list[str]) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        problems.append(f"{where}: {text!r} is no year")
        return None
    return int(text)


def _dangling(entries: dict[str, Entry]) -> list[str]:
    """References to keys or countries that the register does not hold."""
    problems = []
    for entry in entries.values():
        if entry.part_of and entry.part_of not in entries:
            problems.append(f"{entry.key}: part_of: no {entry.part_of!r}")
        if entry.country and f"state:{entry.country}" not in entries:
            problems.append(f"{entry.key}: country: no state {entry.country!r}")
        problems += [f"{entry.key}: roles: no {r.org!r}" for r in entry.roles if r.org not in entries]
    return problems
