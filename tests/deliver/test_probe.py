"""A look at a mail server connects, secures and logs in, and sends nothing."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from briefing.deliver.probe import SmtpProbe
from briefing.ports.delivery import Broken, Phase
from briefing.ports.names import MailServerSeen
from tests.deliver import certificates

EHLO = "250-m.example\r\n250-SIZE 10240000\r\n250-AUTH PLAIN\r\n250 8BITMIME"
SECRET = "hunter2"


class Server:
    """Says one reply a command; keeps the commands."""

    def __init__(
        self,
        greeting: str,
        replies: Mapping[str, str],
        secured: ssl.SSLContext | None = None,
    ) -> None:
        self.commands: list[str] = []
        self._greeting = greeting
        self._secured = secured
        self._replies = {"EHLO": EHLO, "QUIT": "221 bye", **replies}
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def serve(self) -> None:
        with suppress(OSError):  # who looks may hang up
            self._serve()

    def _serve(self) -> None:
        client, _ = self.socket.accept()
        if self._secured:
            client = self._secured.wrap_socket(client, server_side=True)
        with client, client.makefile("rwb") as lines:
            if self._greeting:
                lines.write(f"{self._greeting}\r\n".encode())
                lines.flush()
            for line in lines:
                word = (line.decode("latin-1").split() or ["?"])[0].upper()
                self.commands.append(word)
                lines.write(f"{self._replies.get(word, '502 no')}\r\n".encode())
                lines.flush()
                if word == "QUIT":
                    break


@contextmanager
def server(
    greeting: str = "220 m.example ready",
    *,
    secured: ssl.SSLContext | None = None,
    **replies: str,
) -> Iterator[Server]:
    made = Server(greeting, replies, secured)
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.socket.close()
        thread.join(timeout=5)


def probe(port: int, **changes: object) -> SmtpProbe:
    base: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "plaintext",
        "username": "",
        "password": SecretStr(SECRET),
        "timeout_s": 5.0,
    }
    return SmtpProbe(**{**base, **changes})  # type: ignore[arg-type]


def test_a_server_says_what_it_can() -> None:
    with server("220 m.example ready") as running:
        seen = probe(running.port).look()

    assert seen == MailServerSeen(
        greeting="m.example ready",
        extensions=("8BITMIME", "AUTH PLAIN", "SIZE 10240000"),
        tls="",
        certificate_ends=None,
        is_logged_in=False,
    )
    assert running.commands == ["EHLO", "QUIT"]


def test_a_login_is_tried_and_nothing_sent() -> None:
    with server(AUTH="235 welcome") as running:
        seen = probe(running.port, username="digest").look()

    assert isinstance(seen, MailServerSeen)
    assert seen.is_logged_in
    assert running.commands == ["EHLO", "AUTH", "QUIT"]


def test_a_refused_login_says_the_code_and_no_more() -> None:
    with server(AUTH=f"535 5.7.8 wrong: {SECRET}") as running:
        seen = probe(running.port, username="digest").look()

    assert seen == Broken(Phase.BEFORE_DOT, "auth", 535)


@pytest.mark.parametrize(
    ("greeting", "replies", "changes", "reason", "code"),
    [
        ("554 go away", {}, {}, "greeting", 554),
        ("220 m", {"EHLO": "250 m"}, {"security": "starttls"}, "unsupported", 0),
        ("220 m", {"EHLO": "250 m"}, {"username": "digest"}, "unsupported", 0),
        ("220 m", {}, {"security": "tls"}, "tls", 0),
        ("", {}, {"timeout_s": 0.1}, "timeout", 0),
    ],
)
def test_a_look_that_fails_says_why(
    greeting: str,
    replies: dict[str, str],
    changes: dict[str, object],
    reason: str,
    code: int,
) -> None:
    with server(greeting, **replies) as running:
        seen = probe(running.port, **changes).look()

    assert isinstance(seen, Broken)
    assert (seen.phase, seen.reason, seen.code) == (Phase.BEFORE_DOT, reason, code)


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    seen = probe(port).look()

    assert isinstance(seen, Broken)
    assert seen.reason == "connect"


def test_a_certificate_of_a_known_hand_is_seen_with_its_end(tmp_path: Path) -> None:
    place = certificates.make(tmp_path)
    with server(secured=certificates.server_side(place)) as running:
        seen = probe(
            running.port,
            security="tls",
            trust=lambda: certificates.trusting(place),
        ).look()

    assert isinstance(seen, MailServerSeen)
    assert seen.tls.startswith("TLSv1.")
    assert seen.certificate_ends is not None
    assert seen.certificate_ends - datetime.now(UTC) < timedelta(days=3)


def test_a_certificate_of_an_unknown_hand_is_refused(tmp_path: Path) -> None:
    place = certificates.make(tmp_path)
    with server(secured=certificates.server_side(place)) as running:
        seen = probe(running.port, security="tls").look()

    assert isinstance(seen, Broken)
    assert (seen.reason, "self-signed" in seen.text) == ("tls", True)
