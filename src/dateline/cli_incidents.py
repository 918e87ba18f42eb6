"""The commands that look at what many reports tell of together: reprints, incidents, link."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dateline.cli_archive import DEFAULT, Database, archive_at

if TYPE_CHECKING:
    from dateline.archive import Archive
    from dateline.archive.link import Linked

app = typer.Typer()
incidents_app = typer.Typer(
    invoke_without_command=True,
    epilog="Examples:  dateline incidents --db war.db   ·   dateline incidents --format jsonl --output incidents.jsonl   ·   "
    "dateline incidents join i01 i02   ·   dateline incidents split i01 ap-7:120 --reason 'another village'",
)
app.add_typer(incidents_app, name="incidents")
_err = Console(stderr=True, emoji=False)

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that compare at the same time.")]
Format = Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")]
Reviewer = Annotated[str, typer.Option("--by", envvar="DATELINE_REVIEWER", help="Who decides.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why; kept with the decision.")]
IncidentId = Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of an incident.")]


@contextmanager
def _linked(db: str, jobs: int) -> Iterator[Archive]:
    """An archive whose reprints and incidents are up to date."""
    with archive_at(db) as archive:
        link_with_progress(archive, jobs)
        yield archive


def link_with_progress(archive: Archive, jobs: int) -> Linked:
    from dateline.archive.link import link

    if not sys.stderr.isatty():
        return link(archive, jobs)
    with _err.status("linking") as shown:
        return link(archive, jobs, shown.update)


@app.command(name="link", epilog="Examples:  dateline link --db war.db --jobs 2")
def link_command(db: Database = DEFAULT, jobs: Jobs = 1) -> None:
    """Find reprints and gather events into incidents now; the commands that show them do so when something changed."""
    with archive_at(db) as archive:
        done = link_with_progress(archive, jobs)
    what = f"{done.reports:,} reports: {done.groups:,} texts in several copies, {done.incidents:,} incidents"
    typer.echo(what if done.anew else f"nothing changed; {what}")


@app.command(epilog="Examples:  dateline reprints --db war.db   ·   dateline reprints --format jsonl")
def reprints(db: Database = DEFAULT, format_: Format = "table", output: Output = None, jobs: Jobs = 1) -> None:
    """Show which reports are copies of one text: trimmed, under another headline, lightly edited."""
    from dateline.archive.link import reprints_in_view

    _check(format_)
    with _linked(db, jobs) as archive:
        found = reprints_in_view(archive)
        if format_ == "jsonl":
            _write(found, output)
            return
        shown = Table("origin", "agency", "copies", box=None)
        for g in found:
            shown.add_row(g["origin"], g["agency"] or "", ", ".join(r for r in g["reports"] if r != g["origin"]))
    _show(shown, output)


@incidents_app.callback()
def incidents(
    context: typer.Context,
    db: Database = DEFAULT,
    format_: Format = "table",
    output: Output = None,
    jobs: Jobs = 1,
    id_: Annotated[str | None, typer.Option("--id", help="Only this incident.")] = None,
) -> None:
    """Show what the reports tell of together: each happening once, with its sources, its figures and who disputes it."""
    if context.invoked_subcommand is not None:
        if any(
            str(context.get_parameter_source(n)).endswith("COMMANDLINE")
            for n in ("db", "format_", "output", "jobs", "id_")
        ):
            raise typer.BadParameter(f"give options after {context.invoked_subcommand}")
        return
    from dateline.archive.link import incidents_in_view

    _check(format_)
    with _linked(db, jobs) as archive:
        found = incidents_in_view(archive, id_)
        if format_ == "jsonl":
            _write(found, output)
            return
        shown = Table("incident", "day", "what", "who → to whom", "where", "killed", "sources", "", box=None)
        shown.columns[0].no_wrap = shown.columns[1].no_wrap = True
        for i in sorted(found, key=lambda i: (i["start"] or i["first_reported"] or "9", i["id"])):
            shown.add_row(*_row(i))
    _show(shown, output)


def _row(i: dict[str, Any]) -> tuple[str, ...]:
    names = [", ".join(a["name"] for a in i[role][:2]) or "—" for role in ("actors", "recipients")]
    killed = i["killed"] or {}
    low, high = (f"{killed[k]:g}" if killed.get(k) is not None else "" for k in ("low", "high"))
    return (
        i["id"], i["start"] or f"({i['first_reported'] or ''})", i["type"].lower() + ("" if i["status"] == "happened" else f", {i['status']}"),
        " → ".join(names), (i["place"] or {}).get("name", ""), low if low == high else f"{low}–{high}", str(i["independent_sources"]),
        "disputed" if i["disputed"] else "",
    )  # fmt: skip


@incidents_app.command(epilog="Examples:  dateline incidents join i0af00350b1e3bd46 i9be112d0c1e3bd41 --by Ada")
def join(
    ids: Annotated[list[str], typer.Argument(metavar="INCIDENT INCIDENT…", help="Ids of the incidents that are one.")],
    db: Database = DEFAULT, by: Reviewer = "reviewer", reason: Reason = None,
) -> None:  # fmt: skip
    """Say that incidents are one; it keeps the id of the first. Reports that come later respect it."""
    from dateline.archive import decide

    if len(set(ids)) < 2:
        raise typer.BadParameter("give two incidents or more")
    with _linked(db, 1) as archive:
        _decided(archive, decide.join(archive, ids, by, reason))


@incidents_app.command(
    epilog="Examples:  dateline incidents split i0af00350b1e3bd46 ap-2016-7:120 --reason 'another village'"
)
def split(
    id_: IncidentId,
    mentions: Annotated[
        list[str], typer.Argument(metavar="REPORT:OFFSET…", help="Mentions that do not belong to it; they become one incident.")
    ],
    db: Database = DEFAULT, by: Reviewer = "reviewer", reason: Reason = None,
) -> None:  # fmt: skip
    """Say that some mentions tell of something else than the rest of an incident."""
    from dateline.archive import decide

    away = [m.rpartition(":") for m in mentions]
    if bad := [m for m, (report, _, at) in zip(mentions, away, strict=True) if not report or not at.isdigit()]:
        raise typer.BadParameter(f"{bad[0]} is not REPORT:OFFSET, such as ap-2016-7:120")
    with _linked(db, 1) as archive:
        _decided(archive, decide.split(archive, id_, [(r, int(at)) for r, _, at in away], by, reason))


@incidents_app.command(epilog="Examples:  dateline incidents pin i0af00350b1e3bd46")
def pin(id_: IncidentId, db: Database = DEFAULT, by: Reviewer = "reviewer", reason: Reason = None) -> None:
    """Keep an incident's mentions together, under this id, whatever is read later."""
    from dateline.archive import decide

    with _linked(db, 1) as archive:
        _decided(archive, decide.pin(archive, id_, by, reason))


@incidents_app.command(epilog="Examples:  dateline incidents undo 3")
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Number of the decision.")], db: Database = DEFAULT
) -> None:
    """Take a decision back; it stays on record."""
    from dateline.archive import decide

    with archive_at(db) as archive:
        decide.undo(archive, number)
        link_with_progress(archive, 1)
    typer.echo(f"decision {number} no longer holds")


@incidents_app.command(epilog="Examples:  dateline incidents decisions --format jsonl")
def decisions(db: Database = DEFAULT, format_: Format = "table") -> None:
    """List what was decided, undone decisions too."""
    from dateline.archive import decide

    _check(format_)
    with archive_at(db) as archive:
        found = decide.listed(archive)
    if format_ == "jsonl":
        _write(found, None)
        return
    shown = Table("number", "decision", "mentions", "by", "reason", "", box=None)
    for d in found:
        named = ", ".join(f"{r}:{a}" for r, a, _ in d["mentions"])
        shown.add_row(
            str(d["number"]), d["kind"], named, d["reviewer"], d["reason"] or "", "undone" if d["undone"] else ""
        )
    _show(shown, None)


def _decided(archive: Archive, number: int) -> None:
    link_with_progress(archive, 1)
    typer.echo(f"decision {number}; take it back with: dateline incidents undo {number}")


def _check(format_: str) -> None:
    if format_ not in ("table", "jsonl"):
        raise typer.BadParameter("give table or jsonl", param_hint="--format")


def _write(found: Iterable[dict[str, Any]], output: Path | None) -> None:
    out: IO[str] = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    try:
        for item in found:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
    finally:
        if output:
            out.close()


def _show(shown: Table, output: Path | None) -> None:
    if output:
        with output.open("w", encoding="utf-8") as out:
            Console(file=out, width=160, emoji=False).print(shown)
    else:
        Console(emoji=False).print(shown if shown.row_count else "nothing found")
