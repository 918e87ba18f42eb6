"""A record in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule

from dateline.record import Record
from dateline.show.view import View


def show(record: Record, console: Console) -> None:
    """Print a record: headline, events, disputes, terms, figures, ties, notes."""
    view = View(record)
    info = record.report
    filed = " · ".join(str(x) for x in (info.outlet, info.agency, info.dateline.place, info.published) if x)
    console.print(Rule(escape(view.headline()), style="bold"))
    if filed:
        console.print(f"[dim]{escape(filed)}[/dim]")
    _section(
        console, "What happened", [f"• {view.event_line(e)}" for e in view.main_events() if e.status == "happened"]
    )
    _section(
        console,
        "What did not, or not yet",
        [f"• {view.event_line(e)}" for e in view.main_events() if e.status != "happened"],
    )
    _section(
        console,
        "Who disputes what",
        [line for topic, lines in view.disputes() for line in (f"• {topic}", *(f"    {x}" for x in lines))],
    )
    _section(
        console,
        "On what terms",
        [
            line
            for t in record.terms
            for head, *rest in [view.term_lines(t)]
            for line in (f"• {head}", *(f"    – {x}" for x in rest))
        ],
    )
    _section(console, "Figures", [f"• {view.figure_line(f)}" for f in record.figures])
    _section(console, "Ties", [f"• {view.relation_line(r)}" for r in record.relations])
    _section(
        console,
        "What could not be settled",
        [f"• {n.message}" + (f": “{view.words(n.span)}”" if n.span else "") for n in record.notes],
    )
    console.print()


def _section(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"\n[bold]{title}[/bold]")
        for line in lines:
            console.print(escape(line), highlight=False)
