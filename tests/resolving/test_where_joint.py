from __future__ import annotations

from dateline.knowledge.places import Candidate
from dateline.resolving.where_joint import settle


def place(
    name: str, lat: float, lon: float, country: str, admin1: str | None = None, kind: str = "settlement"
) -> Candidate:
    return Candidate(name, lat, lon, country, admin1, "PPL", 1000, f"test:{name}:{country}:{lat}", kind, 2.0)  # type: ignore[arg-type]


FAMOUS, SMALL = place("Tripoli", 32.9, 13.2, "LBY"), place("Tripoli", 34.4, 35.8, "LBN")
BESIDE = place("Zgharta", 34.4, 35.9, "LBN", "North")


def best(scored: list[tuple[float, Candidate]]) -> Candidate:
    return max(scored, key=lambda x: x[0])[1]


def test_a_neighbour_speaks_for_the_smaller_town() -> None:
    names = [[(2.0, FAMOUS), (1.0, SMALL)], [(1.0, BESIDE)]]
    assert best(settle(names, [1.0, 1.0])[0]) is SMALL
    assert best(settle(names[:1], [1.0])[0]) is FAMOUS


def test_a_name_that_tells_little_moves_little() -> None:
    names = [[(2.0, FAMOUS), (1.0, SMALL)], [(1.0, BESIDE)]]
    full, half = settle(names, [1.0, 1.0])[0][1][0], settle(names, [1.0, 0.5])[0][1][0]
    assert full > half > 1.0


def test_no_name_speaks_for_itself_and_order_stays() -> None:
    names = [[(2.0, FAMOUS), (1.0, SMALL)], [], [(0.5, BESIDE)]]
    got = settle(names, [1.0, 1.0, 1.0])
    assert [[c for _, c in g] for g in got] == [[c for _, c in g] for g in names]
    assert settle([[(2.0, FAMOUS), (1.0, SMALL)]], [1.0]) == [[(2.0, FAMOUS), (1.0, SMALL)]]
