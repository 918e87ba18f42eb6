"""Which name is said once for two places? "North and South Kivu": the first is North Kivu."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.knowledge.places import Gazetteer
from dateline.record import Span

_POINT = r"(?:North|South|East|West|Central|Upper|Lower|Northern|Southern|Eastern|Western)"
_PAIR = re.compile(rf"\b(?:(?P<a>{_POINT}), )?(?P<b>{_POINT}),? and (?P<last>{_POINT}) (?P<name>[A-Z][\w'’-]+)")
_REST = re.compile(rf"(?:, {_POINT})?,? and {_POINT} (?P<name>[A-Z][\w'’-]+)")
_WORD = re.compile(_POINT)


def elided(text: str, gazetteer: Gazetteer) -> Iterator[Span]:
    """The words that stand for "North Kivu" in "North and South Kivu", where a gazetteer has all that are meant."""
    for m in _PAIR.finditer(text):
        meant = [f"{m[g]} {m['name']}" for g in ("a", "b", "last") if m[g]]
        if all(any(c.matched in ("main", "alias") for c in gazetteer.exact(name)) for name in meant):
            yield from (m.span(g) for g in ("a", "b") if m[g])


def full_name(text: str, span: Span) -> str:
    """What a span of `text` names: itself, but for the first of two that share a name."""
    words = text[span[0] : span[1]]
    rest = _REST.match(text, span[1]) if _WORD.fullmatch(words) else None
    return f"{words} {rest['name']}" if rest else words
