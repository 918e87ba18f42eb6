"""The written days: reports, and which of their words tell of which incident."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.record import Span
from dateline.report import Report

HERE = Path(__file__).parent
_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]+)\}")


@dataclass(frozen=True)
class Mention:
    """Words of a report that tell of an incident; `trigger` in code points of the report's text."""

    report: str
    trigger: Span
    incident: str


@dataclass(frozen=True)
class Day:
    """One day of a war as several reports tell it."""

    id: str
    reports: tuple[Report, ...]
    mentions: tuple[Mention, ...]

    @property
    def held_back(self) -> bool:
        """Kept from tuning? Drawn by the digest of the day's id: about half are."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


def digest(folder: Path = HERE) -> str:
    """Of the written days, so that a floor says what it was measured on."""
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("*.txt")))).hexdigest()[:16]


def practice() -> tuple[Day, ...]:
    """Further days, of other wars, that serve tuning alone."""
    return load(HERE / "practice")


def load(folder: Path = HERE) -> tuple[Day, ...]:
    """Every day of every war, in the order of the files."""
    return tuple(day for path in sorted(folder.glob("*.txt")) for day in _war(path.stem, path.read_text("utf-8")))


def _war(name: str, text: str) -> Iterable[Day]:
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        head, *bodies = re.split(r"^-- ", block, flags=re.MULTILINE)
        day = head.strip()
        read = [_report(name, f"{day}-{n}", body) for n, body in enumerate(bodies, 1)]
        yield Day(day, tuple(r for r, _ in read), tuple(m for _, mentions in read for m in mentions))


def _report(war: str, id_: str, body: str) -> tuple[Report, list[Mention]]:
    head, marked = body.split("\n", 1)
    outlet, published = (x.strip() for x in head.split("|"))
    text, mentions, at = "", [], 0
    marked = marked.strip()
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        mentions.append(Mention(id_, (len(text), len(text) + len(m[1])), f"{war}:{m[2]}"))
        text += m[1]
        at = m.end()
    text += marked[at:]
    return Report(id=id_, text=text, outlet=outlet, published=date.fromisoformat(published)), mentions
