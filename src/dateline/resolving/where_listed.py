"""Which names stand in one list, and so are places of one kind: "Cauca, Nariño and Valle", departments all?"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.knowledge.places import Candidate
from dateline.record import Span

_BETWEEN = frozenset((", ", " and ", ", and ", " or ", ", or "))
_DIVISION = ("ADM1", "RGN")

Scored = Sequence[tuple[float, Candidate]]


def lists(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Names that follow one another with commas and "and" between, two or more, in text order."""
    out: list[list[Span]] = []
    for span in sorted(spans):
        if out and text[out[-1][-1][1] : span[0]] in _BETWEEN:
            out[-1].append(span)
        else:
            out.append([span])
    return [run for run in out if len(run) > 1 and " and " in text[run[0][0] : run[-1][1]]]


def shared_division(listed: Sequence[Scored]) -> str | None:
    """The country whose divisions the names of a list all are, where one of them is nothing else there; else None.

    A capital stays a city: "Kabul and Helmand".
    """
    if any(not scored or scored[0][1].feature == "PPLC" for scored in listed):
        return None
    for country in {c.country for _, c in listed[0] if c.feature in _DIVISION and c.country not in (None, "USA")}:
        own = [[c for _, c in scored if c.country == country and c.matched in ("main", "alias")] for scored in listed]
        if all(any(c.feature in _DIVISION for c in cs) for cs in own) and any(
            all(not c.feature.startswith("PPL") for c in cs) for cs in own
        ):
            return country
    return None


def is_division_of(c: Candidate, country: str) -> bool:
    return c.feature in _DIVISION and c.country == country and c.matched in ("main", "alias")
