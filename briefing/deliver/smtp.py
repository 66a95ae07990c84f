"""Any mail server or provider, by SMTP.

Config: [smtp]; the password from BRIEFING_SMTP_PASSWORD.
Yields: Sent, Refused with what the server said, Broken with the phase it broke in;
        raises nothing of the network. No answer, message or repr holds the password.
Source: RFC 5321 (SMTP), 3207 (STARTTLS), 4954 (AUTH), 1870 (SIZE), 6152 (8BITMIME),
        6531 (SMTPUTF8), 2034 (enhanced status), 8314 (TLS from the start).

MAIL, RCPT and DATA are sent one by one, and the final dot apart from the body: what
broke before the dot was handed over is certainly unsent, only what broke after it is
not known.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from briefing.domain.delivery import Broken, Mail, Phase, Refused, Sent

_LONGEST_TEXT = 200
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)")
# What can stand between < and > in a command as it is.
_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]+@[^\s<>\x00-\x1f\x7f]+")
_DOT_LINE = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Which server, and how it is talked to.

    Attributes:
        host: name or address.
        port: of it.
        security: "starttls", "tls" or "plaintext".
        username: "" for no login.
        password: never printed.
        connections: at once.
        messages_a_connection: then it is renewed.
        timeout_s: for one reply.
        trust: makes the context that verifies certificates.
    """

    host: str
    port: int
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    connections: int = 2
    messages_a_connection: int = 100
    timeout_s: float = 60.0
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


class Smtp:
    """Implements ports.Channel."""

    name = "smtp"

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    @property
    def connections(self) -> int:
        """See ports.Channel."""
        return self._server.connections

    @contextmanager
    def carrier(self) -> Iterator[SmtpCarrier]:
        """See ports.Channel; it connects with its first letter."""
        carrier = SmtpCarrier(self._server)
        try:
            yield carrier
        finally:
            carrier.close()


class _At:
    """How far a transaction has come."""

    def __init__(self) -> None:
        self.command = "connect"
        self.phase = Phase.BEFORE_DOT


class SmtpCarrier:
    """Implements ports.Carrier on one connection at a time."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None
        self._sent = 0

    def send(self, mail: Mail) -> Sent | Refused | Broken:
        """See ports.Carrier."""
        refused = _impossible(mail)
        if refused:
            return refused
        if self._sent >= self._server.messages_a_connection:
            self.close()
        is_used = self._open is not None
        at = _At()
        answer = self._try(mail, at)
        # Servers end an idle or a long talk at the next MAIL; a new connection helps.
        if is_used and at.command == "mail" and _is_ended(answer):
            self.close()
            answer = self._try(mail, _At())
        if _is_ended(answer):
            self.close()
        elif isinstance(answer, Refused):
            self._reset()
        else:
            self._sent += 1
        return answer

    def close(self) -> None:
        """Says goodbye; the next letter connects anew."""
        connection, self._open, self._sent = self._open, None, 0
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _try(self, mail: Mail, at: _At) -> Sent | Refused | Broken:
        if self._open is None:
            opened = _opened(self._server)
            if isinstance(opened, Broken):
                return opened
            self._open = opened
        return _transaction(self._open, mail, at)

    def _reset(self) -> None:
        if self._open is None:
            return
        try:
            code, _ = self._open.docmd("RSET")
        except (smtplib.SMTPException, OSError):
            code = 0
        if code != 250:
            self.close()


def _is_ended(answer: Sent | Refused | Broken) -> bool:
    """The connection is of no more use."""
    return isinstance(answer, Broken) or (
        isinstance(answer, Refused) and answer.code == 421
    )


def _transaction(
    connection: smtplib.SMTP, mail: Mail, at: _At
) -> Sent | Refused | Broken:
    options = _options(connection, mail)
    if isinstance(options, Refused):
        return options
    try:
        return _spoken(connection, mail, options, at)
    except smtplib.SMTPResponseException as error:  # a line that never ends
        return _broken(at.phase, "protocol", _words(error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return _broken(at.phase, _reason(error), f"during {at.command.upper()}")


def _spoken(
    connection: smtplib.SMTP, mail: Mail, options: tuple[str, ...], at: _At
) -> Sent | Refused | Broken:
    at.command = "mail"
    code, text = connection.mail(mail.sender, options)
    if code != 250:
        return _refused(at, code, text)
    at.command = "rcpt"
    # One reader a transaction: no reply is about somebody else.
    code, text = connection.rcpt(mail.recipient)
    if code not in (250, 251):
        return _refused(at, code, text)
    at.command = "data"
    code, text = connection.docmd("DATA")
    if code != 354:
        return _refused(at, code, text)
    connection.send(_stuffed(mail.body))
    at.phase = Phase.AFTER_DOT
    connection.send(b".\r\n")
    code, text = connection.getreply()
    if code != 250:
        return _refused(at, code, text)
    return Sent(f"{code} {_words(text)}".strip()[:_LONGEST_TEXT])


def _options(connection: smtplib.SMTP, mail: Mail) -> tuple[str, ...] | Refused:
    """Parameters of MAIL as the server allows them; its limits are kept unasked."""
    options: list[str] = []
    if connection.has_extn("size"):
        limit = connection.esmtp_features.get("size", "").strip()
        if limit.isdigit() and 0 < int(limit) < len(mail.body):
            text = f"{len(mail.body)} bytes; the server takes {limit}"
            return Refused(552, "5.3.4", text, "mail")
        options.append(f"SIZE={len(mail.body)}")
    if not mail.body.isascii():
        if not connection.has_extn("8bitmime"):
            return Refused(554, "5.6.3", "the server takes no 8-bit letter", "mail")
        options.append("BODY=8BITMIME")
    if not (mail.recipient.isascii() and mail.sender.isascii()):
        if not connection.has_extn("smtputf8"):
            return Refused(553, "5.6.7", "the server takes ASCII addresses", "rcpt")
        options.append("SMTPUTF8")
    return tuple(options)


def _stuffed(body: bytes) -> bytes:
    """The body as DATA wants it, up to and without the final dot."""
    lines = body if body.endswith(b"\r\n") else body + b"\r\n"
    # Hardly any letter has such a line, and looking for one is cheap.
    if b"\n." in lines or lines.startswith(b"."):
        lines = _DOT_LINE.sub(b"..", lines)
    return lines


def _opened(server: SmtpServer) -> smtplib.SMTP | Broken:
    """A connection that is greeted, secured and logged in."""
    connection: smtplib.SMTP | None = None
    try:
        connection = _connected(server)
        _secured(connection, server)
        if server.username:
            connection.login(server.username, server.password)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        if connection is not None:
            connection.close()
        return _unopened(error)
    return connection


def _unopened(error: Exception) -> Broken:
    """Why there is no connection."""
    before = Phase.BEFORE_DOT
    if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code != 421:
        # What the server says here may repeat what it was given.
        return _broken(before, "auth", "the login is refused", error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        reason = "auth" if "AUTH" in str(error) else "plaintext"
        return _broken(before, reason, str(error))
    if isinstance(error, smtplib.SMTPResponseException):
        words = _words(error.smtp_error)
        return _broken(before, "greeting", words, error.smtp_code)
    if isinstance(error, ssl.SSLCertVerificationError):
        return _broken(before, "tls", error.verify_message)
    if isinstance(error, smtplib.SMTPException) and "authentication" in str(error):
        return _broken(before, "auth", "the server offers no login that we know")
    return _broken(before, _reason(error), getattr(error, "strerror", None) or "")


def _connected(server: SmtpServer) -> smtplib.SMTP:
    name = _hello_name()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=name,
            timeout=server.timeout_s,
            context=server.trust(),
        )
    else:
        connection = smtplib.SMTP(
            server.host, server.port, local_hostname=name, timeout=server.timeout_s
        )
    if isinstance(connection.sock, socket.socket):
        # The dot follows the body in a packet of its own and must not wait.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _secured(connection: smtplib.SMTP, server: SmtpServer) -> None:
    connection.ehlo_or_helo_if_needed()
    if server.security != "starttls":
        return
    try:
        connection.starttls(context=server.trust())
    except smtplib.SMTPResponseException as error:
        said = f"{error.smtp_code} {_words(error.smtp_error)}"
        raise smtplib.SMTPNotSupportedError(f"STARTTLS is refused: {said}") from error
    connection.ehlo_or_helo_if_needed()


def _hello_name() -> str:
    """A name for EHLO without asking the network, as `getfqdn` would."""
    name = socket.gethostname()
    is_full = re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", name)
    return name if is_full else "[127.0.0.1]"


def _impossible(mail: Mail) -> Refused | None:
    """What no server needs to be asked: an address that would break a command."""
    for address, command in ((mail.sender, "mail"), (mail.recipient, "rcpt")):
        if not _ADDRESS.fullmatch(address):
            return Refused(501, "5.1.7", "not an address", command)
    return None


def _refused(at: _At, code: int, text: bytes) -> Refused | Broken:
    if not 400 <= code < 600:
        return _broken(at.phase, "protocol", f"{at.command}: {code} {_words(text)}")
    words = _words(text)
    found = _ENHANCED.match(words)
    enhanced = found[1] if found else ""
    return Refused(code, enhanced, words[found.end() if found else 0 :], at.command)


def _broken(phase: Phase, reason: str, text: str, code: int = 0) -> Broken:
    return Broken(phase, reason, code, text[:_LONGEST_TEXT])


def _reason(error: BaseException) -> str:
    """Our word for it; smtplib wraps what the socket said."""
    inner = error.__context__ or error
    for one in (error, inner):
        if isinstance(one, TimeoutError):
            return "timeout"
        if isinstance(one, socket.gaierror):
            return "dns"
        if isinstance(one, ssl.SSLError):
            return "tls"
    return "closed" if isinstance(error, smtplib.SMTPException) else "connect"


def _words(text: bytes | str) -> str:
    """One printable line, at most 200 characters."""
    raw = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = "".join(one if one.isprintable() else " " for one in raw)
    return " ".join(line.split())[:_LONGEST_TEXT]
