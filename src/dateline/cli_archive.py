"""The commands that fill an archive and look into it: add, watch, records, search, status."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from dateline.errors import ArchiveError, DatelineError

# SQLAlchemy and the reader each take as long to load as a story to read: commands that need neither do not wait for them.
if TYPE_CHECKING:
    from dateline.archive import Archive
    from dateline.archive.ingest import Summary
    from dateline.archive.write import Done

DEFAULT = "dateline.db"
app = typer.Typer()
_err = Console(stderr=True, emoji=False)
_BECAME = ("added", "corrected", "reread", "unchanged", "withheld", "killed", "failed")

Database = Annotated[
    str,
    typer.Option(
        "--db",
        envvar="DATELINE_DB",
        metavar="FILE|postgresql://…",
        help="The archive: a SQLite file or a PostgreSQL database.",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read at the same time.")]
Follow = Annotated[bool, typer.Option("--follow", help="Of feeds, take the pages that the items link to.")]
Format = Annotated[
    str,
    typer.Option("--format", "-f", help="table or jsonl; jsonl prints a line for each report, once it is on the disk."),
]
ModelFolder = Annotated[
    Path | None,
    typer.Option("--model", help="Folder of another model than the one that ships.", exists=True, file_okay=False),
]


@contextmanager
def archive_at(name: str, *, create: bool = False) -> Iterator[Archive]:
    """The archive that `--db` names, for one command; an error is told and ends the command with status 2."""
    from sqlalchemy.exc import DBAPIError

    from dateline.archive import open_archive

    try:
        with open_archive(name, create=create) as archive:
            yield archive
    except DatelineError as error:
        _err.print(f"[red]{_plain(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from None
    except DBAPIError as error:
        told = ArchiveError(f"{name}: {str(error.orig).strip().splitlines()[0]}")
        _err.print(f"[red]{_plain(str(told))}[/red]", highlight=False)
        raise typer.Exit(2) from None


@app.command(
    "add",
    epilog="Examples:  dateline add reports.jsonl   ·   dateline add stories/ crawl.warc.gz --db war.db --jobs 2   ·   dateline add https://example.org/feed.xml --follow   ·   dateline add records.jsonl --db postgresql://me@host/war",
)
def add_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Text, HTML, JSON Lines (reports, or records that `read` wrote), RSS, Atom, ninjs, NITF, NewsML-G2, WARC, folders of them, addresses, or - for standard input.",
        ),
    ],
    db: Database = DEFAULT,
    jobs: Jobs = 1,
    published: Annotated[
        datetime | None,
        typer.Option("--published", formats=["%Y-%m-%d"], help="Publication date of reports that bring none."),
    ] = None,
    follow: Follow = False,
    reread: Annotated[bool, typer.Option("--reread", help="Read again what another reader has read.")] = False,
    format_: Format = "table",
    model: ModelFolder = None,
) -> None:
    """Take reports into the archive: read what is new, keep corrections as versions, leave the rest as it is.

    Run it again after a break: it goes on where it was. Exit status: 0 all taken in; 1 some not
    (named on standard error; the rest is); 2 wrong use, or the archive cannot be used.
    """
    from dateline.archive.ingest import add
    from dateline.batch import ReadingRoom

    _check(format_)
    with (
        archive_at(db, create=True) as archive,
        ReadingRoom(jobs, model, prepare_places) as room,
        _telling(format_) as tell,
    ):
        try:
            summary = add(
                archive, sources, room, published=published.date() if published else None, reread=reread, follow=follow,
                on_done=tell, on_start=_say_resumed,
            )  # fmt: skip
        except KeyboardInterrupt:
            _err.print("stopped; what was taken in is kept, and the same command goes on from there", highlight=False)
            raise typer.Exit(130) from None
    _err.print(_said(summary.counts), highlight=False)
    if summary.failed:
        raise typer.Exit(1)


@app.command(
    epilog="Examples:  dateline watch https://example.org/feed.xml --every 15   ·   dateline watch https://a.example/rss https://b.example/atom --rounds 1 --db war.db"
)
def watch(
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="Feeds or pages to ask again and again.")],
    db: Database = DEFAULT,
    every: Annotated[float, typer.Option("--every", min=0.1, help="Minutes between two askings of one address.")] = 15,
    rounds: Annotated[
        int | None, typer.Option("--rounds", min=1, help="Stop after this many rounds. Default: never.")
    ] = None,
    follow: Follow = False,
    jobs: Jobs = 1,
    format_: Format = "table",
    model: ModelFolder = None,
) -> None:
    """Poll feeds on a schedule and take in what is new, as robots.txt and caching headers ask. Ctrl-C stops it."""
    from dateline.archive.watch import Watch
    from dateline.batch import ReadingRoom

    _check(format_)
    wrong = [u for u in urls if not u.startswith(("http://", "https://"))]
    if wrong:
        raise typer.BadParameter(f"{wrong[0]} is not an http or https address", param_hint="URL…")
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with (
        archive_at(db, create=True) as archive,
        ReadingRoom(jobs, model, prepare_places) as room,
        _telling(format_, bar=False) as tell,
    ):
        Watch(archive, urls, room, every * 60, follow, tell, _say_round, stop=stop).run(rounds)


@app.command(
    epilog="Examples:  dateline records --db war.db   ·   dateline records ap-2016-1 ap-2016-2 --output records.jsonl"
)
def records(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT]…", help="Ids of reports. Default: all in view.")
    ] = None,
    db: Database = DEFAULT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")
    ] = None,
) -> None:
    """Write the records in view as JSON Lines, in the order of their reports' ids."""
    with archive_at(db) as archive:
        out: IO[str] = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
        try:
            for record in archive.records(keys):
                out.write(record.to_json() + "\n")
        finally:
            if output:
                out.close()


@app.command(epilog="""Examples:  dateline search truce "car bomb"   ·   dateline search azaz or aleppo --db war.db""")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help='Words, "phrases in quotes", or, -without.')],
    db: Database = DEFAULT,
    most: Annotated[int, typer.Option("--most", min=1, help="How many at most.")] = 20,
    format_: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
) -> None:
    """Find reports by their words, the best first."""
    from dateline.archive import look

    _check(format_)
    with archive_at(db) as archive:
        found = look.search(archive, " ".join(f'"{w}"' if " " in w else w for w in words), most)
    if format_ == "jsonl":
        for f in found:
            typer.echo(
                json.dumps({"report": f.key, **{k: str(v) if v else None for k, v in list(asdict(f).items())[1:]}})
            )
        return
    table = Table("report", "published", "outlet", "title", "words", box=None)
    for f in found:
        table.add_row(f.key, str(f.published or ""), f.outlet or "", f.title or "", f.words)
    Console(emoji=False).print(table if found else "nothing found")


@app.command(epilog="Examples:  dateline status   ·   dateline status --db war.db")
def status(db: Database = DEFAULT) -> None:
    """Say what is in the archive, and what the last runs did."""
    from dateline.archive import look

    with archive_at(db) as archive:
        found = look.overview(archive)
    out = Console(highlight=False, emoji=False)
    out.print(" · ".join(f"{n:,} {name}" for name, n in found.counts.items() if n) or "empty")
    out.print("reports: " + ", ".join(f"{n:,} {state}" for state, n in sorted(found.states.items())), end="")
    out.print(f", published {found.first} to {found.last}" if found.first else "")
    for reader in found.readers:
        out.print(f"read by {reader}")
    for run in found.runs:
        out.print(
            f"run {run.id} {run.command} {run.started:%Y-%m-%d %H:%M} {run.state}: {', '.join(run.sources)[:100]}"
        )
        out.print(f"  {_said(run.counts)}")
        for message in run.failures:
            out.print(f"  not taken in {message}", markup=False)


def _check(format_: str) -> None:
    if format_ not in ("table", "jsonl"):
        raise typer.BadParameter("give table or jsonl", param_hint="--format")


def prepare_places() -> None:
    """Build the index of places before any worker needs it, and say so: it takes a while, once."""
    from dateline.knowledge import places

    if not places.is_built():
        _err.print("building the index of places (once, about half a minute)")
        places.load()


def _say_resumed(summary: Summary) -> None:
    if summary.resumed_after:
        _err.print(f"an earlier run was broken off after {summary.resumed_after:,} reports; going on", highlight=False)


def _say_round(url: str, summary: Summary) -> None:
    _err.print(f"{datetime.now():%Y-%m-%d %H:%M} {url}: {_said(summary.counts)}", highlight=False, markup=False)


def _said(counts: Counter[str]) -> str:
    """`120 reports: 100 added, 15 unchanged, 5 failed`."""
    parts = ", ".join(f"{counts[name]:,} {name}" for name in _BECAME if counts[name])
    return f"{counts.total():,} reports: {parts}" if parts else "nothing new"


@contextmanager
def _telling(format_: str, *, bar: bool = True) -> Iterator[Callable[[Sequence[Done]], None]]:
    """Someone who is told of each batch: names what failed, prints lines when asked, and moves a bar when a person watches."""
    counts: Counter[str] = Counter()
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True, disable=not (bar and sys.stderr.isatty())) as progress:
        task = progress.add_task("taking in", total=None)

        def tell(done: Sequence[Done]) -> None:
            counts.update(d.became for d in done)
            for d in done:
                if d.became == "failed":
                    progress.console.print(f"[red]not taken in[/red] {_plain(d.message)}", highlight=False)
                if format_ == "jsonl":
                    sys.stdout.write(
                        json.dumps({"report": d.key, **{k: v for k, v in asdict(d).items() if k != "key"}}) + "\n"
                    )
            sys.stdout.flush()
            progress.update(task, description=_said(counts))

        yield tell


def _plain(message: str | None) -> str:
    return (message or "").replace("[", "\\[")
