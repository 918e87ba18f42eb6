"""The commands `dateline places …`: look a name up, bring gazetteers of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.knowledge.places import Row

app = typer.Typer(help="Look places up; add gazetteers of your own.", no_args_is_help=True)
_err = Console(stderr=True, emoji=False)
# Rows that could not be used and are named; the others are counted.
_NAMED = 20
_EVERY = 50_000
# Columns of a table that no person watches.
_WIDE = 240


@app.command(epilog="Examples:  dateline places find Kweyris   ·   dateline places find Tripoli --country LBN")
def find(
    name: Annotated[str, typer.Argument(help="A name as a report writes it.")],
    country: Annotated[str | None, typer.Option("--country", "-c", help="ISO 3166-1 alpha-3.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many at most.")] = 10,
) -> None:
    """Every place that a name could mean, the likeliest first. Exit status 1: none is known."""
    from dateline.knowledge import places

    found = [c for c in places.load().candidates(name) if country is None or c.country == country.upper()]
    if not found:
        _err.print(f"no place is called {name}; `dateline places import` adds a gazetteer", highlight=False)
        raise typer.Exit(1)
    table = Table("name", "division", "country", "kind", "people", "lat", "lon", "± km", "source", "by", box=None)
    for c in found[:limit]:
        table.add_row(
            c.name, c.admin1 or "", c.country or "", c.feature, str(c.population or ""), f"{c.lat:.4f}", f"{c.lon:.4f}",
            f"{c.radius_km:g}", c.source, c.matched,
        )  # fmt: skip
    Console(width=None if sys.stdout.isatty() else _WIDE, emoji=False, markup=False).print(table)
    if len(found) > limit:
        _err.print(f"{len(found) - limit} more: --limit {len(found)}", highlight=False)


@app.command(
    name="import",
    epilog="Examples:  dateline places import allCountries.zip   ·   dateline places import SY.zip --country SYR   ·   dateline places import villages.csv",
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="GeoNames' zip or txt; CSV with name, lat, lon (and aliases parted by |, country, feature, population, precision, radius_km); GeoJSON.",
            exists=True,
            dir_okay=False,
        ),
    ],
    name: Annotated[str | None, typer.Option("--name", help="Call it so; one of that name is replaced.")] = None,
    country: Annotated[
        list[str] | None, typer.Option("--country", "-c", help="Only this country (alpha-3); may be given again.")
    ] = None,
) -> None:
    """Add a gazetteer; the reader uses it from then on, and records say so in `reader.knowledge`.

    Exit status: 0 all taken; 1 some rows could not be used (named; the rest is taken); 2 nothing taken.
    """
    from dateline.knowledge import places

    rejected: list[str] = []
    called = name or file.name.split(".")[0].replace("-", "_")
    try:
        rows = places.read_gazetteer(file, frozenset(c.upper() for c in country or ()), rejected.append)
        count = places.store(called, _counted(rows))
    except (DatelineError, UnicodeDecodeError) as error:
        for line in rejected[:_NAMED]:
            _err.print(f"[red]not taken[/red] {escape(line)}", highlight=False)
        _err.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from None
    _err.print(f"{_many(count, 'place')} added as {called}", highlight=False)
    for line in rejected[:_NAMED]:
        _err.print(f"[red]not taken[/red] {escape(line)}", highlight=False)
    if rejected:
        _err.print(f"{_many(len(rejected), 'row')} not taken", highlight=False)
        raise typer.Exit(1)


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _counted(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, with a count on standard error while they pass."""
    with _err.status("reading") as status:
        for n, row in enumerate(rows, 1):
            if n % _EVERY == 0:
                status.update(f"reading: {n:,} places")
            yield row


@app.command(name="list")
def list_() -> None:
    """The gazetteers that were added."""
    from dateline.knowledge import places

    for path in places.imported():
        typer.echo(path.stem.rpartition("-")[0])


@app.command()
def remove(name: Annotated[str, typer.Argument(help="As `dateline places list` names it.")]) -> None:
    """Take a gazetteer out again."""
    from dateline.knowledge import places

    if not places.remove(name):
        _err.print(f"no gazetteer is called {name}; `dateline places list` names them", highlight=False)
        raise typer.Exit(1)
    _err.print(f"{name} removed", highlight=False)
