"""How long does each question of the command line take on a full archive?

usage: python -m quality.archive.ask --db FILE|postgresql://… [--limit 1.0] [--whole]

Runs each command in this process, its output thrown away, and prints the seconds of the second
run (the first opens the files), and of the processor alone, which a busy machine does not lengthen;
`--whole` starts a process for each instead, start-up included. Fails when one takes longer than the
limit. `dateline sql` is asked once before, for the copy; `--without` leaves questions out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import time

from dateline.cli import app

QUESTIONS = (
    "ask events",
    "ask events --actor Russia",
    "ask events --actor Russia --with Turkey",
    "ask events --actor Syria --type ASSAULT --status happened",
    "ask events --place Syria",
    "ask events --place Aleppo --km 50",
    "ask events --near 48.0,37.8 --km 100 --since 2014 --until 2015-06",
    "ask events --place Ukraine --actor Russia --disputed",
    "ask events --disputed",
    "ask events --undisputed --said-by Turkey",
    "ask events --source Desk --since 2016-02-01 --until 2016-02-20",
    "ask events --reported --since 2016-02 --until 2016-03",
    "ask events --total day",
    "ask events --total week --split type",
    "ask events --total month --split actor",
    "ask events --total month --split country",
    "ask events --total year --split disputed",
    "ask actors",
    "ask actors --actor Syria",
    "ask actors --place Ukraine --type ASSAULT",
    "ask places",
    "ask places --country SYR",
    "ask figures --measure killed",
    "ask figures --place Syria --measure killed",
    "ask terms",
    "ask terms --actor Russia",
    "ask statements --actor Turkey",
    "ask control",
    "ask control --country SYR --on 2016-02-20",
    "ask incidents",
    "ask incidents --actor Russia --disputed",
    "ask incidents --total week --split country",
)
SQL = "select type, status, count(*) from events group by all order by 3 desc"


def _worked() -> float:
    """Seconds of the processor, those of children that ended included."""
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system


def seconds(words: list[str], *, whole: bool) -> tuple[float, float]:
    """Of one command; its output is thrown away. Raises when it fails."""
    began, worked = time.perf_counter(), _worked()
    if whole:
        subprocess.run([sys.executable, "-m", "dateline", *words], check=True, stdout=subprocess.DEVNULL)
    else:
        with contextlib.redirect_stdout(io.StringIO()):
            app(words, standalone_mode=False)
    return time.perf_counter() - began, _worked() - worked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", required=True)
    parser.add_argument("--limit", type=float, default=1.0)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--only", default="", help="only questions that hold these words")
    parser.add_argument("--without", default="\0", help="leave out questions that hold these words")
    options = parser.parse_args()
    slow = 0
    asked = [(q, q.split()) for q in QUESTIONS if options.only in q and options.without not in q]
    asked += [(f"sql {SQL!r}", ["sql", SQL])] if options.only in "sql" else []
    for name, words in asked:
        words = [*words, "--db", options.db]
        first, _ = seconds(words, whole=options.whole)
        took, worked = seconds(words, whole=options.whole)
        slow += took > options.limit
        found = {"question": name, "seconds": round(took, 2), "processor": round(worked, 2), "first": round(first, 2)}
        print(json.dumps(found), flush=True)
    if slow:
        raise SystemExit(f"{slow} questions took longer than {options.limit} s")


if __name__ == "__main__":
    main()
