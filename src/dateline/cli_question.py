"""How does a command line become a question, and an answer a table or a file? For the commands that ask an archive."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dateline.cli_archive import DEFAULT, Database, archive_at, prepare_places
from dateline.cli_incidents import link_with_progress
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.archive import Archive
    from dateline.archive.ask import Question

_err = Console(stderr=True, emoji=False)
# Lines of a table when nothing else is said: a screen or two.
_SHOWN = 100
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(text: str) -> date:
    """The first day of `2016`, `2016-02` or `2016-02-20`."""
    return _day(text)[0]


def last_day(text: str) -> date:
    """The last day of `2016`, `2016-02` or `2016-02-20`."""
    return _day(text)[1]


def _day(text: str) -> tuple[date, date]:
    try:
        if not (found := _DAY.fullmatch(text.strip())):
            raise ValueError
        year, month, day = (int(x) if x else None for x in found.groups())
        assert year is not None
        if day and month:
            return date(year, month, day), date(year, month, day)
        if month:
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; give 2016-02-20, 2016-02 or 2016") from None


def point(text: str) -> tuple[float, float]:
    """`36.2,37.16`: degrees north, degrees east."""
    try:
        lat, lon = (float(x) for x in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no point; give degrees north and east, such as 36.2,37.16") from None
    return lat, lon


def _option(type_: Any, *names: str, help: str, **more: Any) -> Any:
    return Annotated[type_, typer.Option(*names, help=help, **more)]


# What can be asked, by the name of the parameter; `_asked` makes a Question of it.
OPTIONS: dict[str, Any] = {
    "actor": _option(list[str] | None, "--actor", "-a", help="Who takes part, with what is part of them: a name or a register key. Again for others: any of them."),
    "with_": _option(list[str] | None, "--with", help="Who takes part too."),
    "role": _option(str, "--role", help="Role of --actor: actor (did it), recipient (to whom it was done) or any."),
    "alone": _option(bool, "--alone", help="Actors themselves, without what is part of them."),
    "place": _option(str | None, "--place", "-p", help="Where: the place with what lies in it, or with --km what lies around it."),
    "near": _option(Any, "--near", metavar="LAT,LON", parser=point, help="Around a point, with --km."),
    "km": _option(float | None, "--km", help="Within so many kilometres of --place or --near."),
    "country": _option(str | None, "--country", help="In a country: its name or ISO 3166-1 alpha-3 code."),
    "since": _option(Any, "--since", metavar="DAY", parser=first_day, help="From this day on: 2016-02-20, 2016-02 or 2016."),
    "until": _option(Any, "--until", metavar="DAY", parser=last_day, help="Up to this day, month or year, it included."),
    "reported": _option(bool, "--reported", help="Days are those of the reports, not of what they tell."),
    "type_": _option(list[str] | None, "--type", "-t", help="PLOVER type, such as ASSAULT. Again for others."),
    "mode": _option(list[str] | None, "--mode", help="PLOVER mode, such as aerial. Again for others."),
    "status": _option(list[str] | None, "--status", "-s", help="happened, intended, demanded, conditional, negated or cancelled. Again for others."),
    "source": _option(str | None, "--source", help="An outlet, an agency, or the id of a report."),
    "said_by": _option(str | None, "--said-by", help="On whose word, with what is part of them."),
    "disputed": _option(bool | None, "--disputed/--undisputed", help="Only what is asserted and denied, or only what is not."),
    "measure": _option(list[str] | None, "--measure", "-m", help="killed, injured, displaced … Again for others."),
    "total": _option(str | None, "--total", help="Totals instead, by day, week, month or year."),
    "split": _option(str | None, "--split", help="Split totals by type, status, mode, actor, recipient, place, country, outlet or disputed."),
    "on": _option(Any, "--on", metavar="DAY", parser=first_day, help="Only who held what on this day."),
    "db": Database,
    "most": _option(int | None, "--most", "-n", min=0, help=f"So many lines at most; 0 for all. Default: {_SHOWN} in a table, all elsewhere."),
    "format_": _option(str | None, "--format", "-f", help="table, csv, json, jsonl or parquet. Default: by the ending of --output, else table."),
    "output": _option(Path | None, "--output", "-o", help="Write here instead of standard output."),
}  # fmt: skip
DEFAULTS: dict[str, Any] = {"role": "any", "alone": False, "reported": False, "db": DEFAULT}
WHO = ("actor", "with_", "role", "alone")
WHERE = ("place", "near", "km", "country")
WHEN = ("since", "until", "reported")
WHAT = ("type_", "mode", "status", "source", "said_by", "disputed")
OUT = ("most", "format_", "output")
EVERYTHING = (*WHO, *WHERE, *WHEN, *WHAT)

Body = Callable[..., None]
# Heading of a table's column -> field of a line, or what is made of a line. `words` are left away in a narrow window.
Columns = Mapping[str, str | Callable[[Any], Any]]
_WIDE = 140
# Lines beyond which a table is laid out plainly, on a screen and where no person watches, and the widest of its columns then.
_LONG, _LONG_UNSEEN, _WIDEST = 300, 20, 60


def options(*names: str) -> Callable[[Body], Body]:
    """A command with these options of `OPTIONS`, and `--db`; its body gets them by name, after its own parameters."""

    def wrap(body: Body) -> Body:
        own = [p for p in inspect.signature(body, eval_str=True).parameters.values() if p.kind is not p.VAR_KEYWORD]
        asked = [
            inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=DEFAULTS.get(n), annotation=OPTIONS[n])
            for n in (*names, "db")
        ]

        def command(**given: Any) -> None:
            body(**given)

        command.__name__, command.__doc__ = body.__name__, body.__doc__
        command.__signature__ = inspect.Signature([*own, *asked])  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in (*own, *asked)}
        return command

    return wrap


def asked(given: dict[str, Any]) -> Question:
    """The question of a command's options; wrong ones end the command with status 2."""
    from dateline.archive.ask import Question

    with told_errors():
        if given.get("role", "any") not in ("any", "actor", "recipient"):
            raise typer.BadParameter("give actor, recipient or any", param_hint="--role")
        return Question(
            actors=tuple(given.get("actor") or ()), with_actors=tuple(given.get("with_") or ()),
            role=given.get("role", "any"), alone=given.get("alone", False), place=given.get("place"),
            point=given.get("near"), km=given.get("km"), country=given.get("country"), since=given.get("since"),
            until=given.get("until"), reported=given.get("reported", False),
            types=tuple(t.upper() for t in given.get("type_") or ()), modes=tuple(given.get("mode") or ()),
            statuses=tuple(given.get("status") or ()), source=given.get("source"), said_by=given.get("said_by"),
            disputed=given.get("disputed"), measures=tuple(given.get("measure") or ()),
        )  # fmt: skip


@contextmanager
def told_errors() -> Iterator[None]:
    """An error is told and ends the command with status 2."""
    try:
        yield
    except DatelineError as error:
        _err.print(f"[red]{str(error).replace('[', chr(92) + '[')}[/red]", highlight=False)
        raise typer.Exit(2) from None


@contextmanager
def asking(given: dict[str, Any], *, linked: bool = False) -> Iterator[tuple[Archive, Question]]:
    """The archive and the question; the index of places and the incidents are brought up to date where they are needed."""
    question = asked(given)
    with told_errors(), archive_at(given["db"]) as archive:
        if question.place or question.country:
            prepare_places()
        if linked:
            link_with_progress(archive, 1)
        yield archive, question


def format_of(given: dict[str, Any]) -> str:
    from dateline.export.answers import FORMATS

    output: Path | None = given.get("output")
    kind = given.get("format_") or (output.suffix[1:] if output and output.suffix[1:] in FORMATS else "table")
    if kind not in FORMATS:
        raise typer.BadParameter(f"give {', '.join(FORMATS)}", param_hint="--format")
    if kind == "parquet" and output is None:
        raise typer.BadParameter("Parquet needs a file: --output FILE.parquet", param_hint="--format")
    return str(kind)


def most_of(given: dict[str, Any]) -> int | None:
    """How many lines to fetch: one more than a table shows, to know whether there are more."""
    most = given.get("most")
    if most is None:
        return _SHOWN + 1 if format_of(given) == "table" else None
    return int(most) or None


def show(given: dict[str, Any], line: type, lines: Iterable[Any], columns: Columns) -> None:
    """Lines as the command was asked to give them; a table shows only `columns`, and a file is written whole or not at all."""
    from dateline.export.answers import lines_to_parquet, write_lines
    from dateline.export.whole import whole_file

    kind = format_of(given)
    output: Path | None = given.get("output")
    if kind == "table":
        cut = given.get("most") is None
        shown = list(islice(lines, _SHOWN + 1)) if cut else list(lines)
        more = cut and len(shown) > _SHOWN
        _show_table(shown[:_SHOWN] if cut else shown, columns, output)
        if more:
            _err.print(f"the first {_SHOWN}; --most 0 gives all", highlight=False)
    elif output is None:
        write_lines(sys.stdout, kind, line, lines)
    else:
        with whole_file(output) as made:
            if kind == "parquet":
                lines_to_parquet(made, line, lines)
            else:
                with made.open("w", encoding="utf-8", newline="") as out:
                    write_lines(out, kind, line, lines)


def _show_table(lines: list[Any], columns: Columns, output: Path | None) -> None:
    wide = output is not None or Console(emoji=False).width >= _WIDE
    kept = {name: of for name, of in columns.items() if wide or name != "words"}
    rows = [[of(x) if callable(of) else getattr(x, of) for of in kept.values()] for x in lines]
    print_table(list(kept), rows, output)


def print_table(names: list[str], rows: list[list[Any]], output: Path | None) -> None:
    """A table on the screen or in a file; a long one in plain columns, which take no time to lay out."""
    from dateline.export.whole import whole_file

    cells = [[shown_value(v) for v in row] for row in rows]
    if output is None:
        _print(names, cells, sys.stdout, None)
        return
    with whole_file(output) as made, made.open("w", encoding="utf-8") as out:
        _print(names, cells, out, 200)


def _print(names: list[str], cells: list[list[str]], out: IO[str], width: int | None) -> None:
    if len(cells) > (_LONG if out.isatty() else _LONG_UNSEEN):
        flat = [[" ".join(c.split()) for c in row] for row in (names, *cells)]
        widths = [min(_WIDEST, max(map(len, column))) for column in zip(*flat, strict=True)]
        for row in flat:
            out.write("  ".join(_fitted(c, w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n")
        return
    shown = Table(*names, box=None)
    for n, column in enumerate(shown.columns):
        column.no_wrap = n == 0
    for row in cells:
        shown.add_row(*(c.replace("[", "\\[") for c in row))
    Console(file=out, width=width, emoji=False).print(shown if cells else "nothing found")


def _fitted(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else cell[: width - 1] + "…"


def shown_value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:g}" if isinstance(value, float) else str(value)
