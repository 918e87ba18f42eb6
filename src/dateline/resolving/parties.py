"""Which links to parties do the words around them settle, whatever the model says of them?

"Shelling by A" is A's alone; whoever stands in "A-backed" or "A's soil" only tells which campaign or place is meant;
of "A and B fled", where A fled B did too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from dateline.knowledge.table import load_table, refuse
from dateline.reading.graph import Graph, Link, Mark
from dateline.resolving.roles import is_passive
from dateline.resolving.speaker import only_quoted

_NAMES = (
    "agent",
    "listed",
    "modifier",
    "ground",
    "dateline",
    "joined",
    "comma",
    "opens",
    "inquiry",
    "matter",
    "site",
    "hit",
    "whom",
    "aim",
    "charge",
    "region",
    "where",
    "exempt",
    "slogan",
    "sends",
    "within",
    "sent",
    "helped",
    "matters",
    "told",
    "undergoes",
    "parts",
    "relates",
)
# One of two that are joined is taken along from this score on, where the other reaches `SURE`.
ALONG, SURE = 0.15, 0.6
# And the first of the two, where it does not open the clause.
LIKELY: Mapping[str, float] = {"actor": 0.2, "recipient": 0.15}
# Acts that answer what another clause tells: of "A asked B, but B refused" A has nothing done to him.
ANSWERING = frozenset(("REJECT", "AGREE", "CONCEDE", "SUPPORT", "SANCTION", "PROTEST"))
# Acts whose subject in the passive never does them; of others one may say "was dismayed" or "is prepared to".
SUFFERED = frozenset(("ASSAULT", "COERCE", "REQUEST", "SANCTION"))


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Of `knowledge/ontology/parties.toml`. Raises `KnowledgeError` naming each pattern that it lacks."""
    table = load_table("ontology/parties.toml")
    refuse("parties.toml", [f"no pattern for {name}" for name in _NAMES if not isinstance(table.get(name), str)])
    return {name: re.compile(table[name], re.IGNORECASE) for name in _NAMES}


def settled_links(graph: Graph, trigger: Mark, links: Sequence[Link]) -> list[Link]:
    """The links of a trigger, without those to parties that the words rule out, and with those that they bring along."""
    kept = [
        x for x in links if x.kind not in ("actor", "recipient") or not _modifies(graph, graph.marks[x.target], trigger)
    ]
    agents = set(_agents(graph, trigger))
    kept = [
        x
        for x in kept
        if x.kind != "actor" or x.target in agents or not _no_agent(graph, graph.marks[x.target], trigger)
    ]
    kept = [
        x
        for x in kept
        if x.kind != "recipient"
        or not (_exempt(graph, graph.marks[x.target], trigger) or _is_sent(graph, graph.marks[x.target], trigger))
    ]
    kept = _of_its_clause(graph, trigger, kept)
    kept = [
        replace(x, kind="recipient") if x.kind == "actor" and _is_done_to(graph, graph.marks[x.target], trigger) else x
        for x in kept
    ]
    kept = _of_whom(graph, trigger, kept)
    if any(x.kind == "actor" and x.target in agents and x.score >= SURE for x in kept):
        kept = [x for x in kept if x.kind != "actor" or x.target in agents]
    return _joined(graph, trigger, kept)


def _modifies(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "U.S.-backed raids", "Turkish territory": a name that describes the act, or only tells where."""
    if not graph.text[mark.start : mark.start + 1].isupper():
        return False
    before = graph.text[max(0, mark.start - 20) : mark.start]
    if (
        patterns()["ground"].match(graph.text, mark.end)
        or patterns()["region"].search(before)
        or _in_dateline(graph, mark)
    ):
        return True
    compound = patterns()["modifier"].search(graph.text, mark.start, trigger.start)
    return compound is not None and mark.end in compound.span("compound")


def _no_agent(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """Whether a party that the model takes for an actor only looks into the act, is named in a slogan ("banners
    reading ‘No to Ba’ to demand"), or is where the act is done: "banned in Ruritania".
    """
    where = mark.start >= trigger.end and patterns()["where"].fullmatch(graph.text, trigger.end - 2, mark.start)
    start = graph.sentence_of(mark.start)[0]
    slogan = patterns()["slogan"].search(graph.text, start, mark.start) and only_quoted(graph, trigger, mark)
    return bool(where) or bool(slogan) or _inquires(graph, mark, trigger) or _finds_it_matters(graph, mark, trigger)


def _finds_it_matters(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "The minister stressed the need of sealing the border": he does not seal it."""
    found = patterns()["matters"].search(graph.text, graph.sentence_of(trigger.start)[0], trigger.end)
    return found is not None and mark.end <= found.start()


def _exempt(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "An end to all raids except those on the sect": who is left out; "a campaign in support of the army": who is helped."""
    names = ("exempt", "helped") if trigger.labels.get("type") == "ASSAULT" else ("exempt",)
    return mark.start >= trigger.end and any(patterns()[n].search(graph.text, trigger.end, mark.start) for n in names)


def _is_sent(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "Will send 200 observers to Borduria": nothing is done to those who are sent."""
    return (
        patterns()["sends"].fullmatch(graph.text, trigger.start, trigger.end) is not None
        and patterns()["within"].fullmatch(graph.text, trigger.end, mark.start) is not None
        and patterns()["sent"].search(graph.text, mark.start, mark.end) is not None
    )


def _inquires(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "Prosecutors who investigate the bombings", "held by police in connection with a raid": no party to the act itself."""
    if mark.end <= trigger.start and patterns()["inquiry"].search(graph.text, mark.end, trigger.start):
        return True
    matter = patterns()["matter"].search(graph.text, graph.sentence_of(trigger.start)[0], trigger.start)
    return matter is not None and not matter.start() <= mark.start < trigger.end


def _is_done_to(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """ "Embassy blasts": what stands right before such a noun is a place that was hit; "guests have been urged": the subject."""
    if trigger.labels.get("type") in SUFFERED and patterns()["undergoes"].fullmatch(
        graph.text, mark.end, trigger.start
    ):
        return is_passive(graph, trigger)
    return (
        graph.text[mark.end : trigger.start] == " "
        and patterns()["site"].search(graph.text, mark.start, mark.end) is not None
        and patterns()["hit"].fullmatch(graph.text, trigger.start, trigger.end) is not None
    )


def _of_its_clause(graph: Graph, trigger: Mark, links: Sequence[Link]) -> list[Link]:
    """ "A asked the pilots to stay; B refused": whoever stands in the clause before the act's own subject has nothing done to him."""
    start, _ = graph.sentence_of(trigger.start)
    does = [graph.marks[x.target] for x in links if x.kind == "actor" and x.score >= SURE]
    does = [m for m in does if start <= m.start and m.end <= trigger.start]
    if trigger.labels.get("type") not in ANSWERING or not does or is_passive(graph, trigger):
        return list(links)
    subject = max(does, key=lambda m: m.start)

    def elsewhere(mark: Mark) -> bool:
        gap = (mark.end, subject.start)
        parted = start <= mark.start and gap[0] < gap[1] and patterns()["parts"].search(graph.text, *gap)
        return bool(parted) and not patterns()["relates"].search(graph.text, *gap)

    return [x for x in links if x.kind != "recipient" or not elsewhere(graph.marks[x.target])]


def _of_whom(graph: Graph, trigger: Mark, links: Sequence[Link]) -> list[Link]:
    """ "Bando, whom they accused of it": whom the relative pronoun stands for is done to, and does not do."""
    start, _ = graph.sentence_of(trigger.start)
    if not links or "whom" not in graph.text[start : trigger.start]:
        return list(links)
    told = max((m.end for _, m in graph.of("trigger") if m.end <= trigger.start), default=start)
    before = (i for i, m in graph.of("actor") if max(start, told) <= m.start and m.end < trigger.start)
    whom = {i for i in before if patterns()["whom"].fullmatch(graph.text, graph.marks[i].end, trigger.start)}
    kept = [x for x in links if x.target not in whom or x.kind not in ("actor", "recipient")]
    return kept + [Link("recipient", links[0].source, i, 1.0) for i in sorted(whom)]


def _in_dateline(graph: Graph, mark: Mark) -> bool:
    """ "ZENDA, Ruritania / STRELSAU Rebels have": a town in capitals that a report is filed from."""
    words = graph.text[mark.start : mark.end]
    opening = graph.text[graph.sentence_of(mark.start)[0] : mark.end]
    return words.isupper() and bool(patterns()["dateline"].search(opening))


def _agents(graph: Graph, trigger: Mark) -> Iterator[int]:
    """Indices of the actor marks of a phrase with "by" right after the trigger, in text order."""
    reached: int | None = None
    for i, mark in graph.within("actor", (trigger.end, graph.sentence_of(trigger.start)[1])):
        pattern = patterns()["agent" if reached is None else "listed"]
        if pattern.fullmatch(graph.text, trigger.end if reached is None else reached, mark.start):
            yield i
            reached = mark.end
        elif reached is not None:
            return


def _joined(graph: Graph, trigger: Mark, links: Sequence[Link]) -> list[Link]:
    """ "A and B": where one of the two acts before the trigger for sure, or has it done to them, so does the other."""
    out = list(links)
    for part in ("actor", "recipient"):
        score = {x.target: x.score for x in links if x.kind == part}
        raised = dict(_raised(graph, trigger, score, part))
        raised |= {i: s for i, s in _listed(graph, trigger, score, part) if i not in raised}
        out = [replace(x, score=raised.pop(x.target)) if x.kind == part and x.target in raised else x for x in out]
        out += [Link(part, links[0].source, target, s) for target, s in raised.items()]
    return out


def _raised(graph: Graph, trigger: Mark, score: Mapping[int, float], part: str) -> Iterator[tuple[int, float]]:
    """Whoever is joined to one who is a sure party of an act, with the score of that one."""
    if max(score.values(), default=0.0) < SURE:
        return
    # Of "A and/or B" the stroke may be marked.
    marks = [(i, m) for i, m in graph.of("actor") if graph.text[m.start : m.end] != "/"]
    for (a, first), (b, second) in pairwise(marks):
        if a not in score and b not in score:
            continue
        one, other = score.get(a, 0.0), score.get(b, 0.0)
        if max(one, other) < SURE or (part == "actor" and second.end > trigger.start):
            continue
        if not patterns()["joined"].fullmatch(graph.text, first.end, second.start):
            continue
        if one >= SURE > other >= ALONG:
            yield b, one
        elif other >= SURE > one and (one >= LIKELY[part] or (part == "actor" and _opens(graph, first, trigger))):
            yield a, other


def _listed(graph: Graph, trigger: Mark, score: Mapping[int, float], part: str) -> Iterator[tuple[int, float]]:
    """The others of "A, B and C" before an act, where C is a sure party of it."""
    if max(score.values(), default=0.0) < SURE:
        return
    marks = graph.of("actor")
    for n in range(2, len(marks)):
        last, sure = marks[n][1], score.get(marks[n][0], 0.0)
        if sure < SURE or last.end > trigger.start:
            continue
        if not patterns()["joined"].fullmatch(graph.text, marks[n - 1][1].end, last.start):
            continue
        members = [marks[n - 1][0]]
        while len(members) <= n - 1:
            one, following = marks[n - len(members) - 1][1], marks[n - len(members)][1]
            if not patterns()["comma"].fullmatch(graph.text, one.end, following.start):
                break
            members.append(marks[n - len(members) - 1][0])
        if len(members) > 1:
            yield from ((i, sure) for i in members if score.get(i, 0.0) < sure)


def _opens(graph: Graph, mark: Mark, trigger: Mark) -> bool:
    """Whether a mark opens the clause of the trigger: the first of its sentence, or after "that"."""
    sentence = graph.sentence_of(trigger.start)
    return mark.start >= sentence[0] and bool(patterns()["opens"].search(graph.text[sentence[0] : mark.start]))
