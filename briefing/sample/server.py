"""The sample days over HTTP: one loopback server that answers for all their hosts."""

from __future__ import annotations

import socket
import threading
from datetime import date
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from briefing.sample.content import FOLDER, Answer, SampleWeb, sample_days


class SampleServer:
    """Serves the sample of one `day` (settable) on 127.0.0.1 while its block runs.

    The host is taken from the Host header, so a client maps "*.example" to `address`.
    Leaving the block ends delayed answers and open connections at once.
    """

    def __init__(self, day: date | None = None, folder: Path = FOLDER) -> None:
        self.day = day or sample_days(folder)[0].date
        self._web = SampleWeb(folder)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """ "127.0.0.1:port"; only inside the block."""
        if self._server is None:
            raise RuntimeError("the sample server runs only inside its with block")
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> SampleServer:
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="sample-server",
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def answer(self, host: str, target: str) -> Answer:
        """What `host` says to `target` on `day`."""
        return self._web.answer(self.day, host, target)


class _Server(ThreadingHTTPServer):
    # Joined on server_close, so that no socket outlives the block.
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, sample: SampleServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sample = sample
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends waiting answers and idle connections."""
        self.closing.set()
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # The client was faster.

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up (a timeout is part of the sample) is not news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "BriefingSample"
    sys_version = ""
    # Headers and body leave in one packet; else each answer waits for an ACK (40 ms).
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Quiet: the run's own report says what was asked."""

    def _answer(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        answer = self.server.sample.answer(host, self.path)
        if answer.delay_s and self.server.closing.wait(answer.delay_s):
            self.close_connection = True
            return
        is_unchanged = answer.status == 200 and self._is_known(answer)
        self.send_response(304 if is_unchanged else answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if not is_unchanged:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not is_unchanged and self.command != "HEAD":
            self.wfile.write(answer.body)

    def _is_known(self, answer: Answer) -> bool:
        # RFC 9110, section 13.1.3: If-Modified-Since counts only without If-None-Match.
        ours = dict(answer.headers)
        if tags := self.headers.get("If-None-Match"):
            return ours.get("ETag", "") in (tag.strip() for tag in tags.split(","))
        if since := self.headers.get("If-Modified-Since"):
            try:
                seen = parsedate_to_datetime(since)
                return parsedate_to_datetime(ours["Last-Modified"]) <= seen
            except (KeyError, ValueError, TypeError):
                return False
        return False
