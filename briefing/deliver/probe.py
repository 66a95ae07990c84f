"""A look at the configured SMTP server: connect, secure, log in, leave.

Config: [smtp].
Yields: MailServerSeen, or Broken with the reason; raises nothing of the network.
Source: RFC 5321 (EHLO), 3207 (STARTTLS), 4954 (AUTH), 8314 (TLS from the start).
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from briefing.ports.delivery import Broken, Phase
from briefing.ports.names import MailServerSeen

_LONGEST_TEXT = 200


class _Greeted(smtplib.SMTP):
    """smtplib's client, which remembers the first line it was sent."""

    greeting = ""

    def connect(
        self,
        host: str = "localhost",
        port: int = 0,
        source_address: Any = None,
    ) -> tuple[int, bytes]:
        code, text = super().connect(host, port, source_address)
        self.greeting = text.decode("ascii", "replace")
        return code, text


class _GreetedTls(_Greeted, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class SmtpProbe:
    """Implements ports.MailServerProbe."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: str,
        username: str,
        password: SecretStr,
        timeout_s: float,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        self._host = host
        self._port = port
        self._security = security
        self._username = username
        self._password = password
        self._timeout_s = timeout_s
        self._trust = trust

    def look(self) -> MailServerSeen | Broken:
        """See ports.MailServerProbe."""
        try:
            with self._connected() as server:
                return self._seen(server)
        except smtplib.SMTPAuthenticationError as error:
            # What the server says here might repeat what it was given.
            return _broken("auth", error.smtp_code, "")
        except smtplib.SMTPNotSupportedError as error:
            return _broken("unsupported", 0, str(error))
        except ssl.SSLCertVerificationError as error:
            return _broken("tls", 0, error.verify_message)
        except ssl.SSLError as error:
            return _broken("tls", 0, error.reason or "no TLS is spoken there")
        except smtplib.SMTPResponseException as error:
            return _broken("greeting", error.smtp_code, error.smtp_error)
        except (TimeoutError, smtplib.SMTPServerDisconnected) as error:
            # smtplib turns a time-out of the greeting into a disconnection.
            is_late = isinstance(error.__context__ or error, TimeoutError)
            return _broken("timeout" if is_late else "closed", 0, "")
        except socket.gaierror:
            return _broken("dns", 0, "")
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            return _broken("connect", 0, getattr(error, "strerror", "") or "")

    def _connected(self) -> _Greeted:
        if self._security == "tls":
            return _GreetedTls(
                self._host, self._port, timeout=self._timeout_s, context=self._trust()
            )
        return _Greeted(self._host, self._port, timeout=self._timeout_s)

    def _seen(self, server: _Greeted) -> MailServerSeen:
        server.ehlo_or_helo_if_needed()
        if self._security == "starttls":
            server.starttls(context=self._trust())
            server.ehlo()
        if self._username:
            server.login(self._username, self._password.get_secret_value())
        secured = server.sock if isinstance(server.sock, ssl.SSLSocket) else None
        return MailServerSeen(
            greeting=server.greeting[:_LONGEST_TEXT],
            extensions=tuple(
                sorted(
                    " ".join(f"{name} {value}".upper().split())
                    for name, value in server.esmtp_features.items()
                )
            ),
            tls=(secured.version() or "") if secured else "",
            certificate_ends=_ends(secured),
            is_logged_in=bool(self._username),
        )


def _ends(secured: ssl.SSLSocket | None) -> datetime | None:
    certificate = secured.getpeercert() if secured else None
    ends = (certificate or {}).get("notAfter")
    if not isinstance(ends, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)


def _broken(reason: str, code: int, text: bytes | str) -> Broken:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return Broken(Phase.BEFORE_DOT, reason, code, line[:_LONGEST_TEXT])
