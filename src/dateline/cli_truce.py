"""The commands that answer mediators and monitors: truce, violations, disputes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from dateline.cli_archive import archive_at
from dateline.errors import BadRecord, DatelineError, MissingSource

if TYPE_CHECKING:
    from dateline.analysis.parties import Parties
    from dateline.analysis.truces import Truce
    from dateline.archive.incidents_decisions import Decision
    from dateline.record import Record

app = typer.Typer()
_err = Console(stderr=True, emoji=False)

Records = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[RECORDS.jsonl]…", help="Records that `dateline read` wrote; or give --db."),
]
Database = Annotated[
    str | None,
    typer.Option("--db", envvar="DATELINE_DB", metavar="FILE|postgresql://…", help="An archive, instead of files."),
]
Format = Annotated[str, typer.Option("--format", "-f", help="text or json.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="As things stood at the end of this day. Default: the last report's."
    ),
]


@app.command(
    epilog="Examples:  dateline truce records.jsonl   ·   dateline truce --db war.db --on 2016-02-20   ·   dateline truce records.jsonl --format json --output board.json"
)
def truce(
    records: Records = None, db: Database = None, on: On = None, format_: Format = "text", output: Output = None
) -> None:
    """Lay all terms on one board: can all be met together, who waits for whom, what was done, what changed.

    Exit status: 0; 2 wrong use, or records that cannot be read.
    """
    from dateline.analysis import told
    from dateline.analysis.truce import board

    _check(format_)
    found, _ = _taken(records, db)
    made = board(found, on.date() if on else None)
    if format_ == "json":
        _write(json.dumps(told.as_json(made), ensure_ascii=False, indent=2), output)
        return
    _write("\n\n".join("\n".join((f"## {head}", *lines)) for head, lines in told.lines(made)), output)


@app.command(
    epilog="Examples:  dateline violations records.jsonl   ·   dateline violations --db war.db --from 2016-02-27 --party Russia --party 'Syrian opposition' --except 'Islamic State'"
)
def violations(
    records: Records = None, db: Database = None, on: On = None, format_: Format = "text", output: Output = None,
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of a truce that the reports do not date.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Its last day.")] = None,
    party: Annotated[list[str] | None, typer.Option("--party", help="A party to it, as reports name it; again for each.")] = None,
    left_out: Annotated[list[str] | None, typer.Option("--except", help="A party that it leaves out; again for each.")] = None,
) -> None:  # fmt: skip
    """Watch truces: each breach with who, where, when, on whose word, who denies it; totals that monitors claim stand apart.

    Truces are found in the reports; with --from (and --until, --party, --except) you say which one to watch.
    Exit status: 0; 2 wrong use, or records that cannot be read.
    """
    from dateline.analysis import told_watch
    from dateline.analysis import violations as rooms
    from dateline.analysis.parties import gather

    _check(format_)
    if (until or party or left_out) and not from_:
        raise typer.BadParameter("a truce of your own needs its first day", param_hint="--from")
    found, decisions = _taken(records, db)
    given = (
        [_given(gather(found), from_.date(), until.date() if until else None, party or [], left_out or [])]
        if from_
        else []
    )
    watched = rooms.watch(found, given, decisions, on.date() if on else None)
    if format_ == "json":
        _write(json.dumps([rooms.as_json(w) for w in watched], ensure_ascii=False, indent=2), output)
        return
    _write("\n\n".join("\n".join(told_watch.watch_lines(w)) for w in watched) or "no truce found; give --from", output)


@app.command(epilog="Examples:  dateline disputes records.jsonl   ·   dateline disputes --db war.db --format json")
def disputes(
    records: Records = None, db: Database = None, format_: Format = "text", output: Output = None,
    everything: Annotated[bool, typer.Option("--all", help="Also happenings on which nobody differs.")] = False,
) -> None:  # fmt: skip
    """Lay side by side who says what of each disputed event or figure, with the words.

    Exit status: 0; 2 wrong use, or records that cannot be read.
    """
    from dateline.analysis import disputes as rooms
    from dateline.analysis import told_watch

    _check(format_)
    found, decisions = _taken(records, db)
    made = rooms.disputes(found, decisions, everything=everything)
    if format_ == "json":
        _write(json.dumps([rooms.as_json(d) for d in made], ensure_ascii=False, indent=2), output)
        return
    _write("\n\n".join("\n".join(told_watch.dispute_lines(d)) for d in made) or "nothing is disputed", output)


def _check(format_: str) -> None:
    if format_ not in ("text", "json"):
        raise typer.BadParameter("give text or json", param_hint="--format")


def _taken(files: Sequence[Path] | None, db: str | None) -> tuple[list[Record], Sequence[Decision]]:
    """Records of the files, or of the archive with what people decided there."""
    if files:
        try:
            return [r for f in files for r in _of_file(f)], ()
        except DatelineError as error:
            _err.print(f"[red]{error}[/red]", highlight=False)
            raise typer.Exit(2) from None
    if db is None:
        raise typer.BadParameter("give files of records, or an archive with --db")
    from dateline.archive import decide

    with archive_at(db) as archive:
        with archive.reading() as connection:
            decisions = list(decide.in_force(connection))
        return list(archive.records()), decisions


def _of_file(path: Path) -> Iterable[Record]:
    """Records of a file of JSON Lines, or of one record. All lines that are none are named at once."""
    from pydantic import ValidationError

    from dateline.record import Record

    try:
        body = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MissingSource(f"{path}: {error}") from None
    out, bad = [], []
    try:
        lines = [(1, json.dumps(json.loads(body)))] if body.lstrip().startswith("{") else []
    except ValueError:
        lines = [(n, line) for n, line in enumerate(body.splitlines(), 1) if line.strip()]
    for n, line in lines or [(n, line) for n, line in enumerate(body.splitlines(), 1) if line.strip()]:
        try:
            out.append(Record.model_validate_json(line))
        except ValidationError as error:
            bad.append(f"{path}, line {n}: {error.errors()[0]['msg']} ({'.'.join(map(str, error.errors()[0]['loc']))})")
    if bad:
        raise BadRecord(
            "no record of `dateline read`: "
            + "; ".join(bad[:5])
            + (f"; and {len(bad) - 5} more" if len(bad) > 5 else "")
        )
    return out


def _given(parties: Parties, start: date, end: date | None, named: Sequence[str], left_out: Sequence[str]) -> Truce:
    from dateline.analysis.truces import Truce
    from dateline.knowledge.actors.register import fold

    keys = {fold(p.name): k for k, p in parties.by_key.items()} | {k: k for k in parties.by_key}
    if unknown := [n for n in (*named, *left_out) if n not in keys and fold(n) not in keys]:
        some = ", ".join(sorted(p.name for p in parties.by_key.values() if parties.is_side(p.key))[:20])
        raise typer.BadParameter(f"no report names {', '.join(unknown)}; they name {some}")
    made = Truce((), (), (), start, end, True, ())
    return replace(
        made,
        parties=tuple(sorted(keys.get(n) or keys[fold(n)] for n in named)),
        excluded=tuple(sorted(keys.get(n) or keys[fold(n)] for n in left_out)),
    )


def _write(body: str, output: Path | None) -> None:
    out: IO[Any] = output.open("w", encoding="utf-8", newline="\n") if output else sys.stdout
    try:
        out.write(body + "\n")
    finally:
        if output:
            out.close()
