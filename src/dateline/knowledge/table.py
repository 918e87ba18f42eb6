"""What does a table of `knowledge/` hold? One way to open them all; who asks says what it may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.errors import KnowledgeError


@cache
def load_table(path: str) -> dict[str, Any]:
    """A TOML file by its path in this package: "ontology/mode.toml"; read once, not to be changed.

    Raises `KnowledgeError` where it is missing, is no UTF-8 or no TOML; the message names it.
    """
    try:
        return tomllib.loads(files("dateline.knowledge").joinpath(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise KnowledgeError(f"{path.rpartition('/')[2]}: {problem}") from problem


def refuse(path: str, problems: Sequence[str]) -> None:
    """Raise `KnowledgeError` with every problem that was found in a table; nothing where there is none."""
    if problems:
        raise KnowledgeError(f"{path.rpartition('/')[2]}: " + "; ".join(problems))
