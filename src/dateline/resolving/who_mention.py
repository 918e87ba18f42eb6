"""What does one mention say by itself? The steps in order, and what is left when no name is known.

Nothing here looks at other mentions; `who.py` puts them together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.resolving.who_names import (
    ACRONYM,
    Reading,
    Story,
    from_entry,
    head_kind,
    home_force,
    home_of,
    known,
    of_body,
    of_leader,
    of_state,
    state_of,
    straight,
    strip_determiners,
)  # fmt: skip
from dateline.resolving.who_person import office_of, person_of

# "ISWAP fighters on motorbikes" are those of ISWAP.
_MOUNTED = re.compile(
    r"\s(?:(?:travell?ing|riding|driving|arriving) )?(?:on|aboard|in|riding|wearing)(?: \w+){0,2}"
    r" (?:motor(?:bike|cycle)s?|bikes|pick-?ups?|technicals|horseback|horses|camels|foot|boats?|uniforms?|fatigues)$"
)
# "Rebel positions" are the rebels, "government positions" the government.
_HELD = re.compile(
    r"\b(?:(opposition|government|regime)|(rebel|insurgent|militant|separatist|guerrilla|jihadist|loyalist))"
    r" (?:positions?|targets?|strongholds?|bases?|trenches|outposts?|bunkers?|checkpoints?|lines)$"
)
# "By Turkey" is Turkey, and so is a mention that ends with its compound: "Turkey-backed".
_BY = re.compile(r"^(?:by|from|against|with)\s+(?=(?:the\s+)?[A-Z])")
# "The Iran-backed Houthis" are the Houthis; "the Muslim-led government" is the story's own.
_BACKED = re.compile(
    r"^(?:al[ -])?[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?-(?:backed|supported|funded|armed|allied|aligned|linked|led|trained|sponsored) (?=[A-Z])"
)
_FAITH = re.compile(
    r"^(?:muslim|shi(?:a|['i]te)|sunni|christian|islamist|hindu|civilian|military|western)-(?:led|backed|dominated|run|supported) (?=government$|government (?:army|forces|troops)$|regime$|army$)",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"(?<=\w) \"[^\"]{2,24}\"(?= [A-Z])")
_ONLY_BACKED = re.compile(r"-(?:backed|supported|funded|armed|sponsored)$")


def read_mention(raw: str, story: Story) -> Reading:
    """The best reading of a mention that is no pronoun."""
    text = " ".join(straight(raw).split()).strip("\"' ,.") or raw
    acronym = ACRONYM.search(text)
    text = ACRONYM.sub("", text)
    text = re.sub(r"(?<=s)'$|'s$", "", text)
    text = _HELD.sub(lambda held: held[1] or f"{held[2]}s", text)
    text = _MOUNTED.sub("", _BY.sub("", _ONLY_BACKED.sub("", text)))
    core = strip_determiners(text, story.patterns).strip()
    core = core if known(core, story) else _NICKNAME.sub("", core)
    if not any(c.isalnum() for c in core):
        return Reading("u:" + raw, "", "other", label=raw)
    owned = text.lower().partition(" ")[0] in story.patterns.owners and " " in text
    reading = (
        known(core, story)
        or known(text, story)
        or known(_BACKED.sub("", core), story)
        or _of_nationality(core, story)
        or of_state(core, story)
        or of_body(core, story)
        or of_leader(core, story)
        or _office_of_one(core, story)
        or (None if owned else home_of(_FAITH.sub("", core), story))
        or (None if owned else home_force(core, story))
        or _republic(core, story)
        or _person_of_place(core, story)
        or person_of(core, story)
        or office_of(core, story)
        or _member(core, story)
        or _state_last(core, story)
        or _person_last(core, story)
        or _part_known(core, story)
        or _site_of(core, story)
        or _unknown(core, story)
    )
    if reading.weak and not text[:4].lower().startswith(("the ", "this", "that")) and not reading.person:
        reading = replace(reading, weak=False)
    if owned and reading.kind == "person" and reading.key is None and not reading.person:
        reading = replace(reading, part_of=None, country=None)  # "her president" is whoever's she is, not the story's
    label = re.sub(r"^(the|a|an) ", "", text, flags=re.IGNORECASE)
    return replace(reading, core=core, label=label, acronym=acronym[1] if acronym else None)


def _of_nationality(core: str, story: Story) -> Reading | None:
    """A known group after the nationality it is of: "Yemeni Houthis", "Lebanese Hezbollah"."""
    first, _, rest = core.partition(" ")
    state = story.register.adjective(first) if rest[:1].isupper() else None
    group = next((e for e in story.register.named(rest, story.day) if e.kind in _GROUPS), None) if state else None
    return from_entry(group, core) if state and group and group.country == state.country else None


_GROUPS = ("rebel", "militia", "terrorist", "party")
# "The Arab Republic of Egypt", "the Kingdom of Saudi Arabia".
_REPUBLIC = re.compile(r"^(?:[A-Z]\w+ )*(?:Republic|Kingdom|State|Sultanate|Federation) of (?:the )?(?=[A-Z])")
_OF_PLACE = re.compile(r" of (?:the )?(?=[A-Z])")


def _republic(core: str, story: Story) -> Reading | None:
    """A state by its full style."""
    style = _REPUBLIC.match(core)
    state = [e for e in story.register.named(core[style.end() :], story.day) if e.kind == "state"] if style else []
    return from_entry(state[0], core) if state else None


def _person_of_place(core: str, story: Story) -> Reading | None:
    """A title and a name with the place of the office after it: "Gov. Anne Bell of Ohio", "President Ba of Mali"."""
    before, place, after = core.partition(cut[0]) if (cut := _OF_PLACE.search(core)) else (core, "", "")
    words = [w.lower().rstrip(".") for w in before.split()]
    titles = story.patterns.titles | story.patterns.person_heads
    if not place or len(words) < 2 or words[0] not in titles or words[-1] in titles | story.patterns.heads.keys():
        return None
    person = person_of(before, story)
    found = state_of(after.split(), story) if person is not None else None
    if person is None or person.part_of or found is None:
        return person
    return replace(person, part_of=found[0].key, country=found[0].country)


_HOUSE = re.compile(r"'s?\s(?:private )?office$")


def _office_of_one(core: str, story: Story) -> Reading | None:
    """ "Prime Minister Netanyahu's office" speaks for his government, "the governor's office" for nobody known."""
    house = _HOUSE.search(core)
    if house is None:
        return None
    whose = core[: house.start()]
    person = person_of(whose, story) or office_of(whose, story)
    state = story.register.get((person.part_of or "").partition("/")[0]) if person else None
    if state is None or state.kind != "state" or (person and person.office == "spokesperson"):
        return None
    return replace(from_entry(state, core), body="government", head="office")


def _member(core: str, story: Story) -> Reading | None:
    """A known group with nouns around it: "Hamas fighters", "the militant group Hamas"."""
    words = core.split()
    p = story.patterns
    if p.set_apart.intersection(core.lower().split()):
        return None
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            if end - start == len(words):
                continue
            name = re.sub(r"'s$", "", " ".join(words[start:end]))
            if not name[:1].isupper() or len(name) < 2 or words[start - 1 : start] == ["in"]:
                continue  # "residents in Po" are none of a party's
            found = [
                e for e in story.register.named(name, story.day, story.countries) if e.kind not in ("person", "state")
            ]
            around = [w for w in words[:start] + words[end:] if w.lower() not in p.members]
            if found and all(_says_no_other(w, story) for w in around):
                if found[0].kind == "civilians" and any(w.lower() in p.bearing_arms for w in around):
                    break  # "Tigrayan rebels" are not the Tigrayans
                if found[0].kind == "media" and not all(p.heads.get(w.lower()) in ("media", "ngo") for w in around):
                    continue
                return replace(from_entry(found[0], core, story.day), head=words[-1].lower())
    return None


_COMPOUND = re.compile(
    r"[\w'-]+-(?:backed|led|linked|allied|aligned|based|controlled|run|affiliated|supported|dominated)"
)


def _says_no_other(word: str, story: Story) -> bool:
    """Whether a word beside a group's name leaves it that group: a noun of fighters, a nationality, "Iran-backed"."""
    plain = word.lower()
    return bool(
        plain in ("of", "from", "the", "in")
        or plain in story.patterns.heads
        or plain in story.patterns.colours
        or _COMPOUND.fullmatch(plain)
        or story.register.adjective(word)
    )


def _state_last(core: str, story: Story) -> Reading | None:
    """A state after what it is called: "opposition backer Turkey", "Nato member Estonia"."""
    words = core.split()
    for start in range(1, len(words)):
        entry = next((e for e in story.register.named(" ".join(words[start:]), story.day) if e.kind == "state"), None)
        if entry is not None and words[start - 1].lower() in story.patterns.called:
            return from_entry(entry, core, story.day)
    return None


# "Rebels led by X" are not X.
_LED = re.compile(r" (?:led by|loyal to|of|under|from|backed by|close to|linked to) ")


def _person_last(core: str, story: Story) -> Reading | None:
    """A known person whose whole name ends a description: "his rival Salva Kiir", "Igor Ivanov, the envoy"."""
    words = core.split(",")[0].split()
    if _LED.search(core.lower()):
        return None
    for start in range(len(words) - 1):
        name = " ".join(words[start:])
        entry = next((e for e in story.register.named(name, story.day) if e.kind == "person"), None)
        if entry is not None and (start == 0 or words[start - 1].islower()):
            return replace(from_entry(entry, core, story.day), person=tuple(words[start:]))
    return None


def _part_known(core: str, story: Story) -> Reading | None:
    """A known group beside its description or owner: "the UN mission, UNSMIL", "Haftar's Libyan National Army"."""
    if story.patterns.set_apart.intersection(core.lower().split()):
        return None
    parts = [p for p in re.split(r", | \(|\) ?|(?<=\w)'s ", core) if p]
    last = story.register.named(parts[-1], story.day) if len(parts) == 2 and "'s " in core else []
    if last and last[0].kind == "person" and " " in parts[-1]:  # "Sinn Fein's Gerry Adams" is he
        return replace(from_entry(last[0], core, story.day), person=tuple(parts[-1].split()))
    for part in reversed(parts if 1 < len(parts) < 4 else []):
        bare = strip_determiners(part, story.patterns)
        found = [
            e
            for e in story.register.named(bare, story.day, story.countries)
            if e.kind not in ("person", "state", "media")
        ]
        if found and bare[:1].isupper():
            return replace(from_entry(found[0], core, story.day), head=core.lower().split()[-1])
    return None


# "Islamic State positions" are those of Islamic State: who hits them hits it.
_SITE = re.compile(
    r"\s(?:positions?|camps?|bases?|targets?|strongholds?|hideouts?|trenches|outposts?|bunkers?|checkpoints?|redoubts?)$"
)


def _site_of(core: str, story: Story) -> Reading | None:
    """A known side by what it holds: "al-Shabaab camps"; a state's camp may be one of refugees."""
    site = _SITE.search(core)
    if site is None or core.islower():
        return None
    side = core[: site.start()]
    found = known(side, story) or of_state(side, story) or _member(side, story)
    if found is None or found.key is None or found.kind == "person" or ("camp" in site[0] and found.kind == "state"):
        return None
    return replace(found, core=core, head=core.lower().split()[-1])


# Fronts and columns with a number are those of guerrillas.
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th) (?:Front|Column|Bloc)\b")


def _unknown(core: str, story: Story) -> Reading:
    """A description that the register does not know, with a kind from its head noun."""
    words = core.split() or [core]
    found = state_of(words, story)
    before = re.split(r" (?:of|for|in|from|at|who|that|with|holding|on|near|to|and) |,", core, maxsplit=1)[0]
    head = (before.split() or words)[-1].lower()
    kind = head_kind(before, story.patterns)
    kind = head_kind(core, story.patterns) if kind == "other" else kind
    if head in story.patterns.fighters and len(words) > 1 and words[-2].endswith(("'s", "s'")):
        kind = "militia"  # "Taylor's men"
    named = (e.kind for e in story.register.named(words[-1], story.day) if e.kind in _GROUPS[:3])
    kind = "rebel" if _NUMBERED.match(before) else next(named, kind) if kind == "other" else kind  # "the Swat Taliban"
    country = found[0].country if found else None
    if found and found[1] == len(words) - 1 and head in story.patterns.set_apart and words[-2].endswith(("'s", "s'")):
        kind, country = ("state" if kind == "other" else kind), None  # "Ukraine's allies" are none of Ukraine's
    return Reading(
        "u:" + core.lower(), core, kind, None, country, head=head,
        weak=(head in story.patterns.generic and len(words) <= 2) or len(words) == 1,
    )  # fmt: skip
