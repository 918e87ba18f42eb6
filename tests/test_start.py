"""The program starts with the one command that is asked for, and that is the very command of the whole program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.main import get_command

from dateline.__main__ import alone
from dateline.cli import app


def paths(command: object, so_far: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, inner in getattr(command, "commands", {}).items():
        yield (*so_far, name)
        yield from paths(inner, (*so_far, name))


def reached(program: typer.Typer, path: tuple[str, ...]) -> object:
    command = get_command(program)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]
    return command


@pytest.mark.parametrize("path", list(paths(get_command(app))), ids=" ".join)
def test_a_command_started_alone_is_the_command_itself(path: tuple[str, ...]) -> None:
    only = alone(app, [*path, "--help"])
    assert len(getattr(get_command(only), "commands", {})) == 1
    some, whole = reached(only, path), reached(app, path)
    assert (some.help, some.epilog) == (whole.help, whole.epilog)  # type: ignore[attr-defined]
    assert [p.opts for p in some.params] == [p.opts for p in whole.params]  # type: ignore[attr-defined]
    if len(path) == 1:
        assert set(getattr(some, "commands", ())) == set(getattr(whole, "commands", ()))


@pytest.mark.parametrize("words", [[], ["--version"], ["nosuch", "status"]])
def test_without_a_command_the_program_is_whole(words: list[str]) -> None:
    assert alone(app, words) is app
