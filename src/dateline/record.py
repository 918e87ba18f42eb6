"""Record: what a report says. The data types that every other room speaks.

A span is `(start, end)`: start inclusive, end exclusive, in Unicode code points of the
report's text, so that `text[start:end]` is the evidence. Ids are local to one record.
A list is empty, never missing; an unknown is `None`. These names are a contract.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.kinds import (
    ActorKind as ActorKind,
)
from dateline.kinds import (
    EventType as EventType,
)
from dateline.kinds import (
    Measure as Measure,
)
from dateline.kinds import (
    Precision as Precision,
)
from dateline.kinds import (
    RelationKind as RelationKind,
)
from dateline.kinds import (
    Stance as Stance,
)
from dateline.kinds import (
    Status as Status,
)
from dateline.kinds import (
    TermForm as TermForm,
)
from dateline.kinds import (
    TimexType as TimexType,
)

Span = tuple[int, int]


class Part(BaseModel):
    """A frozen piece of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReaderVersion(Part):
    """What produced a record, so that it can be produced again."""

    version: str = Field(description="version of the program")
    model: str = Field(description="name and digest of the model")
    knowledge: str = Field(description="digest of the knowledge files")


class ReportDateline(Part):
    """Where and when the report says it was filed."""

    place: str | None = Field(None, description="place as printed")
    date: str | None = Field(None, description="TIMEX3 date, or null")


class ReportInfo(Part):
    """The report that was read."""

    id: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    agency: str | None = Field(None, description="news agency credited in the text")
    published: date | None = None
    dateline: ReportDateline = ReportDateline()
    language: str = "en"
    text: str = Field(description="the text as it came; every span points into it")


class Actor(Part):
    """Someone who acts, suffers, speaks, demands or stands in a relation."""

    id: str
    key: str | None = Field(None, description="key in the register of actors, or null")
    name: str
    kind: ActorKind
    country: str | None = Field(None, description="ISO 3166-1 alpha-3")
    part_of: str | None = Field(None, description="id of the larger actor")
    mentions: list[Span] = []


class Place(Part):
    """A place that the report names."""

    id: str
    name: str
    lat: float | None = Field(None, description="degrees north, WGS 84")
    lon: float | None = Field(None, description="degrees east, WGS 84")
    country: str | None = Field(None, description="ISO 3166-1 alpha-3")
    feature: str | None = Field(None, description="GeoNames feature code, such as PPL or AIRB")
    source: str | None = Field(None, description="which gazetteer the point is from, with its id")
    precision: Precision
    radius_km: float | None = Field(None, description="radius that the place is within, kilometres")
    mentions: list[Span] = []


class Time(Part):
    """A TIMEX3 expression."""

    id: str
    span: Span
    type: TimexType
    value: str | None = Field(None, description="TIMEX3 value, or null when it cannot be known")
    start: date | None = Field(None, description="first day, or null")
    end: date | None = Field(None, description="last day, or null")


class Participant(Part):
    """An actor in a role, with the words that put it there."""

    id: str = Field(description="actor id")
    span: Span


class Acled(Part):
    """The event in ACLED's terms; both null where ACLED would not record it."""

    event_type: str | None = None
    sub_event_type: str | None = None


class Event(Part):
    """One action, whether it happened or not (see `status`)."""

    id: str
    type: EventType = Field(description="PLOVER event type")
    mode: str | None = Field(None, description="PLOVER mode (and `territory`, which is ours)")
    status: Status
    trigger: Span
    sentence: Span
    actor: list[Participant] = Field([], description="who did it")
    recipient: list[Participant] = Field([], description="to whom it was done")
    places: list[str] = Field([], description="place ids")
    time: str | None = Field(None, description="time id")
    start: date | None = Field(None, description="first day of the event, or null")
    end: date | None = Field(None, description="last day of the event, or null")
    figures: list[str] = Field([], description="figure ids")
    said_by: list[str] = Field([], description="ids of the statements that report it, innermost first")
    cameo: str | None = Field(None, description="CAMEO code; a string, leading zero kept")
    acled: Acled = Acled()
    contexts: list[str] = Field([], description="PLOVER contexts")
    confidence: float = Field(
        description="0 to 1; orders events: the act that governs a sentence before what it speaks of"
    )


class Statement(Part):
    """An attribution of words, belief or attitude to a speaker."""

    id: str
    speaker: str | None = Field(None, description="actor id")
    speaker_span: Span | None = None
    cue: Span
    content: list[Span] = []
    quoted: bool
    stance: Stance
    events: list[str] = Field([], description="ids of the events that it tells of")
    confidence: float


class Commitment(Part):
    """What a party would do once its terms are met."""

    action: str
    span: Span


class Requirement(Part):
    """One thing that must come first, and who must do it."""

    action: str
    by: list[str] = Field([], description="actor ids")
    span: Span


class Term(Part):
    """On what terms a party would stop, talk, or give."""

    id: str
    party: str | None = Field(None, description="actor id")
    form: TermForm
    commitment: Commitment | None = None
    requires: list[Requirement] = []
    statement: str | None = Field(None, description="statement id")
    confidence: float


class Figure(Part):
    """A count, area, distance or share, with its bounds."""

    id: str
    span: Span
    low: float | None = Field(None, description="lower bound in `unit`, or null when open")
    high: float | None = Field(None, description="upper bound in `unit`, or null when open")
    approximate: bool = False
    measure: Measure
    unit: str | None = Field(None, description="what is counted: people, km, km2, percent, USD …")
    cumulative: bool = Field(False, description="a running total, not the toll of one event")
    since: str | None = Field(None, description="what a running total counts from: a time id, or words")
    event: str | None = Field(None, description="event id")
    place: str | None = Field(None, description="place id")
    confidence: float


class Relation(Part):
    """A standing tie between two actors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    kind: RelationKind
    from_: str = Field(alias="from", description="actor id")
    to: str = Field(description="actor id")
    span: Span
    confidence: float


class Note(Part):
    """What the reader could not settle, said out loud."""

    code: str
    span: Span | None = None
    message: str


class Record(Part):
    """What one report says, with the evidence for each fact."""

    schema_: Literal["dateline/1"] = Field("dateline/1", alias="schema")
    reader: ReaderVersion
    report: ReportInfo
    actors: list[Actor] = []
    places: list[Place] = []
    times: list[Time] = []
    events: list[Event] = []
    statements: list[Statement] = []
    terms: list[Term] = []
    figures: list[Figure] = []
    relations: list[Relation] = []
    notes: list[Note] = []

    def to_json(self) -> str:
        """One line of JSON with the contract's names; the same record gives the same bytes."""
        return self.model_dump_json(by_alias=True)
