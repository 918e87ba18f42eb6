"""A person's word on incidents: join, split, pin, and undo. Kept for ever; what is linked later respects it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from dateline.archive.incidents import digest_of
from dateline.archive.incidents_decisions import Decision, Kind
from dateline.archive.incidents_mention import Key
from dateline.archive.store import Archive
from dateline.archive.tables import decisions, incidents, links
from dateline.errors import NoSuchDecision, NoSuchIncident, NoSuchMention

# Who keeps a name over a new reading.
ITSELF = "dateline"
KINDS = ("join", "split", "pin", "carry")


def in_force(connection: Connection) -> list[Decision]:
    """Decisions on incidents that nobody has undone, in the order in which they were made."""
    c = decisions.c
    rows = connection.execute(select(c.id, c.kind, c.body).where(c.undone.is_(None), c.kind.in_(KINDS)).order_by(c.id))
    return [
        Decision(id_, kind, _keys(body["mentions"]), _keys(body.get("others", ())), body.get("id"))
        for id_, kind, body in rows
    ]


def _keys(found: Iterable[Sequence[Any]]) -> tuple[Key, ...]:
    return tuple((str(r), int(a), int(b)) for r, a, b in found)


def keep(connection: Connection, carried: Sequence[Decision]) -> list[int]:
    """Write down names that incidents keep over a new reading; their numbers."""
    return [
        _add(connection, "carry", d.mentions, (), d.id, ITSELF, "the first mention was read otherwise") for d in carried
    ]


def join(archive: Archive, ids: Sequence[str], reviewer: str, reason: str | None = None) -> int:
    """The incidents are one. It keeps the id of the first. Raises `NoSuchIncident`."""
    with archive.writing() as connection:
        meant_ids = [meant(connection, i) for i in ids]
        mentions = [k for i in meant_ids for k in mentions_of(connection, i)]
        return _add(connection, "join", mentions, (), meant_ids[0], reviewer, reason)


def split(archive: Archive, id_: str, away: Sequence[tuple[str, int]], reviewer: str, reason: str | None = None) -> int:
    """Mentions (report and any offset in the trigger) do not belong to the incident; they are one of their own.

    Raises `NoSuchIncident`, `NoSuchMention`.
    """
    with archive.writing() as connection:
        mentions = mentions_of(connection, meant(connection, id_))
        out = [k for k in mentions if any(k[0] == r and k[1] <= at < k[2] for r, at in away)]
        missing = [f"{r}:{at}" for r, at in away if not any(k[0] == r and k[1] <= at < k[2] for k in out)]
        rest = [k for k in mentions if k not in out]
        if missing or not rest:
            there = ", ".join(f"{k[0]}:{k[1]}" for k in mentions)
            what = f"{', '.join(missing)} is no mention of {id_}" if missing else "a split must leave a mention behind"
            raise NoSuchMention(f"{what}; its mentions are {there}")
        return _add(connection, "split", out, rest, None, reviewer, reason)


def pin(archive: Archive, id_: str, reviewer: str, reason: str | None = None) -> int:
    """The incident's mentions stay together, under this id. Raises `NoSuchIncident`."""
    with archive.writing() as connection:
        found = meant(connection, id_)
        return _add(connection, "pin", mentions_of(connection, found), (), found, reviewer, reason)


def undo(archive: Archive, number: int) -> None:
    """A decision no longer holds; it stays on record. Raises `NoSuchDecision`."""
    with archive.writing() as connection:
        c = decisions.c
        changed = connection.execute(
            decisions.update()
            .where(c.id == number, c.undone.is_(None), c.kind.in_(KINDS))
            .values(undone=datetime.now(UTC))
        )
        if not changed.rowcount:
            raise NoSuchDecision(f"no decision {number} is in force; see: dateline incidents decisions")


def listed(archive: Archive) -> list[dict[str, Any]]:
    """All decisions on incidents, undone ones too, oldest first."""
    with archive.reading() as connection:
        rows = connection.execute(select(decisions).where(decisions.c.kind.in_(KINDS)).order_by(decisions.c.id))
        return [
            {
                "number": r.id, "kind": r.kind, **r.body, "reviewer": r.reviewer, "reason": r.reason,
                "made": r.made.isoformat(), "undone": r.undone.isoformat() if r.undone else None,
            }
            for r in rows
        ]  # fmt: skip


def meant(connection: Connection, id_: str) -> str:
    """The incident that an id means now: its own, or that of the incident which holds the mention that the id was made of.

    Raises `NoSuchIncident`.
    """
    if connection.execute(select(incidents.c.id).where(incidents.c.id == id_)).first():
        return id_
    c = links.c
    for found, report, start in connection.execute(select(c.incident_id, c.report_key, c.trigger_start)):
        if digest_of(report, start) == id_:
            return str(found)
    raise NoSuchIncident(f"no incident {id_}; see: dateline incidents")


def mentions_of(connection: Connection, id_: str) -> list[Key]:
    """An incident's mentions, in order."""
    c = links.c
    rows = connection.execute(select(c.report_key, c.trigger_start, c.trigger_end).where(c.incident_id == id_))
    return sorted((str(r), int(a), int(b)) for r, a, b in rows)


def _add(
    connection: Connection, kind: Kind, mentions: Iterable[Key], others: Iterable[Key], id_: str | None, reviewer: str,
    reason: str | None,
) -> int:  # fmt: skip
    body: dict[str, Any] = {"mentions": [list(k) for k in sorted(mentions)]}
    if kind == "split":
        body["others"] = [list(k) for k in sorted(others)]
    if id_:
        body["id"] = id_
    made = connection.execute(
        decisions.insert().values(kind=kind, body=body, reviewer=reviewer, reason=reason, made=datetime.now(UTC))
    )
    assert made.inserted_primary_key
    return int(made.inserted_primary_key[0])
