"""Which words of a mark name the actor."""

from __future__ import annotations

import pytest

from dateline.resolving.who_marks import whole
from tests.resolving.test_who import graph_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[[the envoy in New|1]] York spoke.", "the envoy in New York"),
        ("At [[least nine|1]] died.", "At least nine"),
        ("Two men, [[who were supposed|1]] to go, stayed.", "who"),
        ("[[people that had just been|1]] freed ran.", "people"),
        ("[[rebels led|1]] by a clerk ran.", "rebels"),
        ("The [[go|1]]-between spoke.", "go-between"),
        ("[[Tigray People's Liberation Front|1]] left.", "Tigray People's Liberation Front"),
        ("an attack [[on peacekeepers|1]] failed.", "peacekeepers"),
        ("[[Turkey|1]]-backed rebels ran.", "Turkey"),
        ("[[officers of the Army|1]] ran.", "officers of the Army"),
        ("[[US|1]]-Cuban talks failed.", "US-Cuban"),
        ("[[US|1]]-[[Cuban envoys|2]] met.", "US"),
        ("The [[Ruritanian|1]]-led military coalition struck.", "Ruritanian-led military coalition"),
        ("The [[Ruritanian|1]]-led talks failed.", "Ruritanian"),
        ("[[World|1]] powers met.", "World powers"),
        ("a [[trader between Kelo|1]] and Pala was held.", "trader"),
        ("the [[border between Borduria and Syldavia|1]] shut.", "border between Borduria and Syldavia"),
        ("[[Apache|1]] helicopters flew.", "Apache helicopters"),
        ("a [[coalition press|1]] release said so.", "coalition"),
        ("a [[coalition press release|1]] said so.", "coalition"),
    ],
)
def test_a_mark_is_a_whole_noun_phrase(text: str, name: str) -> None:
    graph, _ = graph_of(text)
    assert graph.text[slice(*whole(graph, 0))] == name
