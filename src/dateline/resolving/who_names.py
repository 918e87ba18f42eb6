"""What does one mention say by itself? A name or description -> what it can mean.

The steps that `who_mention.py` puts in order; `who.py` puts the mentions together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from dateline.knowledge.actors import Entry, Patterns, Register
from dateline.record import ActorKind

_STRAIGHT = str.maketrans({"`": "'", "´": "'", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "‑": "-"})
ACRONYM = re.compile(r"\s*\(([A-Z][\w'/-]{1,11})\)")
_COUNT = re.compile(
    r"(?:at least |some |about |around |more than |up to |nearly )?(?:[\d,.]+|one(?! of\b)) ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Story:
    """What holds for a whole report: its day, its countries by weight, the acronyms that it introduces."""

    register: Register
    patterns: Patterns
    day: date | None
    countries: tuple[str, ...]
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention says. `cluster` names the actor within the report; `core` is the mention without article.

    `weak` mentions ("the group", "the president", a surname) look for an earlier actor first.
    """

    cluster: str
    core: str
    kind: ActorKind
    key: str | None = None
    country: str | None = None
    part_of: str | None = None
    acronym: str | None = None
    person: tuple[str, ...] = ()
    office: str | None = None
    body: str | None = None
    head: str = ""
    weak: bool = False
    label: str = ""


def straight(text: str) -> str:
    """One kind of apostrophe and quotation mark; the same length."""
    return text.translate(_STRAIGHT)


def is_nobody(text: str, patterns: Patterns) -> bool:
    """Whether a mark names nobody: an article, a prefix, a letter, a sign."""
    words = [w for w in re.split(r"[^\w.]+", text.lower()) if w]
    return all(w.strip(".") in patterns.nobody or (len(w) == 1 and w not in ("i",)) for w in words)


def strip_determiners(text: str, patterns: Patterns) -> str:
    """A mention without article, number or quantifier."""
    while True:
        rest = _COUNT.sub("", text, count=1) if _COUNT.match(text) else text
        words = rest.split(" ")
        if len(words) > 2 and words[1] == "of" and " ".join(words[:2]).lower() in patterns.determiners:
            rest = " ".join(words[2:])
        elif len(words) > 1 and words[0].lower() in patterns.determiners:
            rest = " ".join(words[1:])
        if rest == text:
            return text
        text = rest


def from_entry(entry: Entry, core: str = "", day: date | None = None) -> Reading:
    """A register entry as a reading; a person belongs to the body whose office is held on the day."""
    held = [r.org for r in entry.roles if day is not None and r.held_on(day)] or [r.org for r in entry.roles]
    part = entry.larger(day) or (held[-1] if held else None)
    person = tuple((core or entry.name).split()) if entry.kind == "person" else ()
    head = core.lower().split()[-1] if core else ""
    return Reading(entry.key, core, entry.kind, entry.key, entry.country, part, person=person, office=None, head=head)


def state_of(words: Sequence[str], story: Story) -> tuple[Entry, int] | None:
    """The state that the first words name, and how many words that takes: "South Korean", "Moscow's"."""
    for size in range(min(5, len(words)), 0, -1):
        name = re.sub(r"'s?$", "", " ".join(words[:size]))
        if not name[:1].isupper():
            continue
        entry = story.register.adjective(name) or story.register.capital(name, story.day)
        if entry is None:
            entry = next((e for e in story.register.named(name, story.day) if e.kind == "state"), None)
        if entry is not None:
            return entry, size
    return None


def known(core: str, story: Story) -> Reading | None:
    """A name, acronym, force, capital or nationality as the register has it."""
    if core.islower() and len(core) < 6:
        return None
    found = story.register.named(core, story.day, story.countries)
    if found and not (len(core.split()) == 1 and found[0].kind == "person"):
        return from_entry(found[0], core, story.day)
    state = story.register.forces(core) or story.register.capital(core, story.day)
    if state:
        return replace(from_entry(state, core), body="government" if story.register.forces(core) else None)
    state = story.register.adjective(core)
    if state and core[:1].isupper():
        if core.endswith("s") and core not in (state.adjectives[0], "US"):
            return Reading(f"people:{state.country}", core, "civilians", None, state.country, head=core.lower())
        return from_entry(state, core)
    return None


def of_state(core: str, story: Story) -> Reading | None:
    """Nationality and a noun of government: "Turkish warplanes", "armed forces of Syria"."""
    words = core.split()
    found = state_of(words, story)
    rest = words[found[1] :] if found else []
    if found is None and (" of " in core or _seat(core, story)):
        before, _, after = core.rpartition(" of " if " of " in core else " in ")
        tail = strip_determiners(after, story.patterns)
        found = state_of(tail.split(), story)
        beyond = tail.split()[found[1] :] if found else []
        if found is None or (beyond and not is_government(" ".join(beyond).lower(), story.patterns)):
            return None
        rest = beyond or before.split()
    if found is None or not rest:
        return None
    state, phrase = found[0], _OPERATION.sub("", " ".join(rest)).lower()
    if is_government(phrase, story.patterns):
        return replace(from_entry(state, core), body="government", head=rest[-1].lower())
    body = story.patterns.bodies.get(phrase)
    if body:
        kind = head_kind(phrase, story.patterns)
        cluster = f"{state.key}/{body.replace(' ', '-')}"
        part = None if body in ("rebels", "opposition") else state.key
        key = cluster if part else None
        return Reading(cluster, core, kind, key, state.country, part, head=rest[-1].lower(), body=body)
    return None


_SHORT_ACRONYM = re.compile(r"[A-Z]{2,3}")
# "French Operation Barkhane forces" are French forces.
_OPERATION = re.compile(r"\bOperation [A-Z]\w+ | (?:of|in|from) Operation [A-Z].*")


def _seat(core: str, story: Story) -> bool:
    """ "The authorities in Kyiv", "the regime in Khartoum"."""
    return core.partition(" in ")[0].lower() in story.patterns.seated


def of_body(core: str, story: Story) -> Reading | None:
    """An organisation of states and a noun of what it has in the field: "UN gunships", "African Union soldiers"."""
    name, _, head = core.rpartition(" ")
    fielded = head_kind(head, story.patterns) == "military" or is_government(head.lower(), story.patterns)
    if not (name[:1].isupper() and fielded):
        return None
    found = [e for e in story.register.named(name, story.day) if e.kind == "igo"]
    return replace(from_entry(found[0], core, story.day), head=head.lower()) if found else None


def of_leader(core: str, story: Story) -> Reading | None:
    """A head of state's regime or forces: "the Assad regime", "forces loyal to President Bashar al-Assad"."""
    words = [re.sub(r"'s$", "", w) for w in core.split()]
    if (
        not any(w.lower() in story.patterns.government for w in words)
        or words[-1].lower() in story.patterns.person_heads
    ):
        return None
    for size in (4, 3, 2, 1):
        for start in range(len(words) - size + 1):
            name = words[start : start + size]
            if size == 1 and _SHORT_ACRONYM.fullmatch(name[0].replace(".", "")):
                continue  # "UN gunships" are not Kim Jong Un's
            if not (name[0][:1].isupper() and name_word(name[-1], story.patterns)) or (
                start and size < len(words) and _of_titles(words[:start], story)
            ):
                continue
            before = [w.lower() for w in words[:start]]
            if start + size == len(words) and not _LINKS & set(before) and set(before) & story.patterns.person_heads:
                return None  # an "army chief" is a person
            people = [e for e in story.register.named(" ".join(name), story.day) if e.kind == "person"]
            if size > 1 and people and story.day and not any(r.held_on(story.day) for e in people for r in e.roles):
                return None  # a leader no more
            for entry in people or story.register.surname(" ".join(name)):
                served = [r for r in entry.roles if r.role in _HEADS and r.org.startswith("state:")]
                if served and (story.day is None or any(r.held_on(story.day) for r in served)):
                    state = story.register.get(served[-1].org)
                    return (
                        replace(from_entry(state, core), body="government", head=words[-1].lower()) if state else None
                    )
    return None


_LINKS = frozenset(("to", "of", "under", "by", "with"))
_HEADS = ("president", "prime minister", "leader", "supreme leader", "monarch")


def _of_titles(words: Sequence[str], story: Story) -> bool:
    """Whether the words before a name are no noun of government at all ("a man from the Assad …")."""
    kept = story.patterns.government | story.patterns.titles | {"loyal", "of", "to"}
    return any(w.lower() not in kept and story.register.adjective(w) is None for w in words)


def is_government(phrase: str, patterns: Patterns) -> bool:
    """Whether every word of a phrase belongs to government, with a noun of government last."""
    if phrase in patterns.government:
        return True
    words = phrase.split()
    if words[-1] not in patterns.government:
        return False
    loose = _words_of(patterns.government)
    return all(w in loose or w in ("senior", "top", "elite") for w in words[:-1])


@cache
def _words_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


# Bodies of state that are the story's country's when no other is named.
_HOME_BODIES = ("foreign ministry", "defence ministry", "interior ministry", "health ministry", "parliament")


def army_of(story: Story) -> str | None:
    """Whose "the army" is: the story's country's, in Gaza that of the state that the armed groups there fight."""
    return story.patterns.fought_by.get(story.home or "", story.home)


def home_of(core: str, story: Story) -> Reading | None:
    """ "Government troops" and "the regime" are those of the story's country."""
    if story.home is None:
        return None
    body = story.patterns.bodies.get(core.lower())
    if body in _HOME_BODIES:
        key = f"state:{story.home}/{body.replace(' ', '-')}"
        return Reading(
            key, core, "government", key, story.home, f"state:{story.home}", head=core.lower().split()[-1], body=body
        )
    if core.lower() not in story.patterns.home:
        return None
    state = story.register.get(f"state:{army_of(story) if core.lower() in story.patterns.army else story.home}")
    return replace(from_entry(state, core), body="government", head=core.lower().split()[-1]) if state else None


def home_force(core: str, story: Story) -> Reading | None:
    """ "Gendarmes", "an army patrol" and "the police station" are those of the story's country."""
    phrase = re.sub(r" (?:in|at|near|from|of|on) .*", "", core).lower()
    body = next((b for w, b in story.patterns.forces.items() if w in phrase and re.search(rf"\b{w}\b", phrase)), None)
    home = army_of(story) if body == "army" else story.home
    state = story.register.get(f"state:{home}") if home else None
    if body is None or state is None:
        return None
    if home != story.home:
        return replace(from_entry(state, core), body="government", head=phrase.split()[-1])
    bare = {w for b, name in story.patterns.forces.items() if name == body for w in b.split()} | story.patterns.units
    if not all(w in bare for w in phrase.split()):
        return None
    key = f"{state.key}/{body.replace(' ', '-')}"
    kind: ActorKind = "military" if body == "army" else "police"
    return Reading(key, core, kind, key, state.country, state.key, head=phrase.split()[-1], body=body)


def name_word(word: str, patterns: Patterns) -> bool:
    """A capital, or a particle: "Bashar", "al-Assad", "de"."""
    return word[:1].isupper() or word.lower() in patterns.particles or word.partition("-")[0] in patterns.particles


def head_kind(phrase: str, patterns: Patterns) -> ActorKind:
    words = phrase.lower().split()
    for size in (2, 1):
        kind = patterns.heads.get(" ".join(words[-size:]))
        if kind:
            return kind
    return next((patterns.heads[w] for w in reversed(words) if w in patterns.heads), "other")
