from __future__ import annotations

import pytest

from dateline.resolving.status import settle


@pytest.mark.parametrize(
    "before, was, status",
    [
        ("They would agree to a truce only if regime backers ", "demanded", "conditional"),
        ("No talks unless the shelling stops, the roads open and the captives ", "demanded", "conditional"),
        ("If rebels attack, the army ", "happened", "happened"),
        ("Other ideas under consideration include ", "intended", "conditional"),
        ("There is no record of a coalition ", "happened", "negated"),
        ("The general showed no appetite for a negotiated ", "conditional", "negated"),
        ("Moscow vowed to continue its ", "happened", "intended"),
        ("The envoy stressed the importance of ", "happened", "demanded"),
        ("The army ", "happened", "happened"),
        ("It stopped short of a promise if ", "cancelled", "cancelled"),
    ],
)
def test_words_before_a_trigger_settle_its_status(before: str, was: str, status: str) -> None:
    assert settle(before, was) == status
