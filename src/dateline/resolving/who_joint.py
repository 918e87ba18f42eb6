"""Whom do "both", "each" and "the two sides" stand for?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from dateline.reading.graph import Graph
from dateline.resolving.who_mention import read_mention
from dateline.resolving.who_names import Reading, Story, from_entry, state_of, strip_determiners

# A `same` link of a word for two counts from this score on.
SUPPORTED = 0.15
# A link to a party or speaker counts from this score on.
DOES = 0.6
# What may stand between two actors that are named together.
_TOGETHER = re.compile(
    r"[^\w,;.]*(?:\w+\W+)?(?:and|or|with|against|versus|&)\W+(?:the\W+)?(?:\w+\W+){0,4}", re.IGNORECASE
)
FAR = 600
_DENY = re.compile(r"(?:\s(?:have|had|also|later|have since|\w+ly))*\s(?:den(?:y|ied)|reject(?:ed)?)\b")


_AND_OR = re.compile(r"\s+(?:and/or|and|or)\s+(?:the\s+)?")
# "US-Russian", "Franco-German team": two states, with what they do together.
_HYPHENED = re.compile(r"(?P<first>[A-Z][\w.]*)-(?P<rest>[A-Z].*)")
# A word that names one side where a noun of several follows: "Kurdish and Syrian rebel groups".
_SIDED = re.compile(r"[A-Z][\w'-]*")


def two_named(text: str, whole: Reading, story: Story) -> tuple[Reading, Reading] | None:
    """Two actors in one mention: "suspected JNIM and/or ISGS militants", "US-Russian"; None where the whole is one."""
    if whole.key:
        return None
    hyphened = _two_states(text, whole, story)
    if hyphened is not None:
        return hyphened
    parts = _AND_OR.split(text)
    if len(parts) != 2:
        return None
    first, second = (read_mention(part, story) for part in parts)
    if first.key and second.key and first.key != second.key and "person" not in (first.kind, second.kind):
        return first, second
    return _two_sides(parts[0], parts[1], whole, story)


def _two_states(text: str, whole: Reading, story: Story) -> tuple[Reading, Reading] | None:
    """ "US-Russian" and "the Franco-German team", but no "British-Iranian teacher"."""
    joined = _HYPHENED.fullmatch(strip_determiners(text, story.patterns))
    if joined is None or whole.kind in _ONE_OF_BOTH:
        return None
    first = joined["first"]
    names = [story.patterns.short_states.get(first.lower(), first).split(), joined["rest"].split()]
    states = [state_of(words, story) for words in names]
    if states[0] is None or states[1] is None or states[0][0] == states[1][0]:
        return None
    noun = names[1][states[1][1] :]
    if noun and (
        not " ".join(noun).islower() or noun[-1] in story.patterns.person_heads | story.patterns.nameless.keys()
    ):
        return None
    return from_entry(states[0][0], first), from_entry(states[1][0], " ".join(names[1][: states[1][1]]))


# A person of two states is not the two, and no people or paper is.
_ONE_OF_BOTH = frozenset(("person", "civilians", "media", "ngo"))


def _two_sides(first: str, second: str, whole: Reading, story: Story) -> tuple[Reading, Reading] | None:
    """ "Kurdish and Syrian rebel groups" are two, by the noun of several that follows both."""
    first = strip_determiners(first, story.patterns)
    side, _, noun = second.partition(" ")
    if whole.kind not in _SEVERAL or not (noun.islower() and noun.endswith(_PLURALS)):
        return None
    if not all(_SIDED.fullmatch(word) and _names_side(word, story) for word in (first, side)):
        return None
    one, other = read_mention(f"{first} {noun}", story), read_mention(second, story)
    return (one, other) if one.cluster != other.cluster else None


# Kinds of which several are named by one noun, and the ends of such a noun.
_SEVERAL = frozenset(("rebel", "militia", "terrorist", "military", "police", "party", "other"))
_PLURALS = ("s", "men", "police", "troops")


def _names_side(word: str, story: Story) -> bool:
    known = word.lower() in story.patterns.colours or story.register.adjective(word) or story.register.named(word)
    return bool(known)


# Who may be a side of a war, a truce or a quarrel, and who a country.
_STATES = frozenset(("state", "government"))
_LED = _STATES | {"person", "party", "rebel", "militia", "military"}
_SIDES = frozenset(("state", "government", "military", "police", "rebel", "terrorist", "militia", "party", "other"))


def sides_of(words: str, named: Mapping[int, Reading]) -> frozenset[int]:
    """The marks that a word for two can stand for: no mission and no villagers for "each side", no group for "both countries"."""
    last = words.lower().split()[-1]
    kinds = {
        "side": _SIDES, "sides": _SIDES, "countries": _STATES, "states": _STATES, "leaders": _LED, "presidents": _LED,
    }.get(last)  # fmt: skip
    fit = {i: r for i, r in named.items() if kinds is None or r.kind in kinds}
    known = frozenset(i for i, r in fit.items() if r.key)
    # "Soldiers in the camp" are no side of their own where two are called by name.
    return known if kinds is not None and len({fit[i].key for i in known}) > 1 else frozenset(fit)


def both_of(graph: Graph, mark: int, place: Mapping[int, int], named: Collection[int]) -> tuple[int, int] | None:
    """The two clusters that a mark stands for: those that its `same` links support most, else the last pair before it.

    `place` maps the marks that are settled to their cluster; `named` are those that are no pronouns. None when no two fit.
    """
    support: dict[int, float] = {}
    for link in graph.links:
        if link.kind == "same" and link.source == mark and link.target in place and link.score >= SUPPORTED:
            support[place[link.target]] = support.get(place[link.target], 0.0) + link.score
    own = _of_clause(graph, mark)
    ranked = sorted(support, key=lambda n: -support[n])
    sides = {i: n for i, n in place.items() if i in named and i not in own}
    # Those who are named together, then those who are blamed together, then two one of whom does something to the other.
    together, blamed = _named_together(graph, mark, sides), _blamed_together(graph, mark, sides)
    if blamed and _DENY.match(graph.text, graph.marks[mark].end):
        return max(blamed)[1]
    pairs = [
        pair for found in (together, blamed, _opposed(graph, mark, sides)) for _, pair in sorted(found, reverse=True)
    ]
    for pair in pairs:
        if ranked and ranked[0] in pair:
            return pair
    if pairs:
        return pairs[0]
    if len(ranked) >= 2:
        return (ranked[0], ranked[1])
    return None


def _of_clause(graph: Graph, mark: int) -> set[int]:
    """The marks that do or say what is done or said to a mark: of "A told both" A."""
    sources = {k.source for k in graph.links if k.target == mark and k.kind == "recipient" and k.score >= DOES}
    return {k.target for k in graph.links if k.source in sources and k.kind in ("actor", "speaker") and k.score >= DOES}


def _opposed(graph: Graph, mark: int, place: Mapping[int, int]) -> list[tuple[int, tuple[int, int]]]:
    """Clusters one of which does something to the other, in an act before a mark, with the act's position."""
    start = graph.marks[mark].start
    does: dict[int, dict[str, tuple[float, int]]] = {}
    for k in graph.links:
        trigger = graph.marks[k.source]
        if (
            k.kind in ("actor", "recipient")
            and k.target in place
            and k.score >= DOES
            and start - FAR <= trigger.end <= start
        ):
            side = does.setdefault(k.source, {})
            side[k.kind] = max(side.get(k.kind, (0.0, -1)), (k.score, place[k.target]))
    return [
        (graph.marks[source].end, (side["actor"][1], side["recipient"][1]))
        for source, side in does.items()
        if len(side) == 2 and side["actor"][1] != side["recipient"][1]
    ]


def _blamed_together(graph: Graph, mark: int, place: Mapping[int, int]) -> list[tuple[int, tuple[int, int]]]:
    """Two clusters that one accusation before a mark is made against, with its position: "blames A and its arm, B. Both deny it"."""
    start = graph.marks[mark].start
    out: list[tuple[int, tuple[int, int]]] = []
    for source, trigger in graph.of("trigger"):
        if trigger.labels.get("type") != "ACCUSE" or not start - FAR <= trigger.end <= start:
            continue
        of = [k for k in graph.links if k.source == source and k.kind == "recipient" and k.score >= DOES]
        found = list(dict.fromkeys(place[k.target] for k in of if k.target in place))
        if len(found) == 2:
            out.append((trigger.end, (found[0], found[1])))
    return out


def _named_together(graph: Graph, mark: int, place: Mapping[int, int]) -> list[tuple[int, tuple[int, int]]]:
    """Clusters named together before a mark ("A and B"), with the position of the second."""
    start = graph.marks[mark].start
    before = [i for i, m in graph.of("actor") if i in place and m.end <= start and start - m.end <= FAR]
    out: list[tuple[int, tuple[int, int]]] = []
    for a, b in zip(before, before[1:], strict=False):
        between = graph.text[graph.marks[a].end : graph.marks[b].start]
        if place[a] != place[b] and _TOGETHER.fullmatch(between):
            out.append((graph.marks[b].end, (place[a], place[b])))
    return out
