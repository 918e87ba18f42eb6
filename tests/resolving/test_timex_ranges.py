"""From which day to which an act went on."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.resolving.timex_ranges import lasted
from dateline.resolving.when import resolve_times


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They killed 300 between 2020 and 2023.", "2020-01-01", "2023-12-31"),
        ("They hit 14 schools from March to May.", "2024-03-01", "2024-05-31"),
        ("Between Monday and Wednesday jets struck.", "2024-06-03", "2024-06-05"),
        ("It fell between shifts on Monday and Wednesday.", "2024-06-03", "2024-06-03"),
        ("They came on Monday and Wednesday.", "2024-06-03", "2024-06-03"),
    ],
)
def test_what_lasted(text: str, first: str, last: str) -> None:
    times = resolve_times(text, [(0, len(text))], date(2024, 6, 6))
    assert lasted(text, times[0], times) == (date.fromisoformat(first), date.fromisoformat(last))


def test_either_end_dates_the_whole() -> None:
    text = "They killed 300 between 2020 and 2023."
    times = resolve_times(text, [(0, len(text))], date(2024, 6, 6))
    assert lasted(text, times[1], times) == lasted(text, times[0], times)
