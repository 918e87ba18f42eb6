"""`python -m dateline`, and the program `dateline`: the commands of `dateline.cli`, started quickly."""

from __future__ import annotations

import copy
import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def main() -> None:
    """Run a command. Python looks for cycles less often: what a command loads is many small objects that stay."""
    gc.set_threshold(100_000, 20, 100)
    from dateline.cli import app

    alone(app, sys.argv[1:])()


def alone(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """The program with the one command that the words begin with; with all, where they begin with none.

    To make all forty takes longer than many a question does.
    """
    only = copy.copy(app)
    name = words[0] if words else ""
    only.registered_commands = [c for c in app.registered_commands if name in (c.name, _name_of(c.callback))]
    if only.registered_commands:
        only.registered_groups = []
        return only
    for group in app.registered_groups:
        inner = group.typer_instance
        named = isinstance(group.name, str)  # the commands of one without a name stand among ours
        if inner is None or (named and group.name != name):
            continue
        found = alone(inner, words[1:] if named else words)
        if named or found is not inner:
            only.registered_groups = [copy.copy(group)]
            only.registered_groups[0].typer_instance = found
            return only
    return app


def _name_of(function: object) -> str:
    return getattr(function, "__name__", "").replace("_", "-")


if __name__ == "__main__":
    main()
