"""Which body of the story's country is named only in a title? "Government spokesman Ba" names the government."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.record import Span
from dateline.resolving.who_cluster import Cluster
from dateline.resolving.who_described import Described, describe
from dateline.resolving.who_names import Story, home_force, home_of


def home_body_inside(text: str, mentions: Iterable[Span], part: str, story: Story) -> tuple[Described, Span] | None:
    """The body `part` that a word of a person's mention stands for, and the word; None where none does."""
    for start, end in mentions:
        for word in re.finditer(r"\w+", text[start:end]):
            reading = home_force(word[0].lower(), story) or home_of(word[0].lower(), story)
            if reading is not None and reading.key == part:
                return describe(Cluster({0: reading}), story), (start + word.start(), start + word.end())
    return None
