"""A small real web on loopback: addresses to pages, served by threads.

    with web({"http://a.example/feed": b"..."}) as net, net.http() as http:
        http.get("http://a.example/feed")

Names stay *.example everywhere; `connect_to` sends their bytes here. A page that is not
listed is a 404; so is robots.txt, which allows everything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from briefing.http import HttpSettings, PoliteHttp


@dataclass(frozen=True)
class Page:
    """What the server sends for one address.

    Attributes:
        body: exactly these bytes.
        status: HTTP status.
        headers: added to Content-Length; a Content-Length here replaces it.
        raw: takes over instead: gets the handler, writes to `handler.wfile` itself.
        then: the page served from the second request on, else this one again.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None
    then: Page | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: address by name, and its headers in lower case."""

    url: str
    headers: Mapping[str, str]


class Web:
    """The running server: its pages may be changed while it runs."""

    def __init__(self, pages: Mapping[str, bytes | Page], port: int) -> None:
        self.pages = dict(pages)
        self.port = port
        self.asked: list[Asked] = []
        self.closing = threading.Event()

    @property
    def connect_to(self) -> dict[str, str]:
        """For HttpSettings: every *.example name is served here."""
        return {"*.example": f"127.0.0.1:{self.port}"}

    def http(
        self, *, tools: Mapping[str, Any] | None = None, **settings: Any
    ) -> PoliteHttp:
        """A real client for this web, without waits between requests."""
        chosen = {
            "spacing_s": 0.0,
            "retry_wait_s": 0.0,
            "total_s": 10.0,
            "connect_to": self.connect_to,
            **settings,
        }
        return PoliteHttp(HttpSettings(**chosen), **(tools or {}))

    def urls_asked(self) -> list[str]:
        """Addresses in order of arrival, robots.txt left out."""
        return [one.url for one in self.asked if not one.url.endswith("/robots.txt")]

    def page(self, url: str) -> Page:
        """What to serve now for this address; moves on to `then`."""
        found = self.pages.get(url, Page(b"not found", status=404))
        page = Page(found) if isinstance(found, bytes) else found
        if page.then is not None:
            self.pages[url] = page.then
        return page


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    net: Web

    def do_GET(self) -> None:
        url = f"http://{self.headers['host']}{self.path}"
        lower = {name.lower(): value for name, value in self.headers.items()}
        self.net.asked.append(Asked(url, lower))
        page = self.net.page(url)
        if page.raw is not None:
            self.close_connection = True
            page.raw(self)
            return
        self.send_response(page.status)
        named = {"Content-Length": str(len(page.body)), **page.headers}
        for name, value in named.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """A test's web is silent."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what several tests are about."""


@contextmanager
def web(pages: Mapping[str, bytes | Page]) -> Iterator[Web]:
    """The server for the block, on a port of its own."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    net = Web(pages, server.server_address[1])
    handler.net = net  # type: ignore[attr-defined]
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield net
    finally:
        net.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def dripping(head: bytes, piece: bytes, every_s: float = 0.05) -> Callable[[Any], None]:
    """A server that sends `head` at once, then `piece` again and again, for ever."""

    def serve(handler: Any) -> None:
        handler.wfile.write(head)
        while not handler.net.closing.wait(every_s):
            handler.wfile.write(piece)

    return serve


def redirect(target: str, status: int = 302) -> Page:
    """A redirect to `target`."""
    return Page(status=status, headers={"Location": target})
