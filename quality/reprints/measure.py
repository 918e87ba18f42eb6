"""How well are copies found? usage: python -m quality.reprints.measure [--errors]

All texts of all pairs stand in one archive, and the groups are asked whether a pair is one. The
half of the pairs whose number is 2 or 3 by four is held back from tuning.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import date, timedelta

from dateline.archive.reprints import Copy, alike, in_order, reprints
from dateline.archive.reprints_sketch import sketch
from quality.reprints.pairs import TextPair, pairs


def held_back(p: TextPair) -> bool:
    return int(p.id[1:]) % 4 >= 2


def score(found: dict[str, bool], some: list[TextPair]) -> dict[str, float]:
    """Precision, recall, F1 of the answer "one text"."""
    c = Counter((found[p.id], p.same) for p in some)
    hit, false, missed = c[True, True], c[True, False], c[False, True]
    return {
        "pairs": len(some), "precision": round(hit / (hit + false), 4), "recall": round(hit / (hit + missed), 4),
        "f1": round(2 * hit / (2 * hit + false + missed), 4),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show the pairs of the open half that went wrong")
    args = parser.parse_args()
    everything = list(pairs())
    # Each pair on days of its own: passages serve in many pairs, and a passage twice is no pair.
    copies = [
        Copy(f"{p.id}{side}", text, published=date(2000, 1, 1) + timedelta(days=20 * n + late))
        for n, p in enumerate(everything)
        for side, text, late in (("a", p.a, 0), ("b", p.b, 1))
    ]
    began = time.perf_counter()
    group = {r: g.origin for g in reprints(copies) for r in g.reports}
    took = time.perf_counter() - began
    found = {p.id: group.get(p.id + "a", "a") == group.get(p.id + "b", "b") for p in everything}
    halves = {"open": [p for p in everything if not held_back(p)], "held_back": [p for p in everything if held_back(p)]}
    print(json.dumps({**{n: score(found, h) for n, h in halves.items()}, "seconds": round(took, 1)}, indent=1))
    wrong = Counter((p.kind.split(":")[0], found[p.id]) for p in everything if found[p.id] != p.same)
    print(json.dumps({f"{k} called {'one' if f else 'two'}": n for (k, f), n in sorted(wrong.items())}))
    if args.errors:
        by_id = {c.id: c for c in copies}
        for p in halves["open"]:
            if found[p.id] != p.same:
                ordered = in_order([by_id[p.id + "a"], by_id[p.id + "b"]])
                print(
                    p.id,
                    p.kind,
                    len(p.a.split()),
                    len(p.b.split()),
                    alike(ordered, {c.id: sketch(c.text) for c in ordered}),
                )


if __name__ == "__main__":
    main()
