"""How well does the reader do on the corpus's own test part? Needs nothing but the repository.

A gold and a read event match when their triggers overlap; an actor is right when the set of
actors is: each gold actor answered by a read actor that shares a mention with it, and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dateline.reader import Reader
from dateline.record import Record, Span
from dateline.report import Report
from training.corpus import load, split
from training.targets import actor_spans, nth


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def ratio(a: int, b: int) -> float | None:
    return round(a / b, 4) if b else None


def f1(hit: int, read: int, gold: int) -> float:
    return round(2 * hit / (read + gold), 4) if read + gold else 0.0


def pairs(gold: Sequence[Span], read: Sequence[Span]) -> list[tuple[int, int]]:
    """One-to-one, in text order."""
    used: set[int] = set()
    out: list[tuple[int, int]] = []
    for g, a in enumerate(gold):
        for r, b in enumerate(read):
            if r not in used and overlap(a, b):
                used.add(r)
                out.append((g, r))
                break
    return out


def score(items: Iterable[tuple[dict[str, Any], Record]]) -> dict[str, float | None]:
    """Figures over (annotation, record) pairs."""
    c: Counter[str] = Counter()
    for a, r in items:
        _score_one(a, r, c)
    return {
        "events_f1": f1(c["ev"], c["ev_read"], c["ev_gold"]), "type": ratio(c["type"], c["ev"]), "status": ratio(c["status"], c["ev"]),
        "actor": ratio(c["actor"], c["ev"]), "recipient": ratio(c["recipient"], c["ev"]), "whole_event_f1": f1(c["whole"], c["ev_read"], c["ev_gold"]),
        "unreal_called_happened": ratio(c["false_happened"], c["unreal"]), "event_place": ratio(c["place"], c["place_gold"]),
        "event_time": ratio(c["time"], c["time_gold"]), "said_by": ratio(c["said"], c["said_gold"]),
        "statements_f1": f1(c["st"], c["st_read"], c["st_gold"]), "speaker": ratio(c["speaker"], c["st"]), "stance": ratio(c["stance"], c["st"]),
        "figures_f1": f1(c["fg"], c["fg_read"], c["fg_gold"]), "figure_value": ratio(c["value"], c["fg"]), "figure_measure": ratio(c["measure"], c["fg"]),
        "terms_f1": f1(c["tm"], c["tm_read"], c["tm_gold"]), "terms_with_form_f1": f1(c["tm_form"], c["tm_read"], c["tm_gold"]), "requirements_found": ratio(c["rq"], c["rq_gold"]),
        "relations_f1": f1(c["rl"], c["rl_read"], c["rl_gold"]), "places_f1": f1(c["pl"], c["pl_read"], c["pl_gold"]),
        "time_value": ratio(c["tx"], c["tx_gold"]),
    }  # fmt: skip


def gold_actors(a: dict[str, Any], r: Record) -> dict[str, set[str]]:
    """Read actor -> the gold actors that it shares most mentions with."""
    mentions: dict[str, list[Span]] = {}
    for s in actor_spans(a):
        for name in s.entities:
            mentions.setdefault(name, []).append((s.start, s.end))
    of: dict[str, set[str]] = {}
    for actor in r.actors:
        counts = Counter(n for n, spans in mentions.items() for s in spans for m in actor.mentions if overlap(s, m))
        of[actor.id] = {n for n, k in counts.items() if k == max(counts.values())}
    return of


def _score_one(a: dict[str, Any], r: Record, c: Counter[str]) -> None:
    text = a["text"]
    of = gold_actors(a, r)

    def same(ids: Sequence[str], names: Sequence[str]) -> bool:
        return all(any(n in of.get(i, set()) for i in ids) for n in names) and all(
            of.get(i, set()) & set(names) for i in ids
        )

    must = [e for e in a["events"] if not e.get("optional")]
    gold = must + [e for e in a["events"] if e.get("optional")]
    found = pairs([nth(text, e["trigger"], e.get("n", 1)) or (0, 0) for e in gold], [e.trigger for e in r.events])
    c["ev_gold"] += len(must)
    c["ev_read"] += len(r.events) - sum(g >= len(must) for g, _ in found)
    speakers = {s.id: s.speaker for s in r.statements}
    names = {p.id: {text[m[0] : m[1]] for m in p.mentions} for p in r.places}
    for g, k in found:
        if g >= len(must):
            continue
        e, x = gold[g], r.events[k]
        c["ev"] += 1
        right = (
            x.type in (e["type"], *e.get("also", [])),
            x.status == e["status"],
            same([p.id for p in x.actor], e["actor"]),
            same([p.id for p in x.recipient], e["recipient"]),
        )
        for key, ok in zip(("type", "status", "actor", "recipient"), right, strict=True):
            c[key] += ok
        c["whole"] += all(right)
        c["unreal"] += e["status"] != "happened"
        c["false_happened"] += e["status"] != "happened" and x.status == "happened"
        if e.get("time"):
            c["time_gold"] += 1
            c["time"] += [str(x.start), str(x.end)] == list(e["time"])
        if e.get("places"):
            c["place_gold"] += 1
            c["place"] += any(p in n or n in p for i in x.places for n in names.get(i, ()) for p in e["places"])
        if e.get("said_by"):
            c["said_gold"] += 1
            c["said"] += any(n in of.get(speakers.get(s) or "", set()) for s in x.said_by for n in e["said_by"])
    _statements(a, r, c, of)
    _figures(a, r, c)
    _terms(a, r, c, of)
    _ties_places_times(a, r, c, of)


def _ties_places_times(a: dict[str, Any], r: Record, c: Counter[str], of: dict[str, set[str]]) -> None:
    text = a["text"]
    ties = {(x.kind, g, h) for x in r.relations for g in of.get(x.from_, ()) for h in of.get(x.to, ())}
    wanted = {(x["kind"], x["from"], x["to"]) for x in a["relations"]}
    c["rl"] += len(ties & wanted)
    c["rl_read"] += len(r.relations)
    c["rl_gold"] += len(wanted)
    places = [nth(text, p["text"], p.get("n", 1)) or (0, 0) for p in a["places"]]
    read = sorted(m for p in r.places for m in p.mentions)
    c["pl"] += len(pairs(places, read))
    c["pl_read"] += len(read)
    c["pl_gold"] += len(places)
    dates = [(nth(text, d["text"], d.get("n", 1)) or (0, 0), d.get("value")) for d in a["dates"]]
    c["tx_gold"] += len(dates)
    c["tx"] += sum(any(overlap(s, t.span) and t.value == v for t in r.times) for s, v in dates)


def _statements(a: dict[str, Any], r: Record, c: Counter[str], of: dict[str, set[str]]) -> None:
    gold = [(nth(a["text"], s["cue"], s.get("n", 1)) or (0, 0), s) for s in a["statements"]]
    found = pairs([s for s, _ in gold], [s.cue for s in r.statements])
    c["st"] += len(found)
    c["st_gold"] += len(gold)
    c["st_read"] += len(r.statements)
    for g, k in found:
        s, x = gold[g][1], r.statements[k]
        c["speaker"] += s["speaker"] in of.get(x.speaker or "", set())
        c["stance"] += x.stance in (s["stance"], *s.get("stance_also", []))


def _figures(a: dict[str, Any], r: Record, c: Counter[str]) -> None:
    gold = [(nth(a["text"], f["text"], f.get("n", 1)) or (0, 0), f) for f in a["figures"]]
    found = pairs([s for s, _ in gold], [f.span for f in r.figures])
    c["fg"] += len(found)
    c["fg_gold"] += len(gold)
    c["fg_read"] += len(r.figures)
    for g, k in found:
        f, x = gold[g][1], r.figures[k]
        c["value"] += (f["low"], f["high"]) == (x.low, x.high)
        c["measure"] += f["measure"] == x.measure


def _terms(a: dict[str, Any], r: Record, c: Counter[str], of: dict[str, set[str]]) -> None:
    c["tm_gold"] += len(a["terms"])
    c["tm_read"] += len(r.terms)
    used: set[str] = set()
    for t in a["terms"]:
        his = [x for x in r.terms if x.id not in used and t["party"] in of.get(x.party or "", set())]
        x = next((x for x in his if x.form == t["form"]), his[0] if his else None)
        c["rq_gold"] += len(t["requires"])
        if x is None:
            continue
        used.add(x.id)
        c["tm"] += 1
        c["tm_form"] += x.form == t["form"]
        said = [set(q.action.lower().split()) for q in x.requires]
        c["rq"] += sum(
            any(2 * len(w & s) >= len(w) for s in said) for w in (set(q.lower().split()) for q in t["requires"])
        )


def measure(reader: Reader) -> dict[str, float | None]:
    """Read the test part and score it."""
    _, held = split(load())
    reports = [
        (
            a,
            Report(
                id=a["doc"],
                text=a["text"],
                published=date.fromisoformat(a["published"]) if a.get("published") else None,
            ),
        )
        for a in held
    ]
    return score((a, reader.read(r)) for a, r in reports)
