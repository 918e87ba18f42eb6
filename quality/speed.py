"""How fast, how large? usage: python -m quality.speed REPORTS.jsonl

Prints sentences a second with the model loaded, seconds from start to the first record (a
fresh process), and the most memory that the process held, in MB.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from dateline.reader import Reader
from dateline.reading.sentences import split
from dateline.sources import read_sources


def main() -> None:
    reports = [t.report for t in read_sources(sys.argv[1:]) if t.report]
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dateline.cli", "read", "-"],
        input=reports[0].text.encode(),
        capture_output=True,
        check=True,
    )
    first = time.perf_counter() - began
    reader = Reader()
    reader.read(reports[0])
    began = time.perf_counter()
    for r in reports:
        reader.read(r)
    took = time.perf_counter() - began
    sentences = sum(len(split(r.text)) for r in reports)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "reports": len(reports),
                "sentences_per_s": round(sentences / took, 1),
                "first_record_s": round(first, 2),
                "memory_mb": round(memory),
            }
        )
    )


if __name__ == "__main__":
    main()
