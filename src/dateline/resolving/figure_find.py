"""Which words are a count, and between what bounds does it lie?

Finds numbers with the words that bound them ("more than 2,700", "between 30 and 40",
"dozens"). Dates, ages, ordinals, unit names, scores and clock times are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.knowledge.sieve import headed
from dateline.reading.graph import Span
from dateline.resolving.figure_words import figure_words
from dateline.resolving.numerals import number_pattern, value_of
from dateline.resolving.timex_rules import either


@dataclass(frozen=True, slots=True)
class Count:
    """A number as printed. `number` is the span without its bound; `unit` is set by a currency or a share."""

    start: int
    end: int
    number: Span
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None = None

    @property
    def value(self) -> float:
        """The figure that a reader would quote: the lower bound, else the upper."""
        return self.low if self.low is not None else self.high or 0.0


@cache
def _pattern() -> re.Pattern[str]:
    w = figure_words()
    number, vague = number_pattern(), either(w.vague)
    before = "|".join(f"(?P<{kind}>{either(w.bounds[kind])})" for kind in ("low", "high", "about"))
    currency = r"(?P<currency>US\$|[$€£¥]|\bRs\.?)\s?"
    core = rf"(?P<one>{vague}(?!\sof\s(?:thousands|millions))\b|(?:{currency})?{number})"
    joint = r"(?:(?<=\d)\s?[-–]\s?(?=\d)|\s(?:to|and|or)\s)"
    span = rf"(?:(?P<between>between\s|from\s)?(?P<a>{number}){joint}(?P<b>{number}))"
    whole = r"(?=\s(?:of\s)?(?:the|its|their|all|that)\b)"
    half = rf"(?P<share>(?:\ba\s)?\b{either(_SHARES)}{whole})"
    after = (
        rf"(?P<after_low>\s{either(w.bounds['after_low'])}\b)?(?P<after_about>\s{either(w.bounds['after_about'])}\b)?"
    )
    count = rf"(?:(?:(?:{before})\s(?:the\s)?)?(?:a\stotal\sof\s)?)(?:{half}|{span}|{core}{after})"
    # No count begins within a word ("moreover 50"), but a currency may ("HK$50").
    return headed(rf"(?:(?<![^\W_])|(?=[$€£¥])){count}", re.IGNORECASE)


_SHARES = {"half": 50.0, "one-half": 50.0, "third": 100 / 3, "two-thirds": 200 / 3, "three-quarters": 75.0}
_RANGE_WORDS = re.compile(r"\sand\s|\sor\s", re.IGNORECASE)


def find_counts(text: str, blocked: Sequence[Span]) -> list[Count]:
    """Counts in text order, none overlapping a `blocked` span."""
    out: list[Count] = []
    at, order = 0, sorted(blocked)
    while m := _pattern().search(text, at):
        found, at = _read(text, m)
        for count in found:
            while order and order[0][1] <= count.number[0]:
                order.pop(0)
            inside = bool(order) and order[0][0] < count.number[1]
            if not inside and not _is_name(text, count.number):
                out.append(count)
        at = max(at, m.start() + 1)
    return out


def _read(text: str, m: re.Match[str]) -> tuple[list[Count], int]:
    """The counts of one match and where to look on."""
    approximate = m["about"] is not None or bool(m["after_about"])
    if m["share"]:
        share = _SHARES[m["share"].lower().removeprefix("a ")]
        return [Count(m.start(), m.end("share"), m.span("share"), share, share, True, "percent")], m.end()
    if m["a"]:
        a, b = value_of(m["a"]), value_of(m["b"])
        joined = text[m.end("a") : m.start("b")]
        loose = _RANGE_WORDS.fullmatch(joined) and not (m["between"] and "and" in joined.lower()) and "or" not in joined
        if a is None or b is None or loose or a >= b:
            first = _bounded(m, m.start(), m.end("a"), m.span("a"), a, approximate)
            return ([first] if a is not None else []), m.end("a")
        if (
            m["between"]
            and m["between"][0] in "fF"
            and figure_words().rising.search(text, max(0, m.start() - 200), m.start())
        ):
            return [Count(m.start("b"), m.end("b"), m.span("b"), b, b, approximate)], m.end()
        scale = re.search(r"[a-z]+$", m["b"], re.IGNORECASE)
        if scale and b >= 1000 and a < 1000 and (factor := value_of("one " + scale[0])) and factor >= 1000:
            a *= factor
        return [Count(m.start(), m.end("b"), (m.start("a"), m.end("b")), a, b, approximate)], m.end()
    if (m["low"] or "").lower() == "over" and _is_verbs(text, m.start()):
        # "handed over 12 rifles"
        value = value_of(m["one"])
        return ([Count(*m.span("one"), m.span("one"), value, value, False)] if value is not None else []), m.end()
    words = " ".join(m["one"].lower().split())
    vague = figure_words().vague.get(words)
    unit = figure_words().currencies.get((m["currency"] or "").lower().rstrip("."))
    if vague:
        return [Count(m.start(), m.end(), m.span("one"), *vague, approximate)], m.end()
    value = value_of(words[len(m["currency"] or "") :].strip())
    return (
        [_bounded(m, m.start(), m.end(), m.span("one"), value, approximate, unit)] if value is not None else []
    ), m.end()


def _is_verbs(text: str, start: int) -> bool:
    """Whether an "over" that begins there belongs to the verb before it."""
    before = re.search(r"(\w+)\s$", text[max(0, start - 12) : start])
    return before is not None and before[1].lower() in figure_words().grammar["with_over"]


def _bounded(
    m: re.Match[str],
    start: int,
    end: int,
    number: Span,
    value: float | None,
    approximate: bool,
    unit: str | None = None,
) -> Count:
    low = None if m["high"] else value
    high = None if m["low"] or (end == m.end() and m["after_low"]) else value
    return Count(start, end, number, low, high, approximate, unit)


def _is_name(text: str, number: Span) -> bool:
    """Whether the digits belong to a name, an age, a score, an address or a clock time."""
    w = figure_words()
    before, after = text[max(0, number[0] - 24) : number[0]], text[number[1] : number[1] + 24]
    if w.not_before.search(before) or w.not_after.match(after):
        return True
    aged = re.search(r"[a-z],\s$", before) and re.match(r"(?:,\s|\.?$)(?:[a-z]|$)", after)
    return bool(aged) and text[number[0] : number[1]].isdigit() and len(text[number[0] : number[1]]) == 2
