"""Are mentions of actors resolved to the right entry, or rightly to none? usage: python -m quality.actors [--errors]

`actors.jsonl` holds mentions of the corpus's test part, drawn at random (`--draw`), with the key that a
person gave each: the register's key, or null where nobody of the register is meant. `also` are keys that
are as right (the government of a country for its army). The marks are those of the annotation, without
links, so that the figure is of the resolving alone.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dateline.knowledge.actors import load_register
from dateline.reading.graph import Graph, Mark
from dateline.resolving.who import resolve_actors
from training import corpus

FILE = Path(__file__).parent / "actors.jsonl"
HOW_MANY, SEED = 500, 20260


def mentions(passage: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Each name and description of each actor of a passage, where it stands first: start, end, the annotation's name."""
    text = passage["text"]
    taken: list[tuple[int, int]] = []
    names = [(alias, name) for name, a in passage["actors"].items() for alias in {name, *a["aliases"]}]
    for alias, name in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
            if not any(match.start() < b and a < match.end() for a, b in taken):
                taken.append(match.span())
                yield match.start(), match.end(), name
                break


def resolved(passage: dict[str, Any]) -> dict[tuple[int, int], str | None]:
    """The key of each mention's actor, with the annotation's marks."""
    spans = sorted({(a, b) for a, b, _ in mentions(passage)})
    text = passage["text"]
    graph = Graph(text, ((0, len(text)),), tuple(Mark("actor", a, b) for a, b in spans), ())
    day = date.fromisoformat(passage["published"]) if passage.get("published") else None
    who = resolve_actors(graph, day, load_register())
    keys = {a.id: a.key for a in who.actors}
    return {span: keys[who.of_mark[i][0]] if i in who.of_mark else None for i, span in enumerate(spans)}


def draw() -> list[dict[str, Any]]:
    """Mentions at random, with the key that is given now: to be judged by a person."""
    _, held = corpus.split(corpus.load())
    every = [(p, m) for p in held for m in mentions(p)]
    chosen = random.Random(SEED).sample(every, min(HOW_MANY, len(every)))
    keys = {p["doc"]: resolved(p) for p, _ in chosen}
    return [
        {"doc": p["doc"], "span": [a, b], "words": p["text"][a:b], "means": name, "key": keys[p["doc"]][(a, b)]}
        for p, (a, b, name) in sorted(chosen, key=lambda x: (x[0]["doc"], x[1]))
    ]


def measure(errors: bool = False) -> dict[str, float]:
    """Share of the mentions that are resolved as the person judged."""
    passages = {p["doc"]: p for p in corpus.load()}
    gold = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    seen: dict[str, dict[tuple[int, int], str | None]] = {}
    right = counted = 0
    for g in gold:
        passage = passages.get(g["doc"])
        if passage is None or passage["text"][g["span"][0] : g["span"][1]] != g["words"]:
            continue  # the passage was rewritten since
        if g["doc"] not in seen:
            seen[g["doc"]] = resolved(passage)
        key = seen[g["doc"]].get(tuple(g["span"]))
        counted += 1
        ok = key in (g["key"], *g.get("also", []))
        right += ok
        if errors and not ok:
            print(f"{g['doc']}: {g['words']!r} ({g['means']}): {key}, not {g['key']}")
    return {"mentions": counted, "resolved_rightly": round(right / max(1, counted), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print each miss")
    parser.add_argument("--draw", action="store_true", help="print a new sample to be judged")
    args = parser.parse_args()
    if args.draw:
        for mention in draw():
            print(json.dumps(mention, ensure_ascii=False))
    else:
        print(json.dumps(measure(args.errors)))


if __name__ == "__main__":
    main()
