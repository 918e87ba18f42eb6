"""How are the scores of millions of pairs held? In three columns of numbers: sixteen bytes a pair, not four hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from dateline.archive.incidents_cluster import Edge
from dateline.archive.incidents_mention import Key


class Pairs:
    """Pairs of keys with their scores, each pair once, in the order in which they were put."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = sorted(set(keys))
        self._number = {k: n for n, k in enumerate(self._keys)}
        self._left, self._right, self._scores = array("i"), array("i"), array("d")

    @classmethod
    def of(cls, scores: Mapping[Edge, float]) -> Pairs:
        """The same pairs as a mapping has."""
        made = cls(k for e in scores for k in e)
        made.put(scores.items())
        return made

    def emptied(self) -> Pairs:
        """No pairs, of the same keys."""
        made = Pairs(())
        made._keys, made._number = self._keys, self._number
        return made

    def put(self, scores: Iterable[tuple[Edge, float]]) -> None:
        for (a, b), s in scores:
            self._left.append(self._number[a])
            self._right.append(self._number[b])
            self._scores.append(s)

    def __len__(self) -> int:
        return len(self._scores)

    def items(self) -> Iterator[tuple[Edge, float]]:
        keys = self._keys
        for a, b, s in zip(self._left, self._right, self._scores, strict=True):
            yield (keys[a], keys[b]), s

    def by_reports(self) -> Iterator[list[tuple[Key, Key, float]]]:
        """All pairs of one report with one other, or with itself, at a time."""
        keys = self._keys
        report: dict[str, int] = {}
        of_key = np.array([report.setdefault(k[0], len(report)) for k in keys], np.int64)
        if not len(self):
            return
        left, right = np.frombuffer(self._left, np.int32), np.frombuffer(self._right, np.int32)
        both = of_key[left] * len(report) + of_key[right]
        order = np.argsort(both, kind="stable")
        ends = np.flatnonzero(np.diff(both[order])) + 1
        del both
        for some in np.split(order, ends):
            yield [(keys[self._left[n]], keys[self._right[n]], self._scores[n]) for n in some.tolist()]
