"""Questions to the domain name system, and to a mail server that is only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from briefing.ports.delivery import Broken

RecordKind = Literal["TXT", "MX", "A", "AAAA", "PTR"]


@dataclass(frozen=True, slots=True)
class Records:
    """What stands under a name.

    Attributes:
        values: TXT joined from its strings; MX as "10 mail.example", least number
            first; names in lower case without a dot at the end; else in text order.
            Empty if there is none of the kind.
        is_name_known: something stands under the name or below it.
    """

    values: tuple[str, ...] = ()
    is_name_known: bool = True


@dataclass(frozen=True, slots=True)
class Unasked:
    """No name server gave an answer: nothing is known.

    Attributes:
        reason: short stable word: "timeout", "servfail", "name", "no_server".
    """

    reason: str


class NameServer(Protocol):
    """The domain name system, as this machine sees it."""

    def ask(self, name: str, kind: RecordKind) -> Records | Unasked:
        """The records of a kind under a name, aliases followed. For PTR the name is an
        IP address as people write it.
        """
        ...


@dataclass(frozen=True, slots=True)
class MailServerSeen:
    """A mail server that took our connection, up to the login; nothing was sent.

    Attributes:
        greeting: its first line.
        extensions: EHLO keywords with their parameters, in upper case, by name.
        tls: protocol of the secured connection, "" for plain text.
        certificate_ends: its certificate's last moment, None without one.
        is_logged_in: user name and password were taken; False if none were given.
    """

    greeting: str
    extensions: tuple[str, ...]
    tls: str
    certificate_ends: datetime | None
    is_logged_in: bool


class MailServerProbe(Protocol):
    """A look at the configured mail server."""

    def look(self) -> MailServerSeen | Broken:
        """Connects, secures, logs in, says goodbye."""
        ...
