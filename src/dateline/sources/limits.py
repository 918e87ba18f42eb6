"""How much is too much? Limits on what one item may cost; honest reports stay far below."""

from __future__ import annotations

import re
import zlib

from dateline.errors import BinarySource, DamagedSource, HostileSource, TooLarge
from dateline.report import Report

# One file that holds one report, one line of JSON, one record of a WARC, one answer of a server.
MOST_BYTES = 16 * 2**20
# The text of one report: some 16,000 words, which takes half a minute to read; one made to be slow, some minutes.
MOST_CHARACTERS = 100_000
# Elements in a page or an XML file, and how deep they may stand in each other.
MOST_ELEMENTS = 200_000
DEEPEST = 250
# Attributes of one element: some parsers take the square of their number.
MOST_ATTRIBUTES = 200
# An id, a title, an address.
MOST_NAME_BYTES = 2_000
# One tag with all that it carries, such as a picture in its address. Parsers take a hundred times the memory of a longer one.
LONGEST_TAG = 2**18
_STEP = 2**16
# NUL and the halves of surrogate pairs.
_NEVER = re.compile("[\x00\ud800-\udfff]")


def check_size(size: int, where: str, most: int = MOST_BYTES) -> None:
    """Raise `TooLarge` for more bytes than an item may have."""
    if size > most:
        raise TooLarge(f"{where} has {size / 2**20:.0f} MiB; an item may have {most / 2**20:.0f}")


def check_characters(report: Report, where: str) -> None:
    """Raise `TooLarge` for a text longer than any report, `BinarySource` for characters that no text has."""
    if len(report.text) > MOST_CHARACTERS:
        raise TooLarge(f"{where} has {len(report.text):,} characters; a report may have {MOST_CHARACTERS:,}: split it")
    for name in ("id", "title", "url", "outlet", "language"):
        value = getattr(report, name)
        if value and len(value.encode("utf-8", "surrogatepass")) > MOST_NAME_BYTES:
            raise TooLarge(f"{where[:200]}: its {name} is longer than {MOST_NAME_BYTES} bytes")
        if value and _NEVER.search(value):
            raise BinarySource(f"{where[:200]}: its {name} holds a character that no text has")
    if found := _NEVER.search(report.text):
        raise BinarySource(f"{where[:200]} holds {found[0]!r} at {found.start()}, which no text has")


def inflate(body: bytes, coding: str, where: str, most: int = MOST_BYTES) -> bytes:
    """A gzip or deflate body unpacked, never beyond `most` bytes. Raises `HostileSource`, `DamagedSource`."""
    unpacker = zlib.decompressobj(47 if coding != "raw-deflate" else -15)
    parts, size, rest = [], 0, body
    try:
        while rest and not unpacker.eof:
            part = unpacker.decompress(rest, _STEP)
            size += len(part)
            if size > most:
                raise HostileSource(f"{where} unpacks to more than {most / 2**20:.0f} MiB")
            parts.append(part)
            rest = unpacker.unconsumed_tail
        parts.append(unpacker.flush())
    except zlib.error as error:
        if coding == "deflate" and not parts:
            return inflate(body, "raw-deflate", where, most)
        raise DamagedSource(f"{where} cannot be unpacked ({error})") from None
    if not unpacker.eof:
        raise DamagedSource(f"{where} is cut short")
    return b"".join(parts)
