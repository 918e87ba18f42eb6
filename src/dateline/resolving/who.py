"""Who? Actor marks -> actors: names, descriptions and pronouns that stand for one actor are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.knowledge.actors import Patterns, Register, load_patterns
from dateline.reading.graph import Graph
from dateline.record import Actor, Note, Place
from dateline.resolving.who_anew import counted_before, links_that_hold
from dateline.resolving.who_apart import told_apart
from dateline.resolving.who_apposition import appositions
from dateline.resolving.who_cluster import Cluster, unfit
from dateline.resolving.who_described import Described, describe
from dateline.resolving.who_enemy import enemies
from dateline.resolving.who_gather import gather, hinted_at
from dateline.resolving.who_home import home_country, without_groups
from dateline.resolving.who_inside import named_only_inside
from dateline.resolving.who_joint import both_of, sides_of, two_named
from dateline.resolving.who_marks import named_marks, whole
from dateline.resolving.who_mention import read_mention
from dateline.resolving.who_names import Reading, Story, from_entry
from dateline.resolving.who_own_group import own_groups
from dateline.resolving.who_pronouns import antecedent, attacking, of_clause, opens_words_of, spoken_of, who_spoke
from dateline.resolving.who_story import both_countries, place_countries, story_countries

__all__ = ["Who", "resolve_actors", "story_countries"]

SAME = 0.5  # a `same` link counts from this score on


@dataclass(frozen=True)
class Who:
    """Actors in order of first mention; `of_mark` maps an index of `Graph.marks` to actor ids, several for "both"."""

    actors: tuple[Actor, ...]
    of_mark: Mapping[int, tuple[str, ...]]
    notes: tuple[Note, ...]


def resolve_actors(
    graph: Graph,
    published: date | None,
    register: Register,
    places: Sequence[Place] = (),
    unsettled: Sequence[Note] = (),
) -> Who:
    """Cluster the actor marks of a graph. Spans stay in the graph's text.

    `places` are those that the text names, `unsettled` the notes on them: a report that names villages
    alone is at home in their country.
    """
    patterns = load_patterns()
    places = without_groups(graph.text, register, places)
    told = story_countries(graph.text, register)
    weights = both_countries(told, place_countries(places, unsettled, told))
    home = home_country(graph.text, register, patterns, weights, places, unsettled)
    story = Story(register, patterns, published, tuple(weights), home)
    marks = named_marks(graph, patterns)
    pronouns = {i for i, text in marks.items() if _is_pronoun(text, patterns)}
    readings = {i: read_mention(text, story) for i, text in marks.items() if i not in pronouns}
    pairs = {i: two for i, text in marks.items() if i not in pronouns and (two := two_named(text, readings[i], story))}
    readings = dict(sorted({**readings, **{i: a for i, (a, _) in pairs.items()}}.items()))
    linked = sorted((k for k in graph.links if k.kind == "same" and k.score >= SAME), key=lambda k: k.score)
    same = {k.source: k.target for k in linked} | appositions(graph, {i: marks[i] for i in readings})
    same = enemies(graph, readings) | counted_before(graph, marks) | links_that_hold(graph, same, readings, patterns)
    settled = own_groups(graph, _settled(readings, story), story)
    second = {-1 - i: b for i, (_, b) in pairs.items()}  # the other of two in one mention, after all the rest
    clusters = gather({**settled, **second}, same, hinted_at(graph), told_apart(graph), story)
    place = {i: n for n, c in enumerate(clusters) for i in c.readings}
    notes: list[Note] = []
    joint: dict[int, tuple[int, int]] = {-1 - i: (place[-1 - i], place[i]) for i in second}
    place = {i: n for i, n in place.items() if i >= 0}
    war: tuple[int, int] | None = None  # "each side" is a side of the same quarrel as "both sides" before
    for i in sorted(pronouns, key=lambda i: graph.marks[i].start):
        sides = marks[i].lower().split()[-1] in ("side", "sides")
        if _is_joint(graph, i, marks[i], patterns):
            both = war if sides and war else both_of(graph, i, place, sides_of(marks[i], readings))
            if both is not None:
                joint[i] = both
                war = both if sides else war
                continue
        word = patterns.pronouns.get(marks[i].lower().split()[0], "they")
        attackers = {place[j] for j in attacking(graph, i) if j in place}
        may = {j: n for j, n in place.items() if not unfit(word, clusters[n]) and n not in attackers}
        own = spoken_of(graph, i)
        found = may.get(governs) if (governs := of_clause(graph, i)) is not None else None
        if found is None:
            found = _supported(graph, i, {j: n for j, n in may.items() if j not in own})
        if found is None:
            kinds = {
                j: (clusters[n].first.kind, clusters[n].readings.get(j)) for j, n in place.items() if n not in attackers
            }
            others = {j: k for j, k in kinds.items() if j not in own}
            spoke = who_spoke(graph, i)
            target = spoke if spoke in may else antecedent(graph, i, word, others)
            target = antecedent(graph, i, word, kinds) if target is None else target
            found = place[target] if target is not None else None
        if found is None:
            notes.append(
                Note(code="actor-unsettled", span=graph.marks[i].span, message=f"{marks[i]!r}: nobody before it fits")
            )
        else:
            place[i] = found
    return _actors(graph, clusters, place, joint, notes, story)


def _of_owner(
    graph: Graph,
    n: int,
    place: Mapping[int, int],
    clusters: list[Cluster],
    described: Mapping[int, Described],
    story: Story,
) -> Described:
    """ "Its backers" by the name of whoever has them: "Hezbollah's backers"."""
    key, name, kind, country, part = described[n]
    owner, _, noun = name.partition(" ")
    word = story.patterns.pronouns.get(owner.lower())
    if key or not noun or owner.lower() not in story.patterns.owners or word is None:
        return described[n]
    first = min((i for i, m in place.items() if m == n), key=lambda i: graph.marks[i].start)
    kinds = {j: (clusters[m].first.kind, clusters[m].readings.get(j)) for j, m in place.items() if m != n}
    attackers = {place[i] for i in attacking(graph, first) if i in place}
    kinds = {j: k for j, k in kinds.items() if place[j] not in attackers}  # "accused China of firing at its boats"
    target = opens_words_of(graph, first, word, kinds)
    target = antecedent(graph, first, word, kinds) if target is None else target
    whose = described[place[target]][1] if target is not None and place[target] in described else None
    return key, f"{whose}'{'' if whose.endswith('s') else 's'} {noun}" if whose else noun, kind, country, part


def _supported(graph: Graph, i: int, place: Mapping[int, int]) -> int | None:
    """The cluster that the `same` links of a mention support together, when they do so enough."""
    support: dict[int, float] = {}
    for link in graph.links:
        if link.kind == "same" and link.source == i and link.target in place:
            support[place[link.target]] = support.get(place[link.target], 0.0) + link.score
    best = max(support, key=lambda n: support[n], default=None)
    return best if best is not None and support[best] >= SAME else None


def _is_pronoun(text: str, patterns: Patterns) -> bool:
    word = text.lower()
    return (word in patterns.pronouns or word in patterns.joint or _is_own_army(text, patterns)) and text not in (
        "US",
        "IT",
        "WE",
    )


def _is_joint(graph: Graph, i: int, words: str, patterns: Patterns) -> bool:
    """ "Both", and "they" before "both"."""
    following = graph.text[graph.marks[i].end : graph.marks[i].end + 6].lower()
    return words.lower() in patterns.joint or following.startswith(" both")


def _is_own_army(words: str, patterns: Patterns) -> bool:
    """ "Its troops", "its men" and "whose government" are whoever "it" is; "its Burundian troops" are Burundi's."""
    owner, _, rest = words.partition(" ")
    owner = owner.lower()
    if owner in ("its", "whose") and rest == "government":
        return True
    own = rest in patterns.fighters or (bool(rest.split()) and patterns.heads.get(rest.split()[-1]) == "military")
    return owner in ("its", "their") and own and rest.islower()


def _settled(readings: Mapping[int, Reading], story: Story) -> dict[int, Reading]:
    """Readings after the text's own acronyms and full names are known."""
    acronyms = {r.acronym.lower(): r for r in readings.values() if r.acronym}
    full = [(i, r) for i, r in readings.items() if len(r.person) > 1]
    out: dict[int, Reading] = {}
    for i, reading in readings.items():
        if reading.core.lower() in story.patterns.home:
            reading = _government_before(reading, out)
        introduced = acronyms.get(reading.core.lower()) or _initials(reading, readings.values())
        if introduced is not None and introduced is not reading:
            reading = replace(introduced, core=reading.core, acronym=None, weak=False)
        elif (reading.kind in ("person", "other") and len(reading.core.split()) == 1) or len(reading.person) == 1:
            reading = _surname(reading, [f for j, f in full if j < i] or [f for _, f in full], story)
        out[i] = reading
    return _armies_apart(out, story)


def _government_before(reading: Reading, earlier: Mapping[int, Reading]) -> Reading:
    """ "The regime" after "the Syrian government" is that one, whatever the story's own country."""
    named = [r for r in earlier.values() if r.body == "government" and r.head in ("government", "regime", "junta")]
    if not named or named[-1].key == reading.key:
        return reading
    return replace(named[-1], core=reading.core, label=reading.label, head=reading.head)


def _initials(reading: Reading, others: Iterable[Reading]) -> Reading | None:
    """The name in the text that an acronym abbreviates: "World Monuments Fund" … "WMF"; before another that has it elsewhere."""
    if not (2 < len(reading.core) < 7 and reading.core.isalpha() and reading.core.isupper()):
        return None
    for other in others:
        capitals = "".join(w[0] for w in other.core.replace("-", " ").split() if w[:1].isupper())
        if len(capitals) > 1 and capitals.endswith(reading.core) and other.key != reading.key:
            return other
        if capitals == reading.core and not reading.key:
            return other
    return None


def _armies_apart(readings: dict[int, Reading], story: Story) -> dict[int, Reading]:
    """In its own war a country's army is an actor beside the government.

    Abroad ("Turkish troops", "Ankara") they are one, and so are the Syrian government and army.
    """
    if story.home in (None, "SYR"):
        return readings
    home = f"state:{story.home}"
    army = {i for i, r in readings.items() if r.key == home and r.body and _is_army(r, story)}
    key = f"{home}/army"
    return {
        i: replace(r, cluster=key, key=key, body="army", kind="military", part_of=home) if i in army else r
        for i, r in readings.items()
    }


def _is_army(reading: Reading, story: Story) -> bool:
    words = reading.core.lower().split()
    return words[-1] in story.patterns.army and not {"government", "regime", "state"} & set(words)


def _surname(reading: Reading, full: list[Reading], story: Story) -> Reading:
    """A bare surname: the nearest person of the text with it, else the register's of that day and story."""
    name = (reading.person or (reading.core,))[-1].lower()
    for other in reversed(full):
        if other.person[-1].lower().removeprefix("al-") == name.removeprefix("al-"):
            return replace(
                other, core=reading.core, office=reading.office or other.office, person=reading.person, weak=False
            )
    if not reading.core[:1].isupper():
        return reading
    known = [e for e in story.register.named(name, story.day) if e.kind == "person"] or story.register.surname(name)
    day = story.day
    serving = [e for e in known if day is None or any(r.held_on(day) for r in e.roles)]
    near = [e for e in serving if e.country in story.countries] or serving
    if len(near) == 1:
        return replace(
            from_entry(near[0], reading.core), office=reading.office, person=reading.person or (reading.core,)
        )
    return reading


def _larger(part: str, by_key: Mapping[str, str]) -> str | None:
    """The actor that another is part of: the body, else its state, else the state's government."""
    state = part.partition("/")[0]
    return by_key.get(part) or by_key.get(state) or by_key.get(f"{state}/government")


def _actors(
    graph: Graph,
    clusters: list[Cluster],
    place: Mapping[int, int],
    joint: Mapping[int, tuple[int, int]],
    notes: list[Note],
    story: Story,
) -> Who:
    """Clusters as actors of the record, in order of first mention."""
    members: dict[int, tuple[int, ...]] = {**{i: (n,) for i, n in place.items()}, **joint}
    spans: dict[int, list[tuple[int, int]]] = {}
    for i, n in ((i, n) for i, numbers in members.items() for n in numbers):
        spans.setdefault(n, []).append(whole(graph, i))
    order = sorted(spans, key=lambda n: min(spans[n]))
    ids = {n: f"a{k}" for k, n in enumerate(order, 1)}
    described = {n: describe(clusters[n], story) for n in order}
    described = {n: _of_owner(graph, n, place, clusters, described, story) for n in order}
    by_key = {key: ids[n] for n, (key, *_) in described.items() if key}
    by_key |= {r.cluster: ids[n] for n in reversed(order) for r in clusters[n].readings.values()}
    added = named_only_inside(graph.text, spans, described, by_key, story)
    by_key |= {a.key: a.id for a in added if a.key}
    actors = []
    for n in order:
        key, name, kind, country, part = described[n]
        larger = _larger(part, by_key) if part else None
        actors.append(
            Actor(
                id=ids[n], key=key, name=name, kind=kind, country=country,
                part_of=larger if larger != ids[n] else None, mentions=sorted(spans[n]),
            )
        )  # fmt: skip
    of_mark = {i: tuple(ids[n] for n in numbers) for i, numbers in sorted(members.items())}
    return Who((*actors, *added), of_mark, tuple(notes))
