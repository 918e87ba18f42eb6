"""Poll feeds on a schedule: each address when it is due, later after failures, until told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dateline.archive.ingest import Reads, Summary, add
from dateline.archive.store import Archive
from dateline.archive.write import Done
from dateline.sources.fetch import Fetcher

# An address that fails is asked half as often each time, down to once a day.
LONGEST_S = 24 * 3600.0


@dataclass
class _Due:
    url: str
    at: float = 0.0
    failures: int = 0


@dataclass
class Watch:
    """A schedule of addresses. `run` goes on until `stop` is set, or for some rounds."""

    archive: Archive
    urls: Sequence[str]
    room: Reads
    every_s: float
    follow: bool = False
    on_done: Callable[[Sequence[Done]], None] = lambda done: None
    on_round: Callable[[str, Summary], None] = lambda url, summary: None
    fetcher: Callable[[], Fetcher] = Fetcher
    clock: Callable[[], float] = time.monotonic
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, rounds: int | None = None) -> None:
        """Ask each address `rounds` times, or for ever. Raises `ArchiveError` when the archive fails."""
        due = [_Due(url) for url in dict.fromkeys(self.urls)]
        asked = 0
        while due and not self.stop.is_set() and (rounds is None or asked < rounds * len(due)):
            one = min(due, key=lambda d: d.at)
            if self.stop.wait(max(0.0, one.at - self.clock())):
                return
            self._ask(one)
            asked += 1

    def _ask(self, one: _Due) -> None:
        summary = add(
            self.archive,
            [one.url],
            self.room,
            follow=self.follow,
            fetcher=self.fetcher(),
            command="watch",
            on_done=self.on_done,
        )
        counts = summary.counts
        nothing_came = counts["failed"] > 0 and counts.total() == counts["failed"]
        one.failures = one.failures + 1 if nothing_came else 0
        one.at = self.clock() + min(self.every_s * 2**one.failures, max(LONGEST_S, self.every_s))
        self.on_round(one.url, summary)
