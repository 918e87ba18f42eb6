"""Times and figures of run-on text are read in time that grows with its length."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from dateline.resolving.how_many import resolve_figures
from dateline.resolving.when import resolve_times

# Of processor time, so that a busy machine does not fail it; growth by the square takes minutes.
_LIMIT_S = 20.0


@pytest.mark.parametrize(
    "words", ["1 ", "two ", "111 ", "1,", "killed 3 and ", "a ", "the death toll ", "9", "Friday "]
)
def test_run_on_text(words: str) -> None:
    text = words * (20000 // len(words))
    started = process_time()
    times = resolve_times(text, [(0, len(text))], date(2016, 2, 20))
    resolve_figures(text, [(0, len(text))], times)
    assert process_time() - started < _LIMIT_S
