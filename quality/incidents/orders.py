"""Do 20 orders and 1, 2, 4 workers give one export? usage: python -m quality.incidents.orders [WAR]

Reads the written days once (of one war, such as `sy`, or all), puts their records into archives in shuffled orders and in several
steps, links with 1, 2 and 4 workers in turn, and compares what `dateline reprints` and
`dateline incidents` would write. Exit status 1 when two differ.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import dateline.archive
from dateline.archive.link import incidents_in_view, link, reprints_in_view
from dateline.archive.write import Arrival, take
from dateline.reader import Reader
from dateline.record import Record
from dateline.report import Report
from quality.incidents import gold

ORDERS = 20
WORKERS = (1, 2, 4)


def export(name: str, arrivals: list[Arrival], rng: random.Random, jobs: int) -> str:
    """Digest of what one archive writes after taking the reports in, in up to four steps with a linking after each."""
    with dateline.archive.open(name) as archive:
        cuts = sorted(rng.sample(range(1, len(arrivals)), rng.randrange(4)))
        for start, end in zip([0, *cuts], [*cuts, len(arrivals)], strict=True):
            with archive.writing() as connection:
                take(connection, arrivals[start:end])
            link(archive, jobs)
        body = json.dumps([list(reprints_in_view(archive)), list(incidents_in_view(archive))])
    return hashlib.sha256(body.encode()).hexdigest()


def main() -> int:
    reader = Reader(threads=1)
    reports: list[Report] = [r for d in gold.load() if d.id.startswith(tuple(sys.argv[1:2]) or "") for r in d.reports]
    copies = [
        r.model_copy(update={"id": r.id + "-copy", "outlet": "Herald", "text": "World in brief\n\n" + r.text})
        for r in reports[::10]
    ]
    read: list[tuple[Report, Record]] = [(r, reader.read(r)) for r in (*reports, *copies)]
    found: Counter[str] = Counter()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for n in range(ORDERS):
            rng = random.Random(n)
            arrivals = [Arrival(r, record, "quality") for r, record in read]
            rng.shuffle(arrivals)
            found[export(str(Path(folder) / f"{n}.db"), arrivals, rng, WORKERS[n % len(WORKERS)])] += 1
    print(
        json.dumps(
            {"orders": ORDERS, "workers": WORKERS, "exports": len(found), "seconds": round(time.perf_counter() - began)}
        )
    )
    return len(found) != 1


if __name__ == "__main__":
    sys.exit(main())
