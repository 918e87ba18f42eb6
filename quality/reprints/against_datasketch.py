"""What would datasketch's MinHash LSH find as candidates? usage: python -m quality.reprints.against_datasketch

For each threshold: how many of the copies among the pairs share a bucket, and the milliseconds
that a text takes to hash and insert (docs/adr/0010-sampled-shingles-for-reprints.md).
"""

from __future__ import annotations

import json
import time

from datasketch import MinHash, MinHashLSH

from dateline.archive.reprints_sketch import sketch
from quality.reprints.pairs import pairs

PERMUTATIONS = 128


def main() -> None:
    some = [p for p in pairs() if p.same]
    texts = [(f"{p.id}{side}", sketch(t)) for p in some for side, t in (("a", p.a), ("b", p.b))]
    began = time.process_time()
    hashed = {}
    for key, found in texts:
        hashed[key] = MinHash(num_perm=PERMUTATIONS)
        hashed[key].update_batch([x.tobytes() for x in found.short])
    hashing = time.process_time() - began
    for threshold in (0.5, 0.3, 0.2):
        began = time.process_time()
        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        for key, h in hashed.items():
            index.insert(key, h)
        inserting = time.process_time() - began
        hit = sum(p.id + "b" in index.query(hashed[p.id + "a"]) for p in some)
        print(json.dumps({
            "threshold": threshold, "copies_found": round(hit / len(some), 4),
            "ms_a_text": round(1000 * (hashing + inserting) / len(texts), 2),
        }))  # fmt: skip


if __name__ == "__main__":
    main()
