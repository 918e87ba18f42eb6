"""A board in words, and as JSON: every conclusion with the steps that lead to it and the words they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.analysis.acts import OTHER, load
from dateline.analysis.met import Happening
from dateline.analysis.needs import Evidence, Step
from dateline.analysis.parties import UNKNOWN, Parties
from dateline.analysis.positions import Position
from dateline.analysis.scope import scope_words
from dateline.analysis.standing import Change
from dateline.analysis.truce import Board, Required, Round

_FORM = {"only-if": "only if", "demand": "demands that"}
_MOVE = {"new": "speaks for the first time", "hardened": "has hardened", "softened": "has softened", "changed": "has changed", "repeated": "repeats itself"}  # fmt: skip


def step_words(step: Step, parties: Parties) -> str:
    """ "Russia: stop supply (to the Syrian government)"."""
    return f"{parties.name(step.doer)}: {_act(step)}"


def cited(e: Evidence) -> str:
    """ "“only if backers halt fire” [report-1, 2016-02-20, 120–150]"."""
    return f"“{e.words}” [{e.report}{f', {e.published}' if e.published else ''}, {e.span[0]}–{e.span[1]}]"


def position_words(p: Position, parties: Parties) -> str:
    """A position in one line, without its evidence."""
    where = scope_words(p.scope)
    return _position(p, parties) + (f" ({where})" if where else "")


def _position(p: Position, parties: Parties) -> str:
    name = parties.name(p.party)
    if p.kind == "gift":
        return f"{name} offers without conditions: {_act(p.gives)}"
    if p.kind == "pledge":
        return f"{name} will not: {_act(p.gives)}"
    asked = _list(p.asked(), parties)
    if p.gives is None:
        return f"{name} {'threatens, ' + p.form if p.kind == 'threat' else 'demands'}: {asked}"
    would = "would not" if p.form in ("unless", "until", "without") else "would"
    return f"{name} {would} {_act(p.gives)} — {_FORM.get(p.form, p.form)} {asked or '…'}"


def _act(step: Step | None) -> str:
    if step is None:
        return ""
    if step.act == OTHER:
        return step.object
    title = load().title(step.act)
    return f"{title} ({step.object})" if step.object else title.removesuffix(" from")


def lines(board: Board) -> Iterator[tuple[str, list[str]]]:
    """Sections of the board: heading and lines; those with nothing in them are left out, save the answer itself."""
    yield "Who stands where", list(_positions(board))
    yield "Can all be met together?", list(_together(board))
    yield "Who waits for whom", list(_waiting(board))
    if board.circles:
        yield "Circles", [x for c in board.circles for x in _circle(c, board.parties)]
    if board.required:
        yield "What was asked for, and was it done?", list(_asked_for(board))
    if board.changes:
        yield f"What changed on {board.on}", [x for c in board.changes for x in _changed(c, board.parties)]
    notes = list(_notes(board))
    if notes:
        yield "What had to be worked out", notes


def _positions(board: Board) -> Iterator[str]:
    if not board.standing.in_force:
        yield "No party has stated terms."
    for p in board.standing.in_force:
        yield f"• {position_words(p, board.parties)}"
        yield f"    {cited(p.evidence)}"
    if board.standing.history:
        yield f"{len(board.standing.history)} earlier positions were replaced by later ones."


def _together(board: Board) -> Iterator[str]:
    p = board.parties
    if not board.standing.in_force:
        return
    if board.together:
        yield "Yes: no stated term rules another out." + (
            f" In this order: first {_list(board.alone + board.asked, p)}"
            + (f"; then {_list(board.follow, p)}" if board.follow else "")
            + (f"; at the same moment {_list(board.at_once, p)}" if board.at_once else "")
            + "."
            if board.alone or board.asked or board.at_once
            else ""
        )
    else:
        yield f"No: {len(board.collisions)} sets of positions cannot hold together."
    for c in board.collisions:
        yield "• " + (" — each wants the other first:" if c.order else "these collide:").strip(" —")
        for x in c.positions:
            yield f"    {position_words(x, p)}  {cited(x.evidence)}"
    for e in board.elsewhere:
        kinds = {"area": "areas", "period": "days"}
        yield f"• no collision, for their {kinds[e.why]} do not overlap ({scope_words(e.asked)}; {scope_words(e.refusing.scope)}):"
        yield f"    {position_words(e.asking, p)}  {cited(e.asking.evidence)}"
        yield f"    {position_words(e.refusing, p)}  {cited(e.refusing.evidence)}"
    for d in board.drop:
        yield "To clear the way, ask to drop: " + "; ".join(f"{p.name(x.party)} ({position_words(x, p)})" for x in d)
    if board.satisfied and (board.circles or board.offended):
        names = ", ".join(dict.fromkeys(p.name(x.party) for x in board.satisfied))
        against = ", ".join(dict.fromkeys(p.name(x.party) for x in board.offended))
        yield f"All at the same moment, with guarantees, would satisfy the stated terms of {names}" + (
            f", but not the pledges of {against}." if against else "."
        )


def _waiting(board: Board) -> Iterator[str]:
    p = board.parties
    if board.alone:
        yield f"Can start now: {_list(board.alone, p)}"
    elif board.standing.in_force:
        yield "No party that has stated terms can move first."
    if board.asked:
        yield f"Asked of others, who have neither offered nor refused: {_list(board.asked, p)}"
    if board.follow:
        yield f"Would follow once those are done: {_list(board.follow, p)}"
    if board.at_once:
        yield f"Only at the same moment: {_list(board.at_once, p)}"
    for step, pledges in board.blocked:
        yield f"Out of reach: {step_words(step, p)}"
        for x in pledges:
            yield f"    because {position_words(x, p)}  {cited(x.evidence)}"
    waits: dict[Step, list[Step]] = {}
    for a, b in board.waits:
        waits.setdefault(a, []).append(b)
    for a, found in waits.items():
        yield f"• {step_words(a, p)}  waits for  {_list(found, p)}"


def _circle(c: Round, p: Parties) -> Iterator[str]:
    yield "• " + " ↔ ".join(step_words(s, p) for s in c.steps)
    yield "    " + (
        "nothing stated forbids that they go at the same moment"
        if c.at_once
        else "one wants the other to go first: the same moment is not enough"
    )
    ways = " or ".join("[" + _list(g, p) + "]" for g in c.guarantees)
    yield f"    {'the fewest guarantees that break it' if c.fewest else 'guarantees that break it (perhaps not the fewest)'}: {ways}"
    for x in c.blocked_by:
        yield f"    no guarantee helps while {position_words(x, p)}"


def _asked_for(board: Board) -> Iterator[str]:
    """Steps of which something is known one by one, the others together."""
    unknown: dict[tuple[str, ...], list[Step]] = {}
    for r in board.required:
        if r.judgement.state == "unknown":
            unknown.setdefault(r.asked_by, []).append(r.step)
        else:
            yield from _required(r, board.parties)
    for by, steps in unknown.items():
        names = ", ".join(board.parties.name(k) for k in by)
        yield f"• unknown, asked by {names}: {_list(steps, board.parties)}"


def _required(r: Required, p: Parties) -> Iterator[str]:
    asked = ", ".join(p.name(k) for k in r.asked_by)
    yield f"• {step_words(r.step, p)} (asked by {asked}): {r.judgement.state}"
    shown = (("done", r.judgement.met), ("broken", r.judgement.broken))
    for word, found in shown:
        for h in found[-2:]:
            yield f"    {word} {_happened(h)}"


def _happened(h: Happening) -> str:
    when = f"on {h.day}" if h.day else f"at a time not given (reported {h.reported})"
    says = f", says {', '.join(h.says)}" if h.says else ""
    denies = f", denied by {', '.join(h.denies)}" if h.denies else ""
    return f"{when}{says}{denies}: {cited(h.evidence)}"


def _changed(c: Change, p: Parties) -> Iterator[str]:
    yield f"• {p.name(c.party)} on {c.topic}: {_MOVE[c.move]}"
    for word, steps in (("asks now", c.added), ("no longer asks", c.dropped)):
        if steps:
            yield f"    {word}: {_list(steps, p)}"
    for x in c.now:
        yield f"    {cited(x.evidence)}"


def _notes(board: Board) -> Iterator[str]:
    p = board.parties
    for x in board.standing.in_force:
        for n in x.needs:
            if n.inferred:
                names = ", ".join(p.name(s.doer) for s in n.steps)
                yield (
                    f"• {cited(n.evidence)} names nobody who must act"
                    + (
                        ""
                        if any(s.doer == UNKNOWN for s in n.steps)
                        else f"; taken to be {names}, the party's opponent"
                    )
                )


def _list(steps: Sequence[Step], p: Parties) -> str:
    """ "Russia, Turkey: halt attacks; Russia: lift siege": who must do the same is named together."""
    groups: dict[tuple[str, str], list[Step]] = {}
    for s in steps:
        groups.setdefault((s.act, s.object), []).append(s)
    return "; ".join(
        f"{', '.join(p.name(s.doer) for s in group[:-1])}, {step_words(group[-1], p)}"
        if len(group) > 1
        else step_words(group[0], p)
        for group in groups.values()
    )


# JSON


def as_json(board: Board) -> dict[str, Any]:
    """The board as plain values; steps and evidence as in the text."""
    p = board.parties

    def step(s: Step) -> dict[str, Any]:
        return {"party": p.name(s.doer), "act": load().title(s.act), "object": s.object or None}

    def evidence(e: Evidence) -> dict[str, Any]:
        return {"report": e.report, "published": str(e.published) if e.published else None, "span": list(e.span), "words": e.words}  # fmt: skip

    def position(x: Position) -> dict[str, Any]:
        return {
            "party": p.name(x.party), "kind": x.kind, "form": x.form, "topic": x.topic, "gives": step(x.gives) if x.gives else None,
            "needs": [{"steps": [step(s) for s in n.steps], "inferred": n.inferred, "evidence": evidence(n.evidence)} for n in x.needs],
            "evidence": evidence(x.evidence),
        }  # fmt: skip

    def happening(h: Happening) -> dict[str, Any]:
        return {
            "day": str(h.day) if h.day else None, "reported": str(h.reported) if h.reported else None, "outlet": h.outlet,
            "says": list(h.says), "denies": list(h.denies), "evidence": evidence(h.evidence),
        }  # fmt: skip

    return {
        "on": str(board.on) if board.on else None,
        "positions": [position(x) for x in board.standing.in_force],
        "history": [position(x) for x in board.standing.history],
        "together": board.together,
        "collisions": [{"order": c.order, "positions": [position(x) for x in c.positions]} for c in board.collisions],
        "elsewhere": [{"why": e.why, "asking": position(e.asking), "refusing": position(e.refusing)} for e in board.elsewhere],
        "drop": [[position(x) for x in d] for d in board.drop],
        "satisfied": [position(x) for x in board.satisfied], "offended": [position(x) for x in board.offended],
        "first_mover": board.first_mover,
        "waits": [{"step": step(a), "for": step(b)} for a, b in board.waits],
        "alone": [step(s) for s in board.alone], "asked": [step(s) for s in board.asked],
        "follow": [step(s) for s in board.follow], "at_once": [step(s) for s in board.at_once],
        "blocked": [{"step": step(s), "by": [position(x) for x in b]} for s, b in board.blocked],
        "circles": [
            {
                "steps": [step(s) for s in c.steps], "guarantees": [[step(s) for s in g] for g in c.guarantees],
                "fewest": c.fewest, "at_once": c.at_once, "blocked_by": [position(x) for x in c.blocked_by],
            }
            for c in board.circles
        ],
        "required": [
            {
                "step": step(r.step), "asked_by": [p.name(k) for k in r.asked_by], "state": r.judgement.state,
                "met": [happening(h) for h in r.judgement.met], "broken": [happening(h) for h in r.judgement.broken],
            }
            for r in board.required
        ],
        "changes": [
            {
                "party": p.name(c.party), "topic": c.topic, "move": c.move, "now": [position(x) for x in c.now],
                "before": [position(x) for x in c.before], "added": [step(s) for s in c.added], "dropped": [step(s) for s in c.dropped],
            }
            for c in board.changes
        ],
    }  # fmt: skip
