"""What is known beforehand about figures: the tables of `knowledge/figures/measures.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import get_args

from dateline.knowledge.table import load_table, refuse
from dateline.record import Measure

_FORMS = ("active", "passive", "alone", "noun")


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Word tables, lower case.

    `active`, `passive`, `alone` and `nouns_of` map a form to the measure of its verb;
    `heads` a noun to its measure; `units` a unit's words to (measure, unit); `bounds` a
    phrase to low, high or about; `vague` a phrase to its two bounds; `phrases` an active
    verb of several words to its measure; `grammar` a class of small words to its members.
    """

    active: dict[str, Measure]
    passive: dict[str, Measure]
    alone: dict[str, Measure]
    nouns_of: dict[str, Measure]
    heads: dict[str, Measure]
    units: dict[str, tuple[Measure, str]]
    currencies: dict[str, str]
    bounds: dict[str, list[str]]
    vague: dict[str, tuple[float, float]]
    cumulative: re.Pattern[str]
    parted: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    bringing: re.Pattern[str]
    toll: re.Pattern[str]
    record: re.Pattern[str]
    rising: re.Pattern[str]
    phrases: dict[str, Measure]
    grammar: dict[str, frozenset[str]]
    # First words of `passive` and `alone`, last words of `phrases`.
    begins: frozenset[str]
    ends: frozenset[str]


@cache
def figure_words() -> FigureWords:
    """The tables. Raises `KnowledgeError` naming every unknown measure and bad pattern."""
    raw = load_table("figures/measures.toml")
    named = [*raw["verbs"], *raw["nouns"], *(u["measure"] for u in raw["units"])]
    bad = [f"unknown measure {m}" for m in named if m not in get_args(Measure)]
    bad += [f"{m}: lacks {f}" for m, forms in raw["verbs"].items() for f in _FORMS if f not in forms]
    refuse("measures.toml", bad)
    by_form: dict[str, dict[str, Measure]] = {f: {} for f in _FORMS}
    for measure, forms in raw["verbs"].items():
        for form in _FORMS:
            for word in forms[form]:
                by_form[form].setdefault(word, measure)
    cues = raw["cues"]
    phrases = {p: m for m, forms in raw["verbs"].items() for p in forms.get("phrases", [])}
    return FigureWords(
        active=by_form["active"],
        passive=by_form["passive"],
        alone=by_form["alone"],
        nouns_of=by_form["noun"],
        heads={w: m for m, ws in raw["nouns"].items() for w in ws},
        units={w: (u["measure"], u["unit"]) for u in raw["units"] for w in u["words"]},
        currencies=raw["currencies"],
        bounds=raw["bounds"],
        vague={k: (float(a), float(b)) for k, (a, b) in raw["vague"].items()},
        cumulative=_any(cues["cumulative"], re.IGNORECASE),
        parted=_any(cues["parted"], re.IGNORECASE),
        not_before=_any(cues["not_before"], re.IGNORECASE),
        not_after=_any(cues["not_after"], 0),
        bringing=_any(cues["bringing"], re.IGNORECASE),
        toll=_any(cues["toll"], re.IGNORECASE),
        rising=_any(cues["rising"], re.IGNORECASE),
        record=_any(cues["record"], re.IGNORECASE),
        phrases=phrases,
        grammar={k: frozenset(v) for k, v in raw["grammar"].items()},
        begins=frozenset(w.split(" ")[0] for form in ("passive", "alone") for w in by_form[form]),
        ends=frozenset(p.split()[-1] for p in phrases),
    )


def _any(patterns: Iterable[str], flags: int) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags)
