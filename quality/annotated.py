"""An annotated passage as the record that a reader without faults would give: for testing what is concluded, apart from reading."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.record import (
    Actor,
    Commitment,
    Event,
    Figure,
    Participant,
    ReaderVersion,
    Record,
    Relation,
    ReportInfo,
    Requirement,
    Span,
    Statement,
    Term,
)
from dateline.resolving.what import overlap
from training.targets import actor_spans, content_spans, nth

_READER = ReaderVersion(version="annotated", model="none", knowledge="none")


def as_record(a: dict[str, Any]) -> Record:
    """The record of an annotation; places and times are left out, an event keeps its days."""
    text, names = a["text"], list(a["actors"])
    ids = {name: f"a{i}" for i, name in enumerate(names, 1)}
    mentions = {n: [(s.start, s.end) for s in actor_spans(a) if n in s.entities] for n in names}
    sentences = _sentences(text)
    statements = [_statement(a, s, i, ids) for i, s in enumerate(a["statements"], 1)]
    events = [_event(a, e, i, ids, mentions, statements, sentences) for i, e in enumerate(a["events"], 1)]
    statements = [_with_events(s, events, a["events"], ids) for s in statements]
    return Record(
        schema="dateline/1", reader=_READER,
        report=ReportInfo(id=a["doc"], text=text, published=date.fromisoformat(a["published"]) if a["published"] else None),
        actors=[Actor(id=ids[n], name=n, kind=v["kind"], part_of=ids.get(v.get("part_of", "")), mentions=mentions[n]) for n, v in a["actors"].items()],
        events=events, statements=statements,
        terms=[_term(a, t, i, ids, events, statements) for i, t in enumerate(a["terms"], 1)],
        figures=[_figure(text, f, i) for i, f in enumerate(a["figures"], 1)],
        relations=[Relation.model_validate({"id": f"r{i}", "kind": r["kind"], "from": ids[r["from"]], "to": ids[r["to"]], "span": (0, 0), "confidence": 1}) for i, r in enumerate(a["relations"], 1)],
    )  # fmt: skip


def _sentences(text: str) -> list[Span]:
    out, start = [], 0
    for i, c in enumerate(text):
        if c in ".\n" and (i + 1 == len(text) or text[i + 1].isspace()):
            out.append((start, i + 1))
            start = i + 2
    return [*out, (start, len(text))] if start < len(text) else out


def _at(text: str, words: str, n: int = 1) -> Span:
    return nth(text, words, n) or (0, 0)


def _around(sentences: list[Span], span: Span) -> Span:
    return next((s for s in sentences if s[0] <= span[0] < s[1]), span)


def _statement(a: dict[str, Any], s: dict[str, Any], i: int, ids: dict[str, str]) -> Statement:
    cue = _at(a["text"], s["cue"], s.get("n", 1))
    content = content_spans(a["text"], s["content"], cue[0])
    return Statement(id=f"s{i}", speaker=ids[s["speaker"]], cue=cue, content=content, quoted=s["quoted"], stance=s["stance"], confidence=1)  # fmt: skip


def _event(
    a: dict[str, Any], e: dict[str, Any], i: int, ids: dict[str, str], mentions: dict[str, list[Span]],
    statements: list[Statement], sentences: list[Span],
) -> Event:  # fmt: skip
    trigger = _at(a["text"], e["trigger"], e.get("n", 1))

    def who(role: str) -> list[Participant]:
        return [Participant(id=ids[n], span=min(mentions[n], key=lambda m: abs(m[0] - trigger[0]))) for n in e[role]]

    said = [
        s.id
        for s in statements
        if s.speaker in {ids[n] for n in e["said_by"]} and any(c[0] <= trigger[0] < c[1] for c in s.content)
    ]
    start, end = (date.fromisoformat(d) for d in e["time"]) if e["time"] else (None, None)
    return Event(
        id=f"e{i}", type=e["type"], mode=e["mode"], status=e["status"], trigger=trigger, sentence=_around(sentences, trigger),
        actor=who("actor"), recipient=who("recipient"), start=start, end=end, said_by=said, confidence=1,
    )  # fmt: skip


def _with_events(s: Statement, events: list[Event], told: list[dict[str, Any]], ids: dict[str, str]) -> Statement:
    """Events in its content; for a denial or claim of "it", the last act before it that is laid on somebody."""
    found = [e.id for e in events if any(c[0] <= e.trigger[0] < c[1] for c in s.content)]
    if not found and s.stance in ("denies", "claims-responsibility", "doubts"):
        acts = [e.id for e in events if e.type in ("ASSAULT", "COERCE") and e.trigger[0] < s.cue[0]]
        found = acts[-1:]
    return s.model_copy(update={"events": found})


def _term(
    a: dict[str, Any], t: dict[str, Any], i: int, ids: dict[str, str], events: list[Event], statements: list[Statement]
) -> Term:
    text, commitment = a["text"], t.get("commitment")
    spans = [_at(text, q) for q in t["requires"]]
    said = (
        next((s.id for s in statements if any(c[0] <= spans[0][0] < c[1] for c in s.content)), None) if spans else None
    )
    return Term(
        id=f"c{i}", party=ids[t["party"]], form=t["form"], statement=said, confidence=1,
        commitment=Commitment(action=commitment, span=_at(text, commitment)) if commitment else None,
        requires=[
            Requirement(action=q, by=list(dict.fromkeys(p.id for e in events if overlap(e.trigger, s) for p in e.actor)), span=s)
            for q, s in zip(t["requires"], spans, strict=True)
        ],
    )  # fmt: skip


def _figure(text: str, f: dict[str, Any], i: int) -> Figure:
    return Figure(id=f"f{i}", span=_at(text, f["text"], f.get("n", 1)), low=f["low"], high=f["high"], measure=f["measure"], cumulative=f["cumulative"], confidence=1)  # fmt: skip
