"""The command that writes an archive in the shapes that others work with: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from dateline.cli_archive import archive_at, prepare_places
from dateline.cli_incidents import link_with_progress
from dateline.cli_question import EVERYTHING, asked, options, told_errors

app = typer.Typer()
_err = Console(stderr=True, emoji=False)
_FORMATS = "acled, ucdp, polecat, plover, gdelt, geojson, hxl, parquet or annotations"


@app.command(
    epilog="Examples:  dateline export acled --output events.csv   ·   dateline export geojson --output map.geojson --country SYR --since 2016-02   ·   "
    "dateline export gdelt --output events.tsv --events --db war.db"
)
@options(*EVERYTHING)
def export(
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help=f"{_FORMATS[0].upper()}{_FORMATS[1:]}.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write; put in place when it is whole.")],
    events: Annotated[
        bool, typer.Option("--events", help="A row for each event of each report, not for each incident.")
    ] = False,
    **given: Any,
) -> None:
    """Write incidents (or, with --events, events) in the shape of another data set.

    What a shape has no room for is left out and counted on standard error; docs/exports.md says
    what each cannot carry.
    """
    from dateline.export import FORMATS, write

    if format_ not in FORMATS:
        raise typer.BadParameter(f"give {_FORMATS}", param_hint="FORMAT")
    question = asked(given)
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with told_errors(), archive_at(given["db"]) as archive:
        prepare_places()
        if not events:
            link_with_progress(archive, 1)
        with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as bar:
            task = bar.add_task("writing", total=None)
            done = write(
                archive, format_, output, question, events=events,
                tell=lambda n: bar.update(task, description=f"{n:,}") if n % 100 == 0 else None,
            )  # fmt: skip
    _err.print(f"wrote {output}: {done.rows:,} rows", highlight=False, markup=False, soft_wrap=True)
    for why, n in done.left_out.most_common():
        _err.print(f"  {n:,} left out: {why}", highlight=False, markup=False, soft_wrap=True)
