"""Is this report new, the same again, or a correction? And which of its versions is in view?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

# Reports are loaded by whoever has one: a look into the archive does not wait for them.
if TYPE_CHECKING:
    from dateline.report import Report, State

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report, as far as it is needed to tell it from others."""

    id: int
    number: int
    digest: str
    state: State
    said_version: int | None
    revised: datetime | None

    def says_the_same(self, digest: str, said_version: int | None, revised: datetime | None) -> bool:
        """Whether something that arrives is this very version again."""
        return (self.digest, self.said_version, self.revised) == (digest, said_version, revised)


def text_digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def digest(report: Report) -> str:
    """SHA-256 of all that was published; the source's other keys (its desk, its feed) are not part of that."""
    day = report.published.isoformat() if report.published else None
    parts = (report.text, report.title, report.url, report.outlet, day, report.language, report.state)
    return hashlib.sha256("\x1f".join("\x00" if p is None else p for p in parts).encode("utf-8")).hexdigest()


def in_utc(moment: datetime | None) -> datetime | None:
    """A time in UTC; one that names no zone is taken as UTC."""
    if moment is None:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def newest(versions: Iterable[Version]) -> Version:
    """The version in view: the publisher's highest number, then its latest time, then the last to arrive."""
    return max(
        versions, key=lambda v: (v.said_version if v.said_version is not None else -1, v.revised or _LONG_AGO, v.number)
    )
