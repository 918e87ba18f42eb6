"""A watched truce and a dispute in words."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.analysis.disputes import Dispute
from dateline.analysis.happenings import Happening, Said
from dateline.analysis.parties import Parties
from dateline.analysis.told import cited
from dateline.analysis.violations import Watch

_HOW = {
    "asserted": "says so", "blamed": "blames", "claimed": "claims it", "denied": "denies it", "doubted": "doubts it", "unattributed": "reported without a source",
}  # fmt: skip


def watch_lines(w: Watch) -> Iterator[str]:
    """The truce, its breaches, the series of days, and the totals that others claim."""
    t, name = w.truce, w.parties.name
    sides = ", ".join(name(k) for k in t.parties) or "all sides"
    yield (
        f"## Truce of {sides}, {f'from {t.start}' if t.start else 'its first day not given'}, {f'until {t.end}' if t.end else 'no end given'}"
        + ("" if t.dated or not t.start else " (dated by the report)")
    )
    for e in t.evidence:
        yield f"    {cited(e)}"
    if t.places:
        yield f"in {', '.join(t.places)}"
    if t.excluded:
        yield f"leaves out {', '.join(name(k) for k in t.excluded)}"
    yield f"{_many(len(w.counted()), 'breach', 'breaches')} counted" + (
        f", {len(w.violations) - len(w.counted())} acts that it does not cover"
        if len(w.counted()) < len(w.violations)
        else ""
    )
    for v in w.violations:
        head = f"• {_happened(v.happening, w.parties)}; {_many(len(v.happening.sources), 'independent source')}"
        yield head + (f"; not covered: {v.excluded}" if v.excluded else "")
        yield from (f"    {_said(s, w.parties)}" for s in (*v.claimed_by, *v.denied_by))
    series = w.series()
    if series:
        yield "By day:"
        yield from (
            f"    {p}, on the word of {a}: " + ", ".join(f"{d} {n}" for d, n in days.items())
            for (p, a), days in series.items()
        )
    if w.claimed:
        yield "Totals claimed, not counted here:"
    for c in w.claimed:
        amount = "–".join(f"{x:g}" for x in dict.fromkeys((c.low, c.high)) if x is not None)
        yield f"    {amount} by {name(c.by) if c.by else 'nobody named'}: {cited(c.evidence)}"


def dispute_lines(d: Dispute) -> Iterator[str]:
    """What it is, what is disputed, and each position with its words."""
    yield f"## {_happened(d.happening, d.parties)}"
    yield f"disputed: {', '.join(d.over) or 'nothing'}; {_many(len(d.happening.sources), 'independent source')}"
    yield from (f"• {_said(s, d.parties)}" for s in d.positions)
    for c in d.figures:
        amount = "–".join(f"{x:g}" for x in dict.fromkeys((c.low, c.high)) if x is not None)
        yield f"• {amount} {c.measure}, on the word of {d.parties.name(c.by) if c.by else c.source}: {cited(c.evidence)}"


def _many(n: int, one: str, more: str = "") -> str:
    return f"{n} {one if n == 1 else more or one + 's'}"


def _happened(h: Happening, parties: Parties) -> str:
    record, event = h.members[0]
    who = ", ".join(parties.name(k) for k in h.actors) or "nobody named"
    whom = ", ".join(parties.name(k) for k in h.recipients)
    what = record.report.text[slice(*event.trigger)]
    when = str(h.day) if h.day else "day not given" + (f", reported {h.reported}" if h.reported else "")
    return f"{when} · {who}" + (f" → {whom}" if whom else "") + f": {what}" + "".join(f" · {p}" for p in h.places)


def _said(s: Said, parties: Parties) -> str:
    who = parties.name(s.by) if s.by else s.source.removeprefix("report:")
    laid = f" {', '.join(parties.name(k) for k in s.of)}" if s.how == "blamed" else ""
    return f"{who} {_HOW[s.how]}{laid}: {cited(s.evidence)}"
