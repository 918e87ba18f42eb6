"""Every pair's score, worked out day by day; a day whose reports are what they were is not worked out again."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.archive.incidents_blocks import Day, by_day, pairs_of_day, pairs_within
from dateline.archive.incidents_cluster import Edge, edge
from dateline.archive.incidents_compare import features, score
from dateline.archive.incidents_mention import Mention
from dateline.archive.incidents_pairs import Pairs

# A pair that scores less is as good as never compared.
LEAST = -5.0
# Tasks handed to a worker at a time.
CHUNK = 4

Scores = list[tuple[Edge, float]]


@dataclass(frozen=True)
class Task:
    """Pairs to be compared: of different reports on a day (`across 2016-02-20`), or within the reports of a day."""

    name: str
    mentions: tuple[Mention, ...]
    day: Day = None

    def stamp(self, versions: Mapping[str, str]) -> str:
        """What the scores depend on: which version of which report brings events to this task."""
        total = hashlib.sha256()
        for report in sorted({m.report for m in self.mentions}):
            total.update(f"{report}\x00{versions.get(report, '')}\x00".encode())
        return total.hexdigest()


@dataclass
class Known:
    """Stamps of an earlier linking by task, and its scores, packed; `fresh` collects what had to be worked out, packed."""

    versions: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)
    scores: Callable[[str], bytes] = lambda task: packed([])
    fresh: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def tasks(everything: Iterable[Mention]) -> Iterator[Task]:
    """All there is to compare."""
    whole = list(everything)
    within: dict[str, list[Mention]] = defaultdict(list)
    for m in whole:
        within[str(m.published)].append(m)
    for name, there in sorted(within.items()):
        yield Task(f"within {name}", tuple(there))
    for day, there in sorted(by_day(whole).items(), key=lambda t: str(t[0])):
        yield Task(f"across {day}", tuple(there), day)


def packed(scores: Scores) -> bytes:
    """Scores as JSON, compressed with zlib."""
    return zlib.compress(json.dumps([(*a, *b, s) for (a, b), s in scores]).encode(), 1)


def unpacked(body: bytes) -> Scores:
    """The scores that `packed` packed."""
    return [(((a, b, c), (d, e, f)), s) for a, b, c, d, e, f, s in json.loads(zlib.decompress(body))]


def compared(everything: Iterable[Mention], jobs: int = 1, known: Known | None = None) -> Pairs:
    """First scores; the same for any number of jobs, and whatever is known already."""
    everything = list(everything)
    keep = known is not None
    known = known or Known()
    out = Pairs(m.key for m in everything)
    todo: list[Task] = []
    for task in tasks(everything):
        known.seen.add(task.name)
        stamp = task.stamp(known.versions)
        if known.versions and known.stamps.get(task.name) == stamp:
            out.put(unpacked(known.scores(task.name)))
        else:
            todo.append(task)
            known.fresh[task.name] = (stamp, b"")
    for task, scores in zip(todo, _worked_out(todo, jobs), strict=True):
        if keep:
            known.fresh[task.name] = (known.fresh[task.name][0], packed(scores))
        out.put(scores)
    return out


def _worked_out(todo: Sequence[Task], jobs: int) -> Iterator[Scores]:
    if jobs <= 1 or len(todo) < 2 * CHUNK:
        yield from map(scores_of, todo)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(scores_of, todo, chunksize=CHUNK)


def scores_of(task: Task) -> Scores:
    """Scores of one task, those that count."""
    found = _across(task) if task.name.startswith("across") else _within(task)
    return [(e, s) for e, s in found if s >= LEAST]


def _across(task: Task) -> Iterator[tuple[Edge, float]]:
    for a, b in pairs_of_day(task.day, task.mentions):
        yield edge(a.key, b.key), score(features(a, b), same_report=False)


def _within(task: Task) -> Iterator[tuple[Edge, float]]:
    of_report: dict[str, list[Mention]] = defaultdict(list)
    for m in task.mentions:
        of_report[m.report].append(m)
    for name in sorted(of_report):
        for a, b in pairs_within(of_report[name]):
            yield edge(a.key, b.key), score(features(a, b), same_report=True)
