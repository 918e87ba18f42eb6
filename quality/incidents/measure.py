"""How well are events gathered into incidents? usage: python -m quality.incidents.measure [--errors]

B-cubed precision, recall and F1 over the gold mentions that the reader finds (a gold and a read
event match when their triggers overlap), and apart from it how many it finds. All forty days
are gathered at once, as an archive holds them; each half is scored by itself. A figure under its
floor in `quality/floors.toml` is named, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.archive.incidents_cluster import cluster
from dateline.archive.incidents_company import settle
from dateline.archive.incidents_mention import Key, Mention, mentions
from dateline.archive.incidents_scores import compared
from dateline.reader import Reader
from quality.incidents import gold
from quality.measure import FLOORS, flat, short


def read(days: Sequence[gold.Day], reader: Reader | None = None) -> list[Mention]:
    """The mentions that the reader finds in the days' reports."""
    reader = reader or Reader(threads=1)
    return [m for d in days for r in d.reports for m in mentions(reader.read(r))]


def found(days: Sequence[gold.Day], read_mentions: Sequence[Mention]) -> dict[Key, str]:
    """Read mention -> its gold incident: each gold mention answered by the first read one that overlaps it."""
    of_report: dict[str, list[Mention]] = defaultdict(list)
    for m in read_mentions:
        of_report[m.report].append(m)
    out: dict[Key, str] = {}
    for d in days:
        for g in d.mentions:
            for m in of_report[g.report]:
                if m.key not in out and m.trigger[0] < g.trigger[1] and g.trigger[0] < m.trigger[1]:
                    out[m.key] = g.incident
                    break
    return out


def b_cubed(gold_of: Mapping[Key, str], read_of: Mapping[Key, object]) -> dict[str, float]:
    """Precision, recall and F1 over the keys of `gold_of`."""
    golds: dict[str, set[Key]] = defaultdict(set)
    reads: dict[object, set[Key]] = defaultdict(set)
    for k, g in gold_of.items():
        golds[g].add(k)
        reads[read_of[k]].add(k)
    both = [len(golds[g] & reads[read_of[k]]) for k, g in gold_of.items()]
    p = sum(n / len(reads[read_of[k]]) for n, k in zip(both, gold_of, strict=True)) / len(gold_of)
    r = sum(n / len(golds[g]) for n, g in zip(both, gold_of.values(), strict=True)) / len(gold_of)
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def gather(read_mentions: Sequence[Mention]) -> dict[Key, int]:
    """Read mention -> number of its incident."""
    groups = cluster((m.key for m in read_mentions), settle(compared(read_mentions)))
    return {k: n for n, g in enumerate(groups) for k in g}


def measure(days: Sequence[gold.Day], read_mentions: Sequence[Mention], of: Mapping[Key, int]) -> dict[str, float]:
    """Figures of one half."""
    matched = found(days, read_mentions)
    total = sum(len(d.mentions) for d in days)
    return {
        "days": len(days), "reports": sum(len(d.reports) for d in days), "mentions": total,
        "incidents": len({m.incident for d in days for m in d.mentions}), "mentions_found": round(len(matched) / total, 4),
        **b_cubed(matched, of),
    }  # fmt: skip


def errors(days: Sequence[gold.Day], read_mentions: Sequence[Mention], of: Mapping[Key, int]) -> None:
    """Every incident that is torn apart, and every group that mixes two."""
    texts = {r.id: r.text for d in days for r in d.reports}
    matched = found(days, read_mentions)
    by_gold: dict[str, list[Key]] = defaultdict(list)
    by_group: dict[int, list[Key]] = defaultdict(list)
    for k, g in matched.items():
        by_gold[g].append(k)
        by_group[of[k]].append(k)

    def line(k: Key, mark: object) -> str:
        return f"   [{mark}] {k[0]} {texts[k[0]][k[1] - 40 : k[1]]!r} **{texts[k[0]][k[1] : k[2]]}** {texts[k[0]][k[2] : k[2] + 40]!r}"

    for g, keys in sorted(by_gold.items()):
        if len({of[k] for k in keys}) > 1:
            print("torn", g, *(line(k, of[k]) for k in keys), sep="\n")
    for n, keys in sorted(by_group.items()):
        if len({matched[k] for k in keys}) > 1:
            print("mixed", n, *(line(k, matched[k]) for k in keys), sep="\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show what went wrong on the days open to tuning")
    args = parser.parse_args()
    days = gold.load()
    everything = read(days)
    of = gather(everything)
    halves = {"open": [d for d in days if not d.held_back], "held_back": [d for d in days if d.held_back]}
    figures = {name: measure(half, everything, of) for name, half in halves.items()}
    print(json.dumps(figures, indent=1))
    if args.errors:
        errors(halves["open"], everything, of)
    problems = short("incidents", flat(figures), tomllib.loads(FLOORS.read_text("utf-8")), gold.digest())
    print(*problems, sep="\n", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
