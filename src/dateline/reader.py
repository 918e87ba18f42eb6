"""read(report) -> Record: the steps in order.

A pure function of report, model and knowledge: the same report gives the same record on
any machine, in any process. Everything works on the clean copy of the text; the last step
maps each span back into the text as it came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dateline import __version__
from dateline.knowledge import actors, ontology, places
from dateline.knowledge.digest import digest
from dateline.reading.clean import Clean, clean
from dateline.reading.graph import Graph
from dateline.reading.masthead import Masthead, read_masthead
from dateline.reading.model import Model
from dateline.record import Event, Note, Place, ReaderVersion, Record, ReportDateline, ReportInfo, Time
from dateline.report import Report
from dateline.resolving.codes import add_codes
from dateline.resolving.governed import with_governed
from dateline.resolving.how_many import resolve_figures
from dateline.resolving.links import link_figures
from dateline.resolving.restraint import restrained
from dateline.resolving.said import resolve_statements
from dateline.resolving.sure import sure_enough
from dateline.resolving.terms import resolve_terms
from dateline.resolving.ties import resolve_relations
from dateline.resolving.toponyms import toponyms
from dateline.resolving.what import ranked, resolve_events
from dateline.resolving.when import resolve_times
from dateline.resolving.where import resolve_places
from dateline.resolving.who import resolve_actors
from dateline.resolving.who_counted import without_counts
from dateline.resolving.who_nameless import name_crowds
from dateline.resolving.who_story import story_countries
from dateline.resolving.who_whole_names import with_whole_names


@dataclass(frozen=True)
class Reader:
    """A model and what is known beforehand, loaded once and used for many reports."""

    model_folder: Path | None = None
    threads: int = 0
    least_confidence: float = 0.0
    packs: tuple[Path, ...] = ()

    @cached_property
    def model(self) -> Model:
        return Model(self.model_folder, self.threads)

    @cached_property
    def register(self) -> actors.Register:
        return actors.load_register(packs=self.packs)

    @cached_property
    def gazetteer(self) -> places.Gazetteer:
        return places.load()

    @cached_property
    def version(self) -> ReaderVersion:
        return ReaderVersion(
            version=__version__,
            model=self.model.name,
            knowledge=" ".join(filter(None, (digest(), actors.named_packs(self.packs)))),
        )

    def read(self, report: Report) -> Record:
        """What the report says, each fact with the words that say it."""
        copy = clean(report.text)
        masthead = read_masthead(copy.text)
        graph = with_whole_names(without_counts(self.model.read(copy.text)), self.register, actors.load_patterns())
        found, place_notes = self._places(graph)
        who = resolve_actors(graph, report.published, self.register, found, place_notes)
        times = resolve_times(copy.text, graph.sentences, report.published)
        figures = resolve_figures(copy.text, graph.sentences, times, [m for _, m in graph.of("figure")])
        events = resolve_events(graph, who.of_mark, found, times, ontology.load())
        events = restrained(copy.text, events, who.actors, figures)
        statements, events = resolve_statements(graph, who.of_mark, events)
        events = with_governed(copy.text, events, statements)
        terms = resolve_terms(graph, who.of_mark, events, statements, who.actors)
        relations = resolve_relations(graph, who.of_mark, who.actors, self.register, report.published, events)
        events, figures = link_figures(copy.text, graph.sentences, events, figures, found)
        events = add_codes(copy.text, events, who.actors, ontology.load())
        events, statements, terms, figures = sure_enough(self.least_confidence, events, statements, terms, figures)
        events = ranked(copy.text, events)
        parts = {
            "actors": name_crowds(who.actors, events, self.register), "places": found, "times": times, "events": events, "statements": statements, "terms": terms,
            "figures": figures, "relations": relations, "notes": (*who.notes, *place_notes, *_settled(events, times)),
        }  # fmt: skip
        return Record(
            schema="dateline/1",
            reader=self.version,
            report=_info(report, masthead, times),
            **(parts if copy.same else {k: _back(v, copy) for k, v in parts.items()}),
        )

    def _places(self, graph: Graph) -> tuple[tuple[Place, ...], tuple[Note, ...]]:
        hints = story_countries(graph.text, self.register)
        found = toponyms(graph, self.gazetteer)
        return resolve_places(
            graph.text, graph.sentences, found.named, self.gazetteer, aside=found.aside, country_hints=hints
        )


def _info(report: Report, masthead: Masthead, times: tuple[Time, ...]) -> ReportInfo:
    day = next(
        (
            t.value
            for t in times
            if masthead.date_span and t.span[0] < masthead.date_span[1] and masthead.date_span[0] < t.span[1]
        ),
        None,
    )
    return ReportInfo(
        id=report.id, url=report.url, title=report.title, outlet=report.outlet, agency=masthead.agency, published=report.published,
        dateline=ReportDateline(place=masthead.place, date=day), language=report.language, text=report.text,
    )  # fmt: skip


def _settled(events: tuple[Event, ...], times: tuple[Time, ...]) -> list[Note]:
    """Dates that stay unknown, said out loud."""
    return [
        Note(code="time-unknown", span=t.span, message="this expression names no day that the report lets one work out")
        for t in times
        if t.value is None
    ]


_SPANS = frozenset(("span", "trigger", "sentence", "cue", "speaker_span"))
_SPAN_LISTS = frozenset(("mentions", "content"))
_PARTS = frozenset(("actor", "recipient", "requires", "commitment"))


def _back(parts: Any, copy: Clean) -> list[Any]:
    """The same parts with every span in the text as it came."""
    return [_part_back(p, copy) for p in parts]


@cache
def _with_spans(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a part that hold spans, or parts that do."""
    return tuple(n for n in kind.model_fields if n in _SPANS | _SPAN_LISTS | _PARTS)


def _part_back(part: BaseModel, copy: Clean) -> BaseModel:
    update: dict[str, Any] = {}
    for name in _with_spans(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        if name in _SPANS:
            update[name] = copy.back(value)
        elif name in _SPAN_LISTS:
            update[name] = [copy.back(s) for s in value]
        else:
            update[name] = (
                [_part_back(x, copy) for x in value] if not isinstance(value, BaseModel) else _part_back(value, copy)
            )
    return part.model_copy(update=update)
