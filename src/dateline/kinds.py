"""Kinds: the closed lists of names that a record uses. They load in no time, for those who need no record."""

from __future__ import annotations

from typing import Literal

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["happened", "intended", "demanded", "conditional", "negated", "cancelled"]
Stance = Literal[
    "says", "denies", "accuses", "demands", "pledges", "threatens",
    "condemns", "doubts", "claims-responsibility", "welcomes", "rejects",
]  # fmt: skip
TermForm = Literal["only-if", "if", "unless", "until", "without", "demand"]
RelationKind = Literal["backs", "opposes", "fights", "allied", "part-of", "leads"]
ActorKind = Literal[
    "state", "government", "military", "police", "rebel", "militia", "terrorist",
    "party", "igo", "ngo", "media", "person", "civilians", "other",
]  # fmt: skip
Precision = Literal["exact", "settlement", "near", "route", "district", "province", "country", "region"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Measure = Literal[
    "killed", "injured", "displaced", "refugees", "besieged", "detained", "missing", "captured", "abducted",
    "fighters", "troops", "released", "settlements", "homes", "weapons", "aircraft", "vehicles", "area",
    "distance", "share", "money", "people", "attacks", "violations", "other",
]  # fmt: skip
