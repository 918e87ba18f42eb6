"""What does resolving add to the reading? usage: python -m quality.cost REPORTS.jsonl [--most N] [--profile]

Prints milliseconds a report of the whole reading and of the model within it, the share that
is not the model's (`added_share`), and what the index of places costs to open and hold.
`--profile` prints as well where the rest goes, by function.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import time

from dateline.reader import Reader
from dateline.reading.graph import Graph
from dateline.report import Report
from dateline.sources import read_sources
from quality.toponyms import cost as index_cost


def measure(reader: Reader, reports: list[Report]) -> dict[str, float]:
    """Each report twice over: the model alone on its text, the reader on the report, in processor time."""
    model = whole = 0.0
    for report in reports:
        began = time.process_time()
        reader.model.read(report.text)
        model += time.process_time() - began
        began = time.process_time()
        reader.read(report)
        whole += time.process_time() - began
    return {
        "reports": len(reports), "whole_ms": round(1000 * whole / len(reports), 1),
        "model_ms": round(1000 * model / len(reports), 1), "added_share": round(max(0.0, 1 - model / whole), 3),
    }  # fmt: skip


class _Read:
    """Gives graphs that were read before, so that a profile shows resolving alone."""

    name = "read before"

    def __init__(self, reader: Reader) -> None:
        self._graphs: dict[str, Graph] = {}
        self._model = reader.model

    def read(self, text: str) -> Graph:
        if text not in self._graphs:
            self._graphs[text] = self._model.read(text)
        return self._graphs[text]


def profile(reader: Reader, reports: list[Report]) -> None:
    """The functions that resolving spends its own time in, to standard error."""
    reader.__dict__["model"] = _Read(reader)
    for report in reports:
        reader.read(report)
    watch = cProfile.Profile()
    watch.enable()
    for report in reports:
        reader.read(report)
    watch.disable()
    pstats.Stats(watch, stream=sys.stderr).sort_stats("tottime").print_stats(25)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("reports")
    ask.add_argument("--most", type=int, default=200)
    ask.add_argument("--profile", action="store_true")
    given = ask.parse_args()
    reports = [t.report for t in read_sources([given.reports]) if t.report][: given.most]
    reader = Reader(threads=1)
    reader.read(reports[0])
    print(json.dumps(measure(reader, reports) | index_cost()))
    if given.profile:
        profile(reader, reports)


if __name__ == "__main__":
    main()
