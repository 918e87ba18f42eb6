"""How is each fact worded? One record with its ids looked up, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.record import Actor, Event, Figure, Place, Record, Relation, Span, Statement, Term, Time

STATUS_WORD = {
    "happened": "", "intended": "planned", "demanded": "demanded", "conditional": "conditional", "negated": "did not happen", "cancelled": "called off",
}  # fmt: skip
TYPE_WORD = {
    "AGREE": "agreed", "CONSULT": "met or talked", "SUPPORT": "support", "CONCEDE": "concession", "COOPERATE": "cooperation", "AID": "aid",
    "RETREAT": "retreat", "REQUEST": "demand", "ACCUSE": "accusation", "REJECT": "refusal", "THREATEN": "threat", "PROTEST": "protest",
    "SANCTION": "sanction", "MOBILIZE": "mobilization", "COERCE": "coercion", "ASSAULT": "force",
}  # fmt: skip
RELATION_WORD = {
    "backs": "backs",
    "opposes": "opposes",
    "fights": "fights",
    "allied": "is allied with",
    "part-of": "is part of",
    "leads": "leads",
}
STANCE_WORD = {
    "says": "says", "denies": "denies", "accuses": "accuses", "demands": "demands", "pledges": "pledges", "threatens": "threatens", "condemns": "condemns",
    "doubts": "doubts", "claims-responsibility": "claims responsibility", "welcomes": "welcomes", "rejects": "rejects",
}  # fmt: skip
# Statements that take a side on whether and by whom a thing was done.
TAKES_SIDES = frozenset(("denies", "accuses", "claims-responsibility", "doubts", "rejects"))


@dataclass(frozen=True)
class View:
    """A record with lookups; every method returns words."""

    record: Record

    @property
    def actors(self) -> dict[str, Actor]:
        return {a.id: a for a in self.record.actors}

    @property
    def places(self) -> dict[str, Place]:
        return {p.id: p for p in self.record.places}

    @property
    def times(self) -> dict[str, Time]:
        return {t.id: t for t in self.record.times}

    @property
    def statements(self) -> dict[str, Statement]:
        return {s.id: s for s in self.record.statements}

    def words(self, span: Span) -> str:
        """The words of a span on one line."""
        return " ".join(self.record.report.text[span[0] : span[1]].split())

    def headline(self) -> str:
        """The report's title, or its first line."""
        text = self.record.report.text.strip()
        return self.record.report.title or (text.splitlines()[0].strip()[:160] if text else self.record.report.id)

    def name(self, actor_id: str | None) -> str:
        """An actor's name."""
        actor = self.actors.get(actor_id or "")
        return actor.name if actor else "someone"

    def names(self, ids: Sequence[str]) -> str:
        """Names joined: "A, B and C"."""
        found = list(dict.fromkeys(self.name(i) for i in ids))
        return " and ".join(filter(None, [", ".join(found[:-1]), found[-1]])) if found else ""

    def who(self, event: Event) -> str:
        """ "A → B", either side "—" when the report names nobody."""
        return (
            f"{self.names([p.id for p in event.actor]) or '—'} → {self.names([p.id for p in event.recipient]) or '—'}"
        )

    def what(self, event: Event) -> str:
        """ "shelling (force, heavy weapons)"."""
        kind = TYPE_WORD[event.type] + (f", {event.mode.replace('-', ' ')}" if event.mode else "")
        return f"{self.words(event.trigger)} ({kind})"

    def where(self, event: Event) -> str:
        """Names of the event's places."""
        return ", ".join(dict.fromkeys(self.places[p].name for p in event.places if p in self.places))

    def when(self, event: Event) -> str:
        """ "20 Feb 2016", "13–20 Feb 2016", or nothing when unknown."""
        return days(event.start, event.end)

    def on_whose_word(self, event: Event) -> str:
        """Innermost source first."""
        speakers = [self.statements[s].speaker for s in event.said_by if s in self.statements]
        return ", ".join(dict.fromkeys(self.name(s) for s in speakers if s))

    def event_line(self, event: Event) -> str:
        """One line on an event."""
        parts = [self.what(event), self.where(event), self.when(event), STATUS_WORD[event.status]]
        source = self.on_whose_word(event)
        if source:
            parts.append(f"on the word of {source}")
        return f"{self.who(event)}: " + " · ".join(p for p in parts if p)

    def main_events(self) -> list[Event]:
        """Events worth a line: somebody takes part, and the headline is not told twice."""
        seen: set[tuple[str, str, str]] = set()
        out: list[Event] = []
        for e in self.record.events:
            key = (self.words(e.trigger).lower(), self.who(e), e.sentence and self.words(e.sentence))
            if (e.actor or e.recipient or e.figures) and key not in seen:
                seen.add(key)
                out.append(e)
        return out

    def disputes(self) -> list[tuple[str, list[str]]]:
        """What is contested, and who says what of it: (the contested words, lines)."""
        out: dict[str, list[str]] = {}
        for s in self.record.statements:
            if s.stance in TAKES_SIDES:
                topic = self._sentence_of(s)
                line = f"{self.name(s.speaker)} {STANCE_WORD[s.stance]}: {self.said(s)}"
                if line not in out.setdefault(topic, []):
                    out[topic].append(line)
        return list(out.items())

    def _sentence_of(self, s: Statement) -> str:
        """The sentence that holds the cue."""
        found = next((e.sentence for e in self.record.events if e.sentence[0] <= s.cue[0] < e.sentence[1]), None)
        if found:
            return self.words(found)
        text = self.record.report.text
        a = max(text.rfind(". ", 0, s.cue[0]) + 2, text.rfind("\n", 0, s.cue[0]) + 1, 0)
        ends = [x for x in (text.find(". ", s.cue[1]), text.find("\n", s.cue[1])) if x >= 0]
        return " ".join(text[a : min(ends) + 1 if ends else len(text)].split())

    def said(self, s: Statement) -> str:
        """The words that a statement attributes."""
        return " … ".join(self.words(c) for c in s.content) or self.words(s.cue)

    def term_lines(self, t: Term) -> list[str]:
        """A term: what would be given, and each requirement."""
        head = f"{self.name(t.party)}: {t.commitment.action if t.commitment else 'its agreement'} — {t.form.replace('-', ' ')}"
        return [
            head,
            *(
                f"{' '.join(q.action.split())}" + (f"  [{self.names(q.by)} must act]" if q.by else "")
                for q in t.requires
            ),
        ]

    def figure_line(self, f: Figure) -> str:
        """A figure with its bounds."""
        if f.low is not None and f.low == f.high:
            amount = ("about " if f.approximate else "") + number(f.low)
        elif f.low is not None and f.high is not None:
            amount = f"{number(f.low)} to {number(f.high)}"
        else:
            amount = (
                f"at least {number(f.low)}"
                if f.low is not None
                else f"at most {number(f.high)}"
                if f.high is not None
                else "unknown"
            )
        unit = f" {f.unit}" if f.unit and f.unit not in ("people",) else ""
        place = f" · {self.places[f.place].name}" if f.place in self.places else ""
        return f"{amount}{unit} {f.measure}{' (running total)' if f.cumulative else ''}{place} — “{self.words(f.span)}”"

    def relation_line(self, r: Relation) -> str:
        """ "Russia backs Syrian government"."""
        return f"{self.name(r.from_)} {RELATION_WORD[r.kind]} {self.name(r.to)}"


def number(x: float | None) -> str:
    """12345.0 as "12,345"."""
    return "?" if x is None else f"{int(x):,}" if x == int(x) else f"{x:,.2f}".rstrip("0")


def days(start: date | None, end: date | None) -> str:
    """An interval in words."""
    if start is None:
        return ""
    one = f"{start.day} {start:%b %Y}"
    if end is None or end == start:
        return one
    return f"{one} – {end.day} {end:%b %Y}"
