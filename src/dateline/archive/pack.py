"""A record as the archive keeps it: its JSON, whole, compressed with zlib."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

# Records take a while to load: questions on the tables do not wait for them.
if TYPE_CHECKING:
    from dateline.record import Record

_LEVEL = 6


def pack(record: Record) -> bytes:
    """A record's JSON, compressed; the same record gives the same bytes with the same zlib."""
    return zlib.compress(record.to_json().encode("utf-8"), _LEVEL)


def unpack(body: bytes) -> Record:
    """The record that `pack` packed."""
    from dateline.record import Record

    return Record.model_validate_json(zlib.decompress(body))
