"""Whose is a person who is named by a name alone after a body's? "The M23's Amina Ba"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.knowledge.actors import Patterns, Register

_OWNS = ("'s", "s'")


def owner_words(words: Sequence[str], register: Register, patterns: Patterns, day: date | None) -> int:
    """How many words name the known body whose a person of two or three names is; 0 where they name none or no person."""
    cut = next((i + 1 for i, w in enumerate(words) if w.endswith(_OWNS)), 0)
    name = words[cut:]
    owner = re.sub(r"'s?$", "", " ".join(words[:cut]))
    body = [e for e in register.named(owner, day) if e.kind != "person"] if cut else []
    loose = patterns.heads.keys() | patterns.members | patterns.titles | patterns.set_apart
    if not body or len(name) not in (2, 3) or any(not w[:1].isupper() or w.lower() in loose for w in name):
        return 0
    # "Brigades" and "Movements" are no surnames, and a known name is known already.
    return 0 if name[-1].endswith("s") or register.named(" ".join(name)) else cut
