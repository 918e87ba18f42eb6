"""Does a pair of events fit better together than with the others of their two reports?

The second look at a pair: its first score beside those of its rivals (the same event with
another of the other report) and of its company (the other events of both reports that go
together). It depends on the two reports alone, so it is the same whatever else is known.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from dateline.archive.incidents_cluster import Edge
from dateline.archive.incidents_compare import Features, weights
from dateline.archive.incidents_mention import Key
from dateline.archive.incidents_pairs import Pairs

# First scores count up to here; an event with no rival has one that says surely not.
MOST = 6.0


def company(first: Pairs) -> Iterator[tuple[Edge, Features]]:
    """Features of the second look for every pair of different reports."""
    for triples in first.by_reports():
        if triples[0][0][0] == triples[0][1][0]:
            continue
        left: dict[Key, list[tuple[float, Key]]] = defaultdict(list)
        right: dict[Key, list[tuple[float, Key]]] = defaultdict(list)
        for a, b, s in triples:
            left[a].append((s, b))
            right[b].append((s, a))
        for a, b, s in triples:
            yield (a, b), _second(a, b, s, triples, left, right)


def _second(
    a: Key, b: Key, s: float, triples: list[tuple[Key, Key, float]],
    left: Mapping[Key, list[tuple[float, Key]]], right: Mapping[Key, list[tuple[float, Key]]],
) -> Features:  # fmt: skip
    rival_a = max((t for t, other in left[a] if other != b), default=-MOST)
    rival_b = max((t for t, other in right[b] if other != a), default=-MOST)
    beside = max((t for c, d, t in triples if c != a and d != b), default=-MOST)
    return {
        "bias": 1.0,
        "first": max(-MOST, min(MOST, s)),
        "best-of-both": float(s >= rival_a and s >= rival_b),
        "best-of-one": float((s >= rival_a) != (s >= rival_b)),
        "rival": max(-4.0, min(4.0, round(max(rival_a, rival_b) - s, 4))),
        "company": max(0.0, min(1.0, round((beside + 1) / 4, 4))),
    }


def second_score(f: Features) -> float:
    """Log-odds after the second look."""
    table = weights()["company"]
    return round(math.fsum(table.get(k, 0.0) * v for k, v in sorted(f.items())), 4)


def settle(first: Pairs) -> Pairs:
    """Final scores: pairs within a report keep their first, the others get their second."""
    out = first.emptied()
    out.put((e, s) for e, s in first.items() if e[0][0] == e[1][0])
    out.put((e, second_score(f)) for e, f in company(first))
    return out
