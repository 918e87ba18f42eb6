"""Does the reader hold back? Texts about sport, weather, accidents and the like, in which nobody attacks anybody.

`quiet.jsonl`: 300 texts written for this measure and never trained on; many use the language of
war otherwise ("a raid on the fridge", "the storm killed 12").
"""

from __future__ import annotations

import json
from pathlib import Path

from dateline.reader import Reader
from dateline.report import Report

TEXTS = Path(__file__).parent / "quiet.jsonl"


def measure(reader: Reader, errors: int = 0) -> dict[str, float]:
    """Texts; ASSAULT events, all events that happened, and terms a text. `errors`: print so many ASSAULT events."""
    texts = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    assaults = events = terms = 0
    for t in texts:
        record = reader.read(Report(id=t["id"], text=t["text"]))
        found = [e for e in record.events if e.type == "ASSAULT"]
        for e in found[: max(0, errors - assaults)]:
            print(t["id"], t["text"][slice(*e.trigger)], "|", t["text"][slice(*e.sentence)])
        assaults += len(found)
        events += len(record.events)
        terms += len(record.terms)
    n = len(texts)
    return {
        "texts": float(n),
        "assaults_per_text": round(assaults / n, 4),
        "events_per_text": round(events / n, 4),
        "terms_per_text": round(terms / n, 4),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Reader(), errors=60)))
