"""The domain name system, asked through dnspython.

Config: the name servers of this machine; `servers` and `port` for tests.
Yields: Records or Unasked; raises nothing.
Source: dnspython.readthedocs.io (resolver class), RFC 7208 3.3 (TXT strings join).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

import dns.exception
import dns.name
import dns.resolver
import dns.reversename

from briefing.ports.names import RecordKind, Records, Unasked

_LIMIT_S = 5.0


class DnsNames:
    """Implements ports.NameServer."""

    def __init__(
        self, *, servers: Sequence[str] = (), port: int = 53, limit_s: float = _LIMIT_S
    ) -> None:
        self._servers = tuple(servers)
        self._port = port
        self._limit_s = limit_s

    def ask(self, name: str, kind: RecordKind) -> Records | Unasked:
        """See ports.NameServer."""
        try:
            asked = _reverse(name) if kind == "PTR" else dns.name.from_text(name)
            answer = self._resolver().resolve(asked, kind, search=False)
        except dns.resolver.NXDOMAIN:
            return Records((), is_name_known=False)
        except dns.resolver.NoAnswer:
            return Records()
        except dns.resolver.NoResolverConfiguration:
            return Unasked("no_server")
        except dns.exception.Timeout:
            return Unasked("timeout")
        except dns.resolver.NoNameservers:
            return Unasked("servfail")
        except (dns.exception.DNSException, ValueError, UnicodeError):
            return Unasked("name")
        rows = list(answer)
        if kind == "MX":
            rows.sort(key=lambda one: (one.preference, one.exchange.to_text().lower()))
            return Records(tuple(f"{r.preference} {_host(r.exchange)}" for r in rows))
        return Records(tuple(sorted(_text(one, kind) for one in rows)))

    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers = list(self._servers)
            resolver.port = self._port
        resolver.lifetime = self._limit_s
        return resolver


def _reverse(address: str) -> dns.name.Name:
    return dns.reversename.from_address(str(ipaddress.ip_address(address)))


def _text(row: Any, kind: RecordKind) -> str:
    if kind == "TXT":
        return b"".join(row.strings).decode("utf-8", "replace")
    if kind == "PTR":
        return _host(row.target)
    return str(row.address)


def _host(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()
