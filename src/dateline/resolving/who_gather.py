"""Which mentions are put together as one actor? By what links them, by name, and by what a description repeats."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from dateline.reading.graph import Graph
from dateline.record import ActorKind
from dateline.resolving.who_anew import is_nobody_yet, other_number
from dateline.resolving.who_cluster import Cluster, at_odds, other_victims
from dateline.resolving.who_names import Reading, Story
from dateline.resolving.who_namesakes import namesakes

# A `same` link that is too weak to join two mentions speaks for one from this score on, where only nearness speaks for another.
HINT = 0.4


def hinted_at(graph: Graph) -> dict[int, list[int]]:
    """Mention -> the earlier ones that the model takes it for, the likeliest first, also where it is not sure."""
    out: dict[int, list[int]] = {}
    for k in sorted((k for k in graph.links if k.kind == "same" and k.score >= HINT), key=lambda k: -k.score):
        out.setdefault(k.source, []).append(k.target)
    return out


def gather(
    readings: Mapping[int, Reading],
    same: Mapping[int, int],
    hints: Mapping[int, Sequence[int]],
    apart: Container[tuple[int, int]],
    story: Story,
) -> list[Cluster]:
    """Clusters in order of first mention."""
    clusters: list[Cluster] = []
    by_name: dict[str, Cluster] = {}
    of: dict[int, Cluster] = {}
    for i, reading in readings.items():
        linked = of.get(same.get(i, -1))
        home = None if linked is None or at_odds(linked, reading) else linked
        if home is None or reading.key:  # a name that stood before outweighs a link to a description
            hinted = [of[j] for j in hints.get(i, ()) if j in of]
            home = by_name.get(reading.cluster) or home or _repeat(reading, clusters, hinted, story)
        if home is not None and reading.key is None and any((i, j) in apart for j in home.readings):
            home = None  # nobody is called two things in one act
        others = home.readings.values() if home is not None else ()
        if namesakes(reading, others, story.register) or other_number(reading, others):
            home = None
        if home is None or other_victims(home, reading):
            home = Cluster()
            clusters.append(home)
        by_name.setdefault(reading.cluster, home)
        home.readings[i] = reading
        of[i] = home
    return _one_key_once(clusters)


def _one_key_once(clusters: list[Cluster]) -> list[Cluster]:
    """Clusters of one entry are one actor, however they came apart."""
    first: dict[str, Cluster] = {}
    out = []
    for cluster in clusters:
        keys = sorted({r.key for r in cluster.readings.values() if r.key})
        twin = first.get(keys[0]) if len(keys) == 1 else None
        if twin is not None:
            twin.readings.update(cluster.readings)
            continue
        for key in keys:
            first.setdefault(key, cluster)
        out.append(cluster)
    return out


def _repeat(reading: Reading, clusters: list[Cluster], hinted: Sequence[Cluster], story: Story) -> Cluster | None:
    """The earlier actor that a short description repeats: an office, a head noun, a plural."""
    if reading.label.lower().startswith(("another ", "other ", "one ")):
        return None
    nearest = list(reversed(clusters))
    if reading.kind == "person":
        return next((c for c in nearest if any(_one_office(reading, r) for r in c.readings.values())), None)
    for cluster in nearest:
        if any(_one_head(reading, other, story.patterns.wide) for other in cluster.readings.values()):
            return cluster
    if (
        reading.key
        or reading.head not in story.patterns.generic
        or (" " in reading.core and not reading.core.islower())
    ):
        return None
    one = not reading.head.endswith("s")
    fitting = [
        c
        for c in nearest
        if c.first.kind in _FAMILY.get(reading.kind, ())
        and (c.first.key or not (one and c.first.head.endswith("s")))
        and (c.first.kind != "igo" or reading.head != "coalition")  # no agency of the UN is one
    ]
    if reading.weak:
        return next((c for c in hinted if any(c is f for f in fitting)), fitting[0] if fitting else None)
    if is_nobody_yet(reading.core.lower(), story.patterns):
        return None
    return fitting[0] if len(fitting) == 1 and fitting[0].first.key and " " not in reading.core else None


def _one_office(reading: Reading, other: Reading) -> bool:
    """ "The foreign minister" after "Foreign Minister X", "the secretary" after "Secretary X"."""
    if not reading.office or reading.person or reading.key or other.kind != "person":
        return False
    if reading.part_of not in (None, other.part_of):
        return False
    words = other.core.lower().split()
    if reading.part_of is None and not all(w in words for w in reading.core.lower().split()[:-1]):
        return False  # "the rebel spokesman" is no "army spokesman"
    return other.office == reading.office or reading.head in words


_ARMED: tuple[ActorKind, ...] = ("rebel", "militia", "terrorist")
_FAMILY: Mapping[str, tuple[ActorKind, ...]] = {
    "rebel": _ARMED, "militia": _ARMED, "terrorist": _ARMED,
    "party": ("party", "igo", *_ARMED), "ngo": ("ngo", "igo", "media"),
    "igo": ("igo", "ngo"), "media": ("media",), "military": ("military", "igo"),
    "government": ("igo",),
}  # fmt: skip


def _one_head(reading: Reading, other: Reading, wide: frozenset[str]) -> bool:
    """A bare noun and a description with the same noun, either first: "rebels", "Turkey-backed rebels"."""
    if not reading.core or not other.core or reading.kind == "state" or other.kind in ("state", "person"):
        return False
    if not (reading.core.split()[-1].islower() and other.core.split()[-1].islower()):
        return False
    heads = reading.core.lower().split(), other.core.lower().split()
    if _singular(heads[0][-1]) != _singular(heads[1][-1]) or heads[0][-1] in wide:
        return False
    if reading.key and other.key and reading.key != other.key:
        return False
    return heads[0] == heads[1] or min(map(len, heads)) == 1


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
