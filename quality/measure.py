"""Measure and hold the floors. usage: python -m quality.measure [--eval FOLDER] [--write] [--jobs N]

Always: the corpus's own test part, its terms with their acts, and texts in which nobody attacks anybody. With `--eval`: the development sets of that folder, each
scored by the folder's own score.py. A figure under its floor in floors.toml, or a set whose
digest is not the one that the floor was measured on, is named and the exit status is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from dateline.batch import read_all
from dateline.reader import Reader
from dateline.sources import read_sources
from quality import own, quiet, terms
from training import corpus

FLOORS = Path(__file__).parent / "floors.toml"
FIGURES = Path(__file__).parent / "figures.json"


def digest_of(folder: Path) -> str:
    """Digest of what a set's figures are measured on."""
    return hashlib.sha256((folder / "reports.jsonl").read_bytes() + (folder / "gold.jsonl").read_bytes()).hexdigest()[
        :16
    ]


def measure_set(folder: Path, jobs: int, keep: Path | None) -> dict[str, Any]:
    """Read a set's reports in one batch and score them."""
    with tempfile.TemporaryDirectory() as tmp:
        records = (keep or Path(tmp)) / f"{folder.name}.jsonl"
        with records.open("w", encoding="utf-8") as out:
            for outcome in read_all(list(read_sources([str(folder / "reports.jsonl")])), jobs):
                if outcome.record:
                    out.write(outcome.record.to_json() + "\n")
                else:
                    print(f"{folder.name}: {outcome.error}", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, str(folder.parent / "score.py"), str(folder), str(records)],
            capture_output=True,
            text=True,
            check=True,
        )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def flat(figures: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """{"events": {"f1": .8}} as {"events.f1": .8}."""
    out: dict[str, float] = {}
    for k, v in figures.items():
        if isinstance(v, dict):
            out |= flat(v, f"{prefix}{k}.")
        elif isinstance(v, int | float):
            out[prefix + k] = float(v)
    return out


def short(name: str, figures: dict[str, float], floors: dict[str, Any], digest: str) -> list[str]:
    """What falls short of its floor."""
    if name not in floors:
        return []
    if floors[name]["digest"] != digest:
        return [
            f"{name}: the floors were measured on another version ({floors[name]['digest']}, this is {digest}): measure anew with --write and say why"
        ]
    out = []
    for key, floor in floors[name].get("at_least", {}).items():
        if figures.get(key, 0.0) < floor:
            out.append(f"{name}: {key} is {figures.get(key)}, its floor is {floor}")
    for key, ceiling in floors[name].get("at_most", {}).items():
        if figures.get(key, 1.0) > ceiling:
            out.append(f"{name}: {key} is {figures.get(key)}, it may be at most {ceiling}")
    return out


# Figures that are no quality, or that are better when lower.
NOT_FLOORED = re.compile(r"(texts|pairs|passages|snippets|found|not_read|extra_events_per_text|by_class.*|.*\.[pr])$")
LOWER_IS_BETTER = frozenset(
    ("unreal_called_happened", "assaults_per_text", "events_per_text", "terms_per_text", "false_terms_per_text")
)
# Machines round differently; a floor stands this much under what was measured.
SLACK = 0.01


def floor_of(digest: str, figures: dict[str, float]) -> dict[str, Any]:
    """The floors of one set."""
    kept = {k: v for k, v in figures.items() if not NOT_FLOORED.match(k)}
    return {
        "digest": digest,
        "at_least": {k: round(max(0.0, v - SLACK), 3) for k, v in kept.items() if k not in LOWER_IS_BETTER},
        "at_most": {k: round(v + SLACK, 3) for k, v in kept.items() if k in LOWER_IS_BETTER},
    }


def write_floors(floors: dict[str, Any]) -> None:
    """floors.toml, one table a set."""
    lines = [
        "# Floors that no change may lower unseen; `digest` is of the set that they were measured on.",
        "# Written by `python -m quality.measure --eval FOLDER --write`. Lowering one needs a reason in the commit.",
        "",
    ]
    for name, table in sorted(floors.items()):
        lines += [f"[{name}]", f'digest = "{table["digest"]}"']
        for part in ("at_least", "at_most"):
            if table.get(part):
                lines += [f"[{name}.{part}]", *(f'"{k}" = {v}' for k, v in table[part].items())]
        lines.append("")
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def write_figures(figures: dict[str, Any]) -> None:
    """figures.json, from which the model card is made; sets not measured now keep their figures."""
    before = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    FIGURES.write_text(json.dumps({**before, **figures}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def of_the_repository(only: list[str]) -> dict[str, tuple[str, dict[str, float]]]:
    """Name of a set that needs nothing but the repository -> its digest and figures; all of them where `only` is empty."""
    sets = {
        "own": (own.measure, lambda: corpus.digest(corpus.split(corpus.load())[1])[:16]),
        "quiet": (quiet.measure, lambda: hashlib.sha256(quiet.TEXTS.read_bytes()).hexdigest()[:16]),
        "terms": (terms.measure, terms.digest),
    }
    out = {}
    for name, (measure, digest) in sets.items():
        if only and name not in only:
            continue
        figures = flat(measure(Reader()))
        print(json.dumps({name: figures}), flush=True)
        out[name] = (digest(), figures)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=None)
    parser.add_argument(
        "--only",
        nargs="*",
        default=[],
        help="names of sets; `own` is the corpus's test part, `quiet` the texts without attacks, `terms` the held-back terms",
    )
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write the floors anew, a little under what is measured")
    parser.add_argument("--keep", type=Path, default=None, help="keep the records in this folder")
    args = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    problems: list[str] = []
    measured: dict[str, tuple[str, dict[str, float]]] = {}
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    measured |= of_the_repository(args.only)
    if args.eval is None and not args.only:
        print(
            "the development sets were not measured: name their folder with --eval (make quality EVAL=…)",
            file=sys.stderr,
        )
    for folder in sorted(p for p in (args.eval.iterdir() if args.eval else []) if (p / "gold.jsonl").exists()):
        if args.only and folder.name not in args.only:
            continue
        figures = flat(measure_set(folder, args.jobs, args.keep))
        print(json.dumps({folder.name: {k: v for k, v in figures.items() if "by_class" not in k}}), flush=True)
        measured[folder.name] = (digest_of(folder), figures)
    if args.write:
        write_figures({name: {"digest": digest, **figures} for name, (digest, figures) in measured.items()})
        write_floors({**floors, **{name: floor_of(digest, figures) for name, (digest, figures) in measured.items()}})
        return 0
    for name, (digest, figures) in measured.items():
        problems += short(name, figures, floors, digest)
    for p in problems:
        print(p, file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
