"""Which incidents do the events of many reports tell of?

`gather` is a function of the set of records, of what is known of their sources and of what people
decided: the same in whatever order the reports came and with any number of workers. Steps, each
in its own file: mentions, blocks, compare, company, cluster, tell.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.archive.incidents_cluster import Scores, cluster
from dateline.archive.incidents_company import settle
from dateline.archive.incidents_compare import features, reasons
from dateline.archive.incidents_decisions import Decision, ruling
from dateline.archive.incidents_mention import Key, Mention, mentions
from dateline.archive.incidents_scores import Known, compared
from dateline.archive.incidents_tell import tell
from dateline.record import Event, Record


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention is in its incident: its best score with another member and the reasons for that, or a decision."""

    key: Key
    score: float | None
    reasons: tuple[str, ...]
    decision: int | None


@dataclass(frozen=True, slots=True)
class Incident:
    """A happening: its id, its links, and what its members say (`incidents_tell.tell`)."""

    id: str
    links: tuple[Link, ...]
    body: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The shape of `dateline incidents --format jsonl`."""
        return {
            "id": self.id, **self.body,
            "mentions": [
                {"report": x.key[0], "trigger": list(x.key[1:]), "score": x.score, "reasons": list(x.reasons), "decision": x.decision}
                for x in self.links
            ],
        }  # fmt: skip


def gather(
    records: Callable[[], Iterable[Record]],
    source_of: Mapping[str, str],
    decisions: Sequence[Decision] = (),
    jobs: int = 1,
    known: Known | None = None,
) -> tuple[Incident, ...]:
    """Incidents by id. `records` is called twice, so that no record is held longer than it is used.

    `known` spares what an earlier linking worked out; it changes nothing but the time.
    """
    everything = sorted((m for r in records() for m in mentions(r)), key=lambda m: m.key)
    first = compared(everything, jobs, known)
    ruled = ruling(decisions, everything)
    scores = settle(first)
    groups = cluster((m.key for m in everything), scores, ruled.constraints)
    by_key = {m.key: m for m in everything}
    names = name([[by_key[k] for k in g] for g in groups], ruled.names)
    home = {k: n for n, g in enumerate(groups) for k in g}
    why = _why(by_key, scores, home, ruled.ruled)
    members: dict[int, list[tuple[Record, Event]]] = defaultdict(list)
    open_ = {n: len(g) for n, g in enumerate(groups)}
    out: list[Incident] = []
    for record in records():
        of_key: dict[Key, list[Event]] = defaultdict(list)
        for e in record.events:
            of_key[record.report.id, *e.trigger].append(e)
        for k, events in of_key.items():
            n = home[k]
            members[n] += [(record, e) for e in events]
            open_[n] -= 1
            if not open_[n]:
                told = sorted(
                    members.pop(n), key=lambda p: (p[0].report.published or date.max, p[0].report.id, p[1].trigger)
                )
                out.append(Incident(names[n], tuple(why[k] for k in groups[n]), tell(told, source_of)))
    return tuple(sorted(out, key=lambda i: i.id))


def name(groups: Sequence[Sequence[Mention]], given: Mapping[Key, str]) -> list[str]:
    """An id for each group: one given by a decision (to the first group that may bear it), else made of its first mention.

    The first mention is of the earliest report, so an id stays when later reports are added.
    """
    taken: set[str] = set()
    out: list[str | None] = [None] * len(groups)
    order = sorted(range(len(groups)), key=lambda n: _rank(groups[n][0]))
    for n in order:
        for wanted in sorted({given[m.key] for m in groups[n] if m.key in given}):
            if out[n] is None and wanted not in taken:
                out[n] = wanted
                taken.add(wanted)
    for n in order:
        if out[n] is None:
            anchor = min(groups[n], key=_rank)
            salt = 0
            while (made := digest_of(anchor.report, anchor.trigger[0], salt)) in taken:
                salt += 1
            out[n] = made
            taken.add(made)
    return [x for x in out if x is not None]


def _rank(m: Mention) -> tuple[date, Key]:
    return (m.published or date.max, m.key)


def digest_of(report: str, start: int, salt: int = 0) -> str:
    """The id that is made of a mention."""
    return "i" + hashlib.blake2b(f"{report}\x00{start}\x00{salt}".encode(), digest_size=8).hexdigest()


def _why(
    by_key: Mapping[Key, Mention], scores: Scores, home: Mapping[Key, int], ruled: Mapping[Key, int]
) -> dict[Key, Link]:
    best: dict[Key, tuple[float, Key]] = {}
    for (a, b), s in scores.items():
        if home[a] == home[b]:
            for k, other in ((a, b), (b, a)):
                if k not in best or (-s, other) < (-best[k][0], best[k][1]):
                    best[k] = (s, other)
    out: dict[Key, Link] = {}
    for k, m in by_key.items():
        if k in best:
            s, other = best[k]
            f = features(m, by_key[other])
            found = (f"with {other[0]} {other[1]}-{other[2]}", *reasons(f, m.report == other[0]))
            out[k] = Link(k, s, found, ruled.get(k))
        else:
            out[k] = Link(k, None, (), ruled.get(k))
    return out
