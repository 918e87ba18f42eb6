"""The commands that ask an archive: ask events, incidents, actors, places, figures, terms, statements, control; sql."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from dateline.cli_archive import DEFAULT, Database, archive_at
from dateline.cli_question import (
    EVERYTHING,
    OUT,
    WHERE,
    Body,
    Columns,
    asking,
    format_of,
    most_of,
    options,
    print_table,
    show,
    told_errors,
)  # fmt: skip

if TYPE_CHECKING:
    from dateline.analysis.control import Hold
    from dateline.archive import Archive
    from dateline.archive.ask import Question

app = typer.Typer()
ask_app = typer.Typer(
    no_args_is_help=True,
    help="Ask an archive: by actor, place, time, type, status, source, who says so, and whether it is disputed.",
)
app.add_typer(ask_app, name="ask")
_err = Console(stderr=True, emoji=False)


def _totals(given: dict[str, Any], archive: Archive, question: Question, of: Any) -> None:
    from dateline.archive.ask import Total, totals

    split = given.get("split")
    found = totals(archive, question, given["total"], split, of, most_of(given) if split else None)
    columns: dict[str, Any] = {given["total"]: lambda x: x.period or "undated"}
    if split:
        columns[split] = "split"
    columns[of] = "count"
    if of == "incidents":
        columns |= {"killed, at least": "killed_low", "at most": "killed_high"}
    # Periods alone are few, and all are wanted.
    most = given.get("most") if split else given.get("most") or 0
    show({**given, "most": most}, Total, found, columns)


def _what(x: Any) -> str:
    mode = f" ({x.mode})" if getattr(x, "mode", None) else ""
    return f"{x.type.lower()}{mode}" + ("" if x.status == "happened" else f", {x.status}")


def _who(x: Any) -> str:
    return f"{x.actors or '—'} → {x.recipients or '—'}"


def _killed(x: Any) -> str:
    ends = (f"{v:g}" if v is not None else "" for v in (x.killed_low, x.killed_high))
    return "–".join(dict.fromkeys(ends))


def _both(name: str, epilog: str) -> Callable[[Body], Body]:
    """A command `ask NAME` that is called `NAME` for short."""

    def register(command: Body) -> Body:
        ask_app.command(name, epilog=epilog)(command)
        app.command(name, epilog=epilog.replace("dateline ask ", "dateline "), rich_help_panel="Ask, for short")(
            command
        )
        return command

    return register


@_both(
    "events",
    "Examples:  dateline ask events --actor Turkey --place Syria --since 2016-02   ·   dateline ask events --place Aleppo --km 50 "
    "--type ASSAULT --disputed   ·   dateline ask events --total week --split type --format csv   ·   dateline ask events --output events.parquet",
)
@options(*EVERYTHING, "total", "split", *OUT)
def events(**given: Any) -> None:
    """What happened, was planned, demanded or denied: the latest first, each with who, where, on whose word, and the words."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        if given["total"]:
            _totals(given, archive, question, "events")
            return
        columns: Columns = {
            "day": "start", "what": _what, "who → to whom": _who, "where": "place", "killed": _killed, "says": "said_by",
            "denies": "denied_by", "report": "report", "words": "words",
        }  # fmt: skip
        show(given, ask.EventLine, ask.events(archive, question, most_of(given)), columns)


@ask_app.command(
    epilog="Examples:  dateline ask incidents --place Syria --disputed   ·   dateline ask incidents --total month --split country --format csv"
)
@options(*EVERYTHING, "total", "split", *OUT)
def incidents(**given: Any) -> None:
    """What several reports tell of together, each happening once, on one line. `dateline incidents` shows and decides on them."""
    from dateline.archive import ask

    with asking(given, linked=True) as (archive, question):
        if given["total"]:
            _totals(given, archive, question, "incidents")
            return
        columns: Columns = {
            "incident": "incident", "day": "start", "what": _what, "who → to whom": _who, "where": "place", "killed": _killed,
            "sources": "independent_sources", "disputed": "disputed",
        }  # fmt: skip
        show(given, ask.IncidentLine, ask.incidents(archive, question, most_of(given)), columns)


@ask_app.command(
    epilog="Examples:  dateline ask actors --place Syria --since 2016   ·   dateline ask actors --actor Syria   ·   dateline ask actors --type ASSAULT --format csv"
)
@options(*EVERYTHING, *OUT)
def actors(**given: Any) -> None:
    """Who takes part, and in how many events; with --actor, they and what is part of them."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        columns: Columns = {
            "actor": "name",
            "key": "key",
            "kind": "kind",
            "country": "country",
            "acts": "as_actor",
            "is acted upon": "as_recipient",
        }
        show(given, ask.ActorLine, ask.actors(archive, question, most_of(given)), columns)


@ask_app.command(
    epilog="Examples:  dateline ask places --country SYR   ·   dateline ask places --near 36.2,37.16 --km 30 --type ASSAULT --format csv"
)
@options(*EVERYTHING, *OUT)
def places(**given: Any) -> None:
    """Where, and how many events; with --place, the places that lie in it."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        columns: Columns = {
            "place": "name", "country": "country", "north": "lat", "east": "lon", "known to": "precision", "events": "events",
            "first": "first", "last": "last",
        }  # fmt: skip
        show(given, ask.PlaceLine, ask.places(archive, question, most_of(given)), columns)


@_both(
    "figures",
    "Examples:  dateline ask figures --measure killed --place Azaz   ·   dateline ask figures --measure displaced --since 2016 --format csv",
)
@options(*EVERYTHING, "measure", *OUT)
def figures(**given: Any) -> None:
    """How many: each figure with its bounds, what it counts, and the words."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        columns: Columns = {
            "published": "published", "what": lambda x: f"{x.measure}, in all" if x.cumulative else x.measure, "at least": "low", "at most": "high",
            "unit": "unit", "where": "place", "day": "day", "outlet": "outlet", "report": "report", "words": "words",
        }  # fmt: skip
        show(given, ask.FigureLine, ask.figures(archive, question, most_of(given)), columns)


@_both("terms", "Examples:  dateline ask terms --actor Syria   ·   dateline ask terms --since 2016-02 --format jsonl")
@options("actor", "alone", "said_by", "source", "since", "until", *OUT)
def terms(**given: Any) -> None:
    """On what terms each side would stop, talk or give. Days are those of the reports."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        columns: Columns = {
            "published": "published", "party": "party", "would": "commitment", "form": "form", "what must be": "requires", "by whom": "by",
            "says": "said_by", "report": "report",
        }  # fmt: skip
        show(given, ask.TermLine, ask.terms(archive, question, most_of(given)), columns)


@_both("statements", "Examples:  dateline ask statements --actor Turkey --since 2016-02 --until 2016-02")
@options("actor", "alone", "source", "since", "until", *OUT)
def statements(**given: Any) -> None:
    """Who says, denies, claims or demands what, in which words. Days are those of the reports."""
    from dateline.archive import ask

    with asking(given) as (archive, question):
        columns: Columns = {
            "published": "published",
            "who": "speaker",
            "stance": "stance",
            "what": "words",
            "outlet": "outlet",
            "report": "report",
        }
        show(given, ask.StatementLine, ask.statements(archive, question, most_of(given)), columns)


@_both(
    "control",
    "Examples:  dateline ask control --country SYR   ·   dateline ask control --on 2016-02-20 --format csv   ·   dateline ask control --actor YPG --since 2015",
)
@options("actor", "alone", *WHERE, "since", "until", "source", "said_by", "on", *OUT)
def control(**given: Any) -> None:
    """Who held which place when, and by whose word: captured, lost, contested, denied."""
    from dateline.analysis.control import held_on
    from dateline.analysis.control_lines import HoldLine, line_of
    from dateline.analysis.control_rules import control as held

    with asking(given) as (archive, question):
        found: Iterable[Hold] = held(archive, question)
        if given["on"]:
            found = held_on(found, given["on"])
        columns: Columns = {
            "place": "place", "holder": lambda x: x.holder or f"contested: {x.claimed_by}", "since": "since", "until": "until", "rests on": "how",
            "fought on": "fought_on", "says": "said_by", "denies": "denied_by", "sources": "sources",
        }  # fmt: skip
        show(given, HoldLine, map(line_of, islice(found, most_of(given))), columns)


@app.command(
    epilog="""Examples:  dateline sql   ·   dateline sql "select type, count(*) from events group by all order by 2 desc"   ·   dateline sql "select * from incidents where disputed" --output disputed.parquet"""
)
def sql(
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="SQL of DuckDB. Without it, the tables and their columns.")] = None,
    db: Database = DEFAULT,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="table, csv, json, jsonl or parquet. Default: by the ending of --output, else table.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
) -> None:  # fmt: skip
    """Ask in SQL. DuckDB reads a copy of the archive, made again when the archive has changed; nothing asked can change the archive."""
    from dateline.archive.sql import describe, mirror, run
    from dateline.export.answers import write_text
    from dateline.export.whole import whole_file

    kind = format_of({"format_": format_, "output": output})
    with told_errors(), archive_at(db) as archive:
        with _err.status("copying the archive for SQL") as shown:
            path = mirror(archive, lambda what: shown.update(f"copying the archive for SQL: {what}"))
        if query is None:
            for name, columns in describe(path):
                Console(emoji=False).print(f"[bold]{name}[/bold]  {', '.join(columns)}", highlight=False)
            return
        found = run(path, query)
        if kind == "parquet":
            assert output is not None
            with whole_file(output) as made:
                found.to_parquet(made)
            return
        if kind == "table":
            print_table(found.names, [list(row) for row in found.rows()], output)
            return
        if output is None:
            write_text(sys.stdout, kind, found.names, found.rows())
            return
        with whole_file(output) as made, made.open("w", encoding="utf-8", newline="") as out:
            write_text(out, kind, found.names, found.rows())
