"""What is an actor called? Key, usual name, kind, country and larger actor of a cluster of mentions."""

from __future__ import annotations

from dateline.knowledge.actors import Entry
from dateline.record import ActorKind
from dateline.resolving.who_cluster import Cluster
from dateline.resolving.who_counted import is_number
from dateline.resolving.who_nameless import class_of
from dateline.resolving.who_names import Story

# Key, name, kind, country and larger actor.
Described = tuple[str | None, str, ActorKind, str | None, str | None]

_RULING = frozenset(("government", "regime", "junta", "authorities", "administration"))


def describe(cluster: Cluster, story: Story) -> Described:
    """Key, usual name, kind, country and larger actor of a cluster."""
    readings = list(cluster.readings.values())
    best = next((r for r in readings if r.key), None)
    entry = story.register.get(best.key.partition("/")[0]) if best and best.key else None
    part = next((r.part_of for r in readings if r.part_of), None)
    country = next((r.country for r in readings if r.country), None)
    if best is None or entry is None:
        generic = class_of(readings, story.patterns)
        telling = [r for r in readings if not is_number(r.core)] or readings
        fullest = max(telling, key=lambda r: (len(r.person), len(r.core) if not r.person else 0))
        name = " ".join(fullest.person) or fullest.label or fullest.core
        return generic, name, fullest.kind, country, part
    if entry.kind != "state":
        return entry.key, entry.name, entry.kind, entry.country, part
    if best.body and best.key and "/" in best.key:
        return best.key, _of_body(entry, best.body, story), best.kind, entry.country, part
    adjective = entry.adjectives[0] if entry.adjectives else entry.name
    bodies = [r.body for r in readings if r.key == best.key]
    ruling = any(_RULING & set(r.core.lower().split()) for r in readings)
    own_war = entry.country in ("SYR", story.home) or ruling
    if (all(bodies) and own_war) or (entry.country == "SYR" and any(bodies)):
        return f"{entry.key}/government", f"{adjective} government", "government", entry.country, None
    return entry.key, entry.name, "state", entry.country, None


def _of_body(state: Entry, body: str, story: Story) -> str:
    """ "Mali's army", "Turkish parliament": forces by the country's name, bodies of state by its adjective."""
    if body in story.patterns.forces.values():
        return f"{state.name}'" + ("" if state.name.endswith("s") else "s") + f" {body}"
    return f"{state.adjectives[0] if state.adjectives else state.name} {body}"
