"""How long does a board over many parties and a long history take?

usage: python -m quality.truce_speed [--parties 200] [--terms 5000]

Made records: in each report of each day some parties say on what terms they would stop; every party
asks something of three others and of one that backs a foe, and a few will not stop at all.
"""

from __future__ import annotations

import argparse
import time
from datetime import date, timedelta

from dateline.analysis.truce import board
from dateline.record import Actor, Commitment, ReaderVersion, Record, ReportInfo, Requirement, Span, Statement, Term

_READER = ReaderVersion(version="made", model="none", knowledge="none")
_ASKED = ("{} lifts the siege", "{} frees the prisoners", "{} stops its attacks", "{} withdraws its troops")
FIRST = date(2020, 1, 1)


def made(parties: int, terms: int) -> list[Record]:
    """One report a term, spread over days so that each party speaks again and again."""
    return [_record(i, parties) for i in range(terms)]


def _record(i: int, parties: int) -> Record:
    me = i % parties
    others = [(me + k) % parties for k in (1, 7, 31)]
    asked = [_ASKED[(i + k) % 4].format(f"Force {o}") for k, o in enumerate(others)]
    text = f"Force {me} would halt its attacks only if {', '.join(asked)}. Force {me} will never release its prisoners."
    ids = {n: f"a{k}" for k, n in enumerate((me, *others), 1)}

    def at(words: str) -> Span:
        start = text.index(words)
        return start, start + len(words)

    requires = [Requirement(action=w, by=[ids[o]], span=at(w)) for w, o in zip(asked, others, strict=True)]
    refusing = me % 50 == 0
    return Record(
        schema="dateline/1", reader=_READER,
        report=ReportInfo(id=f"r{i}", text=text, published=FIRST + timedelta(days=i // parties)),
        actors=[Actor(id=x, name=f"Force {n}", kind="rebel", mentions=[at(f"Force {n}")]) for n, x in ids.items()],
        statements=[Statement(id="s1", speaker="a1", cue=at("will"), content=[at("never release its prisoners")], quoted=False, stance="rejects", confidence=1)] if refusing else [],
        terms=[Term(id="c1", party="a1", form="only-if", commitment=Commitment(action="halt its attacks", span=at("halt its attacks")), requires=requires, confidence=1)],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parties", type=int, default=200)
    parser.add_argument("--terms", type=int, default=5000)
    args = parser.parse_args()
    records = made(args.parties, args.terms)
    wall, cpu = time.perf_counter(), time.process_time()
    b = board(records)
    print(
        f"{len(b.standing.in_force)} positions in force, {len(b.standing.history)} in history, {len(b.circles)} circles: "
        f"{time.process_time() - cpu:.2f} s of processor, {time.perf_counter() - wall:.2f} s on the clock"
    )


if __name__ == "__main__":
    main()
