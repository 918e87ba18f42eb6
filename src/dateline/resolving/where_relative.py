"""What does a phrase about a place say beside the name?

"northern Syria", "40 km east of Aleppo", "the Syrian-Turkish border", "between A and B",
"the road from A to B", "the village of X", "X province": the names in the phrase, how the
place lies to them, and the kind of place that the words ask for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dateline.knowledge.places.tables import place_words
from dateline.record import Precision, Span
from dateline.resolving.numerals import number_pattern, value_of

Relation = Literal["at", "part", "near", "offset", "border", "between", "route"]

_POINTS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
           "west": 270.0, "northwest": 315.0}  # fmt: skip
_POINT = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
_KM = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609344, "mi": 1.609344}
_EDGE = r"(?:outskirts|suburbs?|edges?|fringes?|entrance|gates|approaches|countryside|environs|vicinity)"
_UNIT = re.compile(r"km|kilomet|mi(?:les?)?\b", re.IGNORECASE)
_DISTANCE = re.compile(
    rf"(?P<n>\d+(?:[.,]\d+)?|{number_pattern()})[ -]?(?P<unit>km|kilomet(?:re|er)|mile|mi)s?\b(?: \([^)]*\))?"
    rf"(?: (?:away |further |due )?(?:to the )?(?P<point>{_POINT}))?(?: away)?"
    r"(?: of| from| outside(?: of)?)(?: the)?(?: (?:town|city|village|capital|centre|center)(?: of)?)? $", re.IGNORECASE
)  # fmt: skip
_TOWARDS = re.compile(rf"\b(?P<point>{_POINT})(?: of)(?: the)?(?: (?:town|city|village) of)? $", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near(?: to)?|close to|(?:just )?outside(?: of)?|around|next to|adjacent to|beside|not far from|a short distance from|"
    rf"(?:(?P<point>{_POINT})(?:ern)? )?{_EDGE} of)(?: the)?"
    # "near the besieged northern town of Menagh", "near Ukraine's second city of Kharkiv"
    r"(?: (?:[A-Z]\w+['’]s )?(?:[a-z-]+ ){0,3}?(?:town|city|village|port|capital|hamlet|settlement) of)? $",
    re.IGNORECASE,
)
_OWNS_TOWN = re.compile(r"['’]s (?:[a-z-]+ ){0,3}?(?:town|city|village|port|hamlet|settlement|capital)\b")
_PART = re.compile(
    rf"\b(?P<point>{_POINT})(?:ern)?(?:most)?"
    r"(?: (?:part|parts|half|side|corner|tip|end|reaches|districts|areas) of| of)?(?: the)?[ -]$", re.IGNORECASE
)  # fmt: skip
# "Aleppo's northern countryside", "the Homs outskirts".
_PART_AFTER = re.compile(
    rf"(?:['’`]s?)?(?: (?P<point>{_POINT})(?:ern)?(?:most)?)?"
    rf" (?:(?P<edge>{_EDGE})|(?P<part>districts|neighbou?rhoods|quarters|parts|areas|provinces|regions|villages|half|side))\b"
)
_LEADING = re.compile(
    rf"^(?:the |in |at |from )*(?:(?:near|around|outside) (?:the )?)?"
    rf"(?:(?P<point>{_POINT})(?:ern)?(?:most)? (?:part of |parts of )?(?:the )?)?",
    re.IGNORECASE,
)  # fmt: skip
# "Northern State" is called so; it is no part of a State.
_DIVISION = re.compile(
    rf"(?:{_POINT})(?:ern)? (?:State|Province|Region|District|Governorate|County|Division|Department)", re.IGNORECASE
)
_HEAD = re.compile(r"\b(?P<head>[a-z]+) of (?:the )?$", re.IGNORECASE)
_TAIL = re.compile(r"^[ -](?P<words>(?:[A-Za-z]+ ){0,2}?(?P<last>[A-Za-z]+))\b")
# ", Grayson and Love counties": the kind is said once, at the end of the list.
_LISTED = re.compile(r"(?:(?:, and |, | and | or )[A-Z][\w'’`-]+(?: [A-Z][\w'’`-]+){0,2})+ (?P<kind>[a-z]+s)\b")
_BORDER = re.compile(
    r"^(?:the )?(?P<a>[A-Z][\w' ]*?)\s?[-–](?P<b>[A-Z][\w' ]*?) (?:border|frontier)(?: area| region)?$|"
    r"^(?:the )?(?:border|frontier) (?:between )(?P<c>[A-Z].*?) and (?P<d>[A-Z].*)$"
)
_ROUTE = re.compile(
    r"^(?:the )?(?:(?:main )?(?:road|highway|route) (?:from |between |linking )?)?"
    r"(?P<a>[A-Z].*?)(?:(?<!\b[ae]l)-| to | and | with )"
    r"(?P<b>[A-Z].*?)(?: (?:road|highway|route))?$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`names`: spans of one name, or two for a border or road. `bearing_deg`: from north, clockwise.

    `words`: from the word that modifies the name to the one that says its kind: "northern Aleppo province".
    """

    span: Span
    names: tuple[Span, ...]
    relation: Relation = "at"
    bearing_deg: float | None = None
    offset_km: float | None = None
    features: tuple[str, ...] = ()
    words: Span = (0, 0)


def read_phrase(text: str, span: Span, known: Callable[[str], bool] = lambda name: False) -> Phrase:
    """Takes a toponym span apart, with up to 60 code points before it and 30 after.

    `known` says whether a name is one whole: "North Dakota" is no part of a Dakota.
    """
    start, end = span
    inside = text[start:end]
    two = None if known(inside) else _two_names(text, span)
    if two:
        return two
    lead = None if known(inside) or _DIVISION.fullmatch(inside) else _LEADING.match(inside)
    cut = lead.end() if lead and lead.end() < len(inside) and inside[lead.end()].isupper() else 0
    point = lead["point"] if lead and cut else None
    name_end = _name_end(text, start + cut, end, known)
    name = (start + cut, name_end)
    before = text[max(0, start + cut - 60) : start + cut]
    features = _features(text, name, before)
    bearing = _bearing(point)
    measured = _DISTANCE.search(before) if _UNIT.search(before) else None
    if (m := measured) and (n := value_of(m["n"])) is not None:
        km = round(n * _KM[m["unit"].lower()], 3)
        return Phrase(span, (name,), "offset", _bearing(m["point"]), km, features, _words(text, span, before, m))
    owner = _OWNS_TOWN.match(text, name_end, name_end + 50)
    if not owner and (m := _TOWARDS.search(before) or _NEAR.search(before)):
        bearing = _bearing(m.groupdict().get("point"))
        return Phrase(span, (name,), "near", bearing, None, features, _words(text, span, before, m))
    after = _PART_AFTER.match(text, name_end, name_end + 40)
    if after and bearing is None and (after["edge"] or after["point"]):
        relation: Relation = "near" if after["edge"] else "part"
        words = (span[0], max(span[1], after.end()))
        return Phrase(span, (name,), relation, _bearing(after["point"]), None, features, words)
    part = _PART.search(before) if bearing is None else None
    if part:
        bearing = _bearing(part["point"])
    words = _words(text, span, before, part)
    words = (words[0], max(words[1], name_end))
    return Phrase(span, (name,), "at" if bearing is None else "part", bearing, None, features, words)


def _name_end(text: str, start: int, end: int, known: Callable[[str], bool]) -> int:
    """Where the name ends: with the word after it where the gazetteer has both, before its lower-case words where not."""
    if (m := re.match(r" [a-z]+\b", text[end : end + 20])) and known(text[start : end + m.end()]):
        return end + m.end()
    if known(text[start:end]):
        return end
    while (word := text[start:end].rpartition(" "))[1] and word[2].islower() and not word[2].startswith("al-"):
        end = start + len(word[0])
    return end


def _words(text: str, span: Span, before: str, modifier: re.Match[str] | None) -> Span:
    start = span[0] - (len(before) - modifier.start()) if modifier else span[0]
    tail = re.match(r" ([a-z]+)\b", text[span[1] : span[1] + 20])
    known = tail and tail[1] in place_words().features
    return start, span[1] + (tail.end() if tail and known else 0)


def _bearing(point: str | None) -> float | None:
    return _POINTS[point.lower().replace("-", "").replace(" ", "")] if point else None


def _two_names(text: str, span: Span) -> Phrase | None:
    start, end = span
    inside = text[start:end]
    tail = re.match(r" (border|frontier|road|highway)\b", text[end : end + 12])
    if m := _BORDER.match(inside + (tail[0] if tail and "r" in tail[1][:2] else "")):
        groups = ("a", "b") if m["a"] else ("c", "d")
        return Phrase(span, tuple((start + m.start(g), start + m.end(g)) for g in groups), "border", words=span)
    before = text[max(0, start - 30) : start].lower()
    road = bool(re.search(r"\b(road|highway|route)\b", inside)) or bool(tail and tail[1] in ("road", "highway"))
    if (road or before.endswith(("between ", "road from "))) and (m := _ROUTE.match(inside)):
        relation: Relation = "route" if road or "road" in before else "between"
        return Phrase(span, tuple((start + m.start(g), start + m.end(g)) for g in ("a", "b")), relation, words=span)
    return None


def _features(text: str, name: Span, before: str) -> tuple[str, ...]:
    """Feature codes that "village of" before or "province" after the name asks for."""
    words = place_words().features
    own = text[name[0] : name[1]].rpartition(" ")[2].lower()
    if m := _TAIL.match(text[name[1] : name[1] + 30]):
        for word in (m["words"].split()[0].lower(), m["last"].lower()):
            if word in words:
                return words[word]
            if word.endswith("s") and _singular(word) in words:
                return words[_singular(word)]
        if re.match(r" (military|international|air) (air)?(port|base|field)", text[name[1] :]):
            return ("AIRB", "AIRP")
        if re.match(r" refugee camp", text[name[1] :]):
            return ("CMP",)
    if own in words:
        return words[own]
    if (m := _LISTED.match(text, name[1], name[1] + 120)) and (one := _singular(m["kind"])) in words:
        return words[one]
    if (m := _HEAD.search(before)) and m["head"].lower() in words:
        return words[m["head"].lower()]
    return ()


_PART_OF_NAME = re.compile(r"([^\W\d_]['’])?([^\W\d_])([^\W\d_]*(?:['’][^\W\d_]+)?)")
_SMALL = frozenset(("De", "La", "Del", "Es", "Of", "The", "Au", "Al", "El", "Du", "Da"))


def spelt(name: str) -> str:
    """A name as it stands within a text: "Port Sudan" of a dateline's "PORT SUDAN"; an acronym stays."""
    if not name.isupper() or not re.search(r"[^\W\d_]{4}", name):
        return name
    words = _PART_OF_NAME.sub(lambda m: (m[1] or "") + m[2] + m[3].lower(), name)
    return re.sub(r"(?<=[ -])[A-Z][a-z]+", lambda m: m[0].lower() if m[0] in _SMALL else m[0], words)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def shifted(lat: float, lon: float, bearing_deg: float, km: float) -> tuple[float, float]:
    """The point `km` away on that bearing, on a flat map: right to a per cent within 500 km."""
    angle = math.radians(bearing_deg)
    dlat = km * math.cos(angle) / 111.2
    dlon = km * math.sin(angle) / (111.2 * max(0.05, math.cos(math.radians(lat))))
    return round(max(-90.0, min(90.0, lat + dlat)), 4), round((lon + dlon + 180) % 360 - 180, 4)


def part_precision(whole: Precision) -> Precision:
    """How precise "northern X" is, where X is that precise."""
    if whole in ("country", "region"):
        return "region"
    return "district" if whole in ("province", "district") else "near"
