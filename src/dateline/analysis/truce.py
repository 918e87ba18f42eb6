"""The truce board: from all terms in force on a day, what they imply together, each conclusion with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.analysis import solve
from dateline.analysis.acts import Vocabulary, load
from dateline.analysis.met import Judgement, judge, seen
from dateline.analysis.needs import WITH_OBJECT, Step
from dateline.analysis.parties import THIRD, Parties, gather
from dateline.analysis.positions import Position, positions
from dateline.analysis.scope import Apart, Scope, apart
from dateline.analysis.standing import Change, Standing, changes, standing
from dateline.record import Record


@dataclass(frozen=True, slots=True)
class Required:
    """One step that somebody asks for, and whether it was done."""

    step: Step
    asked_by: tuple[str, ...]
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Collision:
    """Positions that cannot hold together: `order` when each wants the other to go first."""

    positions: tuple[Position, ...]
    order: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A demand and a refusal of one step that do not collide, for their areas or their days cannot overlap."""

    asking: Position
    refusing: Position
    why: Apart
    asked: Scope


@dataclass(frozen=True, slots=True)
class Round:
    """A circle: each of these steps waits for another of them."""

    steps: tuple[Step, ...]
    guarantees: tuple[tuple[Step, ...], ...]
    fewest: bool
    at_once: bool
    blocked_by: tuple[Position, ...]


@dataclass(frozen=True)
class Board:
    """What the terms in force on a day imply together.

    `alone` can be done now, `asked` are steps that nobody has offered or refused, `follow` come one by
    one after those, `at_once` only together, `blocked` not at all while a pledge stands.
    Were all steps asked for done at the same moment, `satisfied` terms would be met and `offended` pledges broken.
    """

    on: date | None
    parties: Parties
    standing: Standing
    required: tuple[Required, ...]
    together: bool
    collisions: tuple[Collision, ...]
    elsewhere: tuple[Elsewhere, ...]
    drop: tuple[tuple[Position, ...], ...]
    waits: tuple[tuple[Step, Step], ...]
    alone: tuple[Step, ...]
    asked: tuple[Step, ...]
    follow: tuple[Step, ...]
    at_once: tuple[Step, ...]
    blocked: tuple[tuple[Step, tuple[Position, ...]], ...]
    circles: tuple[Round, ...]
    satisfied: tuple[Position, ...]
    offended: tuple[Position, ...]
    changes: tuple[Change, ...]

    @property
    def first_mover(self) -> bool:
        """Whether any party that stated terms can move now."""
        return bool(self.alone)


def all_positions(records: Iterable[Record], parties: Parties) -> tuple[Position, ...]:
    """The positions of many records."""
    return tuple(p for r in records for p in positions(r, parties))


def board(records: Sequence[Record], on: date | None = None) -> Board:
    """The board at the end of a day; None is the last day on which a party spoke or a report came."""
    known = [r for r in records if on is None or r.report.published is None or r.report.published <= on]
    known.sort(key=lambda r: (r.report.published or date.min, r.report.id))
    day = on or max((r.report.published for r in known if r.report.published), default=None)
    parties = gather(known)
    found = _wanted(all_positions(known, parties), parties)
    now = standing(found, day)
    return _Board(known, parties, found, now, day).made()


def _wanted(found: Sequence[Position], parties: Parties) -> tuple[Position, ...]:
    """Without what outsiders offer and nobody asks for: a mediator's offer moves neither side."""
    asked = {s.act for p in found for s in p.asked()}
    acts = load().acts

    def outside(p: Position) -> bool:
        act = p.gives.act if p.gives else ""
        return not parties.is_side(p.party) or (act in acts and acts[act].doer == "third")

    return tuple(p for p in found if p.kind != "gift" or not outside(p) or (p.gives and p.gives.act in asked))


class _Board:
    """One board being worked out; numbers for steps and positions."""

    def __init__(
        self, records: Sequence[Record], parties: Parties, found: Sequence[Position], now: Standing, on: date | None
    ) -> None:
        self.words: Vocabulary = load()
        self.parties, self.found, self.now, self.on = parties, found, now, on
        self.positions = [p for p in now.in_force if p.kind != "threat"]
        self.steps = sorted({s for p in self.positions for s in (*p.asked(), *((p.gives,) if p.gives else ()))})
        self.number = {s: i for i, s in enumerate(self.steps)}
        self.covers = frozenset(self._all_covers())
        self.asking: Mapping[Step, list[tuple[Position, Scope]]] = self._asking()
        self.elsewhere: dict[tuple[int, int], Elsewhere] = {}
        self.required = self._required(records)
        self.facts = self._facts()

    # Facts

    def _all_covers(self) -> Iterable[tuple[int, int]]:
        of_doer: dict[str, list[Step]] = defaultdict(list)
        for s in self.steps:
            of_doer[s.doer].append(s)
        third = [s for s in self.steps if s.doer == THIRD]
        for s in self.steps:
            for other in of_doer[s.doer]:
                if s != other and other.act in self.words.done_with(s.act) and _same_object(s, other):
                    yield self.number[s], self.number[other]
            if s.doer != THIRD and not self.parties.is_side(s.doer):
                yield from ((self.number[s], self.number[t]) for t in third if t.act == s.act and _same_object(s, t))

    def _asking(self) -> Mapping[Step, list[tuple[Position, Scope]]]:
        """Step -> who asks for it, where and when."""
        out: dict[Step, list[tuple[Position, Scope]]] = defaultdict(list)
        for p in self.positions:
            for n in p.needs:
                for s in n.steps:
                    out[s].append((p, n.scope))
        return out

    def _required(self, records: Sequence[Record]) -> tuple[Required, ...]:
        events = seen(records, self.parties)
        askers: dict[Step, list[Position]] = defaultdict(list)
        for p in self.positions:
            for s in p.asked():
                askers[s].append(p)
        first: dict[tuple[str, str, str], date] = {}
        for p in self.found:
            for s in p.asked():
                key = (p.party, s.doer, s.act)
                first[key] = min(first.get(key, date.max), p.day or date.min)
        out = []
        for s, asking in sorted(askers.items()):
            party = asking[0].party
            since = min(first[p.party, s.doer, s.act] for p in asking)
            out.append(Required(s, tuple(sorted({p.party for p in asking})), judge(s, party, since, self.on, events)))
        return tuple(out)

    def _facts(self) -> solve.Facts:
        n = self.number
        terms = [(i, p) for i, p in enumerate(self.positions) if p.kind == "term"]
        gives = frozenset((i, n[p.gives]) for i, p in terms if p.gives)
        needs = frozenset((i, n[s]) for i, p in terms for s in p.asked())
        refused = {
            s for p in self.positions if p.kind == "pledge" for s in range(len(self.steps)) if self._refuses(p, s)
        }
        gifts = frozenset(n[p.gives] for p in self.positions if p.kind == "gift" and p.gives)
        met = frozenset(n[r.step] for r in self.required if r.judgement.state == "met") - refused
        offered = {s for _, s in gives} | gifts
        covered = {s for r, s in self.covers if r in offered}
        asked = {s for _, s in needs} - offered - refused - met - covered
        leans = covered - offered - refused
        strict = frozenset(i for i, p in terms if p.strict)
        return solve.Facts(gives, needs, gifts, met, frozenset(refused), frozenset(asked), frozenset(leans), self.covers, strict)  # fmt: skip

    def _refuses(self, p: Position, s: int) -> bool:
        """Whether doing the step would break the pledge, where and when anybody asks for it."""
        asked = self.asking.get(self.steps[s], ())
        return self._same_act(p, s) and (not asked or any(apart(p.scope, where) is None for _, where in asked))

    def _same_act(self, p: Position, s: int) -> bool:
        """Whether the step is what the pledge refuses, wherever and whenever."""
        step, refused = self.steps[s], p.gives
        if refused is None:
            return False
        if step.doer == THIRD:
            act = self.words.acts.get(step.act)
            return bool(act and act.doer == "third" and refused.act == step.act)
        same = step.doer == refused.doer and refused.act in self.words.done_with(step.act)
        return same and (step.act == refused.act or step.act in self.words.acts) and _same_object(step, refused)

    # Conclusions

    def made(self) -> Board:
        fixed = solve.fixed_points(self.facts)
        offered = {s for _, s in self.facts.gives} | self.facts.gifts
        circles = self._rounds(fixed)
        ring = {s for c in fixed.circles for s in c.steps}
        collisions = self._collisions(fixed)
        where = {id(p): i for i, p in enumerate(self.positions)}
        sets = [tuple(where[id(p)] for p in c.positions) for c in collisions]
        stuck = {s for c in fixed.circles if c.strict for s in c.steps}
        waiting = {
            s for t, s in self.facts.gives if any(r not in self.facts.met for u, r in self.facts.needs if u == t)
        }
        alone = (offered & fixed.alone) - waiting
        follow = (offered & fixed.follow) - alone
        at_once = (offered & ring) - fixed.lost
        blocked = sorted((offered & fixed.lost) | (self.facts.refused & {s for _, s in self.facts.needs}))
        done = self.facts.met | self.facts.gifts
        pairs = {
            (s, r)
            for t, s in self.facts.gives
            for u, r in self.facts.needs
            if u == t and r not in done and s not in done
        }
        wait = [(self.steps[s], self.steps[r]) for s, r in sorted(pairs)]
        return Board(
            on=self.on, parties=self.parties, standing=self.now, required=self.required,
            together=not collisions, collisions=tuple(collisions), elsewhere=tuple(self.elsewhere.values()),
            drop=tuple(tuple(self.positions[i] for i in d) for d in solve.fewest_dropped(sets)),
            waits=tuple(wait), alone=self._named(alone), asked=self._named(self.facts.asked),
            follow=self._named(follow - stuck), at_once=self._named(at_once - stuck),
            blocked=tuple((self.steps[s], self._blockers(s)) for s in blocked), circles=circles,
            satisfied=self._satisfied(collisions), offended=tuple(p for p in self.positions if p.kind == "pledge" and any(p in c.positions for c in collisions)),
            changes=changes(self.found, self.on) if self.on else (),
        )  # fmt: skip

    def _named(self, steps: Iterable[int]) -> tuple[Step, ...]:
        return tuple(self.steps[s] for s in sorted(steps))

    def _rounds(self, fixed: solve.Fixed) -> tuple[Round, ...]:
        return tuple(
            Round(
                self._named(c.steps), tuple(self._named(g) for g in c.guarantees), c.fewest, not c.strict,
                tuple(dict.fromkeys(p for s in c.steps for p in self._blockers(s))),
            )
            for c in fixed.circles
        )  # fmt: skip

    def _blockers(self, step: int) -> tuple[Position, ...]:
        """Pledges that stand between a step and its being done, through all that it waits for."""
        gives: Mapping[int, list[int]] = _grouped((s, t) for t, s in self.facts.gives)
        needs: Mapping[int, list[int]] = _grouped(self.facts.needs)
        by_cover: Mapping[int, list[int]] = _grouped((s, r) for r, s in self.covers)
        todo, done = [step], set[int]()
        found: list[Position] = []
        while todo:
            s = todo.pop()
            if s in done or s in self.facts.met:
                continue
            done.add(s)
            if s in self.facts.refused:
                found += [p for p in self.positions if p.kind == "pledge" and self._refuses(p, s)]
            todo += [r for t in gives.get(s, ()) for r in needs.get(t, ())]
            if s in self.facts.leans:
                todo += by_cover.get(s, [])
        return tuple(p for p in self.positions if p in found)

    def _collisions(self, fixed: solve.Fixed) -> list[Collision]:
        out: list[Collision] = []
        pledges = [p for p in self.positions if p.kind == "pledge"]
        refused_by = {s: [p for p in pledges if self._same_act(p, s)] for s in range(len(self.steps))}
        asking = [(p, s) for p in self.positions for s in p.asked()]
        facing = [(p, q, n) for p in self.positions for n in p.needs for s in n.steps for q in refused_by[self.number[s]] if p is not q]  # fmt: skip
        pairs = [(p, q) for p, q, n in facing if apart(n.scope, q.scope) is None]
        self.elsewhere = {(id(p), id(q)): Elsewhere(p, q, why, n.scope) for p, q, n in facing if (why := apart(n.scope, q.scope))}  # fmt: skip
        for p, q in pairs:
            self.elsewhere.pop((id(p), id(q)), None)
        shut_out = [(p, s) for p, s in asking if frozenset((s.act, "talk")) in self.words.exclusive and s.object]
        pairs += [(p, q) for p, s in shut_out for q, t in asking if t.act == "talk" and self._is(t.doer, s.object)]
        pairs += [(p, q) for p, s in shut_out for q in self.positions if q.gives and q.gives.act == "talk" and self._is(q.gives.doer, s.object)]  # fmt: skip
        for pair in dict.fromkeys(pairs):
            out.append(Collision(pair, order=False))
        out += [Collision(tuple(self.positions[i] for i in c.strict), order=True) for c in fixed.circles if c.strict]
        return out

    def _is(self, party: str, object_: str) -> bool:
        return party in self.parties.by_key and self.parties.name(party).lower() in object_

    def _satisfied(self, collisions: Sequence[Collision]) -> tuple[Position, ...]:
        """Terms that would be content if all that is asked were done at the same moment: no order and no other term forbids it."""
        bare = {
            id(p) for c in collisions if c.order or all(p.kind != "pledge" for p in c.positions) for p in c.positions
        }
        return tuple(p for p in self.positions if p.kind == "term" and p.needs and id(p) not in bare)


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        out[a].append(b)
    return out


def _same_object(a: Step, b: Step) -> bool:
    """Whether two steps of one act may concern the same: one says nothing of whom, or both name the same."""
    if a.act not in WITH_OBJECT or b.act not in WITH_OBJECT:
        return a.object == b.object or a.act != "other"
    return not a.object or not b.object or a.object in b.object or b.object in a.object
