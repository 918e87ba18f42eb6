"""On whose word? Cues and their links -> statements, and which events each of them tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dateline.reading.graph import Graph, Link, Mark
from dateline.record import Event, EventType, Participant, Span, Stance, Statement
from dateline.resolving.answers import about_the_accused
from dateline.resolving.content import settled_content
from dateline.resolving.content_off import stopped
from dateline.resolving.content_on import gone_on
from dateline.resolving.no_act import CUES, is_none
from dateline.resolving.quotation import quotations, whole_quotations
from dateline.resolving.speaker import TO_VERB, speaking, words
from dateline.resolving.what import OfMark, overlap, participants

SPEAKER_FLOOR = 0.5
SPEAKER_FALLBACK = 0.2
# Below this the verb that a cue is joined to tells better who speaks.
SURE = 0.8
_JOINED_VERB = re.compile(rf",?\s(?:{words('and_verbs')})\s+{TO_VERB}$", re.IGNORECASE)
NOBODY = re.compile(
    r"\b(?:no (?:one|group|party|faction|organi[sz]ation|immediate)|nobody|none|neither)\b(?:\W+\w+){0,5}\W*$", re.I
)
# "They deny it and …": the pronoun is all that is denied.
ALONE = re.compile(
    r"(?:it|this|that|(?:the|any|all) (?:claim|charge|accusation|allegation)s?)\b(?=\s*(?:,|and\b|but\b|while\b))", re.I
)
# "Its new rules, said the minister, allow it."
INVERTED = re.compile(rf", (?:{words('inverted')}) (?:(?:{words('determiners')}) )?", re.IGNORECASE)
# "The rebels fled after dark, and the army said it had taken the town": what follows is said, not what stands before.
_OPENER = words("clause_openers")
CLAUSE = re.compile(
    rf"\s(?:on\s+\w+day\s+)?(?:that|any|all|some|no|both|{_OPENER}|{words('determiners')})\s+(?:[\w'’-]+\W+){{2}}",
    re.IGNORECASE,
)
# Acts that are words whatever the model says (`outright` of `speaker.toml`), with the stance of each.
OUTRIGHT: Mapping[EventType, Stance] = {"ACCUSE": "condemns", "REQUEST": "demands"}
_OUTRIGHT = re.compile(rf"(?:{words('outright')})\b", re.IGNORECASE)
QUOTES = '"“”'
QUOTE = re.compile(rf"[{QUOTES}]")


def resolve_statements(
    graph: Graph, of_mark: OfMark, events: Sequence[Event]
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """Statements `s1`… in text order, joint speakers one each; and the events with `said_by`, innermost first."""
    links: dict[int, list[Link]] = {}
    for link in graph.links:
        if link.kind in ("speaker", "content"):
            links.setdefault(link.source, []).append(link)
    events = _without_forewarnings(graph, events)
    out: list[Statement] = []
    quoted_words = quotations(graph.text)
    for i, cue in graph.of("cue"):
        if is_none(graph.text, cue.span, cue.labels["stance"], CUES):
            continue
        if cue.labels["stance"] == "claims-responsibility" and _nobody_claims(graph, cue):
            continue
        mine = links.get(i, [])
        speakers = participants(
            graph,
            speaking(graph, i, [x for x in mine if x.kind == "speaker"]),
            of_mark,
            SPEAKER_FLOOR,
            SPEAKER_FALLBACK,
        )
        if not speakers or max((x.score for x in mine if x.kind == "speaker"), default=0.0) < SURE:
            speakers = _of_the_verb_before(graph, cue, out) or speakers
        speakers = speakers or _beside(graph, cue, of_mark) or _who_goes_on(graph, cue, events)
        found = [graph.marks[x.target].span for x in mine if x.kind == "content"]
        found = settled_content(graph, cue, [s.span for s in speakers], found)
        found = [stopped(graph, cue, x) for x in gone_on(graph, cue, [s.span for s in speakers], found)]
        content = [
            span
            for whole in whole_quotations(graph, cue.span, found, quoted_words)
            for span in _parts(graph, whole, cue, [s.span for s in speakers])
        ]
        told = [e.id for e in events if _tells_of(content, e, cue)]
        quoted = any(QUOTE.search(graph.text, max(0, a - 2), min(len(graph.text), b + 2)) for a, b in content)
        named: list[Participant | None] = [*speakers] or [None]
        for speaker in named:
            out.append(
                Statement(
                    id=f"s{len(out) + 1}", speaker=speaker.id if speaker else None, speaker_span=speaker.span if speaker else None,
                    cue=cue.span, content=content, quoted=quoted, stance=cue.labels["stance"], events=told, confidence=round(cue.score, 2),
                )
            )  # fmt: skip
    kept = _without_denied_claims(graph, _in_order([*out, *_outright(graph.text, events, out)]))
    return about_the_accused(graph, kept, events), tuple(_attribute(e, kept) for e in events)


def _without_forewarnings(graph: Graph, events: Sequence[Event]) -> list[Event]:
    """The events but for threats where a speaker only says what others may do: "the UN warned that the town could fall"."""
    said = {m.span for _, m in graph.of("cue") if m.labels["stance"] == "says"}
    kept = [
        e
        for e in events
        if e.type != "THREATEN" or e.trigger not in said or not graph.text[slice(*e.trigger)].lower().startswith("warn")
    ]
    return [e.model_copy(update={"id": f"e{n}"}) for n, e in enumerate(kept, 1)] if len(kept) < len(events) else kept


def _outright(text: str, events: Sequence[Event], told: Sequence[Statement]) -> Iterator[Statement]:
    """Hard words and calls that the model takes for an act alone, "hit out at Turkey": whoever does it speaks."""
    for event in events:
        if event.type not in OUTRIGHT or event.status != "happened" or not _OUTRIGHT.match(text, event.trigger[0]):
            continue
        if any(overlap(x.cue, event.trigger) for x in told):
            continue
        for speaker in event.actor:
            yield Statement(
                id="", speaker=speaker.id, speaker_span=speaker.span, cue=event.trigger, quoted=False,
                stance=OUTRIGHT[event.type], confidence=event.confidence,
            )  # fmt: skip


def _in_order(told: Sequence[Statement]) -> list[Statement]:
    """The statements by their cues in text order, counted through."""
    ordered = sorted(told, key=lambda x: x.cue)
    return [x.model_copy(update={"id": f"s{n}"}) for n, x in enumerate(ordered, 1)]


def _of_the_verb_before(graph: Graph, cue: Mark, told: Sequence[Statement]) -> list[Participant]:
    """ "Pompeo said there was no proof and blamed Iran": a verb joined to another has its subject, where the other is a cue."""
    start, _ = graph.sentence_of(cue.start)
    if not told or told[-1].cue[0] < start or not _JOINED_VERB.search(graph.text, start, cue.start):
        return []
    same = [s for s in told if s.cue == told[-1].cue and s.speaker and s.speaker_span]
    return [Participant(id=s.speaker, span=s.speaker_span) for s in same if s.speaker and s.speaker_span]


def _beside(graph: Graph, cue: Mark, of_mark: OfMark) -> list[Participant]:
    """ "Its rules, said the minister, allow it", "the chief of staff, Alex Badeh, announced": who stands beside, where no link tells."""
    for i, mark in graph.of("actor"):
        follows = INVERTED.fullmatch(graph.text, cue.start - 2, mark.start) and mark.start > cue.end
        apposed = (
            mark.end == cue.start - 2
            and graph.text[mark.end : cue.start] == ", "
            and "," in graph.text[slice(*mark.span)]
        )
        if follows or apposed:
            return [Participant(id=a, span=mark.span) for a in of_mark.get(i, ())]
    return []


def _who_goes_on(graph: Graph, cue: Mark, events: Sequence[Event]) -> list[Participant]:
    """ "Assad hit out at Turkey, telling a daily that …", "crowds marched to demand …": who did the act before speaks on."""
    words = graph.text[cue.start : cue.end].lower()
    aim = graph.text.startswith(" to ", max(0, cue.start - 4))
    if not aim and not (
        words.endswith("ing") and words != "according" and graph.text.startswith(", ", max(0, cue.start - 2))
    ):
        return []
    sentence = graph.sentence_of(cue.start)
    before = [e for e in events if e.sentence == sentence and e.trigger[1] <= cue.start and e.actor]
    return list(before[-1 if aim else 0].actor) if before else []


def _nobody_claims(graph: Graph, cue: Mark) -> bool:
    """ "No group has claimed it": a claim that nobody made is none."""
    return bool(NOBODY.search(graph.text, graph.sentence_of(cue.start)[0], cue.start))


def _without_denied_claims(graph: Graph, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Who denies a thing does not claim it in the same sentence, where another is there to claim it."""
    denied = {(s.speaker, graph.sentence_of(s.cue[0])) for s in statements if s.stance == "denies" and s.speaker}
    claimed_by: dict[Span, set[str | None]] = {}
    for s in statements:
        if s.stance == "claims-responsibility":
            claimed_by.setdefault(s.cue, set()).add(s.speaker)

    def spurious(s: Statement) -> bool:
        sentence = graph.sentence_of(s.cue[0])
        others = [x for x in claimed_by.get(s.cue, ()) if (x, sentence) not in denied]
        return s.stance == "claims-responsibility" and (s.speaker, sentence) in denied and bool(others)

    left = [s for s in statements if not spurious(s)]
    return tuple(s.model_copy(update={"id": f"s{n + 1}"}) for n, s in enumerate(left))


def _tells_of(content: Sequence[Span], event: Event, cue: Mark) -> bool:
    a, b = event.trigger
    return any(s <= a and b <= e for s, e in content) and not (cue.start < b and a < cue.end)


def _attribute(event: Event, statements: Sequence[Statement]) -> Event:
    """The statements whose content holds the trigger; the shortest content is the innermost source."""
    told = [(sum(e - s for s, e in x.content), n, x) for n, x in enumerate(statements) if event.id in x.events]
    ranked = [x.id for _, _, x in sorted(told, key=lambda t: t[:2]) if x.speaker is not None]
    return event.model_copy(update={"said_by": ranked})


def _parts(graph: Graph, content: Span, cue: Mark, speakers: Sequence[Span]) -> list[Span]:
    """Content without the clause that attributes it: `"A," he said. "B."` has two parts."""
    start, end = content
    alone = ALONE.match(graph.text, start, end)
    end = alone.end() if alone else end
    cut = [s for s in (cue.span, *speakers) if start <= s[0] and s[1] <= end and abs(s[0] - cue.start) < 120]
    if not cut or cue.span not in cut:
        return [(start, end)] if start < end else []
    a, b = min(s[0] for s in cut), max(s[1] for s in cut)
    text = graph.text
    left = a
    while left > start and text[left - 1] in " ,\n":
        left -= 1
    right = b
    if text[left - 1] in QUOTES:  # `"A," said the mayor, a farmer. "B."`
        opening = QUOTE.search(text, b, end)
        right = opening.end() if opening else right
    while right < end and text[right] in " ,.:\n":
        right += 1
    if all(s[1] <= cue.start for s in speakers) and CLAUSE.match(text, cue.end, end):
        return [(right, end)]
    return [(x, y) for x, y in ((start, left), (right, end)) if y - x > 2]
