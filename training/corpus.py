"""The corpus: loading, the split that keeps a random tenth out of training, its digest, its counts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "corpus"


def load(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Every annotated passage, in the order of file and line."""
    return [
        json.loads(line)
        for f in sorted(folder.glob("*.jsonl"))
        for line in f.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def held_out(doc: str) -> bool:
    """Whether a passage belongs to the project's own test: a tenth, drawn by the digest of its id."""
    return hashlib.sha256(doc.encode()).digest()[0] < 26


def split(passages: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(training, test)."""
    return [a for a in passages if not held_out(a["doc"])], [a for a in passages if held_out(a["doc"])]


def digest(passages: list[dict[str, Any]]) -> str:
    """Digest of the passages, for the model card."""
    return hashlib.sha256(json.dumps(passages, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def counts(passages: list[dict[str, Any]]) -> dict[str, Any]:
    """How many of everything, for the model card and the corpus test."""
    events = [e for a in passages for e in a["events"]]
    return {
        "passages": len(passages),
        "events": len(events),
        "statements": sum(len(a["statements"]) for a in passages),
        "terms": sum(len(a["terms"]) for a in passages),
        "figures": sum(len(a["figures"]) for a in passages),
        "relations": sum(len(a["relations"]) for a in passages),
        "types": dict(Counter(e["type"] for e in events)),
        "statuses": dict(Counter(e["status"] for e in events)),
    }
