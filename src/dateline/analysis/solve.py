"""What do terms imply together? The facts of a board, put to the rules of `truce.lp`, which clingo solves.

Steps and positions are numbers here; `truce` says what they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import clingo
import networkx as nx

RULES = (Path(__file__).parent / "truce.lp").read_text(encoding="utf-8")
# Of several smallest answers, so many are given.
MOST = 8
# A larger circle gets guarantees that break it, not surely the fewest (`Circle.fewest` says which).
LARGEST = 30


@dataclass(frozen=True)
class Facts:
    """A board in numbers. Pairs are (position, step), `covers` and edges are (step, step)."""

    gives: frozenset[tuple[int, int]]
    needs: frozenset[tuple[int, int]]
    gifts: frozenset[int]
    met: frozenset[int]
    refused: frozenset[int]
    asked: frozenset[int]
    leans: frozenset[int]
    covers: frozenset[tuple[int, int]]
    strict: frozenset[int] = frozenset()

    def text(self) -> str:
        """The facts as clingo reads them, in a fixed order."""
        lines = [f"gives({t},{s})." for t, s in sorted(self.gives)]
        lines += [f"need({t},{s})." for t, s in sorted(self.needs)]
        lines += [f"covers({r},{s})." for r, s in sorted(self.covers) if r != s]
        for name, steps in (("gift", self.gifts), ("met", self.met), ("refused", self.refused), ("asked", self.asked), ("leans", self.leans)):  # fmt: skip
            lines += [f"{name}({s})." for s in sorted(steps)]
        return "\n".join(lines)


@dataclass(frozen=True)
class Circle:
    """Steps each of which waits for another of them."""

    steps: tuple[int, ...]
    guarantees: tuple[tuple[int, ...], ...]
    fewest: bool
    # Positions along the shortest way round that wants one step done before the next; empty when all can go at once.
    strict: tuple[int, ...] = ()


@dataclass(frozen=True)
class Fixed:
    """What follows: steps done when nobody moves but those who can, when those asked comply too, and what is out of reach."""

    alone: frozenset[int]
    follow: frozenset[int]
    lost: frozenset[int]
    circles: tuple[Circle, ...] = field(default=())
    waits: Mapping[int, frozenset[int]] = field(default_factory=dict)


def _models(parts: Sequence[str], facts: str, shown: str, options: Sequence[str] = ()) -> list[frozenset[int]]:
    """The answer sets, each as the numbers of the shown atom; of optimisation problems only the proven best."""
    control = clingo.Control(["--warn=none", *options])
    control.add("base", [], "#defined gives/2. #defined need/2. #defined gift/1. #defined met/1. #defined refused/1. #defined asked/1. #defined leans/1. #defined covers/2. #defined suppose/0. #defined waits/2. #defined member/2.")  # fmt: skip
    control.add("base", [], facts)
    control.add("base", [], RULES)
    control.ground([(p, []) for p in ("base", *parts)])
    found: list[frozenset[int]] = []
    with control.solve(yield_=True) as answers:
        for model in answers:
            if not model.cost or model.optimality_proven:
                found.append(frozenset(a.arguments[0].number for a in model.symbols(shown=True) if a.name == shown))
    return found


def fixed_points(facts: Facts) -> Fixed:
    """Least against greatest fixed point, and the circles between them."""
    text = facts.text()
    alone = _models(["least"], text, "done")[0]
    follow = _models(["least"], text + "\nsuppose.", "done")[0]
    lost = _models(["greatest"], text, "lost")[0]
    waits = _waits(facts, follow)
    return Fixed(alone, follow, lost, tuple(_circles(facts, waits)), waits)


def _waits(facts: Facts, done: frozenset[int]) -> dict[int, frozenset[int]]:
    """Offered step -> the offered steps that it waits for, among those that do not follow by themselves."""
    offered = {s for _, s in facts.gives} - done
    by_cover: dict[int, set[int]] = {}
    for r, s in facts.covers:
        if r in offered and r != s:
            by_cover.setdefault(s, set()).add(r)
    needs: dict[int, set[int]] = {}
    for t, s in facts.needs:
        needs.setdefault(t, set()).add(s)
    out: dict[int, set[int]] = {}
    for t, s in facts.gives:
        for r in needs.get(t, ()):
            if s in offered and r not in done:
                out.setdefault(s, set()).update({r} if r in offered else by_cover.get(r, ()))
    return {s: frozenset(r - {s}) for s, r in out.items()}


def _circles(facts: Facts, waits: Mapping[int, frozenset[int]]) -> Iterable[Circle]:
    graph = nx.DiGraph([(s, r) for s, found in sorted(waits.items()) for r in sorted(found)])
    for steps in sorted(sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1):
        guarantees, fewest = _guarantees(steps, waits)
        yield Circle(tuple(steps), guarantees, fewest, _strict_round(facts, graph.subgraph(steps), waits))


def _guarantees(steps: Sequence[int], waits: Mapping[int, frozenset[int]]) -> tuple[tuple[tuple[int, ...], ...], bool]:
    if len(steps) > LARGEST:
        return (tuple(_greedy(steps, waits)),), False
    inside = set(steps)
    lines = [f"circle({s})." for s in steps] + [f"waits({s},{r})." for s in steps for r in sorted(waits[s] & inside)]
    best = _models(["guarantees"], "\n".join(lines), "guarantee", ["--opt-mode=optN", "0"])
    return tuple(sorted({tuple(sorted(m)) for m in best})[:MOST]), True


def _greedy(steps: Sequence[int], waits: Mapping[int, frozenset[int]]) -> list[int]:
    """Guarantees that break a circle: again and again the step that most others wait for."""
    left, out = nx.DiGraph([(s, r) for s in steps for r in waits[s] if r in set(steps)]), []
    while left and not nx.is_directed_acyclic_graph(left):
        step = min(left.nodes, key=lambda n: (-min(left.in_degree(n), left.out_degree(n)), n))
        out.append(step)
        left.remove_node(step)
        left.remove_nodes_from([n for n in list(left.nodes) if not left.in_degree(n) or not left.out_degree(n)])
    return sorted(out)


def _strict_round(facts: Facts, graph: nx.DiGraph, waits: Mapping[int, frozenset[int]]) -> tuple[int, ...]:
    """Positions of the shortest circle in which one wants its requirement done first; none when there is no such."""
    needs: dict[int, set[int]] = {}
    for t, s in facts.needs:
        needs.setdefault(t, set()).add(s)
    of_edge: dict[tuple[int, int], int] = {}
    for t, s in sorted(facts.gives, key=lambda x: (x[0] not in facts.strict, x)):
        for r in needs.get(t, ()):
            for q in {r, *(a for a, b in facts.covers if b == r)} & waits.get(s, frozenset()):
                of_edge.setdefault((s, q), t)
    rounds = []
    for s, r in sorted(graph.edges):
        if of_edge.get((s, r)) in facts.strict:
            way = [s, *nx.shortest_path(graph, r, s)]
            rounds.append(tuple(sorted({of_edge[e] for e in zip(way, way[1:], strict=False)})))
    return min(rounds, key=lambda x: (len(x), x), default=())


def fewest_dropped(sets: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The smallest choices of positions such that every colliding set loses one."""
    if not sets:
        return ()
    facts = "\n".join(f"member({i},{t})." for i, members in enumerate(sets) for t in members)
    best = _models(["drop"], facts, "drop", ["--opt-mode=optN", str(MOST * 4)])
    return tuple(sorted({tuple(sorted(m)) for m in best}))[:MOST]
