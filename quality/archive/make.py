"""Many records from real shapes: passages of the corpus, read by the reader, then varied.

usage: python -m quality.archive.make REPORTS OUTPUT.jsonl [--shapes 400]

A shape is the record of one passage, sometimes two (six events on average), as the reader gives it. A variation moves its dates,
replaces its longer common words by others of the corpus of the same length (so that every span
stays true and no two texts are alike), and renames its actors and places with names of other
shapes. The same arguments give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.reader import Reader
from dateline.record import Record
from dateline.report import Report

CORPUS = Path(__file__).parents[2] / "training" / "corpus"
OUTLETS = ("Desk", "Wire", "Herald", "Courier", "Gazette", "Tribune", "Monitor", "Post")
_WORD = re.compile(r"\b[a-z]{6,}\b")


def shapes(count: int, seed: int = 6) -> list[Record]:
    """Records of passages drawn from the whole corpus."""
    passages = [
        json.loads(line)
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    chance = random.Random(seed)
    reader = Reader(threads=1)
    found = []
    for n in range(count):
        one, two = chance.sample(passages, 2)
        text = f"{one['text']}\n\n{two['text']}" if chance.random() < 0.25 else one["text"]
        day = date.fromisoformat(str(one.get("published") or "2016-02-20")[:10])
        found.append(
            reader.read(Report(id=f"shape-{n}", text=text, title=one["text"][:60].rsplit(" ", 1)[0], published=day))
        )
    return found


def vary(shapes: Sequence[Record], count: int, seed: int = 7) -> Iterator[Record]:
    """As many records as wanted, each a variation of one shape."""
    chance = random.Random(seed)
    words: dict[int, list[str]] = defaultdict(list)
    for word in sorted({w for s in shapes for w in _WORD.findall(s.report.text)}):
        words[len(word)].append(word)
    names = sorted({(a.name, a.key, a.kind) for s in shapes for a in s.actors}, key=str)
    places = [p for s in shapes for p in s.places]
    for n in range(count):
        shape = shapes[n % len(shapes)]
        yield _one(shape, n, chance, words, names, places)


def _one(shape: Record, n: int, chance: random.Random, words: Any, names: Any, places: Any) -> Record:
    moved = timedelta(days=chance.randrange(-1500, 1500))

    def day(value: date | None) -> date | None:
        return value + moved if value else None

    def other(found: re.Match[str]) -> str:
        return chance.choice(words[len(found[0])]) if chance.random() < 0.3 else found[0]

    info = shape.report
    text = _WORD.sub(other, info.text)
    actors = [
        a.model_copy(update=dict(zip(("name", "key", "kind"), chance.choice(names), strict=True)))
        if chance.random() < 0.5
        else a
        for a in shape.actors
    ]
    renamed = []
    for p in shape.places:
        q = chance.choice(places)
        known = {
            k: getattr(q, k) for k in ("name", "lat", "lon", "country", "feature", "source", "precision", "radius_km")
        }
        renamed.append(p.model_copy(update=known))
    return shape.model_copy(
        update={
            "report": info.model_copy(
                update={
                    "id": f"made-{n:07}", "text": text, "published": day(info.published), "title": text[: len(info.title or "")] or None,
                    "outlet": chance.choice(OUTLETS), "url": f"https://desk{n % 40}.example/{n:07}",
                }
            ),
            "actors": actors, "places": renamed,
            "times": [t.model_copy(update={"start": day(t.start), "end": day(t.end)}) for t in shape.times],
            "events": [e.model_copy(update={"start": day(e.start), "end": day(e.end)}) for e in shape.events],
        }
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--shapes", type=int, default=400)
    options = parser.parse_args()
    kept = options.output.with_name(f"shapes-{options.shapes}.jsonl")
    if not kept.exists():
        kept.write_text("".join(r.to_json() + "\n" for r in shapes(options.shapes)), encoding="utf-8")
    found = [Record.model_validate_json(line) for line in kept.read_text(encoding="utf-8").split("\n") if line]
    events = 0
    with options.output.open("w", encoding="utf-8", newline="\n") as out:
        for record in vary(found, options.reports):
            events += len(record.events)
            out.write(record.to_json() + "\n")
    print(
        json.dumps({"reports": options.reports, "events": events, "mb": options.output.stat().st_size // 10**6}),
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
