"""Annotation -> targets: which tokens are marked, what they are labelled, what they link to."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from dateline.reading import sentences
from dateline.reading.labels import MEASURES, PAIRS, RELATIONS, TAGGED
from dateline.reading.windows import REACH, Setting, Tokens, cut, leads, pair_features, tokenize
from training.shorthand import occurrences

PRONOUNS = re.compile(
    r"\b(he|she|it|they|him|her|them|his|its|their|we|our|us|I|both|who|this|these|those)\b", re.IGNORECASE
)
# How free-text measures of found annotations map to ours; unmatched ones are not trained on.
MEASURE_WORDS = (
    ("kill|dead|death|died|bodies", "killed"), ("injur|wound", "injured"), ("displac|fled", "displaced"), ("refugee", "refugees"),
    ("besieg|trapped", "besieged"), ("detain|arrest|prison", "detained"), ("missing", "missing"), ("abduct|kidnap|hostage", "abducted"),
    ("captur", "captured"), ("fighter|militant", "fighters"), ("troop|soldier|personnel", "troops"), ("village|town|settlement", "settlements"),
    ("home|house|building", "homes"), ("square|hectare", "area"), ("kilomet|mile|km", "distance"), ("percent|share|proportion", "share"),
    ("dollar|million\\b.*\\$|usd|euro|pound|funding", "money"), ("aircraft|jet|helicopter", "aircraft"), ("vehicle|tank|truck", "vehicles"),
    ("strike|attack|sortie|raid", "attacks"), ("violation|breach", "violations"), ("weapon|missile|rocket|bomb|shell", "weapons"),
    ("people|civilian|person|child|women", "people"),
)  # fmt: skip


def nth(text: str, phrase: str, n: int = 1) -> tuple[int, int] | None:
    """The n-th plain occurrence of a phrase."""
    i = -1
    for _ in range(n):
        i = text.find(phrase, i + 1)
        if i < 0:
            return None
    return (i, i + len(phrase))


def measure_of(words: str) -> str | None:
    """Our measure for an annotation's words; None when unclear."""
    if words in MEASURES:
        return words
    return next((m for pattern, m in MEASURE_WORDS if re.search(pattern, words.lower())), "other")


@dataclass
class Span:
    """A marked span, in code points, with what the annotation says of it."""

    kind: str
    start: int
    end: int
    weight: float = 1.0
    labels: dict[str, Any] = field(default_factory=dict)
    entities: frozenset[str] = frozenset()  # of an actor span; several for "both"


@dataclass
class Passage:
    """One annotated passage as spans and links between their indices."""

    doc: str
    text: str
    spans: list[Span]
    events: list[tuple[int, list[str], list[str], list[str], list[str]]]  # span, actors, recipients, places, date texts
    cues: list[tuple[int, list[str], list[tuple[int, int]]]]  # span, speakers, content
    terms: list[tuple[int, str, int | None]]  # requirement span, party, commitment span
    relations: set[tuple[str, str, str]]
    silent: list[tuple[int, int]]  # stretches whose pronouns were not annotated
    weight: float = 1.0


def actor_spans(a: dict[str, Any]) -> list[Span]:
    """Mentions of actors: the longest alias at each place, and every ref."""
    text = a["text"]
    found: list[Span] = []
    for name, v in a["actors"].items():
        for alias in {x for x in v["aliases"] if x.strip()}:
            starts = occurrences(text, alias)
            if not starts and alias.lower() in text.lower():
                starts = occurrences(text.lower(), alias.lower())
            found += [Span("actor", s, s + len(alias), entities=frozenset((name,))) for s in starts]
        for ref in v.get("refs", []):
            at = nth(text, ref["text"], ref.get("n", 1))
            if at:
                found.append(Span("actor", *at, entities=frozenset((name,))))
    found.sort(key=lambda s: (-(s.end - s.start), s.start))
    kept: list[Span] = []
    for s in found:
        twin = next((k for k in kept if (k.start, k.end) == (s.start, s.end)), None)
        if twin:  # "both": one span that stands for several
            twin.entities |= s.entities
        elif all(s.end <= k.start or k.end <= s.start for k in kept):
            kept.append(s)
    # Articles at the head of a form are left out: "the Syrian government" -> "Syrian government".
    for s in kept:
        m = re.match(r"(the|a|an)\s+(?=\w)", text[s.start : s.end], re.IGNORECASE)
        if m:
            s.start += m.end()
    return sorted(kept, key=lambda s: s.start)


def content_spans(text: str, content: str, near: int) -> list[tuple[int, int]]:
    """The statement's content, as one stretch from its first words to its last, nearest to the cue."""
    head, dots, tail = (x.strip() for x in content.partition("…"))
    if not head:
        return []
    best: tuple[int, int] | None = None
    for m in re.finditer(re.escape(head), text):
        end = m.end()
        if dots:
            t = text.find(tail, m.start())
            if t < 0:
                continue
            end = t + len(tail)
        if best is None or min(abs(m.start() - near), abs(end - near)) < min(abs(best[0] - near), abs(best[1] - near)):
            best = (m.start(), end)
    return [best] if best else []


def passage(a: dict[str, Any], weight: float = 1.0) -> Passage:
    """Read one annotation (ANNOTATION.md) into spans and links."""
    text = a["text"]
    spans = actor_spans(a)
    p = Passage(
        a["doc"],
        text,
        spans,
        [],
        [],
        [],
        set(),
        [] if any("refs" in v for v in a["actors"].values()) else [(0, len(text))],
        weight,
    )

    def add(kind: str, at: tuple[int, int] | None, weight: float = 1.0, **labels: Any) -> int | None:
        if at is None:
            return None
        spans.append(Span(kind, *at, weight=weight, labels=labels))
        return len(spans) - 1

    dates = {}
    for d in a["dates"]:
        if add("date", nth(text, d["text"], d.get("n", 1))) is not None:
            dates[d["text"]] = d.get("value")
    for x in a["places"]:
        add("place", nth(text, x["text"], x.get("n", 1)))
    for f in a["figures"]:
        add(
            "figure",
            nth(text, f["text"], f.get("n", 1)),
            measure=measure_of(f["measure"]),
            cumulative=bool(f.get("cumulative")),
        )
    for e in a["events"]:
        at = nth(text, e["trigger"], e.get("n", 1))
        i = add(
            "trigger",
            at,
            0.5 if e.get("optional") else 1.0,
            type=e["type"],
            also=e.get("also", []),
            mode=e.get("mode"),
            status=e["status"],
            optional=bool(e.get("optional")),
        )
        if i is None:
            continue
        day = (e.get("time") or [None])[0]
        when = [t for t, v in dates.items() if day and v and (v.startswith(day) or day.startswith(v))]
        p.events.append((i, e["actor"], e["recipient"], e.get("places") or [], when))
    by_cue: dict[tuple[int, int], int] = {}
    for s in a["statements"]:
        at = nth(text, s["cue"], s.get("n", 1))
        if at is None:
            continue
        if at in by_cue:
            p.cues[by_cue[at]][1].append(s["speaker"])
            continue
        i = add("cue", at, 0.5 if s.get("optional") else 1.0, stance=s["stance"], stance_also=s.get("stance_also", []))
        assert i is not None
        by_cue[at] = len(p.cues)
        p.cues.append((i, [s["speaker"]], content_spans(text, s.get("content") or "", at[0])))
    for t in a["terms"]:
        commitment = add("commitment", nth(text, t["commitment"])) if t["commitment"] else None
        for q in t["requires"]:
            i = add("requirement", nth(text, q), form=t["form"])
            if i is not None:
                p.terms.append((i, t["party"], commitment))
    p.relations = {(r["kind"], r["from"], r["to"]) for r in a["relations"]}
    return p


def joined(a: Passage, b: Passage) -> Passage:
    """One passage after the other, as stories run longer than passages. Actors of one name are one."""
    text = a.text + "\n\n"
    at, n = len(text), len(a.spans)
    return Passage(
        f"{a.doc} {b.doc}",
        text + b.text,
        a.spans + [replace(s, start=s.start + at, end=s.end + at) for s in b.spans],
        a.events + [(i + n, *rest) for i, *rest in b.events],
        a.cues + [(i + n, who, [(s + at, e + at) for s, e in contents]) for i, who, contents in b.cues],
        a.terms + [(i + n, party, None if c is None else c + n) for i, party, c in b.terms],
        a.relations | b.relations,
        a.silent + [(s + at, e + at) for s, e in b.silent],
        min(a.weight, b.weight),
    )


@dataclass
class Example:
    """One window's inputs and targets, in tokens of the window (after the leading special token)."""

    doc: str
    ids: np.ndarray
    shapes: np.ndarray
    tags: np.ndarray  # [kinds, t] 0 outside 1 begin 2 inside, -1 not trained
    tag_weight: np.ndarray  # [kinds, t]
    spans: list[tuple[int, int]]
    kinds: list[str]
    labels: list[dict[str, Any]]
    entities: list[frozenset[str]]
    pairs: dict[str, np.ndarray]  # head -> [p, 2]
    features: dict[str, np.ndarray]  # head -> [p, 3]
    groups: dict[str, list[tuple[int, list[int]]]]  # head -> (output, rows): one of the rows is right
    negatives: dict[str, np.ndarray]  # head -> [p, outputs] 1 where the row is wrong
    contents: list[tuple[int, int, int]]  # cue span, first and last token
    weight: float


def examples(p: Passage, tokenizer: Tokenizer, rng: random.Random, distract: float = 0.5) -> list[Example]:
    """Windows of a passage with everything that training needs."""
    tokens = tokenize(p.text, sentences.split(p.text), tokenizer)
    spans = list(p.spans)
    taken = [(s.start, s.end) for s in spans if s.kind == "actor"]
    for m in PRONOUNS.finditer(p.text):
        if all(m.end() <= a or b <= m.start() for a, b in taken) and rng.random() < distract:
            spans.append(Span("actor", *m.span(), weight=0.0))
    lead = leads(p.text, tokens)
    return [_window(p, spans, tokens, lead, w.start, w.end) for w in cut(tokens)]


def token_span(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """Tokens [i, j) that touch code points [start, end)."""
    i = int(np.searchsorted(tokens.ends, start, side="right"))
    j = int(np.searchsorted(tokens.starts, end, side="left"))
    return (i, j) if i < j else None


def _window(p: Passage, all_spans: list[Span], tokens: Tokens, lead: np.ndarray, lo: int, hi: int) -> Example:
    spans: list[tuple[int, int]] = []
    index: dict[int, int] = {}
    chosen: list[Span] = []
    for k, s in enumerate(all_spans):
        at = token_span(tokens, s.start, s.end)
        if at and lo <= at[0] and at[1] <= hi:
            index[k] = len(spans)
            spans.append((at[0] - lo, at[1] - lo))
            chosen.append(s)
    n = hi - lo
    tags = np.zeros((len(TAGGED), n), dtype=np.int64)
    weight = np.ones((len(TAGGED), n), dtype=np.float32)
    actor_row = TAGGED.index("actor")
    for start, end in p.silent:  # nothing is said about these pronouns
        for m in PRONOUNS.finditer(p.text, start, end):
            at = token_span(tokens, *m.span())
            if at:
                a, b = max(at[0] - lo, 0), min(at[1] - lo, n)
                weight[actor_row, a:b] = 0.0
    for (a, b), s in sorted(zip(spans, chosen, strict=True), key=lambda x: x[0][0] - x[0][1]):
        if s.weight == 0.0:
            continue
        row = TAGGED.index(s.kind)
        tags[row, a:b] = 2
        tags[row, a] = 1
        weight[row, a:b] = s.weight
    kinds = [s.kind for s in chosen]
    triggers = [a for (a, _), kind in zip(spans, kinds, strict=True) if kind == "trigger"]
    setting = Setting(tokens.sentence[lo:hi], lead[lo:hi], triggers)
    entities = [s.entities for s in chosen]
    example = Example(
        p.doc,
        tokens.ids[lo:hi],
        tokens.shapes[lo:hi],
        tags,
        weight,
        spans,
        kinds,
        [s.labels for s in chosen],
        entities,
        {},
        {},
        {},
        {},
        [],
        p.weight,
    )
    _pairs(p, example, index, all_spans, setting)
    for cue, _, contents in p.cues:
        for c in contents:
            at = token_span(tokens, *c)
            if at and cue in index and lo <= at[0] and at[1] <= hi:
                example.contents.append((index[cue], at[0] - lo, at[1] - lo - 1))
    return example


def _wanted(
    p: Passage, index: dict[int, int], all_spans: list[Span]
) -> dict[str, dict[tuple[int, int], set[str | int]]]:
    """head -> (source span of the window, output) -> names (or span indices) that it links to."""
    out: dict[str, dict[tuple[int, int], set[str | int]]] = {name: {} for name, *_ in PAIRS}
    for i, actors, recipients, places, when in p.events:
        if i in index:
            out["event_actor"][(index[i], 0)] = set(actors)
            out["event_actor"][(index[i], 1)] = set(recipients)
            out["event_place"][(index[i], 0)] = set(places)
            out["event_date"][(index[i], 0)] = set(when)
    for i, speakers, _ in p.cues:
        if i in index:
            out["cue_actor"][(index[i], 0)] = set(speakers)
    for i, party, commitment in p.terms:
        if i in index:
            out["requirement_actor"][(index[i], 0)] = {party}
            out["requirement_commitment"][(index[i], 0)] = {index[commitment]} if commitment in index else set()  # type: ignore[index]
    return out


def _pairs(p: Passage, x: Example, index: dict[int, int], all_spans: list[Span], setting: Setting) -> None:
    wanted = _wanted(p, index, all_spans)
    text_of = {v: p.text[all_spans[k].start : all_spans[k].end] for k, v in index.items()}
    for head, source_kind, target_kind, outputs in PAIRS:
        sources = [i for i, k in enumerate(x.kinds) if k == source_kind]
        targets = [i for i, k in enumerate(x.kinds) if k == target_kind]
        pairs = [(s, t) for s in sources for t in targets if s != t and abs(x.spans[s][0] - x.spans[t][0]) <= REACH]
        x.pairs[head] = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        x.features[head] = _features(x, pairs, targets, setting)
        negative = np.ones((len(pairs), len(outputs)), dtype=np.float32)
        groups: list[tuple[int, list[int]]] = []
        if head == "actor_actor":
            _actor_pairs(p, x, pairs, negative, groups)
        else:
            rows: dict[tuple[int, int, str | int], list[int]] = {}
            for row, (s, t) in enumerate(pairs):
                for o in range(len(outputs)):
                    for name in wanted[head].get((s, o), ()):
                        hit = (
                            name in x.entities[t]
                            if target_kind == "actor"
                            else t == name
                            if isinstance(name, int)
                            else _alike(text_of[t], name)
                        )
                        if hit:
                            rows.setdefault((s, o, name), []).append(row)
                            negative[row, o] = 0.0
            groups = [(o, r) for (_, o, _), r in rows.items()]
        x.groups[head] = groups
        x.negatives[head] = negative


def _features(x: Example, pairs: list[tuple[int, int]], targets: list[int], setting: Setting) -> np.ndarray:
    position = {t: i for i, t in enumerate(targets)}
    return pair_features(x.spans, [x.spans[t] for t in targets], [(s, position[t]) for s, t in pairs], setting)


def _alike(a: str, b: str) -> bool:
    return a == b or (len(a) > 3 and a in b) or (len(b) > 3 and b in a)


def _actor_pairs(
    p: Passage, x: Example, pairs: list[tuple[int, int]], negative: np.ndarray, groups: list[tuple[int, list[int]]]
) -> None:
    """`same` (output 0): to an earlier mention of the same actor. Ties: between the nearest mentions of the two."""
    same: dict[int, list[int]] = {}
    ties: dict[tuple[int, str, str], list[int]] = {}
    for row, (s, t) in enumerate(pairs):
        a, b = x.entities[s], x.entities[t]
        if x.spans[t][0] >= x.spans[s][0]:
            negative[row, 0] = 0.0  # only earlier mentions are candidates
        elif a & b:
            same.setdefault(s, []).append(row)
            negative[row, 0] = 0.0
        # Where a passage names no tie at all, its annotator may not have looked for any.
        negative[row, 1:] = 1.0 if p.relations else 0.3
        for kind, one, other in p.relations:
            if one in a and other in b:
                k = 1 + RELATIONS.index(kind)
                ties.setdefault((k, one, other), []).append(row)
                negative[row, k] = 0.0
    groups += [(0, r) for r in same.values()] + [(o, r) for (o, _, _), r in ties.items()]
