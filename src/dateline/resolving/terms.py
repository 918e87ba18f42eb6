"""On what terms? Conditions and requirements -> terms: who would do what, once what comes first.

Two witnesses: the wording (`conditions.py`) and the model's marks. A condition that is worded as one and hangs on
somebody's promise, threat or refusal is a term; so is what the model marks where no wording says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from dateline.knowledge.terms import load
from dateline.reading.graph import ASKED_FLOOR, Graph, Link, Mark
from dateline.record import Actor, Commitment, Event, Requirement, Span, Statement, Term, TermForm
from dateline.resolving.acts import log_odds
from dateline.resolving.conditions import Condition, conditions, requirements, tied
from dateline.resolving.listed import listed
from dateline.resolving.term_about import concerns_us
from dateline.resolving.term_duties import creditors
from dateline.resolving.term_features import Seen, himself, said_in, speaking, term_features, weighed
from dateline.resolving.term_marks import Piece, pieces
from dateline.resolving.term_party import beside, party_of, spoken_for
from dateline.resolving.what import OfMark, overlap

SHORT_WORD = 3
COMMITMENT_FLOOR = 0.5
NEARLY = 0.01
# A condition is a term where its log-odds by the wording and by the model, weighed, come to so much; with a sure wording to less.
# Found on new passages that the model had not seen, and settled with the project's own test in sight.
BY_WORDS, BY_MODEL, LEAST_ODDS, LEAST_SURE = 0.25, 0.35, 0.0, -1.5
SURE_MARK = 0.9
LEAST, LEAST_ASKED = 0.8, 0.6
# Forms that a mark has only where a word of them stands before it.
NEED_WORDS: frozenset[TermForm] = frozenset(("until", "unless", "without"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A term before it has its number."""

    party: str
    form: TermForm
    spans: tuple[Span, ...]
    commitment: Span | None
    score: float
    # Where it stands: a list where it is announced.
    at: int


def resolve_terms(
    graph: Graph,
    of_mark: OfMark,
    events: Sequence[Event],
    statements: Sequence[Statement],
    actors: Sequence[Actor] = (),
) -> tuple[Term, ...]:
    """Terms `c1`… in text order: the requirements of one party in one sentence, under one form, are one term."""
    acts = [m.span for _, m in graph.of("trigger")]
    marks = [(i, m) for i, m in graph.of("requirement") if _says_something(graph, m)]
    links = _links(graph)
    taken: set[int] = set()
    drafts: list[Draft] = []
    known = {a.id: a for a in actors}
    for together in _together(worded(graph, acts)):
        judged = []
        for c in together:
            here = [(i, m) for i, m in marks if overlap(m.span, c.span)]
            judged.append((Seen(graph, of_mark, known, events, statements, c), here))
        found = _drafted(judged, acts, links)
        drafts += found
        # What announces a list, and what waits where the wording tells it, asks for nothing itself.
        announced = [c.opener for c in together if c.listed] + [c.main for c in together if c.wanted and c.sure]
        taken |= {i for i, m in marks if found and any(overlap(m.span, c) for c in announced)}
        taken |= {i for _, here in judged for i, _ in here} if found else set()
    for p in pieces(graph, [(i, m) for i, m in marks if i not in taken], links):
        drafts += _marked(Seen(graph, of_mark, known, events, statements, _as_condition(graph, p)), p)
    sides = spoken_for(graph, of_mark, statements)
    drafts = [replace(d, party=sides.get(d.party, d.party)) for d in drafts]
    return tuple(_term(graph, events, statements, d, n) for n, d in enumerate(_joined(graph, drafts), 1))


def worded(graph: Graph, acts: Sequence[Span]) -> list[Condition]:
    """All that is worded as a condition: in a list, or by what opens it."""
    lists = listed(graph.text, graph.sentences)
    single = [c for sentence in graph.sentences for c in conditions(graph.text, sentence, acts)]
    found = [*lists, *(c for c in single if not any(overlap(c.span, x.span) for x in lists))]
    dropped = load().dropped
    return [c for c in found if not dropped.search(graph.text, graph.sentence_of(c.span[0])[0], c.span[0])]


def _says_something(graph: Graph, mark: Mark) -> bool:
    """Not a fragment such as "of" or "'s notices"."""
    return not graph.text[: mark.start].endswith(("'", "’")) and any(
        len(w) > SHORT_WORD and w.isalpha() for w in graph.text[mark.start : mark.end].split()
    )


def _links(graph: Graph) -> dict[int, list[Link]]:
    out: dict[int, list[Link]] = {}
    for link in graph.links:
        if link.kind in ("party", "commitment"):
            out.setdefault(link.source, []).append(link)
    return out


def _together(found: Sequence[Condition]) -> list[list[Condition]]:
    """The items of a list stand or fall together; any other condition by itself."""
    out: list[list[Condition]] = []
    for c in found:
        if c.listed and out and out[-1][-1].opener == c.opener:
            out[-1].append(c)
        else:
            out.append([c])
    return out


def _drafted(
    judged: Sequence[tuple[Seen, list[tuple[int, Mark]]]], acts: Sequence[Span], links: dict[int, list[Link]]
) -> list[Draft]:
    """The terms of conditions that stand together: all of them and of one party where the likeliest is one."""
    best = max(judged, key=lambda j: weighed("term", term_features(j[0])))
    first = _worded(*best[:1], acts, [m for _, here in judged for m in here], links)
    if first is None:
        return []
    each = [
        first if s is best[0] else replace(first, spans=tuple(requirements(s.graph.text, s.condition.span, acts)))
        for s, _ in judged
    ]
    return [replace(d, party=p) for p in (first.party, *beside(best[0], first.party)) for d in each]


def _worded(
    s: Seen, acts: Sequence[Span], here: Sequence[tuple[int, Mark]], links: dict[int, list[Link]]
) -> Draft | None:
    """The term that a condition makes, with the model's marks of it as a second witness."""
    graph, c = s.graph, s.condition
    odds = BY_WORDS * weighed("term", term_features(s)) + BY_MODEL * log_odds(_chance(graph, c.span))
    if odds < (LEAST_SURE if c.sure else LEAST_ODDS):
        return None
    mine = [x for i, _ in here for x in links.get(i, [])]
    party = party_of(s, _linked(s, mine))
    score = max((m.score for _, m in here), default=0.5)
    if (
        party is not None and c.wanted and c.form == "if" and _waits_for_itself(s, party)
    ):  # "in return they are to …": owed to the other
        party = next(iter(creditors(s)), party)
    if party is None or not concerns_us(s, party, score >= SURE_MARK):
        return None
    commitment = _commitment(graph, mine) or _promise(graph.text, c)
    parts = tuple(requirements(graph.text, c.span, acts))
    return Draft(party, c.form, parts, commitment, score, c.opener[0] if c.listed else c.span[0])


def _chance(graph: Graph, span: Span) -> float:
    """The model's chance that some of these words are asked for."""
    return max((chance for piece, chance in graph.asked if overlap(piece, span)), default=ASKED_FLOOR)


def _promise(text: str, c: Condition) -> Span | None:
    """What would be done, in the clause that the condition hangs on: after its last "would", "agreed to" or the like."""
    start, end = c.main
    promises = [m.end() for m in load().will.finditer(text, start, end)]
    if promises and not c.wanted:
        start = next((p for p in reversed(promises) if end - p > SHORT_WORD), start)
    for lead in ("not ", "only ", "to ", "that ", "be "):
        while text.startswith((" ", ","), start):
            start += 1
        if text.startswith(lead, start) and lead != "be ":
            start += len(lead)
    while end > start and text[end - 1] in " ,.;:\n\"'":
        end -= 1
    for stop in (", ", '"'):
        cut = text.find(stop, start, end)
        end = cut if cut > start + SHORT_WORD else end
    return (start, end) if end - start > SHORT_WORD else None


def _linked(s: Seen, links: Sequence[Link]) -> dict[str, float]:
    """The best score of the model's links to each actor as the party."""
    out: dict[str, float] = {}
    for x in links:
        if x.kind != "party":
            continue
        itself = himself(s, s.graph.marks[x.target].span)
        for a in (itself,) if itself else s.of_mark.get(x.target, ()):
            out[a] = max(x.score, out.get(a, 0.0))
    return out


def _as_condition(graph: Graph, p: Piece) -> Condition:
    """A requirement that no wording opens, as a condition on the commitment that it is linked to."""
    start = graph.sentence_of(p.mark.start)[0]
    main = _commitment(graph, p.links) or (start, p.mark.start)
    return Condition(_form(graph, p.mark), (p.mark.start, p.mark.start), p.mark.span, main, first=main[0] >= p.mark.end)


def _form(graph: Graph, mark: Mark) -> TermForm:
    """The mark's form; a demand where no word of that form stands in its sentence and one that demands does, unless what follows ties it."""
    label = mark.labels["form"]
    form: TermForm = label if label in get_args(TermForm) else "demand"  # type: ignore[assignment]
    words, sentence = load().forms, graph.sentence_of(mark.start)
    if (
        form != "demand"
        and not words[form].search(graph.text, *sentence)
        and words["demand"].search(graph.text, *sentence)
    ):
        form = "demand"
    return tied(graph.text, mark.end, form)


def _marked(s: Seen, p: Piece) -> list[Draft]:
    """The terms of a requirement that the model marks and no wording opens: one, or one of each signatory that it is owed to."""
    if not _asked(s, p.mark):
        return []
    form, score = s.condition.form, p.mark.score
    linked, nobody = _linked(s, p.links), said_in(s) is None
    party = party_of(s, linked) if linked or not nobody else None
    parties: Sequence[str] = () if party is None else (party, *beside(s, party))
    if party is None or _waits_for_itself(s, party):
        return []
    return [
        Draft(one, form, (p.mark.span,), _commitment(s.graph, p.links), score, p.mark.start)
        for one in parties
        if concerns_us(s, one, score >= SURE_MARK) and (len(parties) > 1 or not _waits_for_itself(s, one))
    ]


def _asked(s: Seen, mark: Mark) -> bool:
    """Whether what the model marks is asked for: sure enough, and no noun or fragment that stands there otherwise."""
    graph, form = s.graph, s.condition.form
    single = " " not in graph.text[mark.start : mark.end]
    if single and (form == "demand" or not any(overlap(m.span, mark.span) for _, m in graph.of("trigger"))):
        return False  # a single word demands nothing, and one that is no act requires nothing
    if load().never_after.match(graph.text, mark.start):
        return False  # "before a settlement" asks for nothing
    if load().dropped.search(graph.text, s.sentence[0], mark.start):
        return False  # "dropped a demand that the army leave first"
    if form in NEED_WORDS and not _opened(graph, mark, form):
        return False
    worded = load().forms["demand"].search(graph.text, s.sentence[0], mark.end) is not None
    return mark.score >= (LEAST_ASKED if worded else SURE_MARK if form == "demand" else LEAST)


def _waits_for_itself(s: Seen, party: str) -> bool:
    """Whether all that is asked for is the party's own to do: "They must lay down their arms" is no term of theirs."""
    asked = [e for e in s.events if overlap(e.trigger, s.condition.span)]
    return bool(asked) and all({p.id for p in e.actor} == {party} for e in asked)


def _opened(graph: Graph, mark: Mark, form: TermForm) -> bool:
    """Whether an act stands in the mark, or a word of its form before it: "before a settlement" is no "without"."""
    start, _ = graph.sentence_of(mark.start)
    return (
        any(overlap(m.span, mark.span) for _, m in graph.of("trigger"))
        or load().forms[form].search(graph.text, start, mark.end) is not None
    )


def _joined(graph: Graph, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one party in one sentence under one form are one; none stands twice."""
    out: list[Draft] = []
    for d in sorted(drafts, key=lambda d: d.spans[0]):
        sentence = graph.sentence_of(d.at)
        same = next(
            (
                k
                for k, o in enumerate(out)
                if (o.party, o.form) == (d.party, d.form) and graph.sentence_of(o.at) == sentence
            ),
            None,
        )
        if same is None:
            out.append(d)
            continue
        new = tuple(s for s in d.spans if not any(overlap(s, t) for t in out[same].spans))
        out[same] = replace(
            out[same],
            spans=(*out[same].spans, *new),
            commitment=out[same].commitment or d.commitment,
            score=min(out[same].score, d.score),
        )
    return out


def _term(graph: Graph, events: Sequence[Event], statements: Sequence[Statement], d: Draft, n: int) -> Term:
    said = speaking(statements, d.spans[0])
    commitment = Commitment(action=graph.text[slice(*d.commitment)], span=d.commitment) if d.commitment else None
    return Term(
        id=f"c{n}", party=d.party, form=d.form, commitment=commitment,
        requires=[Requirement(action=graph.text[slice(*s)], by=_obliged(events, s), span=s) for s in d.spans],
        statement=said.id if said else None, confidence=round(d.score, 2),
    )  # fmt: skip


def _commitment(graph: Graph, links: Sequence[Link]) -> Span | None:
    """The stretch that the model links best; of nearly as good ones the longest, and never a bare number ("2022")."""
    found = [
        (x.score, graph.marks[x.target].span)
        for x in links
        if x.kind == "commitment"
        and x.score >= COMMITMENT_FLOOR
        and any(c.isalpha() for c in graph.text[slice(*graph.marks[x.target].span)])
    ]
    best = max((score for score, _ in found), default=0.0)
    return max((span for score, span in found if score >= best - NEARLY), key=lambda s: s[1] - s[0], default=None)


def _obliged(events: Sequence[Event], span: Span) -> list[str]:
    """Who must act: the actors of the events that the requirement's words tell of.

    One who is only named behind the requirement belongs to what comes next, one named before it to what came before where
    the requirement names its own.
    """
    out: list[str] = []
    for e in events:
        if overlap(e.trigger, span):
            named = [p.id for p in e.actor if p.span is not None and span[0] <= p.span[0] < span[1]]
            out += [p.id for p in e.actor if p.id not in out and (p.id in named or (not named and p.span[0] < span[1]))]
    return out
