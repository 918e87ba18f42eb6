"""A web of this machine alone: servers on loopback, and names that lead to them."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dateline.sources.fetch import Fetcher
from dateline.sources.guard import Address, GuardedNetwork

Body = bytes | str
# Status, headers and body of an answer.
Answer = tuple[int, Mapping[str, str], Body]


@dataclass
class Site:
    """What a server answers, path by path, and what it was asked."""

    pages: dict[str, Answer | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/", host: str = "public.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def served(site: Site, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """The site on a port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            found = site.pages.get(self.path, (404, {}, b""))
            status, headers, body = found(dict(self.headers)) if callable(found) else found
            raw = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {"Content-Length": str(len(raw)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(raw)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def fetcher(names: Mapping[str, str] = {}, **options: object) -> Fetcher:
    """A fetcher for which 127.0.0.1 is the public network, and `*.example` is there; everything else is as it is."""

    def resolve(host: str, port: int) -> list[str]:
        return [names.get(host, "127.0.0.1" if host.endswith(".example") else host)]

    def allowed(address: Address) -> bool:
        return str(address) == "127.0.0.1"

    return Fetcher(GuardedNetwork(allowed, resolve), pause_s=0.0, **options)  # type: ignore[arg-type]
