"""Which countries is a text about?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from dateline.knowledge.actors import Register
from dateline.resolving.who_names import straight

_WORD = re.compile(r"[A-Za-zÀ-ž](?:[\w.-]|'(?!s\b))*")
NAME, CAPITAL, GROUP, DATELINE = 1.0, 0.5, 0.5, 2.0


def story_countries(text: str, register: Register) -> Mapping[str, float]:
    """ISO 3166-1 alpha-3 codes with weights that sum to 1, heaviest first; empty when none is named.

    A state's name or demonym counts one, its capital and a known group half;
    a capital in capitals is a dateline and counts two.
    """
    weights: Counter[str] = Counter()
    words = [m[0].rstrip(".-") for m in _WORD.finditer(straight(text))]
    i = 0
    while i < len(words):
        size = 1
        if words[i][:1].isupper():
            for size in range(min(4, len(words) - i), 0, -1):
                country, weight = _country(" ".join(words[i : i + size]), register)
                if country:
                    weights[country] += weight  # type: ignore[assignment]  # Counter of floats
                    break
        i += size
    total = sum(weights.values())
    return {c: w / total for c, w in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))}


def _country(name: str, register: Register) -> tuple[str | None, float]:
    state = register.adjective(name)
    if state:
        return state.country, NAME
    found = register.named(name)
    if found and (found[0].kind != "person" or " " in name) and found[0].kind != "media":
        return found[0].country, NAME if found[0].kind == "state" else GROUP
    state = register.capital(name)
    return (state.country, DATELINE if name.isupper() else CAPITAL) if state else (None, 0.0)
