"""A mail server on loopback that says what a script wants, recipient by recipient."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Self

_MESSAGE_ID = re.compile(rb"(?im)^Message-ID:\s*<([^>]*)>")
_PATH = re.compile(rb"<([^>]*)>")


@dataclass(frozen=True)
class Plan:
    """One transaction: a reply for each step; "" hangs up instead of replying.

    `dot` "" has taken the message before it hangs up. `breaks_body` hangs up between
    354 and the dot. `stalls` names a step that is never answered.
    """

    rcpt: str = "250 2.1.5 ok"
    data: str = "354 go on"
    dot: str = "250 2.0.0 queued"
    breaks_body: bool = False
    stalls: str = ""


@dataclass(frozen=True)
class Received:
    """A message whose final dot arrived and that was not refused."""

    recipient: str
    message_id: str
    body: bytes
    options: str
    connection: int


@dataclass
class Script:
    """What the server is like.

    `plans` are by recipient, in order of its transactions, the last one again and
    again. `mails` are replies to MAIL in order; then always 250.
    """

    plans: Mapping[str, Sequence[Plan]] = field(default_factory=dict)
    greeting: str = "220 mail.example ESMTP"
    extensions: Sequence[str] = ("8BITMIME", "SIZE 50000000")
    mails: list[str] = field(default_factory=list)
    starttls: str = "220 go ahead"
    certificate: ssl.SSLContext | None = None
    is_tls: bool = False
    login: tuple[str, str] | None = None
    login_reply: str = ""
    most_a_connection: int = 0
    on_received: Callable[[Received], None] = lambda _one: None


class _HangUp(Exception):  # noqa: N818  a way out, no error
    """The server ends the talk."""


class SmtpServer:
    """Runs on a port of its own; `stop` and `start` make it go away and come back."""

    def __init__(self, script: Script | None = None) -> None:
        self.script = script or Script()
        self.received: list[Received] = []
        self.commands: list[str] = []
        self.connections = 0
        self.port = 0
        self._done: dict[str, int] = {}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._accepting: list[threading.Thread] = []
        self._talking: list[threading.Thread] = []
        self._closing = threading.Event()
        self._listener: socket.socket | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    @property
    def recipients(self) -> list[str]:
        """Of the messages that arrived, in order."""
        return [one.recipient for one in self.received]

    def start(self) -> None:
        """Listens, on the same port as before if there was one."""
        self._closing.clear()
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._accepting.append(_started(self._accept, listener))

    def stop(self) -> None:
        """Hangs up on everybody and listens no more."""
        self._closing.set()
        if self._listener is not None:
            _end(self._listener)
        # Whoever accepts has ended before the talks are closed, so none is forgotten.
        for thread in self._accepting:
            thread.join()
        with self._lock:
            talks, threads = list(self._open), list(self._talking)
        for talk in talks:
            _end(talk)
        for thread in threads:
            thread.join()
        self._accepting.clear()
        self._talking.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                talk, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(talk)
            self._talking.append(_started(self._serve, talk))

    def _serve(self, talk: socket.socket) -> None:
        talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        spoken = _Talk(self, talk)
        try:
            spoken.run()
        except (_HangUp, OSError, ValueError):  # a socket that `stop` closed
            pass
        finally:
            spoken.close()

    def swap(self, old: socket.socket, new: socket.socket | None) -> None:
        """Another socket serves the talk, or none any more."""
        with self._lock:
            self._open.discard(old)
            if new is not None:
                self._open.add(new)

    def next_plan(self, recipient: str) -> Plan:
        """The plan of the recipient's next transaction."""
        with self._lock:
            number = self._done.get(recipient, 0)
            self._done[recipient] = number + 1
        plans = self.script.plans.get(recipient) or (Plan(),)
        return plans[min(number, len(plans) - 1)]

    def keep(self, one: Received) -> None:
        """The message is ours from here on."""
        with self._lock:
            self.received.append(one)
        self.script.on_received(one)

    def stall(self) -> None:
        """Says nothing until the server ends."""
        self._closing.wait()
        raise _HangUp


class _Talk:
    """One connection."""

    def __init__(self, server: SmtpServer, talk: socket.socket) -> None:
        self._server = server
        self._script = server.script
        self._number = server.connections
        self._messages = 0
        self._is_logged_in = False
        self._options = ""
        self._recipient = ""
        self._plan = Plan()
        self._socket = talk
        self._lines: BinaryIO = talk.makefile("rb")

    def close(self) -> None:
        self._lines.close()
        self._server.swap(self._socket, None)
        _end(self._socket)

    def run(self) -> None:
        if self._script.is_tls:
            self._wrap()
        self._say(self._script.greeting)
        while line := self._lines.readline():
            words = line.strip().decode("utf-8")
            verb, _, rest = words.partition(" ")
            verb = verb.upper()
            shown = "…" if verb == "AUTH" else rest
            self._server.commands.append(f"{verb} {shown}".strip())
            if verb == "QUIT":
                self._say("221 bye")
                return
            answer = getattr(self, f"_{verb.lower()}", None)
            if answer is None:
                self._say("500 5.5.1 what?")
            else:
                answer(line)

    def _ehlo(self, _line: bytes) -> None:
        extensions = list(self._script.extensions)
        is_plain = not isinstance(self._socket, ssl.SSLSocket)
        if self._script.certificate and is_plain:
            extensions.append("STARTTLS")
        if self._script.login or self._script.login_reply:
            extensions.append("AUTH PLAIN")
        lines = ["mail.example", *extensions]
        for line in lines[:-1]:
            self._say(f"250-{line}")
        self._say(f"250 {lines[-1]}")

    def _starttls(self, _line: bytes) -> None:
        self._say(self._script.starttls)
        if self._script.starttls.startswith("220"):
            self._wrap()

    def _wrap(self) -> None:
        assert self._script.certificate is not None
        plain = self._socket
        self._lines.close()
        self._socket = self._script.certificate.wrap_socket(plain, server_side=True)
        self._server.swap(plain, self._socket)
        self._lines = self._socket.makefile("rb")

    def _auth(self, line: bytes) -> None:
        if self._script.login_reply:
            return self._say(self._script.login_reply)
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        self._is_logged_in = (user, password) == self._script.login
        said = "235 2.7.0 welcome" if self._is_logged_in else "535 5.7.8 no"
        return self._say(said)

    def _mail(self, line: bytes) -> None:
        most = self._script.most_a_connection
        if most and self._messages >= most:
            self._say("421 4.7.0 too many messages on this connection")
            raise _HangUp
        if self._script.login and not self._is_logged_in:
            return self._say("530 5.7.0 log in first")
        self._options = line.strip().decode().partition(">")[2].strip()
        mails = self._script.mails
        return self._say(mails.pop(0) if mails else "250 2.1.0 ok")

    def _rcpt(self, line: bytes) -> None:
        found = _PATH.search(line)
        self._recipient = found[1].decode() if found else ""
        self._plan = self._server.next_plan(self._recipient)
        self._step("rcpt", self._plan.rcpt)

    def _data(self, _line: bytes) -> None:
        self._step("data", self._plan.data)
        if not self._plan.data.startswith("354"):
            return
        body = bytearray()
        while (line := self._lines.readline()) != b".\r\n":
            if not line or self._plan.breaks_body:
                raise _HangUp
            body += line[1:] if line.startswith(b".") else line
        if not self._plan.dot or self._plan.dot.startswith("2"):
            self._keep(bytes(body))
        self._step("dot", self._plan.dot)

    def _keep(self, body: bytes) -> None:
        found = _MESSAGE_ID.search(body)
        self._messages += 1
        self._server.keep(
            Received(
                recipient=self._recipient,
                message_id=found[1].decode() if found else "",
                body=body,
                options=self._options,
                connection=self._number,
            )
        )

    def _rset(self, _line: bytes) -> None:
        self._say("250 2.0.0 ok")

    def _step(self, name: str, reply: str) -> None:
        if self._plan.stalls == name:
            self._server.stall()
        if not reply:
            raise _HangUp
        self._say(reply)
        if reply.startswith("421"):
            raise _HangUp

    def _say(self, line: str) -> None:
        if not line:
            raise _HangUp
        self._socket.sendall(line.encode() + b"\r\n")


def _started(
    what: Callable[[socket.socket], None], of: socket.socket
) -> threading.Thread:
    thread = threading.Thread(target=what, args=(of,), daemon=True)
    thread.start()
    return thread


def _end(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        one.close()
