"""Where does a sentence end?

Rules, not a model: newswire's full stops are mostly honest. Initials, abbreviations,
decimals and ellipses do not end a sentence; a closing quotation mark belongs to the
sentence that it closes; a blank line always ends one; glued text ("website.Speaking")
is parted too, and so is a dateline from what follows only by its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from dateline.reading.graph import Span

# A stop, its closing quotes or brackets, then space or a glued capital.
_STOP = re.compile(r"(?<![.!?…])([.!?…]++)([\"'”’)\]]*+)(\s++|(?=[A-Z“\"‘]))")
# The look-behind keeps a long run of spaces from being tried again at each of them.
_PARAGRAPH = re.compile(r"(?<![ \t])[ \t]*\r?\n\s*")
# A sentence that is longer is none: lists and hostile texts go without a full stop, and much is asked of each sentence.
LONGEST = 1_500
# Words that open a sentence and no name.
_OPENER = re.compile(r"(He|She|It|The|They|But|In|On|An|This|We)\b|A ")
_SITE = re.compile(r"\b(on|to|via|site|platform|network) X$")
_LAST_WORD = re.compile(r"[\w.&-]*\w$")


@cache
def abbreviations() -> frozenset[str]:
    """Lower-case abbreviations, without their last stop, that do not end a sentence."""
    body = files("dateline.reading").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    return frozenset(w for line in body.splitlines() if not line.startswith("#") for w in line.split())


def split(text: str) -> tuple[Span, ...]:
    """Sentences of a text as spans without the white space between them, in order."""
    out: list[Span] = []
    start = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        out.extend(_in_paragraph(text, start, end))
        start = gap.end() if gap else len(text)
    return tuple(out)


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    out: list[Span] = []
    at = start
    for m in _STOP.finditer(text, start, end):
        stop = m.end(2)
        if stop >= end or not _ends_here(text, m, end):
            continue
        out.append((at, stop))
        at = m.end()
    out.append((at, end))
    parts = [part for a, b in out for part in _in_reach(text, a, b)]
    return [s for s in (_trim(text, a, b) for a, b in parts) if s[0] < s[1]]


def _in_reach(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence; one that is too long in pieces, parted at a space where there is one."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield (start, cut)
        start = cut
    yield (start, end)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end)


def _ends_here(text: str, m: re.Match[str], end: int) -> bool:
    following = text[m.end() : min(end, m.end() + 2)].lstrip("\"'“‘([")
    glued = m.end() == m.end(2)
    before = _LAST_WORD.search(text, max(0, m.start() - 30), m.start())
    word = before[0] if before else ""
    if glued:
        # "website.Speaking" ends; "U.S", "B.Com", "example.Com" and quotes before a stop do not.
        tail = text[m.end() : m.end() + 2]
        if m[2]:
            return bool(re.match(r"[A-Z][a-z]", tail)) and m[2][0] in '"”'
        return len(word) > 2 and "." not in word and word.islower() and bool(re.match(r"[A-Z][a-z]", tail))
    if following[:1].islower() and "?" not in m[1] and "!" not in m[1]:
        return False
    if following[:1].islower():
        return False
    if m[1] != "." or m[2]:
        return True
    low = word.lower()
    # "J. R.", "U.S. troops": an initial or a dotted abbreviation ends nothing, unless "the U.S. He".
    if len(word) == 1 and word.isupper():
        # Nobody is called X.: after a small word it is the site ("in a post on X. The").
        return bool(_OPENER.match(text, m.end())) or (word == "X" and bool(_SITE.search(text, 0, m.start())))
    if "." in word and all(len(p) <= 2 for p in word.split(".")):
        return bool(_OPENER.match(text, m.end()))
    return low not in abbreviations()
