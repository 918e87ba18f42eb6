"""WARC 1.0 and 1.1: pages as a crawler kept them. Cut or altered records are found by their lengths and digests.

The parsers of WARC end in silence where a compressed file is cut, and unpack what they are
given: members are unpacked here, within limits, and the parser gets a plain stream.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.errors import DamagedSource, DatelineError, HostileSource, TooLarge
from dateline.sources.limits import MOST_BYTES, inflate

# What a compressed file may unpack to, whole: a gigabyte of crawl is 3 to 5 unpacked.
MOST_UNPACKED = 64 * 2**30
# An honest page unpacks to 20 times its size at the most; a bomb to 1,000.
MOST_TIMES = 200
_STEP = 2**16
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}


@dataclass(frozen=True, slots=True)
class Page:
    """A body that a server once sent for an address."""

    url: str
    kind: str
    charset: str | None
    body: bytes
    fetched: str | None


class Unpacked(io.RawIOBase):
    """The bytes of a gzip file, member by member; `cut` when the last one has no end. Raises `HostileSource`."""

    def __init__(self, file: IO[bytes], where: str) -> None:
        self.file, self.where, self.cut = file, where, False
        self._member: Any = None
        self._rest = b""
        self._in = self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        wanted = min(len(target), _STEP)
        while True:
            if not self._rest:
                self._rest = self.file.read(_STEP)
                self._in += len(self._rest)
                if not self._rest:
                    self.cut = self.cut or self._member is not None
                    return 0
            if self._member is None:
                self._rest = self._rest.lstrip(b"\x00")
                if not self._rest:
                    continue
                self._member = zlib.decompressobj(31)
            part = self._unpack(wanted)
            if part:
                target[: len(part)] = part
                return len(part)

    def _unpack(self, wanted: int) -> bytes:
        try:
            part: bytes = self._member.decompress(self._rest, wanted)
        except zlib.error as error:
            raise DamagedSource(f"{self.where} is damaged: {error}") from None
        self._rest = self._member.unconsumed_tail
        if self._member.eof:
            self._rest, self._member = self._member.unused_data, None
        self._out += len(part)
        if self._out > MOST_UNPACKED or (self._out > MOST_BYTES and self._out > MOST_TIMES * self._in):
            raise HostileSource(f"{self.where} unpacks to more than {MOST_TIMES} times its size")
        return part


def read_warc(file: IO[bytes], where: str) -> Iterator[Page | DatelineError]:
    """Pages in order; the error in place of a record that is cut, altered or too large. Never loads the file whole."""
    head = file.read(2)
    file.seek(0)
    unpacked = Unpacked(file, where) if head == b"\x1f\x8b" else None
    count = 0
    try:
        for record in _records(io.BufferedReader(unpacked, _STEP) if unpacked else file):
            count += 1
            id_ = record.headers.get("WARC-Target-URI") or record.record_id or "?"
            try:
                page = _page(record, f"{where}#{count} ({id_[:200]})")
            except DatelineError as error:
                yield error
            else:
                if page:
                    yield page
    except DatelineError as error:
        yield error
        return
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        yield DamagedSource(f"{where} after record {count}: {str(error)[:200]}")
        return
    if unpacked and unpacked.cut:
        yield DamagedSource(f"{where} is cut short after record {count}: the last compressed member has no end")
    elif not count:
        yield DamagedSource(f"{where} holds no WARC record")


def _records(stream: Any) -> Iterator[Any]:
    yield from ArchiveIterator(
        stream,
        record_types=WarcRecordType.any_type,
        parse_http=False,
        verify_digests=False,
        auto_decode="none",
        max_header_len=2**16,
    )


def _page(record: Any, where: str) -> Page | None:
    """The page of a `response` or `resource`; None for what holds none. The record's block is checked first."""
    declared = int(record.content_length)
    if declared > MOST_BYTES:
        _skip(record, declared, where)
        raise TooLarge(f"{where} has {declared / 2**20:.0f} MiB; a record may have {MOST_BYTES / 2**20:.0f}")
    block = _read(record, declared)
    if len(block) < declared:
        raise DamagedSource(f"{where} is cut short: {len(block)} of {declared} bytes")
    headers = {k.lower(): v for k, v in record.headers.items()}
    _check_digest(block, headers.get("warc-block-digest"), f"{where}: block")
    if headers.get("warc-truncated"):
        raise DamagedSource(f"{where} was cut by its crawler ({headers['warc-truncated'][:40]})")
    url, fetched = headers.get("warc-target-uri", "").strip("<>"), headers.get("warc-date")
    if record.record_type == WarcRecordType.resource:
        _check_digest(block, headers.get("warc-payload-digest"), f"{where}: payload")
        kind, charset = _content_type(headers.get("content-type"))
        return Page(url, kind, charset, block, fetched)
    if record.record_type != WarcRecordType.response or not block.startswith(b"HTTP/"):
        return None
    return _response(block, headers.get("warc-payload-digest"), url, fetched, where)


def _read(record: Any, size: int) -> bytes:
    parts = []
    while size > 0:
        part = record.reader.read(min(size, _STEP))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _skip(record: Any, size: int, where: str) -> None:
    while size > 0:
        part = record.reader.read(_STEP)
        if not part:
            raise DamagedSource(f"{where} is cut short: {size} bytes are missing")
        size -= len(part)


def _response(block: bytes, digest: str | None, url: str, fetched: str | None, where: str) -> Page | None:
    head, _, payload = block.partition(b"\r\n\r\n")
    line, _, lines = head.partition(b"\r\n")
    headers: Message = BytesParser().parsebytes(lines + b"\r\n\r\n")
    body = _whole(payload, headers, where)
    # Crawlers differ in whether they take the digest before or after the chunks are joined.
    try:
        _check_digest(payload, digest, f"{where}: payload")
    except DamagedSource:
        if body is payload:
            raise
        _check_digest(body, digest, f"{where}: payload")
    status = line.split(b" ")[1:2]
    kind, charset = _content_type(headers.get("Content-Type"))
    if status != [b"200"]:
        return None
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    if coding in ("gzip", "x-gzip", "deflate") and body[:2] != b"<!":
        body = inflate(body, coding, where)
    return Page(url, kind, charset, body, fetched)


def _whole(payload: bytes, headers: Message, where: str) -> bytes:
    """The body with its chunks joined; many crawlers join them and leave the header."""
    if "chunked" not in (headers.get("Transfer-Encoding") or "").lower() or not re.match(
        rb"[0-9A-Fa-f]{1,8}[ ;\r]", payload
    ):
        return payload
    parts: list[bytes] = []
    at = 0
    while True:
        line, found, _ = payload[at : at + 100].partition(b"\r\n")
        try:
            size = int(line.split(b";")[0], 16) if found else -1
        except ValueError:
            size = -1
        start = at + len(line) + 2
        if size < 0 or start + size > len(payload):
            raise DamagedSource(f"{where}: a chunk is cut short")
        if size == 0:
            return b"".join(parts)
        parts.append(payload[start : start + size])
        at = start + size + 2


def _check_digest(body: bytes, said: str | None, where: str) -> None:
    """Raise `DamagedSource` when a digest of a known kind, in base 32 or 16, is another."""
    name, _, value = (said or "").partition(":")
    make = _HASHES.get(name.strip().lower().replace("-", ""))
    if make is None:
        return
    found = make(body)
    value = value.strip()
    if value.lower() != found.hexdigest() and value.upper().rstrip("=") != base64.b32encode(
        found.digest()
    ).decode().rstrip("="):
        raise DamagedSource(f"{where} differs from its digest ({name} {value[:64]})")


def _content_type(value: str | None) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = value or "application/octet-stream"
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None
