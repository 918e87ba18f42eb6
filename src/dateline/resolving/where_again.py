"""Where does a report come back to a place that it has named: "the besieged city", "there"?

A description goes to the last place before it that is such a thing: a town for "the city", a
division or region for "the province", whichever came last for "there". Nothing is made of one
whose place lies too far back. Words are in `knowledge/places_again.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dateline.knowledge.table import load_table, refuse
from dateline.reading.masthead import read_masthead
from dateline.record import Place, Span

# The place meant was named within so many code points.
_BACK = 600
_POINTS = frozenset(("settlement", "exact", "near"))
_AREAS = frozenset(("district", "province", "region"))
_KEYS = {"settlement": ("words",), "area": ("words",), "not_followed": ("words",), "there": ("after", "before")}
_OPENS = re.compile(r"(?:^|[.!?\"”]\s|\n)In $")
_CARRIED = re.compile(
    r"\b(?:flown|flew|taken|transferred|brought|evacuated|deported|extradited|travell?ed)(?: [a-z]+)? to $"
)
_WORD_AFTER, _WORD_BEFORE = re.compile(r"\s+([a-z]+)"), re.compile(r"([A-Za-z]+)\s+$")


@cache
def _words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Table, key -> words. Raises `KnowledgeError` with every key that is missing or empty."""
    tables = load_table("places_again.toml")
    refuse(
        "places_again.toml",
        [f"{t}.{k}: no words" for t, keys in _KEYS.items() for k in keys if not tables.get(t, {}).get(k)],
    )
    return {t: {k: frozenset(tables[t][k]) for k in keys} for t, keys in _KEYS.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted({*_words()["settlement"]["words"], *_words()["area"]["words"]}))
    return re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:[a-z-]+ ){{0,2}}?(?P<what>{names})\b|\bthere\b")


def named_again(text: str, places: Sequence[Place]) -> list[tuple[str, Span]]:
    """Id of the place and the words that stand for it, in text order."""
    mentions = sorted(((m, p) for p in places for m in p.mentions), key=lambda x: x[0])
    if not mentions:
        return []
    beside = _only_beside(text, mentions)
    out: list[tuple[str, Span]] = []
    for m in _pattern().finditer(text):
        span = m.span()
        if any(s < span[1] and span[0] < e for (s, e), _ in mentions) or not _is_place(text, m):
            continue
        kinds = _POINTS if m["what"] in _words()["settlement"]["words"] else _AREAS if m["what"] else None
        before = [p for (s, e), p in mentions if e <= span[0] <= s + _BACK and (kinds is None or p.precision in kinds)]
        if kinds is _POINTS:
            before = [p for p in before if p.id not in beside] or before
        if before:
            out.append((before[-1].id, span))
    return out


def _only_beside(text: str, mentions: Sequence[tuple[Span, Place]]) -> frozenset[str]:
    """Ids of places that are only where a report was filed, where somebody spoke or where somebody was taken.

    "DAKAR (AFP) -", "In Ankara, the minister denied it.", "flown to Bogota": "the city" is another that is named.
    """
    filed = read_masthead(text).place_span

    def stands_apart(m: Span) -> bool:
        spoken = _OPENS.search(text, max(0, m[0] - 8), m[0]) and text.startswith(",", m[1])
        spoken = spoken or _CARRIED.search(text, max(0, m[0] - 40), m[0]) is not None
        return bool(spoken) or (filed is not None and filed[0] <= m[0] < filed[1])

    return frozenset(p.id for _, p in mentions if all(stands_apart(m) for m in p.mentions))


def _is_place(text: str, found: re.Match[str]) -> bool:
    """Whether the words around leave it a place: not "the city council", "the town of Qusair", "there were"."""
    after, before = _WORD_AFTER.match(text, found.end()), _WORD_BEFORE.search(text[: found.start()][-20:])
    following = after[1] if after else ""
    if found["what"]:
        return following not in _words()["not_followed"]["words"] and following != "of"
    return following not in _words()["there"]["after"] and (
        before is None or before[1].lower() not in _words()["there"]["before"]
    )
