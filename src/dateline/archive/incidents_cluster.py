"""Which events are one incident, given how each two compare?

Average linkage with constraints: the two groups whose members speak most for each other are
joined first, as long as their mean log-odds are above the threshold and nobody decided that
they are apart. Each connected part is settled by itself, so a result depends on its own
events alone; ties go by the events' keys, so it depends on no order.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from dateline.archive.incidents_mention import Key

# Mean log-odds from which two groups are one, and what a pair that was not compared counts as.
THRESHOLD = -0.8
NOT_COMPARED = -2.0

Edge = tuple[Key, Key]


class Scores(Protocol):
    """Pairs with their scores: a dict, or `incidents_pairs.Pairs`."""

    def items(self) -> Iterable[tuple[Edge, float]]:
        """Each pair once."""


@dataclass(frozen=True)
class Constraints:
    """What people decided: pairs that belong together, pairs that do not."""

    together: frozenset[Edge] = field(default_factory=frozenset)
    apart: frozenset[Edge] = field(default_factory=frozenset)


def edge(a: Key, b: Key) -> Edge:
    """A pair in one order."""
    return (a, b) if a <= b else (b, a)


def cluster(
    keys: Iterable[Key], scores: Scores, constraints: Constraints | None = None,
    threshold: float = THRESHOLD, not_compared: float = NOT_COMPARED,
) -> tuple[tuple[Key, ...], ...]:  # fmt: skip
    """Groups of keys, sorted within and among themselves. Every key is in exactly one."""
    c = constraints or Constraints()
    groups: list[tuple[Key, ...]] = []
    for part, edges in _parts(sorted(set(keys)), scores, c, threshold):
        groups += _settle(part, edges, c, threshold, not_compared)
    return tuple(sorted(groups))


def _parts(
    keys: list[Key], scores: Scores, c: Constraints, threshold: float
) -> list[tuple[list[Key], dict[Edge, float]]]:
    """Connected parts: keys that scores above the threshold, or decisions, tie together."""
    root = {k: k for k in keys}

    def top(k: Key) -> Key:
        while root[k] != k:
            root[k] = root[root[k]]
            k = root[k]
        return k

    ties = [e for e, s in scores.items() if s > threshold] + list(c.together)
    for a, b in sorted(ties):
        if a in root and b in root:
            x, y = top(a), top(b)
            if x != y:
                root[max(x, y)] = min(x, y)
    members: dict[Key, list[Key]] = defaultdict(list)
    for k in keys:
        members[top(k)].append(k)
    edges: dict[Key, dict[Edge, float]] = defaultdict(dict)
    for (a, b), s in scores.items():
        if a in root and b in root and top(a) == top(b):
            edges[top(a)][a, b] = s
    return [(ks, edges[r]) for r, ks in sorted(members.items())]


def _settle(
    keys: list[Key], scores: dict[Edge, float], c: Constraints, threshold: float, not_compared: float
) -> list[tuple[Key, ...]]:
    if len(keys) == 1:
        return [(keys[0],)]
    work = _Work(keys, scores, c, not_compared)
    work.join_decided(c)
    while (best := work.best()) is not None and best[0] > threshold:
        work.join(*best[1])
    return [tuple(sorted(g)) for g in work.groups.values()]


class _Work:
    """Groups of one connected part, and the sum of scores between each two that have any."""

    def __init__(self, keys: list[Key], scores: dict[Edge, float], c: Constraints, not_compared: float) -> None:
        self.not_compared = not_compared
        self.groups: dict[Key, list[Key]] = {k: [k] for k in keys}
        self.sums: dict[Key, dict[Key, tuple[float, int]]] = {k: {} for k in keys}
        self.apart: dict[Key, set[Key]] = {k: set() for k in keys}
        self.heap: list[tuple[float, Key, Key, int, int]] = []
        for (a, b), s in scores.items():
            self.sums[a][b] = self.sums[b][a] = (s, 1)
        for a, b in c.apart:
            if a in self.groups and b in self.groups:
                self.apart[a].add(b)
                self.apart[b].add(a)
        for a, b in scores:
            self._push(a, b)

    def _mean(self, a: Key, b: Key) -> float:
        total, n = self.sums[a].get(b, (0.0, 0))
        possible = len(self.groups[a]) * len(self.groups[b])
        return round((total + (possible - n) * self.not_compared) / possible, 6)

    def _push(self, a: Key, b: Key) -> None:
        if b not in self.apart[a]:
            first, second = edge(a, b)
            sizes = (len(self.groups[first]), len(self.groups[second]))
            heapq.heappush(self.heap, (-self._mean(a, b), first, second, *sizes))

    def best(self) -> tuple[float, Edge] | None:
        """The pair of groups that speak most for each other; stale entries are dropped."""
        while self.heap:
            minus, a, b, n, m = heapq.heappop(self.heap)
            now = (len(self.groups.get(a, ())), len(self.groups.get(b, ())))
            if now == (n, m) and b not in self.apart[a]:
                return -minus, (a, b)
        return None

    def join_decided(self, c: Constraints) -> None:
        home = {k: k for k in self.groups}
        for a, b in sorted(c.together):
            if a in home and b in home and home[a] != home[b]:
                x, y = edge(home[a], home[b])
                if y in self.apart[x]:
                    continue
                for k in self.groups[y]:
                    home[k] = x
                self.join(x, y)

    def join(self, a: Key, b: Key) -> None:
        """Put `b` into `a`."""
        self.groups[a] += self.groups.pop(b)
        for other, (total, n) in self.sums.pop(b).items():
            self.sums[other].pop(b)
            if other != a:
                before, m = self.sums[a].get(other, (0.0, 0))
                self.sums[a][other] = self.sums[other][a] = (round(before + total, 4), m + n)
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            if other != a:
                self.apart[a].add(other)
                self.apart[other].add(a)
        for other in self.sums[a]:
            self._push(a, other)
