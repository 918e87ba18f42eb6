"""What stands in the text that is not the report's prose?

Works on a copy and keeps a map back, so that every span found in the copy points into the
text as it came. Characters are mended one for one or few for one (quotes, mojibake,
entities, addresses); lines that are no prose (a repeated headline, photo credits, boilerplate) are
left out of the copy.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.reading.graph import Span

Edit = tuple[int, int, str]

_QUOTES = {
    "`": "'",
    "´": "'",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
}
_PLAIN = re.compile("``|''|\"\"|[" + re.escape("".join(_QUOTES)) + "]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
# UTF-8 read as Windows-1252: a lead byte shown as Â, Ã, â … and its followers.
_MOJIBAKE = re.compile(
    r"[\u00c2\u00c3\u00c5\u00c4\u00d0\u00d1\u00d8\u00d9][\u0080-\u00bf\u0152-\u0178\u02c6-\u20ac\u2122]|\u00e2[\u0080-\u00bf\u0152-\u0178\u02c6-\u20ac\u2122]{2}"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


@dataclass(frozen=True, slots=True)
class Clean:
    """The copy, and for each of its characters the span of the original that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    # Whether nothing was changed: then a span of the copy is one of the original.
    same: bool = False

    def back(self, span: Span) -> Span:
        """A span of the copy as a span of the original."""
        a, b = span
        if a >= b:
            at = self.starts[a] if a < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return (at, at)
        return (self.starts[a], self.ends[b - 1])


@cache
def boilerplate() -> re.Pattern[str]:
    """Lines that are no prose, from `boilerplate.txt`: one regular expression a line, against a whole line."""
    body = files("dateline.reading").joinpath("boilerplate.txt").read_text(encoding="utf-8")
    return re.compile(
        "|".join(f"(?:{line})" for line in body.splitlines() if line and not line.startswith("#")), re.IGNORECASE
    )


def clean(text: str) -> Clean:
    """The prose of a text; the same text gives the same copy."""
    edits = _characters(text)
    edits += [(a, b, "") for a, b in _dropped_lines(text)]
    if _hard_wrapped(text):
        edits += [(m.start() + 1, m.end(), " ") for m in re.finditer(r"\S\r?\n(?=[^\s])", text)]
    return _apply(text, edits)


def _characters(text: str) -> list[Edit]:
    edits: list[Edit] = []
    for m in _MOJIBAKE.finditer(text):
        try:
            edits.append((*m.span(), m[0].encode("cp1252").decode("utf-8")))
        except UnicodeError:
            # 0x81, 0x8d, 0x8f, 0x90 and 0x9d have no Windows-1252 character and come through as controls.
            raw = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252", "replace") for c in m[0])
            try:
                edits.append((*m.span(), raw.decode("utf-8")))
            except UnicodeError:
                continue
    edits = [(a, b, _QUOTES.get(new, new)) for a, b, new in edits]
    edits += [(*m.span(), '"' if len(m[0]) == 2 else _QUOTES[m[0]]) for m in _PLAIN.finditer(text)]
    edits += [(*m.span(), " ") for m in _SPACES.finditer(text)]
    edits += [(*m.span(), "") for m in _ADDRESS.finditer(text)]
    edits += [(*m.span(), "") for m in _INVISIBLE.finditer(text)]
    edits += [(*m.span(), new) for m in _ENTITY.finditer(text) if (new := html.unescape(m[0])) != m[0]]
    return edits


def _dropped_lines(text: str) -> list[Span]:
    """Lines left out: boilerplate, credits, and a headline that stands again right below."""
    out: list[Span] = []
    headline = ""
    at = 0
    for number, line in enumerate(text.split("\n")):
        bare = line.strip()
        if bare and (boilerplate().fullmatch(bare) or (number < 8 and bare == headline)):
            out.append((at, at + len(line)))
        elif bare and not headline:
            headline = bare
        at += len(line) + 1
    # A text of nothing but boilerplate is kept as it is.
    return out if sum(b - a for a, b in out) < len(text.strip()) else []


def _hard_wrapped(text: str) -> bool:
    """Whether lines were broken at a column: most are of like length and end inside a sentence."""
    lines = [x for x in text.split("\n") if x.strip()]
    if len(lines) < 4:
        return False
    inner = [x for x in lines[:-1] if 45 <= len(x) <= 100]
    open_ended = [x for x in inner if x.rstrip()[-1:] not in ".!?\"'”:"]
    return len(inner) >= 0.6 * len(lines) and len(open_ended) >= 0.5 * len(inner)


def _apply(text: str, edits: list[Edit]) -> Clean:
    if not edits:
        return Clean(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), same=True)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    # Of edits that meet, the longer goes first and the others are dropped.
    for a, b, new in sorted(edits, key=lambda e: (e[0], -e[1])):
        if a < at:
            continue
        out.append(text[at:a])
        starts.extend(range(at, a))
        ends.extend(range(at + 1, a + 1))
        out.append(new)
        starts.extend([a] * len(new))
        ends.extend([b] * len(new))
        at = b
    out.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Clean("".join(out), tuple(starts), tuple(ends))
