"""Which known actors does a name stand for, and who held an office on a day?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from dateline.knowledge.actors.cells import alias_of
from dateline.knowledge.actors.schema import Alias, Entry, Role, Tie

_QUOTES = str.maketrans({"`": "'", "´": "'", "‘": "'", "’": "'", "ʼ": "'", "–": "-", "‐": "-", "‑": "-"})
_INITIALS = re.compile(r"\b([A-Za-z](?:\.[A-Za-z])+\.?)(?!\w)")
_SPACES = re.compile(r"[\s\-]+")
# Letters that are no letter with a mark: "Borge Brende", "Lech Kaczynski".
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)
_NOT_WORD = re.compile(r"[^\w' /+&]+")


@cache
def fold(name: str) -> str:
    """A name as it is looked up: lower case, no accents, one kind of apostrophe, no full stops, no article.

    "The People`s Protection Units" and "People’s Protection Units" fold alike; so do "U.S."
    and "US", "al Qaeda" and "al-Qaeda".
    """
    text = name.translate(_QUOTES)
    if not text.isascii():
        marks = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = unicodedata.normalize("NFC", "".join(c for c in marks if not unicodedata.combining(c)))
    text = _INITIALS.sub(lambda m: m[1].replace(".", ""), text)
    text = _SPACES.sub(" ", _NOT_WORD.sub(" ", text.replace("-", " "))).strip().lower()
    if text.startswith("the "):
        text = text[4:]
    return text


@dataclass(frozen=True, slots=True)
class _Lookups:
    """Entries by folded names and offices."""

    names: dict[str, list[tuple[Entry, Alias]]] = field(default_factory=dict)
    adjectives: dict[str, Entry] = field(default_factory=dict)
    capitals: dict[str, list[tuple[Entry, Alias]]] = field(default_factory=dict)
    forces: dict[str, Entry] = field(default_factory=dict)
    surnames: dict[str, list[Entry]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def put(self, entry: Entry) -> None:
        for alias in (Alias(entry.name), *entry.aliases):
            self.names.setdefault(fold(alias.text), []).append((entry, alias))
        for words, index in (
            (entry.adjectives, self.adjectives),
            (entry.forces, self.forces),
        ):
            for word in words:
                index.setdefault(fold(word), entry)
        for alias in map(alias_of, entry.capitals):
            self.capitals.setdefault(fold(alias.text), []).append((entry, alias))
        if entry.kind == "person":
            self.surnames.setdefault(fold(entry.name).split()[-1], []).append(entry)
        for role in entry.roles:
            self.offices.setdefault((role.role, role.org), []).append(entry)


class Register:
    """Entries by key, with lookups by folded name. Never changed."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries: Mapping[str, Entry] = entries

    @cached_property
    def _by(self) -> _Lookups:
        # Made when first asked: who only looks keys up does not wait for it.
        found = _Lookups()
        for entry in self.entries.values():
            found.put(entry)
        return found

    @cached_property
    def longest(self) -> int:
        """Words of the longest name."""
        return max((name.count(" ") + 1 for name in self._by.names), default=1)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key: str) -> Entry | None:
        return self.entries.get(key)

    def named(self, name: str, day: date | None = None, countries: Iterable[str] = ()) -> list[Entry]:
        """Entries with this name, best first: alive on the day, of a user's pack, of the story's countries (the first before the next), without a day not ended.

        Words in lower case find only names that are written so: "elite forces" are no Elite Forces.
        """
        found = self._by.names.get(fold(name), [])
        if not found:
            return []
        if name.islower():
            found = [(entry, alias) for entry, alias in found if alias.text.islower()]
        if len(found) < 2 and day is None:
            return [entry for entry, _ in found]
        place = {country: n for n, country in enumerate(countries)}

        def rank(pair: tuple[Entry, Alias]) -> tuple[bool, bool, int, bool, bool]:
            entry, alias = pair
            when = day is None or (entry.exists_in(day.year) and _meant(alias, day.year))
            return (
                not when,
                entry.pack is None,
                place.get(entry.country or "", len(place)),
                day is None and entry.last_year is not None,
                entry.name.casefold() != alias.text.casefold(),
            )

        ranked = sorted(found, key=rank)
        return list({entry.key: entry for entry, alias in ranked if day is None or _meant(alias, day.year)}.values())

    def adjective(self, word: str) -> Entry | None:
        """The state of a nationality adjective or people: "Turkish", "Turks"."""
        return self._by.adjectives.get(fold(word))

    def capital(self, name: str, day: date | None = None) -> Entry | None:
        """The state whose government a capital stands for, on a day: Moscow is the Soviet Union's until 1991."""
        found = self._by.capitals.get(fold(name), [])
        then = [e for e, a in found if (a.first_year or a.last_year) and day is not None and _meant(a, day.year)]
        return next(iter(then + [e for e, a in found if not (a.first_year or a.last_year)]), None)

    def forces(self, name: str) -> Entry | None:
        """The state that forces with a name of their own belong to: "IDF", "Tatmadaw"."""
        return self._by.forces.get(fold(name))

    def containing(self, words: str) -> list[Entry]:
        """Entries with these words in a name of theirs, by key."""
        wanted = fold(words)
        found = {e.key: e for name, pairs in self._by.names.items() if wanted and wanted in name for e, _ in pairs}
        return [found[key] for key in sorted(found)]

    def tied_to(self, key: str) -> list[tuple[Entry, Tie]]:
        """Who has a tie to an entry, with the tie: its members, backers, wings."""
        return [(e, t) for e in self.entries.values() for t in e.ties if t.to == key]

    def serving(self, key: str) -> list[tuple[Entry, Role]]:
        """Who has held an office of an entry, with the office."""
        return [(e, r) for e in self.entries.values() for r in e.roles if r.org == key]

    def surname(self, name: str) -> list[Entry]:
        """People with this last name."""
        return self._by.surnames.get(fold(name).split()[-1], []) if fold(name) else []

    def in_office(self, roles: frozenset[str], org: str, day: date | None) -> list[Entry]:
        """Who held one of these offices of an entry on a day, or ever when no day is given."""
        held = {e.key: e for role in sorted(roles) for e in self._by.offices.get((role, org), [])}
        return [
            e
            for e in held.values()
            if any(r.org == org and r.role in roles and (day is None or r.held_on(day)) for r in e.roles)
        ]

    def holders(self, role: str, org: str, day: date | None) -> list[Entry]:
        """Who held an office on a day; without a day nobody, for that would be a guess."""
        if day is None:
            return []
        held = self._by.offices.get((role, org), [])
        return [e for e in held if any(r.role == role and r.org == org and r.held_on(day) for r in e.roles)]


def _meant(alias: Alias, year: int) -> bool:
    return (alias.first_year is None or alias.first_year <= year) and (
        alias.last_year is None or year <= alias.last_year
    )
