"""Fetch an address: public hosts only, TLS verified, within size and time, as robots.txt and caching headers ask."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Protocol
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import certifi
import httpcore
from protego import Protego

from dateline import __version__
from dateline.errors import (
    BadStatus,
    FetchError,
    RefusedAddress,
    RefusedByRobots,
    SlowServer,
    TooLarge,
    UntrustedServer,
)
from dateline.sources.guard import GuardedNetwork
from dateline.sources.limits import MOST_BYTES, inflate

AGENT = f"Dateline/{__version__} (reader of reports)"
ROBOT = "Dateline"
MOST_REDIRECTS = 5
MOST_ROBOTS_BYTES = 512 * 2**10
TIMEOUT_S = 30.0
STEP_TIMEOUT_S = 10.0
# Requests to one host are at least this far apart, or as far as its robots.txt asks, up to a minute.
PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
# However long a server says that its answer stays fresh, it is asked again after a day.
LONGEST_FRESH = timedelta(days=1)
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an address's last answer said of keeping it."""

    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None


class Memory(Protocol):
    """Where answers are remembered."""

    def recall(self, url: str) -> Remembered | None:
        """What was said when this address was last taken in whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an address. `body` is None when it has not changed since; `status` is 0 when it was not even asked."""

    asked: str
    url: str
    status: int
    kind: str = ""
    charset: str | None = None
    body: bytes | None = None
    keep: Remembered = Remembered()


@dataclass(frozen=True)
class _Response:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Fetcher:
    """Fetches addresses one at a time, with a pause for each host. Not for several threads."""

    network: GuardedNetwork = field(default_factory=GuardedNetwork)
    tls: ssl.SSLContext | None = None
    timeout_s: float = TIMEOUT_S
    most_bytes: int = MOST_BYTES
    pause_s: float = PAUSE_S
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Protego | FetchError] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, remembered: Remembered | None = None) -> Answer:
        """The answer of an address, redirects followed. Raises `FetchError`, `TooLarge`, `DamagedSource`, `HostileSource`."""
        now = datetime.now(UTC)
        if remembered and remembered.fresh_until and remembered.fresh_until > now:
            return Answer(url, url, 0, keep=remembered)
        asking: dict[str, str] = {}
        if remembered and remembered.etag:
            asking["If-None-Match"] = remembered.etag
        if remembered and remembered.last_modified:
            asking["If-Modified-Since"] = remembered.last_modified
        at = _clean(url)
        for _ in range(MOST_REDIRECTS + 1):
            self._ask_robots(at)
            response = self._get(at, asking, self.most_bytes)
            if response.status not in _REDIRECTS:
                return self._answer(url, at, response, remembered, now)
            at = _redirected(at, response)
        raise BadStatus(f"{url} redirects more than {MOST_REDIRECTS} times")

    def _answer(self, asked: str, at: str, response: _Response, remembered: Remembered | None, now: datetime) -> Answer:
        if response.status == 304 and remembered:
            keep = Remembered(remembered.etag, remembered.last_modified, _fresh_until(response.headers, now))
            return Answer(asked, at, 304, keep=keep)
        if response.status != 200:
            raise BadStatus(f"{asked} answers with status {response.status}")
        headers = response.headers
        message = Message()
        message["Content-Type"] = headers.get("content-type", "application/octet-stream")
        charset = message.get_param("charset")
        keep = Remembered(headers.get("etag"), headers.get("last-modified"), _fresh_until(headers, now))
        kind = message.get_content_type()
        return Answer(asked, at, 200, kind, charset if isinstance(charset, str) else None, response.body, keep)

    def _ask_robots(self, url: str) -> None:
        """Raise `RefusedByRobots` unless the host's robots.txt lets us (RFC 9309)."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        robots = self._robots[origin]
        if isinstance(robots, FetchError):
            raise robots
        if not robots.can_fetch(url, ROBOT):
            raise RefusedByRobots(f"{origin}/robots.txt asks programs not to fetch {url}")
        asked = robots.crawl_delay(ROBOT)
        wait = min(LONGEST_PAUSE_S, max(self.pause_s, asked or 0.0))
        left = self._last.get(origin, -1e9) + wait - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[origin] = time.monotonic()

    def _read_robots(self, origin: str) -> Protego | FetchError:
        """The rules; a host that has none (4xx) allows all, one that fails (5xx) allows nothing."""
        at = f"{origin}/robots.txt"
        try:
            for _ in range(MOST_REDIRECTS + 1):
                response = self._get(at, {}, MOST_ROBOTS_BYTES)
                if response.status not in _REDIRECTS:
                    break
                at = _redirected(at, response)
        except FetchError as error:
            return error
        except TooLarge:
            return RefusedByRobots(f"{origin}/robots.txt is larger than {MOST_ROBOTS_BYTES // 1024} KiB")
        if response.status >= 500 or response.status in _REDIRECTS:
            return RefusedByRobots(
                f"{origin}/robots.txt answers with status {response.status}: nothing may be fetched now"
            )
        return Protego.parse(response.body.decode("utf-8", "replace") if response.status == 200 else "")

    def _get(self, url: str, headers: Mapping[str, str], most: int) -> _Response:
        self.network.deadline.at = time.monotonic() + self.timeout_s
        steps = {"connect": STEP_TIMEOUT_S, "read": STEP_TIMEOUT_S, "write": STEP_TIMEOUT_S, "pool": STEP_TIMEOUT_S}
        asking = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", **headers}
        fields: list[tuple[bytes | str, bytes | str]] = list(asking.items())
        try:
            # A pool for each request: no connection outlives the check of its address.
            with (
                httpcore.ConnectionPool(
                    ssl_context=self.tls or _trust(), network_backend=self.network, max_connections=1, http2=False
                ) as pool,
                pool.stream("GET", url, headers=fields, extensions={"timeout": steps}) as response,
            ):
                return self._read(url, response, most)
        except httpcore.TimeoutException:
            raise SlowServer(f"{url} gives no whole answer in {self.timeout_s:.0f} seconds") from None
        except SlowServer:
            raise SlowServer(f"{url} gives no whole answer in {self.timeout_s:.0f} seconds") from None
        except (httpcore.ConnectError, ssl.SSLError) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error) or "certificate" in str(error).lower():
                raise UntrustedServer(
                    f"the certificate of {urlsplit(url).netloc} cannot be verified ({error})"
                ) from None
            raise FetchError(f"cannot connect to {urlsplit(url).netloc} ({error})") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise FetchError(f"{url} cannot be fetched ({type(error).__name__}: {str(error)[:200]})") from None

    def _read(self, url: str, response: httpcore.Response, most: int) -> _Response:
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            raise TooLarge(f"{url} has {int(length) / 2**20:.0f} MiB; an answer may have {most / 2**20:.1f}")
        parts, size = [], 0
        for part in response.iter_stream():
            size += len(part)
            if size > most:
                raise TooLarge(f"{url} has more than {most / 2**20:.1f} MiB")
            parts.append(part)
        body = b"".join(parts)
        coding = headers.get("content-encoding", "").strip().lower()
        if coding in ("gzip", "x-gzip", "deflate") and body:
            body = inflate(body, coding, url, most)
        elif coding not in ("", "identity") and body:
            raise FetchError(f"{url} comes in the coding {coding[:40]!r}, which was not asked for")
        return _Response(response.status, headers, body)


@cache
def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _clean(url: str) -> str:
    """The address without its fragment. Raises `RefusedAddress` for one that is not plain http(s)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(f"{url[:200]!r} is no address ({error})") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedAddress(f"{url[:200]!r} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress(f"{parts.hostname}: an address with a name or password in it is not fetched")
    if re.search(r"[\x00-\x20\x7f]", url):
        raise RefusedAddress(f"{url[:200]!r} holds spaces or control characters")
    try:
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    except UnicodeError:
        raise RefusedAddress(f"{parts.hostname[:100]!r} is no name of a host") from None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return urlunsplit(SplitResult(parts.scheme, netloc, _quoted(parts.path) or "/", _quoted(parts.query), ""))


def _quoted(part: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in part)


def _redirected(at: str, response: _Response) -> str:
    """Where a redirect leads. Raises `RefusedAddress`, `UntrustedServer` when it leads from https to http."""
    location = response.headers.get("location")
    if not location:
        raise BadStatus(f"{at} redirects to nowhere (status {response.status})")
    to = _clean(urljoin(at, location))
    if at.startswith("https:") and to.startswith("http:"):
        raise UntrustedServer(f"{at} redirects to {to}, which has no TLS")
    return to


def _fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when the answer need not be asked for again (RFC 9111: max-age, else Expires)."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    age = re.search(r"max-age=(\d{1,9})", control)
    if age:
        until = now + timedelta(seconds=int(age[1]))
    else:
        try:
            until = parsedate_to_datetime(headers.get("expires", ""))
        except (ValueError, TypeError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(until, now + LONGEST_FRESH) if until > now else None
