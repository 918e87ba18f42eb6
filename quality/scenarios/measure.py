"""Are the boards of the scenarios equal to those written by hand, in every conclusion?

usage: python -m quality.scenarios.measure [--read] [--show NAME]

NAME.txt holds the reports in the corpus's shorthand, NAME.toml the right board. Without `--read` the
boards are made of the annotations, so that what is measured is the logic alone; with `--read` the
reader reads the texts, so that it is the whole way.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.analysis.acts import OTHER, load
from dateline.analysis.needs import Step
from dateline.analysis.parties import Parties
from dateline.analysis.truce import Board, board
from dateline.record import Record
from dateline.report import Report
from quality.annotated import as_record
from training.shorthand import compile_text
from training.targets import Span, actor_spans

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The scenarios."""
    return sorted(f.stem for f in FOLDER.glob("*.toml"))


def annotations(name: str) -> list[dict[str, Any]]:
    """The annotated reports of a scenario. Raises `ValueError` with every problem."""
    passages, problems = compile_text((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    if problems:
        raise ValueError("\n".join(problems))
    return passages


def expected(name: str) -> dict[str, Any]:
    """The board written by hand, in the shape of `conclusions`."""
    return _sorted(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def conclusions(b: Board) -> dict[str, Any]:
    """What a board concludes: parties and acts, without objects and evidence."""
    p = b.parties

    def steps(found: Sequence[Step]) -> list[str]:
        return [_step(s, p) for s in found]

    states: dict[str, list[str]] = {"met": [], "broken": [], "unknown": []}
    for r in b.required:
        states[r.judgement.state].append(_step(r.step, p))
    return _sorted({
        "on": b.on, "together": b.together, "first_mover": b.first_mover,
        "collisions": [sorted({p.name(x.party) for x in c.positions}) for c in b.collisions],
        "waits": [f"{p.name(a.doer)} for {p.name(c.doer)}" for a, c in b.waits],
        "alone": steps(b.alone), "asked": steps(b.asked), "follow": steps(b.follow), "at_once": steps(b.at_once),
        "blocked": steps([s for s, _ in b.blocked]),
        "circles": [{"steps": steps(c.steps), "guarantees": [steps(g) for g in c.guarantees], "at_once": c.at_once} for c in b.circles],
        **states,
        "changes": [f"{p.name(c.party)} on {c.topic}: {c.move}" for c in b.changes],
    })  # fmt: skip


def _step(s: Step, p: Parties) -> str:
    return f"{p.name(s.doer)}: {s.object if s.act == OTHER else load().title(s.act)}"


def _sorted(value: Any) -> Any:
    """The same with every list in order and each thing once: a conclusion is a set."""
    if isinstance(value, dict):
        return {k: _sorted(v) for k, v in value.items()}
    if isinstance(value, list):
        inner = sorted((_sorted(v) for v in value), key=str)
        return [v for i, v in enumerate(inner) if i == 0 or v != inner[i - 1]]
    return value


def differences(name: str, records: Sequence[Record]) -> dict[str, tuple[Any, Any]]:
    """Conclusion -> (made, right), where they differ."""
    right = expected(name)
    made = conclusions(board(records, right["on"]))
    return {k: (made[k], right.get(k, [])) for k in made if made[k] != right.get(k, [])}


def read(name: str) -> list[Record]:
    """The records that the reader gives of a scenario's texts."""
    from dateline.reader import Reader

    reader = Reader(threads=1)
    return [
        _named_alike(
            reader.read(Report(id=a["doc"], text=a["text"], published=date.fromisoformat(a["published"]))),
            actor_spans(a),
        )
        for a in annotations(name)
    ]


def _named_alike(record: Record, gold: Sequence[Span]) -> Record:
    """The record with the annotation's names, so that a board is not wrong for calling a party by its full name."""
    actors = []
    for actor in record.actors:
        shared = Counter(
            n for s in gold for m in actor.mentions if m[0] < s.end and s.start < m[1] for n in sorted(s.entities)
        )
        names = sorted(shared, key=lambda n: (-shared[n], n))
        actors.append(actor.model_copy(update={"name": names[0]}) if names else actor)
    return record.model_copy(update={"actors": actors})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", action="store_true", help="read the texts instead of taking the annotations")
    parser.add_argument("--show", help="print the board of one scenario in words")
    args = parser.parse_args()
    if args.show:
        from dateline.analysis.told import lines

        for head, body in lines(board(read(args.show) if args.read else list(map(as_record, annotations(args.show))))):
            print("##", head, *body, sep="\n")
        return
    equal, same, total = 0, 0, 0
    for name in names():
        records = read(name) if args.read else [as_record(a) for a in annotations(name)]
        wrong = differences(name, records)
        equal += not wrong
        total += len(expected(name))
        same += len(expected(name)) - len(wrong)
        print(f"{name}: {'equal' if not wrong else 'differs in ' + ', '.join(wrong)}")
        if not args.read:
            for k, (made, right) in wrong.items():
                print(f"    {k}: made  {made}\n    {' ' * len(k)}  right {right}")
    print(f"{equal} of {len(names())} boards equal in every conclusion; {same} of {total} conclusions")


if __name__ == "__main__":
    main()
