"""Tables of knowledge are opened in one way, with one error."""

from __future__ import annotations

import re

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.table import load_table, refuse


def test_a_table_that_is_missing_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"none\.toml"):
        load_table("ontology/none.toml")


def test_all_problems_of_a_table_are_told_at_once() -> None:
    refuse("ontology/mode.toml", [])
    with pytest.raises(KnowledgeError, match=re.escape("mode.toml: first; second")):
        refuse("ontology/mode.toml", ["first", "second"])
