"""Which candidates of a report's names go together?

Each name spreads its belief over its candidates; each candidate gains by what the other
names believe in: places near it, in its division, in its country. Believing and gaining take
turns a few times, so that no early guess settles the others for good.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.knowledge.places import Candidate
from dateline.knowledge.places.fold import fold

# Weights of the evidence, in the units of the prior; swept on local news and reports of war.
NEAR, NEAR_KM, CLOSE, CLOSE_KM, REGION, REGION_KM = 4.0, 60.0, 2.0, 25.0, 1.4, 600.0
LAND, LAND_MOST, DIVISION, DIVISION_MOST = 1.0, 2.0, 1.5, 1.0
# How freely a name spreads its belief at first, and how often the names are weighed anew.
SPREAD, ROUNDS = 2.0, 3
# What the nearest, second and third name beside a candidate count.
_SHARES = np.array([1.0, 0.6, 0.3])
_WIDE = ("country", "region")


def settle(
    groups: Sequence[Sequence[tuple[float, Candidate]]], bearing: Sequence[float]
) -> list[list[tuple[float, Candidate]]]:
    """The candidates of each name with what they gain from the other names; `bearing`: how much each name tells, 0 to 1."""
    sizes = [len(g) for g in groups]
    flat = [(i, s, c) for i, g in enumerate(groups) for s, c in g]
    told = [i for i, n in enumerate(sizes) if n]
    if len(told) < 2:
        return [list(g) for g in groups]
    order = {i: k for k, i in enumerate(told)}
    starts = np.cumsum([0, *(sizes[i] for i in told)])[:-1]
    group = np.array([order[i] for i, _, _ in flat])
    prior = np.array([s for _, s, _ in flat])
    weight = (group[:, None] != np.arange(len(told))) * np.array([bearing[i] for i in told])
    kinds = _ties([c for _, _, c in flat])
    score = prior
    for _ in range(ROUNDS):
        belief = _belief(score, group, starts)
        by = [np.add.reduceat(tie * belief, starts, axis=1) * weight for tie in kinds]
        score = prior + _gain(by)
    out: list[list[tuple[float, Candidate]]] = [[] for _ in groups]
    for (i, _, c), s in zip(flat, score.tolist(), strict=True):
        out[i].append((s, c))
    return out


def _belief(score: np.ndarray, group: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Each name's belief in its candidates, summing to one."""
    most = np.maximum.reduceat(score, starts)
    raw = np.exp((score - most[group]) / SPREAD)
    return np.asarray(raw / np.add.reduceat(raw, starts)[group])


def _ties(places: Sequence[Candidate]) -> tuple[np.ndarray, ...]:
    """What ties each place to each, 0 to 1: nearness, by a county's reach, by a country's; one division; one country."""
    far = _distances(places)
    narrow = np.array([c.precision not in _WIDE for c in places])
    pair = np.outer(narrow, narrow)
    reach = NEAR_KM + np.array([c.radius_km if c.precision == "province" else 0.0 for c in places])
    return (
        np.exp(-far / CLOSE_KM) * pair, np.exp(-far / reach) * pair, np.exp(-far / REGION_KM),
        _same([c.admin1 and (c.country, fold(c.admin1)) for c in places]), _same([c.country for c in places]),
    )  # fmt: skip


def _gain(by: Sequence[np.ndarray]) -> np.ndarray:
    """What each candidate gains by its ties to the other names."""
    close, near, around, division, land = by
    best = -np.sort(-near, axis=1)[:, :3]
    return np.asarray(
        NEAR * (best @ _SHARES[: best.shape[1]])
        + CLOSE * close.max(axis=1)
        + REGION * around.max(axis=1)
        + DIVISION * np.minimum(DIVISION_MOST, division.sum(axis=1))
        + LAND * np.minimum(LAND_MOST, land.sum(axis=1))
    )


def _same(keys: Sequence[object]) -> np.ndarray:
    """Where two keys are one; an empty key is like no other."""
    number = {k: n for n, k in enumerate(dict.fromkeys(keys))}
    codes = np.array([number[k] if k else -1 - i for i, k in enumerate(keys)])
    return np.asarray(codes[:, None] == codes[None, :], dtype=float)


def _distances(places: Sequence[Candidate]) -> np.ndarray:
    """Kilometres between all, on a flat map."""
    lat, lon = np.array([c.lat for c in places]), np.array([c.lon for c in places])
    x = (lon[:, None] - lon[None, :]) * np.cos(np.radians((lat[:, None] + lat[None, :]) / 2))
    return np.asarray(111.2 * np.hypot(x, lat[:, None] - lat[None, :]))
