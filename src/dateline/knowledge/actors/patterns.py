"""Which words make a description of an actor: offices, titles, state bodies, head nouns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from dateline.errors import KnowledgeError
from dateline.kinds import ActorKind

FILE = Path(__file__).parent / "patterns.toml"
KINDS = frozenset(get_args(ActorKind))
LISTS = (
    "determiners",
    "titles",
    "particles",
    "members",
    "government",
    "person_heads",
    "not_titles",
    "home",
    "generic",
    "army",
    "owners",
    "wide",
    "joint",
    "nobody",
    "colours",
    "called",
    "units",
    "unmarked",
    "fighters",
    "mediating",
    "talks",
    "combatants",
    "victims",
    "victim_ends",
    "civil_sites",
    "crowds",
    "set_apart",
    "bearing_arms",
    "seated",
)

TABLES = ("bodies", "offices", "heads", "pronouns", "forces", "nameless", "fought_by", "short_states")


@dataclass(frozen=True, slots=True)
class Patterns:
    """Word lists in lower case. `fought_by` maps a country to the state that its armed groups fight abroad, `short_states` the first half of a compound to its state; `bodies`, `offices` and `heads` map a phrase to what it means."""

    determiners: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    members: frozenset[str]
    government: frozenset[str]
    person_heads: frozenset[str]
    not_titles: frozenset[str]
    home: frozenset[str]
    generic: frozenset[str]
    army: frozenset[str]
    owners: frozenset[str]
    wide: frozenset[str]
    joint: frozenset[str]
    nobody: frozenset[str]
    colours: frozenset[str]
    called: frozenset[str]
    units: frozenset[str]
    unmarked: frozenset[str]
    fighters: frozenset[str]
    mediating: frozenset[str]
    talks: frozenset[str]
    combatants: frozenset[str]
    victims: frozenset[str]
    victim_ends: frozenset[str]
    civil_sites: frozenset[str]
    crowds: frozenset[str]
    set_apart: frozenset[str]
    bearing_arms: frozenset[str]
    seated: frozenset[str]
    bodies: Mapping[str, str]
    offices: Mapping[str, str]
    heads: Mapping[str, ActorKind]
    pronouns: Mapping[str, str]
    forces: Mapping[str, str]
    nameless: Mapping[str, str]
    fought_by: Mapping[str, str]
    short_states: Mapping[str, str]


@cache
def load_patterns(path: Path = FILE) -> Patterns:
    """The word lists. Raises `KnowledgeError` with every bad field."""
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    problems = [f"{name}: not a list of words" for name in LISTS if not _words(data.get(name))]
    problems += [f"heads.{kind}: no actor kind" for kind in data.get("heads", {}) if kind not in KINDS]
    for table in TABLES:
        if not isinstance(data.get(table), dict):
            problems.append(f"{table}: missing")
        else:
            problems += [f"{table}.{k}: not a list of words" for k, v in data[table].items() if not _words(v)]
    if problems:
        raise KnowledgeError(f"{path.name}:\n  " + "\n  ".join(problems))
    fields: dict[str, Any] = {name: frozenset(data[name]) for name in LISTS}
    fields |= {name: _turned(data[name]) for name in TABLES}
    return Patterns(**fields)


def _words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(w, str) and w for w in value)


def _turned(table: dict[str, list[str]]) -> dict[str, Any]:
    return {word: name for name, words in table.items() for word in words}
