"""Which person does a mention name or describe? Titles and offices, and whose they are.

"US Secretary of State John Kerry" is a person by name, "Hamas's leader" by office, where one held it on the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.knowledge.actors import Entry
from dateline.resolving.who_names import Reading, Story, from_entry, home_force, home_of, name_word, state_of
from dateline.resolving.who_owner import owner_words


def person_of(core: str, story: Story) -> Reading | None:
    """Titles off, a name left: "US Secretary of State John Kerry", "Mr Hammond"."""
    p = story.patterns
    words = [w.strip(",") for w in core.split()]
    marks = [i for i, w in enumerate(words) if (plain := w.lower().rstrip(".")) in p.titles or plain in p.person_heads]
    marks = [i for i in marks if words[i].lower() not in p.not_titles]
    cut = marks[-1] + 1 if marks else 0
    while marks and cut < len(words) and words[cut].lower() in p.not_titles:
        cut += 1
    name = words[cut:]
    if (
        marks
        and cut > 1
        and any(w.lower() in _PLACED for w in words[cut - 2 if words[cut - 1] == "the" else cut - 1 : cut])
    ):
        return None
    if words[0].lower() in p.heads and " led by " in core:
        return None
    if not marks:
        found = state_of(words, story)
        name = words[found[1] :] if found and len(words) - found[1] > 1 else words
        cut = 0 if found else owner_words(words, story.register, story.patterns, story.day)
        name = words[cut:] if cut else name
        if not cut and any(w.endswith("'s") for w in name[:-1]):
            return None  # "Hamas's Qassam Brigades" are nobody's first name
    if not name or len(name) > 5 or not all(name_word(w, p) for w in name):
        return None
    if (
        name[-1].lower() in p.heads
        or name[-1].lower() in p.members
        or any(w.isupper() and len(w) > 2 and "." not in w and w.lower() not in p.particles for w in name)
    ):
        return None
    entry = next((e for e in story.register.named(" ".join(name), story.day) if e.kind == "person"), None)
    if entry is None and (_is_of_a_body(words[:cut], name) if marks else _is_no_name(name, cut > 0, story)):
        return None
    office, org = office_in(words[:cut], story)
    if entry is not None:
        of_entry = from_entry(entry, core, story.day)
        part = org.key if org and (org.kind == "igo" or of_entry.part_of is None) else of_entry.part_of
        return replace(of_entry, part_of=part, person=tuple(name), office=office, weak=len(name) == 1)
    part, country = (org.key, org.country) if org else home_office(words[:cut], office, story, True)
    cluster = "p:" + " ".join(name).lower()
    return Reading(
        cluster, core, "person", None, country, part, person=tuple(name), office=office,
        head=name[-1].lower(), weak=len(name) == 1,
    )  # fmt: skip


def _is_no_name(name: Sequence[str], owned: bool, story: Story) -> bool:
    """Whether what looks like a name, without a title, ends with that of an armed group ("Swat Taliban") or, with no owner, is one word or holds a noun."""
    if any(e.kind in ("rebel", "militia", "terrorist") for e in story.register.named(name[-1], story.day)):
        return True
    return not owned and (len(name) == 1 or any(w.lower() in story.patterns.heads for w in name))


def _is_of_a_body(before: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the one word left of a name ends that of a body: "an officer of the Security Belt"."""
    at = max((i for i, w in enumerate(before) if w.lower() in _PLACED), default=None)
    return len(name) == 1 and at is not None and before[at + 1 : at + 2] == ["the"] and before[-1][:1].isupper()


# A name after one of these is that of a place or body: "the deputy mayor of Lanfiera".
_PLACED = ("of", "in", "at", "for", "from")


def office_in(words: Sequence[str], story: Story) -> tuple[str | None, Entry | None]:
    """The office that a description names and the state or body that it belongs to."""
    phrase = " ".join(words).lower().replace(",", "")
    names = sorted(
        (o for o in story.patterns.offices if o in phrase and re.search(rf"\b{re.escape(o)}\b", phrase)), key=len
    )
    office = story.patterns.offices[names[-1]] if names else None
    org = None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            name = re.sub(r"'s$", "", " ".join(words[start:end])).strip(",")
            if not name[:1].isupper() or (end - start == 1 and name.lower() in story.patterns.titles):
                continue
            found = story.register.adjective(name) or next(
                (e for e in story.register.named(name, story.day, story.countries) if e.kind != "person"), None
            )
            org = org or found or story.register.capital(name, story.day)
            if org:
                return office, org
    return office, org


# Offices that a state has one of: without another's name they are those of the story's country.
_STATE_OFFICES = frozenset(("president", "prime minister", "foreign minister", "defence minister", "army chief"))


def home_office(
    words: Sequence[str], office: str | None, story: Story, named: bool = False
) -> tuple[str | None, str | None]:
    """Whom "government spokesman", "army colonel" and "the foreign minister" of nobody named belong to: key and country."""
    end = next((i for i, w in enumerate(words) if i and w in _PLACED), len(words))
    bare = [w.lower().strip(",") for w in words[:end]]  # "army spokesman in Ituri"
    while bare and bare[-1] in story.patterns.person_heads:
        bare.pop()
    body = (home_force(" ".join(bare), story) or home_of(" ".join(bare), story)) if bare else None
    if body is not None:
        return body.key, body.country
    one = office in _STATE_OFFICES and " ".join([*bare, words[-1].lower()]) in story.patterns.offices
    if story.home and (one or (named and len(words) > 1 and words[-1].lower() == "minister")):
        return f"state:{story.home}", story.home
    return None, None


# Whoever is called so does not hold the office: "Hezbollah's deputy leader", "the ousted Malian president".
_BESIDE = re.compile(
    r"\b(?:deputy|vice|assistant|former|ex|late|ousted|deposed|toppled|overthrown|exiled|slain|retired)\b"
)


def office_of(core: str, story: Story) -> Reading | None:
    """An office without a name: "the Russian foreign minister", "Hamas's leader"."""
    words = core.split()
    last = re.split(r" (?:of|for|to|at|in|from) ", core, maxsplit=1)[0].split()[-1].lower().strip(",")
    if last not in story.patterns.person_heads:
        return None
    office, org = office_in(words, story)
    beside = _BESIDE.search(core.lower())
    if beside and not (office and beside[0] in office):
        office, last = None, f"{beside[0]} {office or last}"
    if org and org.kind != "state" and last in story.patterns.combatants:
        return None  # "a Hamas gunman" is Hamas
    if office and org and last != "commander":  # a side has many
        roles = (office,) if org.kind == "state" else (office, "leader")
        held = [e for role in roles for e in story.register.holders(role, org.key, story.day)]
        held = list({e.key: e for e in held}.values())
        if len(held) == 1:
            return replace(from_entry(held[0], core, story.day), person=(), office=office, head=last)
    part, country = (org.key, org.country) if org else home_office(words, office, story)
    cluster = f"o:{office or last}@{org.key}" if org else "u:" + core.lower()
    return Reading(cluster, core, "person", None, country, part, office=office or last, head=last, weak=org is None)
