"""The label sets of the model's heads, in the order of its outputs.

Changing an order means training anew: the model's metadata holds a digest of this file's
tables and refuses to load under others.
"""

from __future__ import annotations

import hashlib
from typing import get_args

from dateline.record import EventType, Measure, RelationKind, Stance, Status, TermForm

TYPES: tuple[str, ...] = get_args(EventType)
STATUSES: tuple[str, ...] = get_args(Status)
STANCES: tuple[str, ...] = get_args(Stance)
MEASURES: tuple[str, ...] = get_args(Measure)
FORMS: tuple[str, ...] = get_args(TermForm)
RELATIONS: tuple[str, ...] = get_args(RelationKind)

# PLOVER modes by type (PLOVER codebook, 2023); `territory` is ours.
MODES_OF: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional", "territory",
    ),
}  # fmt: skip
MODES: tuple[str, ...] = ("none", *(f"{t}/{m}" for t, ms in MODES_OF.items() for m in ms))

# Label heads: name -> labels. A span's kind says which heads answer for it.
LABEL_HEADS: dict[str, tuple[str, ...]] = {
    "type": TYPES,
    "status": STATUSES,
    "mode": MODES,
    "stance": STANCES,
    "measure": MEASURES,
    "cumulative": ("no", "yes"),
    "form": FORMS,
    "optional": ("no", "yes"),
}
HEADS_OF: dict[str, tuple[str, ...]] = {
    "trigger": ("type", "status", "mode", "optional"),
    "cue": ("stance",),
    "figure": ("measure", "cumulative"),
    "requirement": ("form",),
}

# Kinds of span that are tagged token by token, three outputs each: outside, begin, inside.
TAGGED: tuple[str, ...] = ("trigger", "actor", "place", "date", "figure", "cue", "commitment", "requirement")

# Pair heads: name, kind of source mark, kind of target mark, outputs.
PAIRS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("event_actor", "trigger", "actor", ("actor", "recipient")),
    ("event_place", "trigger", "place", ("place",)),
    ("event_date", "trigger", "date", ("date",)),
    ("cue_actor", "cue", "actor", ("speaker",)),
    ("requirement_actor", "requirement", "actor", ("party",)),
    ("requirement_commitment", "requirement", "commitment", ("commitment",)),
    ("actor_actor", "actor", "actor", ("same", *RELATIONS)),
)


def digest() -> str:
    """Digest of every table above."""
    tables = (LABEL_HEADS, HEADS_OF, RELATIONS, TAGGED, PAIRS)
    return hashlib.sha256(repr(tables).encode()).hexdigest()[:16]
