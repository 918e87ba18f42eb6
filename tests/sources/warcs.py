"""WARC files for tests: records with their lengths and digests, plain or a gzip member each."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping

STORY = "The army said on Monday that it had taken the town of {0} after a siege of three weeks, and that the rebels were in retreat from it."
PAGE = "<!doctype html><html><head><title>Army takes {0}</title><meta name='date' content='2016-02-20'></head><body><article><h1>Army takes {0}</h1><p>{1}</p><p>{2}</p></article></body></html>"


def page(town: str) -> bytes:
    """A page with one article."""
    story = STORY.format(town)
    return PAGE.format(town, story, story.replace("Monday", "Tuesday")).encode()


def sha1(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def http(
    body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, headers: Mapping[str, str] = {}
) -> bytes:
    """A server's answer."""
    lines = [f"HTTP/1.1 {status} OK", f"Content-Type: {kind}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(url: str, block: bytes, kind: str = "response", length: int | None = None, **headers: str) -> bytes:
    """One record, with the digest of its block unless another is given."""
    lines = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>", "WARC-Date": "2016-02-21T00:00:00Z",
        "WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response", "WARC-Block-Digest": sha1(block),
        **{k.replace("_", "-"): v for k, v in headers.items()}, "Content-Length": str(len(block) if length is None else length),
    }  # fmt: skip
    head = "WARC/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def story(town: str) -> bytes:
    """A record with one article."""
    body = page(town)
    return record(f"https://example.org/{town.lower()}", http(body), WARC_Payload_Digest=sha1(body))


def packed(*records: bytes) -> bytes:
    """A `.warc.gz`: a gzip member for each record."""
    return b"".join(gzip.compress(r, mtime=0) for r in records)
