"""What does the archive have of these reports already?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text, true

from dateline.archive.tables import readers, records, reports, versions
from dateline.archive.versions import Version, digest, in_utc, newest, text_digest
from dateline.record import ReaderVersion
from dateline.report import Report

# Fewer than any database allows in one question.
_AT_ONCE = 500


@dataclass
class Standing:
    """One report as the archive has it, and as a batch goes on to change it."""

    id: int
    key: str
    named: bool
    text_digest: str
    versions: list[Version] = field(default_factory=list)
    # Row of the record by version and reader.
    records: dict[tuple[int, int], int] = field(default_factory=dict)
    is_new: bool = False

    @property
    def in_view(self) -> Version:
        return newest(self.versions)

    def version_of(self, report: Report) -> Version | None:
        """The version that a report is again: the one in view, whatever number it bears, or an older one to the letter.

        A text without an id may be given a date by hand, and is not to lose it where it comes without one.
        """
        if not report.named and report.published is None and self.text_digest == text_digest(report.text):
            return self.in_view
        found = digest(report)
        if self.versions and self.in_view.digest == found:
            return self.in_view
        said = (report.version, in_utc(report.revised))
        same = (v for v in self.versions if v.says_the_same(found, *said))
        return next(same, None)

    def record_of(self, version: Version) -> int | None:
        """The last record of a version, by whichever reader."""
        return max((row for (v, _), row in self.records.items() if v == version.id), default=None)


@dataclass
class Standings:
    """What the archive has of the reports of one batch."""

    by_key: dict[str, Standing]
    # Reports that have no id of their own, by the digest of their text.
    unnamed: dict[str, Standing]

    def of(self, report: Report) -> tuple[str, Standing | None]:
        """The key of a report, and what is there under it.

        A text without an id of its own is the same wherever it lies. A different one where an
        older lay is another report, not a correction: the key then ends in its digest.
        """
        found = self.by_key.get(report.id)
        if report.named:
            return report.id, found
        same = text_digest(report.text)
        if found and found.text_digest == same:
            return report.id, found
        if same in self.unnamed:
            return self.unnamed[same].key, self.unnamed[same]
        return (report.id, None) if found is None else _other(report.id, same, self.by_key)

    def put(self, standing: Standing) -> None:
        """A report that the batch brings."""
        self.by_key[standing.key] = standing
        if not standing.named:
            self.unnamed[standing.text_digest] = standing


def _other(id_: str, same: str, by_key: dict[str, Standing]) -> tuple[str, Standing | None]:
    key = f"{id_}~{same[:12]}"
    return key, by_key.get(key)


def standings(connection: Connection, batch: Iterable[Report]) -> Standings:
    """Look up all reports of a batch at once."""
    keys: set[str] = set()
    texts: set[str] = set()
    for report in batch:
        keys.add(report.id)
        if not report.named:
            texts.add(same := text_digest(report.text))
            keys.add(f"{report.id}~{same[:12]}")
    columns = (reports.c.id, reports.c.key, reports.c.named, reports.c.text_digest)
    # In these words, so that the index of those that have no id serves.
    nameless = text("named = 0" if connection.dialect.name == "sqlite" else "not named")
    found = {
        row.id: Standing(row.id, row.key, row.named, row.text_digest)
        for column, wanted, also in ((reports.c.key, keys, true()), (reports.c.text_digest, texts, nameless))
        for some in _some(sorted(wanted))
        for row in connection.execute(select(*columns).where(column.in_(some), also))
    }
    _fill(connection, found)
    return Standings({s.key: s for s in found.values()}, {s.text_digest: s for s in found.values() if not s.named})


def _fill(connection: Connection, found: dict[int, Standing]) -> None:
    v, r = versions.c, records.c
    of_version: dict[int, int] = {}
    for some in _some(sorted(found)):
        query = select(v.id, v.report_id, v.number, v.digest, v.state, v.said_version, v.revised)
        for row in connection.execute(query.where(v.report_id.in_(some)).order_by(v.number)):
            of_version[row.id] = row.report_id
            found[row.report_id].versions.append(
                Version(row.id, row.number, row.digest, row.state, row.said_version, in_utc(row.revised))
            )
    for some in _some(sorted(of_version)):
        read = select(r.id, r.version_id, r.reader_id).where(r.version_id.in_(some))
        for id_, version_id, reader_id in connection.execute(read):
            found[of_version[version_id]].records[version_id, reader_id] = id_


def _some(wanted: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def reader_row(connection: Connection, reader: ReaderVersion) -> int | None:
    """Row of a reader, or None when it has read nothing yet."""
    c = readers.c
    query = select(c.id).where(c.version == reader.version, c.model == reader.model, c.knowledge == reader.knowledge)
    return connection.execute(query).scalar_one_or_none()
