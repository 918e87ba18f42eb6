"""Which stances make a position on an event, and which of them assert or dispute it? And how finely may a place be known?"""

from __future__ import annotations

POSITIONS = frozenset(
    ("says", "accuses", "claims-responsibility", "denies", "doubts", "rejects", "condemns", "welcomes")
)
DISPUTES = frozenset(("denies", "doubts", "rejects"))
ASSERTS = frozenset(("says", "accuses", "claims-responsibility"))
# From the finest; a finer place is preferred to one that holds it.
PRECISIONS = ("exact", "settlement", "near", "route", "district", "province", "region", "country")
