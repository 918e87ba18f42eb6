"""The command `dateline`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dateline import __version__, cli_actors, cli_archive, cli_ask, cli_export, cli_incidents, cli_places, cli_truce
from dateline.errors import DatelineError

# The reader takes a second to load: commands that ask an archive do not wait for it.
if TYPE_CHECKING:
    from dateline.batch import Outcome
    from dateline.record import Record
    from dateline.sources import Taken

app = typer.Typer(
    help="Reads reports of armed conflict and keeps the record: who did what to whom, where and when, on whose word.",
    no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
)  # fmt: skip
app.add_typer(cli_archive.app)
app.add_typer(cli_incidents.app)
app.add_typer(cli_ask.app)
app.add_typer(cli_export.app)
app.add_typer(cli_truce.app)
app.add_typer(cli_actors.app, name="actors")
app.add_typer(cli_places.app, name="places")
_err = Console(stderr=True, emoji=False)

Published = Annotated[
    datetime | None,
    typer.Option("--published", formats=["%Y-%m-%d"], help="Publication date of reports that bring none."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read at the same time.")]
ModelFolder = Annotated[
    Path | None,
    typer.Option("--model", help="Folder of another model than the one that ships.", exists=True, file_okay=False),
]
LeastConfidence = Annotated[
    float,
    typer.Option(
        "--least-confidence",
        min=0.0,
        max=1.0,
        help="Leave out events, statements and terms less sure than this (0 to 1).",
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that stand before a command."""


@app.command(
    epilog="Examples:  dateline read story.txt --published 2016-02-20   ·   dateline read reports.jsonl --output records.jsonl --jobs 2   ·   cat story.txt | dateline read - --format table"
)
def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…",
            help="Text, HTML, JSON Lines, RSS, Atom, ninjs, NITF, NewsML-G2, WARC, folders of them, addresses, or - for standard input.",
        ),
    ],
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", help="json, jsonl or table. Default: json for one report, jsonl for more."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")
    ] = None,
    jobs: Jobs = 1,
    published: Published = None,
    model: ModelFolder = None,
    least: LeastConfidence = 0.0,
    packs: cli_actors.Packs = None,
) -> None:
    """Read reports and write their records.

    Exit status: 0 all read; 1 some could not be read (named on standard error; the rest is written); 2 wrong use.
    """
    from dateline.sources import read_sources

    if format_ not in (None, "json", "jsonl", "table"):
        raise typer.BadParameter("give json, jsonl or table", param_hint="--format")
    taken = list(read_sources(sources, published.date() if published else None))
    kind = format_ or (
        "jsonl"
        if len(taken) > 1 or (output and output.suffix == ".jsonl") or any(s.endswith(".jsonl") for s in sources)
        else "json"
    )
    failed = 0
    out: IO[str] = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    try:
        for n, outcome in enumerate(_with_progress(taken, jobs, model, least, packs)):
            if outcome.record is None:
                failed += 1
                _err.print(f"[red]not read[/red] {outcome.error}", highlight=False)
            else:
                out.write(_written(outcome.record, kind, first=n == 0))
                out.flush()
    finally:
        if output:
            out.close()
    if failed:
        _err.print(f"{len(taken) - failed} of {len(taken)} reports read, {failed} not", highlight=False)
        raise typer.Exit(1)


def _written(record: Record, kind: str, first: bool) -> str:
    if kind == "jsonl":
        return record.to_json() + "\n"
    if kind == "json":
        return record.model_dump_json(by_alias=True, indent=2) + "\n"
    from dateline.show import table

    return table.render(record, heading=first)


def _prepare() -> None:
    """Build the index of places before any worker needs it, and say so: it takes a while, once."""
    from dateline.knowledge import places

    if not places.is_built():
        with _err.status("building the index of places (once, about half a minute)"):
            places.load()


def _with_progress(
    taken: list[Taken], jobs: int, model: Path | None, least: float = 0.0, packs: Path | None = None
) -> Iterator[Outcome]:
    """Outcomes, with a bar on standard error when a person watches and there is more than a moment's work."""
    from dateline.batch import read_all
    from dateline.knowledge.actors import pack_files

    try:
        files = pack_files(packs)
        _prepare()
        if len(taken) < 5 or not sys.stderr.isatty():
            yield from read_all(taken, jobs, model, least, files)
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=_err, transient=True) as bar:
            yield from bar.track(read_all(taken, jobs, model, least, files), total=len(taken))
    except DatelineError as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None


@app.command(epilog="Examples:  dateline show story.txt   ·   dateline show records.jsonl --html records.html")
def show(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Records (JSON or JSON Lines that `read` wrote), or reports, which are read first."
        ),
    ],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one self-contained page instead of printing.")
    ] = None,
    published: Published = None,
    model: ModelFolder = None,
    packs: cli_actors.Packs = None,
) -> None:
    """Show records to people: what happened, who says so, who disputes it, on what terms."""
    from dateline.show import page, text
    from dateline.sources import read_sources

    records: list[Record] = []
    failed = 0
    for name in sources:
        found = _records(name)
        if found is not None:
            records += found
            continue
        for outcome in _with_progress(
            list(read_sources([name], published.date() if published else None)), 1, model, packs=packs
        ):
            if outcome.record is None:
                failed += 1
                _err.print(f"[red]not read[/red] {outcome.error}", highlight=False)
            else:
                records.append(outcome.record)
    if html:
        html.write_text(page.render(records), encoding="utf-8")
        _err.print(f"wrote {html} ({len(records)} records)", highlight=False)
    else:
        console = Console(emoji=False)
        for record in records:
            text.show(record, console)
    if failed:
        raise typer.Exit(1)


def _records(name: str) -> list[Record] | None:
    """Records in a file, or None when the file holds something else."""
    from dateline.record import Record

    path = Path(name)
    if path.suffix not in (".json", ".jsonl") or not path.is_file():
        return None
    body = path.read_text(encoding="utf-8")
    try:
        whole = json.loads(body)
        items = [whole] if isinstance(whole, dict) else whole
    except ValueError:
        try:
            items = [json.loads(line) for line in body.splitlines() if line.strip()]
        except ValueError:
            return None
    if not all(isinstance(x, dict) and x.get("schema") == "dateline/1" for x in items):
        return None
    return [Record.model_validate(x) for x in items]


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from dateline.record import Record

    typer.echo(json.dumps(Record.model_json_schema(by_alias=True), indent=2))


if __name__ == "__main__":
    app()
