"""The connection guard: resolves a name once, judges every answer, connects to one.

There is no second look-up between the judgement and the connection, so a name that
answers differently the second time (rebinding) gains nothing; TLS checks the name.
The guard also holds each thread's deadline: every read and write gets at most what is
left of it, which ends slow headers and bodies that drip.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2

from briefing.http.settings import HttpSettings
from briefing.logic import urls

# What people publish on; others are databases, mail and consoles.
PORTS = frozenset({80, 443, 8080, 8443})

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to IP literals; raises OSError."""

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # RFC 6598, carrier-grade NAT
        "192.88.99.0/24",  # RFC 7526, old 6to4 relays
        "224.0.0.0/4",
        "ff00::/8",
        "3fff::/20",  # RFC 9637, documentation
    )
)
_NAT64 = tuple(
    ipaddress.IPv6Network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48")
)


class AddressRefused(Exception):  # noqa: N818 - a verdict of ours, not a fault
    """The guard does not connect there; the message says why, for a person."""


class NameNotFound(Exception):  # noqa: N818 - same
    """The name server gave no address."""


def is_public(literal: str) -> bool:
    """Whether an IP literal is an address of the open internet.

    IPv4 inside IPv6 (mapped, 6to4, Teredo, NAT64) is judged as the IPv4 it reaches.
    """
    try:
        address = ipaddress.ip_address(literal.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        if inner is not None:
            return is_public(str(inner))
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(
        address in network
        for network in _NOT_PUBLIC
        if network.version == address.version
    )


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the operating system's resolver answers, in its order, each once."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Guard(httpcore2.NetworkBackend):
    """Opens connections for httpcore2 to public addresses only, within a deadline."""

    def __init__(
        self, settings: HttpSettings, resolver: Resolver = system_resolver
    ) -> None:
        self._settings = settings
        self._resolve = resolver
        self._backend = httpcore2.SyncBackend()
        self._thread = threading.local()

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """All network work of this thread inside the block ends within `seconds`."""
        self._thread.ends_at = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._thread.ends_at

    def left(self, timeout: float | None) -> float:
        """Seconds the next wait may take. Raises ReadTimeout when none are left."""
        ends_at = getattr(self._thread, "ends_at", None)
        limit = self._settings.read_s if timeout is None else timeout
        if ends_at is None:
            return limit
        seconds = min(limit, ends_at - time.monotonic())
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the whole request took too long")
        return float(seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to a judged address. Raises AddressRefused, NameNotFound."""
        host = host.strip("[]").lower()
        mapped = self._mapped(host)
        if mapped is not None:
            return self._open((mapped[0],), mapped[1], timeout)
        is_allowed = any(
            urls.matches(host, name) for name in self._settings.allow_hosts
        )
        if port not in PORTS and not is_allowed:
            raise AddressRefused(f"port {port} is not one that pages are served on")
        literals = self._look_up(host, port, timeout)
        if not is_allowed:
            for literal in literals:
                if not is_public(literal):
                    raise AddressRefused(
                        f"{host} is at {literal}, not a public address"
                    )
        return self._open(literals, port, timeout)

    def _mapped(self, host: str) -> tuple[str, int] | None:
        for pattern, target in self._settings.connect_to.items():
            if urls.matches(host, pattern):
                to_host, _, to_port = target.rpartition(":")
                return to_host.strip("[]"), int(to_port)
        return None

    def _look_up(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        # The system's resolver knows no time limit: a thread of its own can be left.
        answer: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = (
            queue.SimpleQueue()
        )

        def ask() -> None:
            try:
                answer.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            found = answer.get(timeout=self.left(timeout))
        except queue.Empty:
            raise NameNotFound(f"the name server did not answer for {host}") from None
        if isinstance(found, (OSError, UnicodeError)):
            raise NameNotFound(f"no address for {host}") from found
        if not found:
            raise NameNotFound(f"no address for {host}")
        return found

    def _open(
        self, literals: Sequence[str], port: int, timeout: float | None
    ) -> httpcore2.NetworkStream:
        last: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        # Two tries: a host with a dead IPv6 address usually answers on its IPv4 one.
        for literal in _spread(literals)[:2]:
            try:
                stream = self._backend.connect_tcp(literal, port, self.left(timeout))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
            else:
                return _TimedStream(stream, self)
        raise last or httpcore2.ConnectError("no address to connect to")


def _spread(literals: Sequence[str]) -> list[str]:
    """The first answer, then the first of the other family, then the rest."""
    first = literals[0]
    others = [one for one in literals[1:] if (":" in one) != (":" in first)]
    same = [one for one in literals[1:] if (":" in one) == (":" in first)]
    return [first, *others[:1], *same, *others[1:]]


class _TimedStream(httpcore2.NetworkStream):
    """A stream whose every wait ends with its thread's deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(
            ssl_context, server_hostname, self._guard.left(timeout)
        )
        return _TimedStream(secured, self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
