"""How are conditions worded? Loaded from conditions.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from dateline.errors import KnowledgeError
from dateline.knowledge.sieve import Sieve
from dateline.knowledge.table import load_table
from dateline.record import TermForm

Main = Literal["will", "not", "on", "shall", "offer", "none", "any"]
What = Literal["clause", "noun", "pledge", "any"]


@dataclass(frozen=True, slots=True)
class Opener:
    """Words that open a condition, what must stand before them and what after."""

    form: TermForm
    words: re.Pattern[str]
    main: Main
    what: What


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for by other words than a conjunction: groups `wanted` and, where it is told what waits for it, `else`."""

    form: TermForm
    words: re.Pattern[str]
    # Nothing else is worded so: an ultimatum with what follows it.
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Wordings:
    """The patterns of conditions.toml, compiled."""

    openers: tuple[Opener, ...]
    # Of the openers, then of `asked`.
    sieve: Sieve
    never_before: re.Pattern[str]
    never_after: re.Pattern[str]
    question: re.Pattern[str]
    verb: re.Pattern[str]
    will: re.Pattern[str]
    refusal: re.Pattern[str]
    goes_on: re.Pattern[str]
    shall: re.Pattern[str]
    offer: re.Pattern[str]
    dropped: re.Pattern[str]
    none: re.Pattern[str]
    past: re.Pattern[str]
    vow: re.Pattern[str]
    guess: re.Pattern[str]
    end_after_comma: re.Pattern[str]
    end_plain: re.Pattern[str]
    not_else: re.Pattern[str]
    # Of what the model marks: where its clause ends, and what before it belongs to it (group `from`).
    clause_end: re.Pattern[str]
    clause_lead: re.Pattern[str]
    clause_opens: re.Pattern[str]
    onlooker: re.Pattern[str]
    pledge: re.Pattern[str]
    demand: re.Pattern[str]
    first: re.Pattern[str]
    asked: tuple[Asked, ...]
    # By form: what follows a demand and ties it.
    tied: Mapping[TermForm, re.Pattern[str]]
    speaks_for: re.Pattern[str]
    joint: re.Pattern[str]
    spokesman: re.Pattern[str]
    office: re.Pattern[str]
    head: re.Pattern[str]
    colon: re.Pattern[str]
    announced: re.Pattern[str]
    ordinal: re.Pattern[str]
    item: re.Pattern[str]
    must: re.Pattern[str]
    waits: re.Pattern[str]
    list_ends: re.Pattern[str]
    # By form: the words that it needs before it.
    forms: Mapping[TermForm, re.Pattern[str]]
    topic: re.Pattern[str]
    aside: re.Pattern[str]


@cache
def load() -> Wordings:
    """Read and check the file. Raises `KnowledgeError` for a form, a key or a pattern that cannot be."""
    raw = load_table("terms/conditions.toml")
    try:
        openers = tuple(_opener(o) for o in raw["opener"])
        asked = tuple(_asked(a) for a in raw["asked"])
        return Wordings(
            openers=openers, sieve=Sieve([*(o.words for o in openers), *(a.words for a in asked)]),
            never_before=_pattern(raw["never"]["before"]), never_after=_pattern(raw["never"]["after"]), dropped=_pattern(raw["never"]["dropped"]), question=_pattern(raw["never"]["question"]), verb=_pattern(raw["never"]["verb"]),
            will=_pattern(raw["will"]["words"]), refusal=_pattern(raw["will"]["not"]), goes_on=_pattern(raw["will"]["on"]), shall=_pattern(raw["will"]["shall"]), none=_pattern(raw["will"]["none"]), offer=_pattern(raw["will"]["offer"]), past=_pattern(raw["will"]["past"]), vow=_pattern(raw["will"]["vow"]),
            guess=_pattern(raw["will"]["guess"]), end_after_comma=_pattern(raw["ends"]["comma"]), end_plain=_pattern(raw["ends"]["plain"]), not_else=_pattern(raw["ends"]["not_else"]),
            clause_end=_pattern(raw["ends"]["clause"]), clause_lead=_pattern(raw["ends"]["lead"]), clause_opens=_pattern(raw["ends"]["opens"]),
            onlooker=_pattern(raw["onlooker"]["words"]), pledge=_pattern(raw["noun"]["pledge"]),
            demand=_pattern(raw["wanted"]["demand"]), first=_pattern(raw["wanted"]["must"]), asked=asked, tied={_form(f): _pattern(w) for f, w in raw["tied"].items()}, speaks_for=_pattern(raw["party"]["speaks_for"]), joint=_pattern(raw["party"]["joint"]),
            spokesman=_pattern(raw["party"]["spokesman"]), office=_pattern(raw["party"]["office"]), head=_pattern(raw["party"]["head"]),
            colon=_pattern(raw["list"]["colon"]), announced=_pattern(raw["list"]["announced"]), ordinal=_pattern(raw["list"]["ordinal"]), item=_pattern(raw["list"]["item"]), must=_pattern(raw["list"]["must"]), waits=_pattern(raw["list"]["waits"]), list_ends=_pattern(raw["list"]["ends"]),
            forms={_form(f): _pattern(w) for f, w in raw["forms"].items()},
            topic=_pattern(raw["about"]["topic"]), aside=_pattern(raw["about"]["aside"]),
        )  # fmt: skip
    except (KeyError, ValueError, re.error) as error:
        raise KnowledgeError(f"conditions.toml: {error}") from error


def _opener(raw: dict[str, str]) -> Opener:
    form, main, what = raw["form"], raw["main"], raw["what"]
    if form not in get_args(TermForm) or main not in get_args(Main) or what not in get_args(What):
        raise ValueError(f"opener {raw['words']!r}: form {form!r}, main {main!r} or what {what!r} is unknown")
    # "should" before a name is told from "should be" by the capital.
    return Opener(cast(TermForm, form), re.compile(rf"\b(?:{raw['words']})", 0 if "[A-Z]" in raw["words"] else re.I), cast(Main, main), cast(What, what))  # fmt: skip


def _asked(raw: dict[str, Any]) -> Asked:
    words = re.compile(raw["words"], 0 if "[A-Z]" in raw["words"] else re.I)
    if raw["form"] not in get_args(TermForm) or "wanted" not in words.groupindex:
        raise ValueError(f"asked {raw['words']!r}: form {raw['form']!r} is unknown or nothing is wanted")
    return Asked(cast(TermForm, raw["form"]), words, bool(raw.get("sure", False)))


def _form(name: str) -> TermForm:
    if name not in get_args(TermForm):
        raise ValueError(f"form {name!r} is unknown")
    return cast(TermForm, name)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.I)
