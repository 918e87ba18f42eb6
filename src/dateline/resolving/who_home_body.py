"""Which body of the story's country is named only in a title? "Government spokesman Ba" names the government."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.record import Actor, Span
from dateline.resolving.who_cluster import Cluster
from dateline.resolving.who_described import describe
from dateline.resolving.who_inside import Described
from dateline.resolving.who_names import Reading, Story, home_force, home_of


def home_bodies(
    text: str,
    spans: Mapping[int, list[tuple[int, int]]],
    described: Mapping[int, Described],
    known: Mapping[str, str],
    story: Story,
) -> list[Actor]:
    """Governments and forces that persons belong to by their title and that no mention of the record is.

    `spans` and `described` by number of actor, `known` keys -> ids; ids go on after those.
    """
    out: dict[str, Actor] = {}
    taken = {*known.values(), *(f"a{k}" for k in range(1, len(spans) + 1))}
    for n, (_, _, kind, _, part) in described.items():
        state = (part or "").partition("/")[0]
        if kind != "person" or not part or {part, state, f"{state}/government"} & set(known):
            continue
        word = next((w for span in spans[n] for w in _words(text, span) if _names(text[slice(*w)], part, story)), None)
        if word is None:
            continue
        reading = _body(text[slice(*word)], story)
        key, name, body_kind, country, _ = describe(Cluster({0: reading} if reading else {}), story)
        if key and key not in known and key not in out:
            out[key] = Actor(
                id=f"a{len(taken) + len(out) + 1}", key=key, name=name, kind=body_kind, country=country,
                part_of=None, mentions=[word],
            )  # fmt: skip
    return list(out.values())


def _words(text: str, span: Span) -> list[Span]:
    return [(span[0] + m.start(), span[0] + m.end()) for m in re.finditer(r"\w+", text[slice(*span)])]


def _names(word: str, part: str, story: Story) -> bool:
    reading = _body(word, story)
    return reading is not None and reading.key == part


def _body(word: str, story: Story) -> Reading | None:
    return home_force(word.lower(), story) or home_of(word.lower(), story)
