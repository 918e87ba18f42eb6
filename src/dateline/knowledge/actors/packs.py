"""What do a user's own packs add to the register, or change in it?

A pack is a TOML file:

    name = "lake-chad"

    [[actor]]
    key = "group:zaman-brigade"           # a new one; a key of ours changes the fields that are given
    name = "Zaman Brigade"
    kind = "militia"
    country = "TCD"
    aliases = ["Zaman Boys", "ZB@2019-2024"]
    ties = ["part-of group:VDP 2020..2022"]

    [[actor]]
    key = "person:jane-doe"
    name = "Jane Doe"
    country = "TCD"
    roles = ["foreign minister@state:TCD 2024-03.."]

    [[actor]]
    key = "group:boko-haram"
    drop = true                           # ours is forgotten

Packs are read in the order of their names; a later one wins. Their names win over ours.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.errors import KnowledgeError
from dateline.kinds import ActorKind
from dateline.knowledge.actors.cells import KEY, KINDS, TIE_KINDS, alias_of, role_of
from dateline.knowledge.actors.schema import Entry, Tie

VARIABLE = "DATELINE_ACTORS"
FIELDS = frozenset(
    ("key", "name", "kind", "country", "aliases", "adjectives", "capitals", "forces", "part_of", "roles", "ties", "from", "to", "drop")
)  # fmt: skip
_TIE = re.compile(r"([a-z-]+) (\S+?)(?: (\d{4})?\.\.(\d{4})?)?")


def pack_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The packs (`*.toml`) of a folder, else of `$DATELINE_ACTORS`, by name. Raises `KnowledgeError` when it is no folder."""
    named = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        return ()
    if not named.is_dir():
        raise KnowledgeError(f"{named}: no folder of actor packs; give one with --actors or ${VARIABLE}")
    return tuple(sorted(named.glob("*.toml")))


def named_packs(packs: Sequence[Path]) -> str:
    """The packs as a record names them: each with the first eight hex digits of its digest."""
    return " ".join(f"{p.stem}@{hashlib.sha256(p.read_bytes()).hexdigest()[:8]}" for p in packs)


def table(fields: Mapping[str, str | list[str] | None]) -> str:
    """One actor as TOML; fields without a value are left out."""
    lines = ["[[actor]]"]
    for name, value in fields.items():
        if value:
            lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def read_packs(packs: Sequence[Path], ours: Mapping[str, Entry], problems: list[str]) -> dict[str, Entry]:
    """Our entries with the packs over them, those of packs first. What is wrong goes into `problems`."""
    theirs: dict[str, Entry] = {}
    dropped: set[str] = set()
    for pack in packs:
        try:
            body: dict[str, Any] = tomllib.loads(pack.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            problems.append(f"{pack.name}: no TOML ({error})")
            continue
        for number, fields in enumerate(body.get("actor", []), 1):
            where = f"{pack.name}: actor {number}"
            wrong = _wrong(fields, where)
            problems += wrong
            if wrong:
                continue
            key = fields["key"]
            if fields.get("drop"):
                dropped.add(key)
                theirs.pop(key, None)
                continue
            dropped.discard(key)
            theirs[key] = _entry(fields, theirs.get(key) or ours.get(key), pack.stem, where, problems)
    return theirs | {key: entry for key, entry in ours.items() if key not in theirs and key not in dropped}


def _wrong(fields: Any, where: str) -> list[str]:
    """Every field that breaks the schema."""
    if not isinstance(fields, dict):
        return [f"{where}: no table"]
    out = [f"{where}: {name}: no such field (there are {', '.join(sorted(FIELDS))})" for name in set(fields) - FIELDS]
    if not isinstance(fields.get("key"), str) or not KEY.fullmatch(fields["key"]):
        out.append(f"{where}: key: {fields.get('key')!r} is no key, such as group:NAME or person:NAME")
    if "kind" in fields and fields["kind"] not in KINDS:
        out.append(f"{where}: kind: {fields['kind']!r} is no actor kind ({', '.join(sorted(KINDS))})")
    for name in ("aliases", "adjectives", "capitals", "forces", "roles", "ties"):
        if not isinstance(fields.get(name, []), list) or not all(isinstance(x, str) for x in fields.get(name, [])):
            out.append(f"{where}: {name}: a list of texts is wanted")
    for name in ("name", "country", "part_of"):
        if not isinstance(fields.get(name, ""), str):
            out.append(f"{where}: {name}: a text is wanted")
    for name in ("from", "to"):
        if not isinstance(fields.get(name, 0), int):
            out.append(f"{where}: {name}: a year is wanted")
    return sorted(out)


def _entry(fields: dict[str, Any], before: Entry | None, pack: str, where: str, problems: list[str]) -> Entry:
    """The entry of a table, with what it does not say taken from the entry before it."""
    key = fields["key"]
    if before is None and not fields.get("name"):
        problems.append(f"{where}: name: a new actor needs one")
    kind: ActorKind = "person" if key.startswith("person:") else "state" if key.startswith("state:") else "other"
    base = before or Entry(key, fields.get("name", key), kind)
    update: dict[str, Any] = {"pack": pack}
    update |= {name: fields[name] for name in ("name", "kind", "country", "part_of") if name in fields}
    update |= {name: tuple(fields[name]) for name in ("adjectives", "capitals", "forces") if name in fields}
    if "aliases" in fields:
        update["aliases"] = tuple(alias_of(text) for text in fields["aliases"])
    if "roles" in fields:
        update["roles"] = tuple(r for text in fields["roles"] if (r := role_of(text, where, problems)))
    if "ties" in fields:
        update["ties"] = tuple(t for text in fields["ties"] if (t := _tie(text, where, problems)))
    update |= {ours: fields[name] for name, ours in (("from", "first_year"), ("to", "last_year")) if name in fields}
    return replace(base, **update)


def _tie(text: str, where: str, problems: list[str]) -> Tie | None:
    match = _TIE.fullmatch(text)
    if match is None or match[1] not in TIE_KINDS:
        problems.append(f"{where}: ties: {text!r} is not KIND KEY FROM..TO ({', '.join(sorted(TIE_KINDS))})")
        return None
    years = (int(match[3]) if match[3] else None, int(match[4]) if match[4] else None)
    return Tie(match[1], match[2], *years)  # type: ignore[arg-type]  # checked above
