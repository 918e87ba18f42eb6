"""What did people decide about incidents? Join, split, pin: each holds for whatever is read later.

A decision names mentions by report and trigger, never an incident's members of the day, so it is
found again after a new reading, whose triggers may be a word longer. A later decision overrules
an earlier one where they speak of the same two mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.archive.incidents_cluster import Constraints, Edge, edge
from dateline.archive.incidents_mention import Key, Mention

Kind = Literal["join", "split", "pin", "carry"]


@dataclass(frozen=True, slots=True)
class Decision:
    """`join`: all `mentions` are one. `split`: `mentions` are one, and none of `others`. `pin`: all are one, called
    `id`. `carry`: the incident of these mentions keeps `id` after a new reading (the archive notes it itself)."""

    number: int
    kind: Kind
    mentions: tuple[Key, ...]
    others: tuple[Key, ...] = ()
    id: str | None = None


@dataclass(frozen=True)
class Ruling:
    """What all decisions come to: constraints, names for the incidents of some mentions, and who ruled on a mention."""

    constraints: Constraints
    names: Mapping[Key, str]
    ruled: Mapping[Key, int]


def ruling(decisions: Iterable[Decision], mentions: Sequence[Mention]) -> Ruling:
    """In the order in which they were made."""
    of_report: dict[str, list[Mention]] = {}
    for m in mentions:
        of_report.setdefault(m.report, []).append(m)
    together: set[Edge] = set()
    apart: set[Edge] = set()
    names: dict[Key, str] = {}
    ruled: dict[Key, int] = {}
    for d in sorted(decisions, key=lambda d: d.number):
        ours, theirs = ([k for k in (_found(key, of_report) for key in keys) if k] for keys in (d.mentions, d.others))
        if d.kind != "carry":
            one = {edge(a, b) for i, a in enumerate(ours) for b in ours[i + 1 :] if a != b}
            two = {edge(a, b) for a in ours for b in theirs if a != b}
            together = (together | one) - two
            apart = (apart | two) - one
            ruled |= dict.fromkeys([*ours, *(theirs if d.kind == "split" else ())], d.number)
        if d.id:
            names |= dict.fromkeys(ours, d.id)
    return Ruling(Constraints(frozenset(together), frozenset(apart)), names, ruled)


def _found(key: Key, of_report: Mapping[str, Sequence[Mention]]) -> Key | None:
    """The mention that a decision meant: the same trigger, else the one that overlaps it most."""
    report, start, end = key
    near = [(min(end, m.trigger[1]) - max(start, m.trigger[0]), m) for m in of_report.get(report, ())]
    best = max(near, key=lambda p: (p[1].key == key, p[0], -p[1].trigger[0]), default=None)
    return best[1].key if best and best[0] > 0 else None
