"""How the client behaves; everything has a value that suits a polite daily run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing import __version__
from briefing.errors import SettingsError

_HEADER_SAFE = re.compile(r"[\x21-\x7e]*(?: [\x21-\x7e]+)*")

_START = re.compile(r"https?://[^/@\s]+/\S*")
_KEY = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Settings of the one client.

    Attributes:
        contact: address or page where a server's owner reaches the user; goes into the
            User-Agent.
        spacing_s: between the starts of two requests to one site.
        per_site: requests to one site at the same time.
        connect_s: to open a connection, resolution and TLS included.
        read_s: between two pieces of an answer.
        total_s: for one `get`, redirects and the retry included, waiting aside.
        retry_wait_s: before the one retry, times 0.5 to 1.5.
        connect_to: host name or "*.example" -> "127.0.0.1:8099"; where the bytes of a
            name come from, without asking a name server. Addresses keep the name.
        allow_hosts: private hosts that may be read ("rsshub.lan", "192.168.1.5").
        keys: beginning of an address, host and slash included, -> the key that such
            requests carry as a bearer; a redirect to elsewhere does not.
    """

    contact: str = ""
    spacing_s: float = 1.0
    per_site: int = 2
    connect_s: float = 10.0
    read_s: float = 15.0
    total_s: float = 30.0
    retry_wait_s: float = 1.0
    connect_to: Mapping[str, str] = field(default_factory=dict)
    allow_hosts: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Raises SettingsError for what would only fail at the first request."""
        if not _HEADER_SAFE.fullmatch(self.contact):
            raise SettingsError(
                f"contact {self.contact!r} cannot stand in a request's header",
                hint="Write a plain e-mail address or https address as the contact.",
            )
        for start, key in self.keys.items():
            if not _START.fullmatch(start) or not _KEY.fullmatch(key):
                raise SettingsError(
                    f"the key for {start!r} cannot be sent",
                    hint="Write the beginning of an address up to a slash behind the "
                    "host, and a key without blanks.",
                )
        for name, target in self.connect_to.items():
            host, _, port = target.rpartition(":")
            if not host or not port.isdigit():
                raise SettingsError(
                    f"connect_to {name!r}: {target!r} is not an address with a port",
                    hint='Write it like "127.0.0.1:8099".',
                )

    @property
    def user_agent(self) -> str:
        """Who we say we are; never somebody else."""
        contact = f" (+{self.contact})" if self.contact else ""
        return f"briefing/{__version__}{contact}"

    def key_for(self, url: str) -> str | None:
        """The key that a request for this address carries; of the longest beginning."""
        starts = [start for start in self.keys if url.startswith(start)]
        return self.keys[max(starts, key=len)] if starts else None
