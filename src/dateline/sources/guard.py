"""May this address be connected to? Asked of the very address that the connection goes to, at every redirect.

A name is resolved once and the connection made to an address that was looked at: a name server
that answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from dateline.errors import FetchError, RefusedAddress, SlowServer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# IPv4-compatible addresses, long out of use.
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def is_public(address: Address) -> bool:
    """Whether an address is one of the public network: not private, link-local, loopback, reserved or a group's.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is looked at itself.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _COMPATIBLE:
            return False
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        known = [a for a in inner if a is not None]
        if known:
            return all(is_public(a) for a in known)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass
class Deadline:
    """The moment by which one fetch must be over, redirects and all."""

    at: float = 0.0

    def left(self, timeout_s: float | None) -> float:
        """Seconds that the next step may take. Raises `SlowServer` when none are left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise SlowServer("the time is up")
        return left if timeout_s is None else min(left, timeout_s)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline: a server that sends a byte a second gains nothing."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@dataclass
class GuardedNetwork(httpcore.NetworkBackend):
    """Connections to allowed addresses only. `allowed` and `resolve` are for tests with servers of their own."""

    allowed: Callable[[Address], bool] = is_public
    resolve: Resolve = resolve
    deadline: Deadline = field(default_factory=Deadline)
    _inner: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the host's addresses. Raises `RefusedAddress` when any of them is not allowed."""
        try:
            found = [ipaddress.ip_address(a.partition("%")[0]) for a in self.resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise FetchError(f"no host named {host} is found ({error})") from None
        refused = [str(a) for a in found if not self.allowed(a)]
        if refused or not found:
            raise RefusedAddress(
                f"{host} is at {', '.join(refused) or 'no address'}, which is not on the public network"
            )
        last: Exception | None = None
        for address in dict.fromkeys(found):
            try:
                inner = self._inner.connect_tcp(
                    str(address), port, self.deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _Stream(inner, self.deadline)
        assert last
        raise last

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise RefusedAddress(f"{path} is no address of the network")
