"""WARC 1.0 and 1.1: pages as a crawler kept them. Cut or altered records are found by their lengths and digests.

Parsed here rather than by a library: those at hand end in silence where a compressed file is
cut, unpack whatever they are given, or fall over (docs/adr/0012). ISO 28500:2017 has the format.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from typing import IO, Any, Protocol

from dateline.errors import DamagedSource, DatelineError, HostileSource, TooLarge
from dateline.sources.limits import MOST_BYTES, inflate

# What a compressed file may unpack to, whole: a gigabyte of crawl is 3 to 5 unpacked.
MOST_UNPACKED = 64 * 2**30
# An honest page unpacks to 20 times its size at the most; a bomb to 1,000.
MOST_TIMES = 200
_STEP = 2**16
_LONGEST_LINE = 2**16
_MOST_HEADERS = 200
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}


@dataclass(frozen=True, slots=True)
class Page:
    """A body that a server once sent for an address."""

    url: str
    kind: str
    charset: str | None
    body: bytes
    fetched: str | None


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Unpacked:
    """The bytes of a gzip file, member by member; `cut` when the last one has no end. Raises `HostileSource`."""

    def __init__(self, file: IO[bytes], where: str) -> None:
        self.file, self.where = file, where
        self.cut = self.broken = False
        self._member: Any = None
        self._rest = b""
        self._in = self._out = 0

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end. Raises `DamagedSource`, `HostileSource`."""
        while True:
            if not self._rest:
                self._rest = self.file.read(_STEP)
                self._in += len(self._rest)
                if not self._rest:
                    self.cut = self._member is not None
                    return b""
            if self._member is None:
                self._rest = self._rest.lstrip(b"\x00")
                if not self._rest:
                    continue
                self._member = zlib.decompressobj(31)
            part = self._unpack(size)
            if part:
                return part

    def _unpack(self, size: int) -> bytes:
        try:
            part: bytes = self._member.decompress(self._rest, size)
        except zlib.error as error:
            self.broken = True
            raise DamagedSource(f"{self.where} is damaged: {error}") from None
        self._rest = self._member.unconsumed_tail
        if self._member.eof:
            self._rest, self._member = self._member.unused_data, None
        self._out += len(part)
        if self._out > MOST_UNPACKED or (self._out > MOST_BYTES and self._out > MOST_TIMES * self._in):
            self.broken = True
            raise HostileSource(f"{self.where} unpacks to more than {MOST_TIMES} times its size")
        return part


class _Bytes:
    """A stream that can be read by lines and put back into."""

    def __init__(self, stream: _Reads) -> None:
        self._stream = stream
        self._held = b""

    def line(self) -> bytes:
        """The next line with its end, at most `_LONGEST_LINE` bytes; none at the end."""
        while b"\n" not in self._held and len(self._held) < _LONGEST_LINE:
            part = self._stream.read(_STEP)
            if not part:
                break
            self._held += part
        end = self._held.find(b"\n", 0, _LONGEST_LINE) + 1 or min(len(self._held), _LONGEST_LINE)
        line, self._held = self._held[:end], self._held[end:]
        return line

    def take(self, size: int) -> bytes:
        """The next bytes; fewer at the end."""
        parts, self._held = [self._held[:size]], self._held[size:]
        left = size - len(parts[0])
        while left > 0:
            part = self._stream.read(min(_STEP, left))
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def put_back(self, body: bytes) -> None:
        """Bytes to be read next."""
        self._held = body + self._held


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    headers: Mapping[str, str]
    block: bytes
    where: str


def read_warc(file: IO[bytes], where: str) -> Iterator[Page | DatelineError]:
    """Pages in order; the error in place of a record that is cut, altered or too large. Never loads the file whole."""
    head = file.read(2)
    file.seek(0)
    unpacked = Unpacked(file, where) if head == b"\x1f\x8b" else None
    count = 0
    try:
        for found in _records(_Bytes(unpacked or file), where):
            if isinstance(found, DatelineError):
                yield found
                count += 1
                if unpacked and (unpacked.cut or unpacked.broken):
                    return
                continue
            count = found.number
            try:
                page = _page(found)
            except DatelineError as error:
                yield error
            else:
                if page:
                    yield page
    except DatelineError as error:
        yield error
        return
    if unpacked and unpacked.cut:
        yield DamagedSource(f"{where} is cut short after record {count}: the last compressed member has no end")
    elif not count:
        yield DamagedSource(f"{where} holds no WARC record")


def _records(stream: _Bytes, where: str) -> Iterator[_Record | DatelineError]:
    """Records whose block has its length and digest; after one that has not, the next is looked for."""
    number, lost = 0, False
    while line := stream.line():
        if not line.startswith(b"WARC/"):
            if line.strip() and not lost:
                lost = True
                yield DamagedSource(f"{where} after record {number}: something stands where a record must begin")
            continue
        number, lost = number + 1, False
        try:
            yield _record(stream, number, where)
        except DatelineError as error:
            lost = True
            yield error


def _record(stream: _Bytes, number: int, where: str) -> _Record:
    headers = _headers(stream, f"{where}#{number}")
    where = f"{where}#{number} ({(headers.get('warc-target-uri') or headers.get('warc-record-id') or '?')[:200]})"
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise DamagedSource(f"{where} has no length")
    size = int(length)
    if size > MOST_BYTES:
        while size > 0:
            part = stream.take(min(size, _STEP))
            if not part:
                raise DamagedSource(f"{where} is cut short: {size} of {length} bytes are missing")
            size -= len(part)
        raise TooLarge(f"{where} has {int(length) / 2**20:.0f} MiB; a record may have {MOST_BYTES / 2**20:.0f}")
    block = stream.take(size)
    try:
        if len(block) < size:
            raise DamagedSource(f"{where} is cut short: {len(block)} of {size} bytes")
        _check_digest(block, headers.get("warc-block-digest"), f"{where}: block")
    except DamagedSource:
        # A length that is too long has swallowed the records that follow.
        swallowed = block.find(b"\r\n\r\nWARC/1.")
        if swallowed >= 0:
            stream.put_back(block[swallowed + 4 :])
        raise
    return _Record(number, headers, block, where)


def _headers(stream: _Bytes, where: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_HEADERS):
        line = stream.line()
        if not line.endswith(b"\n"):
            raise DamagedSource(f"{where} is cut short in its header")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return headers
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers[name] = value.strip()
    raise DamagedSource(f"{where} has more than {_MOST_HEADERS} header lines")


def _page(record: _Record) -> Page | None:
    """The page of a `response` or `resource`; None for what holds none."""
    headers, block, where = record.headers, record.block, record.where
    if headers.get("warc-truncated"):
        raise DamagedSource(f"{where} was cut by its crawler ({headers['warc-truncated'][:40]})")
    url, fetched = headers.get("warc-target-uri", "").strip("<>"), headers.get("warc-date")
    if headers.get("warc-type") == "resource":
        _check_digest(block, headers.get("warc-payload-digest"), f"{where}: payload")
        kind, charset = _content_type(headers.get("content-type"))
        return Page(url, kind, charset, block, fetched)
    if headers.get("warc-type") != "response" or not block.startswith(b"HTTP/"):
        return None
    return _response(block, headers.get("warc-payload-digest"), url, fetched, where)


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
