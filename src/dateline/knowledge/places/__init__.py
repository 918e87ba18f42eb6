"""Which places are there, and what are they called?

The gazetteer answers for a name: every place that bears it, in the packages' data or in
our own tables of news spellings, regions, camps, crossings and dams. Choosing among them
is the work of `resolving/where.py`.
"""

from __future__ import annotations

from dateline.knowledge.places.build import is_built
from dateline.knowledge.places.formats import read_gazetteer
from dateline.knowledge.places.gazetteer import Gazetteer, load
from dateline.knowledge.places.imported import imported, remove, store
from dateline.knowledge.places.rows import Candidate, Row, distance_km

__all__ = [
    "Candidate",
    "Gazetteer",
    "Row",
    "distance_km",
    "imported",
    "is_built",
    "load",
    "read_gazetteer",
    "remove",
    "store",
]
