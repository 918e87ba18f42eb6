"""Which words are a time expression?

Rules of `knowledge/times/rules.toml` over the words of `words.toml`. Finding only: what an
expression means is asked in `timex_values.py` and `timex_spans.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.knowledge.sieve import Sieve, headed, lowered
from dateline.knowledge.table import load_table, refuse
from dateline.resolving.numerals import number_pattern, number_words

_TABLES = (
    "months", "short_months", "weekdays", "short_weekdays", "seasons", "parts", "units", "ordinals", "decades",
    "holidays", "moving", "clocks", "sets", "references", "tense", "hours", "moon", "goes_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of time expression; `reading` names the function that values it."""

    name: str
    pattern: re.Pattern[str]
    reading: str


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that matched. `groups` holds its named groups, lower case, None where absent."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str | None]


@cache
def words() -> dict[str, dict[str, Any]]:
    """The tables of `words.toml`. Raises `KnowledgeError` when one is missing or empty."""
    tables = load_table("times/words.toml")
    refuse("words.toml", [f"{t}: missing or empty" for t in _TABLES if not tables.get(t)])
    return tables


def either(options: Iterable[str]) -> str:
    """An alternation, longest first, in which a space matches any white space."""
    ordered = sorted(set(options), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’`]") for w in ordered) + ")"


def _spelled(names: Iterable[str]) -> str:
    """Names as print has them: each word with a capital but articles, spaces or hyphens between."""
    articles = ("al", "ul", "el")
    return either("-".join(w if w in articles else w.capitalize() for w in n.split()) for n in names).replace(
        r"\-", r"[\s-]+"
    )


def _macros() -> dict[str, str]:
    w, n = words(), number_words()
    small = list(w["short_months"])
    return {
        "month": either(x.capitalize() for x in w["months"]),
        "short_month": either(x.capitalize() for x in small),
        "weekday": either(x.capitalize() for x in w["weekdays"]),
        "anyweekday": either(x.capitalize() for t in ("weekdays", "short_weekdays") for x in w[t]),
        "season": either(w["seasons"]),
        "part": either(w["parts"]),
        "unit": either(w["units"]),
        "ordinal": either(w["ordinals"]),
        "decade": either(w["decades"]),
        "holiday": either([*w["holidays"], *w["moving"]]),
        "reference": either(w["references"]),
        "set": either(w["sets"]),
        "tens": either(n.tens),
        "digit": either(k for k, v in n.units.items() if v < 10),
        "num": number_pattern(),
        "yearonly": r"(?:19|20)\d\d",
        "hours": either(w["hours"]),
        "moon": _spelled(w["moon"]),
        "feast": _spelled(k for k, v in w["moon"].items() if v[2] or k.startswith("ram")),
        "zone": r"(?:GMT|UTC|EST|EDT|CST|CDT|PST|PDT|BST|CET|CEST|EET|MSK)",
        "counted": either(load_table("times/rules.toml")["counted"]["words"]),
    }


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, compiled. Raises `KnowledgeError` with all the rules that do not compile."""
    tables = load_table("times/rules.toml")
    base = _macros()
    macros = dict(base)
    for name, body in tables["macros"].items():
        macros[name] = _fill(body, base)
    out, bad = [], []
    for row in tables["rule"]:
        flags = 0 if row.get("cased") else re.IGNORECASE
        try:
            out.append(Rule(row["name"], headed(_fill(row["pattern"], macros), flags), row["reading"]))
        except (re.error, KeyError) as error:
            bad.append(f"{row.get('name', '?')}: {error}")
    refuse("rules.toml", bad)
    return tuple(out)


def _fill(body: str, macros: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+(?:_[a-z]+)?)\}", lambda m: macros[m[1]], body)


# No expression is longer, in letters.
LONGEST = 100


@cache
def _sieve() -> Sieve:
    return Sieve([rule.pattern for rule in rules()])


def find(text: str) -> list[Found]:
    """Time expressions in text order, none overlapping: leftmost, then longest, then first rule."""
    low = lowered(text)
    hits = [
        (m.start(), -m.end(), i, m)
        for i in _sieve().passing(text)
        for span in _sieve().around(i, low, LONGEST)
        for m in rules()[i].pattern.finditer(text, *span)
        if m.end() > m.start()
    ]
    out: list[Found] = []
    for start, negative_end, i, m in sorted(hits, key=lambda h: h[:3]):
        if out and start < out[-1].end:
            continue
        groups = {k: v.lower() if v is not None else None for k, v in m.groupdict().items()}
        out.append(Found(start, -negative_end, rules()[i], groups))
    return out
