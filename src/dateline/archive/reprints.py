"""Which reports are copies of one text?

A copy keeps most of the shorter text's words in their order: under another headline, trimmed,
its sentences moved, a local lead put before it, units translated, a word changed here and there.
Another reporter's account of the same event shares names and quotations, not runs of words.

`reprints` is a function of the set of reports: groups, origins and lineage are the same in
whatever order the reports came. Cost grows with the number of reports, not with its square:
each text is held against its next few neighbours in time that share its sampled shingles, and
what they share is then counted exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dateline.archive.reprints_sketch import Sketch, sketches

# A copy appears within so many days of another.
WINDOW_DAYS = 14
# Neighbours in time that a shingle brings a text together with, and how many shingles must do so.
NEIGHBOURS = 8
SHARED_FINDERS = 2
# Share of the shorter text's shingles that the other must hold, and how many at the least.
CONTAINED = 0.45
LEAST_SHARED = 18
# A brief of a text so much longer is not told from a quotation by its share alone.
BRIEF = 0.06


@dataclass(frozen=True, slots=True)
class Copy:
    """A report as it is compared. `agency` is the credit in its text."""

    id: str
    text: str
    agency: str | None = None
    published: date | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share: `contained`, of the shorter one's shingles; `jaccard`, of all."""

    contained: float
    jaccard: float
    shared: int

    @property
    def is_copy(self) -> bool:
        return self.contained >= CONTAINED and self.shared >= LEAST_SHARED and self.jaccard >= BRIEF


@dataclass(frozen=True, slots=True)
class Descent:
    """Where a copy comes from: the earlier (or longer) text of its group that holds most of its words."""

    parent: str
    contained: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Group:
    """Copies of one text. `origin` is the earliest, longest; `agency` the credit that most of them carry."""

    reports: tuple[str, ...]
    origin: str
    agency: str | None
    lineage: Mapping[str, Descent]


Pair = tuple[str, str]


def likeness(a: Sketch, b: Sketch) -> Likeness:
    """Exact, on all shingles of both."""
    shared = len(np.intersect1d(a.short, b.short, assume_unique=True))
    low = min(len(a.short), len(b.short))
    union = len(a.short) + len(b.short) - shared
    return Likeness(round(shared / low, 4) if low else 0.0, round(shared / union, 4) if union else 0.0, shared)


def reprints(copies: Iterable[Copy], jobs: int = 1) -> tuple[Group, ...]:
    """Groups of two and more, sorted by their origin; the same for any number of jobs."""
    ordered = in_order(copies)
    known = dict(zip((c.id for c in ordered), sketches([c.text for c in ordered], jobs), strict=True))
    return groups(ordered, alike(ordered, known), {i: len(s.short) for i, s in known.items()})


def in_order(copies: Iterable[Copy]) -> list[Copy]:
    """By day of publication (the undated first), then id. Raises ValueError when an id stands twice."""
    ordered = sorted(copies, key=lambda c: (c.published or date.min, c.id))
    if len({c.id for c in ordered}) < len(ordered):
        raise ValueError("a report's id stands twice")
    return ordered


def alike(ordered: Sequence[Copy], known: Mapping[str, Sketch]) -> dict[Pair, Likeness]:
    """Every pair that is compared and found to be copies; of texts in order."""
    out: dict[Pair, Likeness] = {}
    for i, j in _candidates([known[c.id].finders for c in ordered]):
        a, b = ordered[i], ordered[j]
        if a.published and b.published and (b.published - a.published).days > WINDOW_DAYS:
            continue
        found = likeness(known[a.id], known[b.id])
        if found.is_copy:
            out[a.id, b.id] = found
    return out


def _candidates(finders: Sequence[np.ndarray]) -> list[tuple[int, int]]:
    """Pairs of positions that share enough finders with few others between them."""
    if not finders:
        return []
    hashes = np.concatenate(finders)
    owner = np.repeat(np.arange(len(finders), dtype=np.int64), [len(f) for f in finders])
    order = np.lexsort((owner, hashes))
    hashes, owner = hashes[order], owner[order]
    found: list[np.ndarray] = []
    for step in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(hashes[:-step] == hashes[step:]) if step < len(hashes) else np.array([], np.int64)
        if not len(same):
            break
        found.append(owner[same] * len(finders) + owner[same + step])
    if not found:
        return []
    pairs, counts = np.unique(np.concatenate(found), return_counts=True)
    chosen = pairs[counts >= SHARED_FINDERS]
    return list(zip((chosen // len(finders)).tolist(), (chosen % len(finders)).tolist(), strict=True))


def groups(ordered: Sequence[Copy], pairs: Mapping[Pair, Likeness], lengths: Mapping[str, int]) -> tuple[Group, ...]:
    """Connected copies, with their lineage."""
    root = {c.id: c.id for c in ordered}

    def top(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in sorted(pairs):
        x, y = sorted((top(a), top(b)))
        root[y] = x
    members: dict[str, list[Copy]] = defaultdict(list)
    for c in ordered:
        members[top(c.id)].append(c)
    beside: dict[str, dict[str, Likeness]] = defaultdict(dict)
    for (a, b), found in pairs.items():
        beside[a][b] = beside[b][a] = found
    made = [_group(m, beside, lengths) for m in members.values() if len(m) > 1]
    return tuple(sorted(made, key=lambda g: g.origin))


def _group(members: Sequence[Copy], beside: Mapping[str, Mapping[str, Likeness]], lengths: Mapping[str, int]) -> Group:
    ranked = sorted(members, key=lambda c: (c.published or date.max, -lengths[c.id], c.id))
    place = {c.id: n for n, c in enumerate(ranked)}
    origin = ranked[0].id
    lineage: dict[str, Descent] = {}
    for c in ranked[1:]:
        older = [(i, f) for i, f in beside[c.id].items() if place[i] < place[c.id]]
        if not older:  # known to the group by a later copy alone
            older = list(beside[c.id].items())
        parent, found = min(older, key=lambda p: (-p[1].shared, -p[1].jaccard, place[p[0]]))
        lineage[c.id] = Descent(parent, found.contained, found.jaccard)
    credits = Counter(c.agency for c in members if c.agency)
    agency = min(credits, key=lambda a: (-credits[a], a)) if credits else None
    return Group(tuple(sorted(place)), origin, agency, dict(sorted(lineage.items())))
