"""How are the data files read, and what is wrong with them?"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from dateline.errors import KnowledgeError
from dateline.knowledge.actors.cells import KEY, KINDS, TIE_KINDS, alias_of, role_of, split, year_of
from dateline.knowledge.actors.packs import read_packs
from dateline.knowledge.actors.register import Register
from dateline.knowledge.actors.schema import Alias, Entry, Tie

FOLDER = Path(__file__).parent
STATES, LEADERS, TIES = "states.csv", "leaders.csv", "ties.csv"
COLUMNS = {
    STATES: ("key", "name", "adjectives", "capitals", "aliases", "seats", "forces"),
    LEADERS: ("key", "name", "country", "aliases", "roles"),
    TIES: ("from", "kind", "to", "first", "last"),
}
GROUP_COLUMNS = ("key", "name", "acronym", "kind", "country", "aliases", "part_of", "from", "to")

Row = tuple[str, int, dict[str, str]]


@cache
def load_register(folder: Path = FOLDER, packs: tuple[Path, ...] = ()) -> Register:
    """The register of a folder's CSV files, with the user's packs over it. Raises `KnowledgeError` with every bad field."""
    problems: list[str] = []
    entries: dict[str, Entry] = {}
    ties: dict[str, list[Tie]] = {}
    for file, line, row in _rows(folder, problems):
        where = f"{file}:{line}"
        if file == TIES:
            ties.setdefault(row["from"], []).append(_tie(row, where, problems))
            continue
        if not KEY.fullmatch(row["key"]):
            problems.append(f"{where}: key: {row['key']!r} is no key")
        if row["key"] in entries:
            problems.append(f"{where}: key: {row['key']!r} is there twice")
        if not row["name"].strip():
            problems.append(f"{where}: name: empty")
        entries[row["key"]] = _entry(file, row, where, problems)
    problems += [f"{TIES}: from: no {key!r}" for key in ties if key not in entries]
    entries |= {key: replace(entries[key], ties=tuple(found)) for key, found in ties.items() if key in entries}
    entries = read_packs(packs, entries, problems)
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
    aliases = tuple(alias_of(text) for text in split(row["aliases"]))
    country = row["country"] or None
    if file == LEADERS:
        roles = tuple(r for text in split(row["roles"]) if (r := role_of(text, where, problems)))
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
        first_year=year_of(row["from"], f"{where}: from", problems),
        last_year=year_of(row["to"], f"{where}: to", problems),
    )


def _state(row: dict[str, str]) -> Entry:
    return Entry(
        row["key"],
        row["name"],
        "state",
        row["key"].partition(":")[2],
        aliases=tuple(alias_of(text) for text in (*split(row["aliases"]), *split(row["seats"]))),
        adjectives=tuple(split(row["adjectives"])),
        capitals=tuple(split(row["capitals"])),
        forces=tuple(split(row["forces"])),
    )


def _tie(row: Mapping[str, str], where: str, problems: list[str]) -> Tie:
    if row["kind"] not in TIE_KINDS:
        problems.append(f"{where}: kind: {row['kind']!r} is no tie ({', '.join(sorted(TIE_KINDS))})")
    first, last = year_of(row["first"], f"{where}: first", problems), year_of(row["last"], f"{where}: last", problems)
    if first and last and last < first:
        problems.append(f"{where}: last: {last} is before {first}")
    return Tie(row["kind"], row["to"], first, last)  # type: ignore[arg-type]  # checked above


def _dangling(entries: dict[str, Entry]) -> list[str]:
    """References to keys or countries that the register does not hold."""
    problems = []
    for entry in entries.values():
        if entry.part_of and entry.part_of not in entries:
            problems.append(f"{entry.key}: part_of: no {entry.part_of!r}")
        if entry.country and f"state:{entry.country}" not in entries:
            problems.append(f"{entry.key}: country: no state {entry.country!r}")
        problems += [f"{entry.key}: roles: no {r.org!r}" for r in entry.roles if r.org not in entries]
        problems += [f"{entry.key}: ties: no {t.to!r}" for t in entry.ties if t.to not in entries]
    return problems
