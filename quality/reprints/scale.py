"""How long do many reports take? usage: python -m quality.reprints.scale [COUNT] [JOBS]

Makes COUNT reports (200,000) of a year: every fourth is an edited copy of another, the rest are
passages of the corpus with every third word drawn anew, so that no two share runs of words.
Prints seconds, pairs found right and the memory that it took.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from datetime import date, timedelta

from dateline.archive.reprints import Copy, reprints
from quality.reprints.edits import edited
from quality.reprints.pairs import passages


def make(count: int) -> tuple[list[Copy], dict[str, str]]:
    """Reports in no order, and of each copy the original."""
    rng = random.Random("scale")
    vocabulary = sorted({w for _, sentences in passages() for s in sentences for w in s.split()})
    everything = passages()
    out: list[Copy] = []
    of: dict[str, str] = {}
    while len(out) < count:
        wanted, sentences = rng.randint(60, 350), []
        while sum(len(s.split()) for s in sentences) < wanted:
            sentences += everything[rng.randrange(len(everything))][1]
        varied = [" ".join(rng.choice(vocabulary) if rng.random() < 1 / 3 else w for w in s.split()) for s in sentences]
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(365))
        original = Copy(f"r{len(out):06d}", " ".join(varied), published=day)
        out.append(original)
        for _ in range(rng.choice((0, 0, 0, 1, 0, 0, 0, 2, 0, 0))):
            copy = Copy(f"r{len(out):06d}", edited(varied, rng)[0], published=day + timedelta(days=rng.randrange(3)))
            of[copy.id] = original.id
            out.append(copy)
    rng.shuffle(out)
    return out, of


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    copies, of = make(count)
    print(f"{len(copies)} reports made", file=sys.stderr)
    began = time.perf_counter()
    found = reprints(copies, jobs)
    took = time.perf_counter() - began
    group = {r: g.origin for g in found for r in g.reports}
    right = sum(group.get(c) is not None and group.get(c) == group.get(o) for c, o in of.items())
    wrong = Counter(len({of.get(r, r) for r in g.reports}) > 1 for g in found)[True]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "reports": len(copies), "jobs": jobs, "seconds": round(took, 1), "copies": len(of),
        "found": round(right / len(of), 4), "groups": len(found), "groups_of_two_texts": wrong, "memory_mb": round(memory),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
