"""Which format do these bytes have, and which reports do they hold?"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

from dateline.errors import DatelineError, UnknownFormat
from dateline.report import Report
from dateline.sources.feed import read_feed
from dateline.sources.jsonl import Item, read_json, read_jsonl
from dateline.sources.limits import check_size
from dateline.sources.markup import parse_xml, xml_text
from dateline.sources.newsml import read_newsml
from dateline.sources.nitf import read_nitf
from dateline.sources.page import page_text, read_html
from dateline.sources.plain import check_text, decode
from dateline.sources.warc import Page, read_warc

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".ninjs": "json",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".nitf": "xml", ".newsml": "xml",
    ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
# What a server calls each format.
_KINDS = {
    "text/plain": "text", "text/markdown": "text", "text/html": "html", "application/xhtml+xml": "html",
    "application/json": "json", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/feed+json": None,
    "application/xml": "xml", "text/xml": "xml", "application/rss+xml": "xml", "application/atom+xml": "xml", "application/rdf+xml": "xml",
    "application/warc": "warc",
}  # fmt: skip
_FEEDS = ("rss", "feed", "RDF", "rdf")


def format_of_name(name: str) -> str | None:
    """The format that a file's name tells, or None."""
    lower = name.lower()
    return next((SUFFIXES[s] for s in sorted(SUFFIXES, key=len, reverse=True) if lower.endswith(s)), None)


def format_of_kind(kind: str) -> str | None:
    """The format that a server's Content-Type tells, or None for what holds no report."""
    return _KINDS.get(kind, "xml" if kind.endswith("+xml") and not kind.startswith("image/") else None)


def format_of_body(body: bytes) -> str:
    """The format that the first bytes tell; text when they tell nothing."""
    if body.startswith(b"WARC/") or _unpacked_start(body).startswith(b"WARC/"):
        return "warc"
    head = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000].lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        b"<html" in head and head.startswith(b"<?xml")
    ):
        return "html"
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<nitf", b"<newsitem", b"<newsmessage", b"<!doctype nitf")):
        return "xml"
    if head.startswith((b'{"', b"[{")):
        return "jsonl"
    return "json" if head.startswith(b"{") and b'"' in head[:40] else "text"


def _unpacked_start(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(31).decompress(body[:4096], 16)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def read_body(
    body: bytes, format_: str, where: str, *, charset: str | None = None, address: str | None = None
) -> Iterator[Item | DatelineError]:
    """Reports of a whole body; `address` is where it was fetched. The error in place of what is none."""
    try:
        if format_ not in ("jsonl", "warc"):
            check_size(len(body), where)
        yield from _READERS[format_](body, where, charset, address)
    except DatelineError as error:
        yield error


def _text(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    text = page_text(body, charset, where) if charset else decode(body, where)
    yield Report(id=address or where, named=address is not None, text=text, url=address)


def _html(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    yield read_html(page_text(body, charset, where), where, address=address)


def _jsonl(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    if not body.strip():
        check_text(decode(body, where), where)
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = decode(body, where).encode("utf-8")
    yield from read_jsonl(body.split(b"\n"), where)


def _json(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    if not body.strip():
        check_text(decode(body, where), where)
    yield from read_json(body, where)


def _xml(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    """The root element tells which: a feed, NITF, NewsML-G2; else a page."""
    text = xml_text(body, where)
    try:
        root = parse_xml(text, where)
    except DatelineError as error:
        # Feeds are often not well formed, and feedparser knows their faults.
        if error.code == "DL-S10" and any(f"<{name}" in text[:4000] for name in _FEEDS):
            parse_xml(text, where, mend=True)
            yield from read_feed(body, address or where)
            return
        raise
    name = str(root.tag).rpartition("}")[2]
    if name in _FEEDS:
        yield from read_feed(body, address or where)
    elif name == "nitf":
        yield read_nitf(root, where)
    elif name in ("newsItem", "newsMessage"):
        yield from read_newsml(root, where)
    elif name == "html":
        yield read_html(text, where, address=address)
    else:
        raise UnknownFormat(
            f"{where}: no reader for XML whose root is {name[:60]!r}; RSS, Atom, NITF and NewsML-G2 are read"
        )


def _warc(body: bytes, where: str, charset: str | None, address: str | None) -> Iterator[Item | DatelineError]:
    import io

    yield from read_warc_file(io.BytesIO(body), where)


_READERS = {"text": _text, "html": _html, "jsonl": _jsonl, "json": _json, "xml": _xml, "warc": _warc}


def read_warc_file(file: IO[bytes], where: str) -> Iterator[Item | DatelineError]:
    """Reports of the pages in a WARC; what is no text (pictures, scripts) is passed over."""
    for page in read_warc(file, where):
        if isinstance(page, DatelineError):
            yield page
            continue
        format_ = format_of_kind(page.kind)
        if format_ and format_ != "warc":
            yield from _page(page, format_, where)


def _page(page: Page, format_: str, where: str) -> Iterator[Item | DatelineError]:
    at = page.url or where
    yield from read_body(page.body, format_, at, charset=page.charset, address=page.url or None)
