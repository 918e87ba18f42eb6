"""A record as the archive keeps it: its JSON, whole, compressed with zlib."""

from __future__ import annotations

import zlib

from dateline.record import Record

_LEVEL = 6


def pack(record: Record) -> bytes:
    """A record's JSON, compressed; the same record gives the same bytes with the same zlib."""
    return zlib.compress(record.to_json().encode("utf-8"), _LEVEL)


def unpack(body: bytes) -> Record:
    """The record that `pack` packed."""
    return Record.model_validate_json(zlib.decompress(body))
