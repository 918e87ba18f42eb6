"""`dateline actors`: look into the register of actors, and check packs of one's own."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from dateline.errors import DatelineError

# The register is loaded by the commands that look into it.
if TYPE_CHECKING:
    from dateline.knowledge.actors import Alias, Entry, Register

app = typer.Typer(help="Look into the register of actors; add to it and check your own packs.", no_args_is_help=True)
_err = Console(stderr=True, emoji=False)

Packs = Annotated[
    Path | None,
    typer.Option("--actors", help="Folder of your own packs (*.toml) over our register. Default: $DATELINE_ACTORS."),
]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="What was so on this day, such as 2016-02-20.")
]


def _register(packs: Path | None) -> Register:
    from dateline.knowledge.actors import load_register, pack_files

    try:
        return load_register(packs=pack_files(packs))
    except DatelineError as error:
        _err.print(f"[red]{error}[/red]", highlight=False, markup=True)
        raise typer.Exit(2) from None


@app.command(epilog='Examples:  dateline actors find YPG   ·   dateline actors find "Shabaab" --on 2012-05-01')
def find(
    name: Annotated[str, typer.Argument(help="A name, an acronym, a part of one, or a nationality.")],
    on: Day = None,
    actors: Packs = None,
) -> None:
    """Find actors by name, best first. Exit status 1 when there is none."""
    register = _register(actors)
    day = on.date() if on else None
    found = register.named(name, day)
    state = register.adjective(name) or register.capital(name) or register.forces(name)
    found += [state] if state and state not in found else []
    found += [e for e in register.containing(name) if e not in found]
    for entry in found:
        typer.echo(f"{entry.key}\t{entry.name}\t{entry.kind}\t{entry.country or ''}")
    if not found:
        _err.print(
            f"no actor is called {name!r}; `dateline actors add` writes one into a pack of yours", highlight=False
        )
        raise typer.Exit(1)


@app.command(
    epilog="Examples:  dateline actors show group:YPG   ·   dateline actors show person:sergei-lavrov --on 2016-02-20"
)
def show(
    key: Annotated[str, typer.Argument(help="A key, such as group:YPG or state:SYR; `actors find` tells it.")],
    on: Day = None,
    actors: Packs = None,
) -> None:
    """Show an actor: names, offices, memberships, backers, each with its years."""
    register = _register(actors)
    entry = register.get(key)
    if entry is None:
        _err.print(f"no actor has the key {key!r}; look for one with `dateline actors find NAME`", highlight=False)
        raise typer.Exit(1)
    for line in told(entry, register, on.date() if on else None):
        typer.echo(line)


def told(entry: Entry, register: Register, day: date | None) -> list[str]:
    """An entry in lines; with a day, only the offices and ties of that day."""
    years = f", {entry.first_year or ''}-{entry.last_year or ''}" if entry.first_year or entry.last_year else ""
    lines = [f"{entry.key}: {entry.name} ({entry.kind}{', ' + entry.country if entry.country else ''}{years})"]
    if entry.pack:
        lines.append(f"  from pack: {entry.pack}")
    lines += [f"  also: {_alias(a)}" for a in entry.aliases]
    lines += [f"  adjective: {w}" for w in entry.adjectives]
    lines += [f"  part-of: {entry.part_of}"] if entry.part_of else []
    for r in entry.roles:
        if day is None or r.held_on(day):
            lines.append(f"  {r.role} of {r.org}: {r.first:%Y-%m}..{f'{r.last:%Y-%m}' if r.last else ''}")
    for t in entry.ties:
        if day is None or t.held_in(day.year):
            lines.append(f"  {t.kind} {t.to}: {t.first_year or ''}..{t.last_year or ''}")
    for other, tie in register.tied_to(entry.key):
        if day is None or tie.held_in(day.year):
            lines.append(f"  {other.key} {tie.kind} it: {tie.first_year or ''}..{tie.last_year or ''}")
    for person, r in register.serving(entry.key):
        if day is not None and r.held_on(day):
            lines.append(f"  {r.role}: {person.name} ({person.key})")
    return lines


def _alias(alias: Alias) -> str:
    if alias.first_year is None and alias.last_year is None:
        return alias.text
    return f"{alias.text} ({alias.first_year or ''}-{alias.last_year or ''})"


@app.command(
    epilog='Example:  dateline actors add group:zaman-brigade "Zaman Brigade" --kind militia --country TCD --alias "Zaman Boys" --pack packs/lake-chad.toml'
)
def add(
    key: Annotated[str, typer.Argument(help="A key of your own, such as group:zaman-brigade; one of ours is changed.")],
    name: Annotated[str, typer.Argument(help="The usual English name.")],
    pack: Annotated[Path, typer.Option("--pack", help="The pack (*.toml) to write into; made when it is not there.")],
    kind: Annotated[str, typer.Option(help="state, rebel, militia, party, ngo …")] = "other",
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-3.")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name, or NAME@2015-2018. May stand again.")] = None,
    role: Annotated[
        list[str] | None, typer.Option(help='An office: "foreign minister@state:TCD 2024-03..". May stand again.')
    ] = None,
    tie: Annotated[
        list[str] | None, typer.Option(help='A tie: "part-of group:VDP 2020..2022". May stand again.')
    ] = None,
) -> None:
    """Write an actor into a pack of yours. Nothing is written when the pack would break."""
    from dateline.knowledge.actors import load_register
    from dateline.knowledge.actors.packs import table

    before = pack.read_text(encoding="utf-8") if pack.exists() else ""
    body = before + ("\n" if before else f'name = "{pack.stem}"\n\n')
    body += table(
        {"key": key, "name": name, "kind": kind, "country": country, "aliases": alias, "roles": role, "ties": tie}
    )
    pack.parent.mkdir(parents=True, exist_ok=True)
    trial = pack.with_suffix(".trial")
    trial.write_text(body, encoding="utf-8")
    try:
        load_register.__wrapped__(packs=(trial,))
    except DatelineError as error:
        _err.print(f"[red]{error}[/red]", highlight=False)
        raise typer.Exit(2) from None
    else:
        trial.replace(pack)
    finally:
        trial.unlink(missing_ok=True)
    typer.echo(f"{key} is in {pack}")


@app.command(epilog="Examples:  dateline actors check   ·   dateline actors check packs/")
def check(
    folder: Annotated[Path | None, typer.Argument(help="The folder of your packs, as `--actors`.", exists=True)] = None,
    actors: Packs = None,
) -> None:
    """Check the register and your packs; every bad entry is named and the exit status is 2."""
    register = _register(folder or actors)
    kinds: dict[str, int] = {}
    for entry in register.entries.values():
        kinds[entry.key.partition(":")[0]] = kinds.get(entry.key.partition(":")[0], 0) + 1
    theirs = sum(e.pack is not None for e in register.entries.values())
    typer.echo(f"{len(register)} actors, {theirs} of them from packs")
    for name, count in sorted(kinds.items()):
        typer.echo(f"  {name}: {count}")
