"""A chat's server on loopback: keeps what is posted, answers as it was told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from briefing.http import GuardedPoster, HttpSettings

HOST = "http://chat.example"


@dataclass(frozen=True)
class Reply:
    """One answer; without one the server hangs up (`hangs_up`) or never answers."""

    status: int = 200
    body: bytes = b"ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    is_silent: bool = False


class Chat:
    """The running server: replies in order, the last one again and again."""

    def __init__(self, replies: Sequence[Reply], port: int) -> None:
        self.replies = list(replies)
        self.port = port
        self.posts: list[tuple[str, Mapping[str, str], bytes]] = []
        self.closing = threading.Event()

    def http(self, **settings: Any) -> GuardedPoster:
        to = {"chat.example": f"127.0.0.1:{self.port}"}
        return GuardedPoster(HttpSettings(**{"connect_to": to, **settings}))

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.posts]

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    chat: Chat

    def do_POST(self) -> None:
        lower = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(lower.get("content-length", "0")))
        self.chat.posts.append((self.path, lower, body))
        reply = self.chat.next()
        if reply.is_silent:
            self.chat.closing.wait()
        if reply.is_silent or reply.hangs_up:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """A test's chat is silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@contextmanager
def chat(*replies: Reply) -> Iterator[Chat]:
    """The server for the block, on a port of its own."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    running = Chat(replies or (Reply(),), server.server_address[1])
    handler.chat = running  # type: ignore[attr-defined]
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield running
    finally:
        running.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
