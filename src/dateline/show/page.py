"""Records as one self-contained page: the report's text with its evidence marked, each fact linked to its words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader

from dateline.record import Record, Span
from dateline.show.view import View

# Which kind of evidence shows where spans overlap: the first wins.
ORDER = ("event", "cue", "figure", "time", "place", "actor")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text with the facts whose evidence it is part of."""

    text: str
    kind: str
    facts: str


def render(records: Sequence[Record]) -> str:
    """One HTML page without outside resources; all text is escaped by the template."""
    environment = Environment(
        loader=PackageLoader("dateline.show", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    cards = [_card(n, r) for n, r in enumerate(records)]
    return environment.get_template("page.html.jinja").render(cards=cards)


def _card(n: int, record: Record) -> dict[str, Any]:
    view = View(record)
    key = f"d{n}-"
    return {
        "view": view,
        "record": record,
        "key": key,
        "stretches": stretches(record, key),
        "happened": [e for e in view.main_events() if e.status == "happened"],
        "not_happened": [e for e in view.main_events() if e.status != "happened"],
        "paired": view.disputes(),
    }


def evidence(record: Record, key: str) -> list[tuple[Span, str, str]]:
    """(span, kind, fact id) of everything that has evidence."""
    out: list[tuple[Span, str, str]] = []
    for e in record.events:
        out.append((e.trigger, "event", key + e.id))
        out += [(p.span, "actor", key + e.id) for p in (*e.actor, *e.recipient)]
    for s in record.statements:
        out.append((s.cue, "cue", key + s.id))
        out += [(s.speaker_span, "actor", key + s.id)] if s.speaker_span else []
        out += [(c, "content", key + s.id) for c in s.content]
    out += [(f.span, "figure", key + f.id) for f in record.figures]
    out += [(t.span, "time", key + t.id) for t in record.times]
    out += [(m, "place", key + p.id) for p in record.places for m in p.mentions]
    out += [(m, "actor", key + a.id) for a in record.actors for m in a.mentions]
    out += [(q.span, "term", key + t.id) for t in record.terms for q in t.requires]
    out += [(r.span, "tie", key + r.id) for r in record.relations]
    return out


def stretches(record: Record, key: str) -> list[Stretch]:
    """The text cut at every edge of evidence; each stretch knows its facts."""
    text = record.report.text
    marks = evidence(record, key)
    edges = sorted({0, len(text), *(x for (a, b), _, _ in marks for x in (a, b))})
    out: list[Stretch] = []
    for a, b in itertools.pairwise(edges):
        over = [(kind, fact) for (s, e), kind, fact in marks if s <= a and b <= e]
        shown = next((k for k in ORDER if any(k == kind for kind, _ in over)), "")
        out.append(Stretch(text[a:b], shown, " ".join(dict.fromkeys(fact for _, fact in over))))
    return out
