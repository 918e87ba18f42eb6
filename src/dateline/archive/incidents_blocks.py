"""Which events are worth comparing? Each with a bounded number of others, so that cost grows linearly.

Two events meet on a day that both may have happened on, when the words that they share there
(places, parties, names, triggers, figures) weigh enough together. A word that too many events
of one day use brings two together only with a second word. What is compared depends on the
events of those days alone: never on their order, nor on which came first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from dateline.archive.incidents_compare import related
from dateline.archive.incidents_mention import Key, Mention
from dateline.archive.words import weight

# Days before its publication on which an event without a date may have happened.
LOOK_BACK = 4
# A date this many days after the publication, or so long before it, may be misread or only planned.
SLIP, FAR = 0, 45
# Most events that one word (or pair of words) of one day brings together.
CROWD = 48
# What two events must share: one rare word, or two that are less so.
ENOUGH = 0.75
# The same for two types that are seldom readings of one happening.
ENOUGH_OTHERWISE = 1.5
# Weight from which a common word of the sentence is worth looking up.
TELLING = 0.4
# Events of one report that are compared with those after them, whatever they share.
NEXT_IN_REPORT = 12

Pair = tuple[Mention, Mention]
Day = date | None


def days(m: Mention) -> tuple[Day, ...]:
    """Days on which an event is compared, first to last; `(None,)` when nothing dates it."""
    out: set[date] = set()
    if m.first and m.last:
        span = min((m.last - m.first).days, 3)
        out |= {m.first + timedelta(n) for n in range(-1, span + 2)}
        out.add(m.last)
    if m.published and (not m.dated or not m.first or not -SLIP <= (m.published - m.first).days <= FAR):
        out |= {m.published - timedelta(n) for n in range(LOOK_BACK + 1)}
    return tuple(sorted(out)) or (None,)


def tokens(m: Mention) -> frozenset[str]:
    """What an event is found by."""
    out = {t for t in m.parties if t[0] not in ".°"}
    out |= {"~" + n for n in m.names}
    out |= {"@" + w.name for w in m.places if w.name}
    out |= {"@" + c for w in m.places for c in w.core}
    out |= {
        f"@{math.floor(w.lat)},{math.floor(w.lon)}"
        for w in m.places
        if w.lat is not None and w.lon is not None and not w.wide
    }
    out |= {f"#{c.measure}{c.low}" for c in m.counts if (c.low or 0) > 2}
    out |= {"+" + s for s in m.words if weight(s) > TELLING}
    out |= {"^" + s for s in m.story}
    out.add("!" + m.head)
    return frozenset(out)


def token_weight(token: str) -> float:
    """How much a shared token says, 0 to 1."""
    if token[0] == "^":
        return weight(token[1:]) / 2
    return 0.5 if token[0] in "#=" or token[1:2].isdigit() or token[1:2] == "-" else weight(token[1:])


def by_day(mentions: Iterable[Mention]) -> dict[Day, list[Mention]]:
    """Every day with the events compared on it."""
    out: dict[Day, list[Mention]] = defaultdict(list)
    for m in mentions:
        for day in days(m):
            out[day].append(m)
    return dict(out)


def pairs_of_day(
    day: Day, there: Sequence[Mention], found_by: Mapping[Key, frozenset[str]] | None = None
) -> Iterator[Pair]:
    """Pairs of different reports that are compared on a day, each on the first day that both share."""
    there = sorted(there, key=lambda m: m.key)
    toks = [(found_by or {}).get(m.key) or tokens(m) for m in there]
    on = [days(m) for m in there]
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for token, members in sorted(_blocks(toks).items()):
        w = token_weight(token)
        for i, a in enumerate(members):
            for b in members[i + 1 :]:
                shared[a, b] += w
    crowded = _crowded(toks)
    for a, b in sorted(crowded):
        shared[a, b] = max(shared[a, b], ENOUGH)
    for (a, b), total in sorted(shared.items()):
        x, y = there[a], there[b]
        if x.report == y.report or total < (ENOUGH if related(x.type, y.type) else ENOUGH_OTHERWISE):
            continue
        if day is None or min(set(on[a]) & set(on[b])) == day:  # type: ignore[type-var]
            yield x, y


def _blocks(toks: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = defaultdict(list)
    for n, found in enumerate(toks):
        for t in found:
            out[t].append(n)
    return {t: members for t, members in out.items() if 1 < len(members) <= CROWD}


def _crowded(toks: Sequence[frozenset[str]]) -> set[tuple[int, int]]:
    """Pairs that a word brings together which too many use: those that share a second such word in a small company."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, found in enumerate(toks):
        for t in found:
            members[t].append(n)
    big = {t for t, ns in members.items() if len(ns) > CROWD}
    if not big:
        return set()
    double: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, found in enumerate(toks):
        large = sorted(found & big)
        for i, s in enumerate(large):
            for t in large[i + 1 :]:
                double[s, t].append(n)
    return {
        (a, b) for (_, _), ns in double.items() if 1 < len(ns) <= CROWD for i, a in enumerate(ns) for b in ns[i + 1 :]
    }


def pairs_within(report: Sequence[Mention]) -> Iterator[Pair]:
    """Pairs of one report's own events."""
    ordered = sorted(report, key=lambda m: m.key)
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 : n + 1 + NEXT_IN_REPORT]:
            yield a, b


def pairs(mentions: Iterable[Mention]) -> Iterator[Pair]:
    """Every pair that is compared."""
    everything = sorted(mentions, key=lambda m: m.key)
    of_report: dict[str, list[Mention]] = defaultdict(list)
    for m in everything:
        of_report[m.report].append(m)
    for name in sorted(of_report):
        yield from pairs_within(of_report[name])
    found_by = {m.key: tokens(m) for m in everything}
    for day, there in sorted(by_day(everything).items(), key=lambda item: str(item[0])):
        yield from pairs_of_day(day, there, found_by)
