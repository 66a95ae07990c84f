"""A briefing process that stays, and a publisher with news of today, on loopback."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.order.issues import reports

# A minute of a busy machine; a line comes within a second or two.
_PATIENCE_S = 60.0


class NewsOfToday:
    """A server of one feed, which answers only once it is `open`."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.is_asked = threading.Event()
        self.asked = 0
        feed = _feed(datetime.now(UTC)).encode()
        news = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_feed = self.path == "/feed.xml"
                if is_feed:
                    news.asked += 1
                    news.is_asked.set()
                    news.open.wait(_PATIENCE_S)
                self.send_response(200 if is_feed else 404)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(feed) if is_feed else 0))
                self.end_headers()
                self.wfile.write(feed if is_feed else b"")

            def log_message(self, *_arguments: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> NewsOfToday:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def settings(self, folder: Path) -> Path:
        """A briefing.toml whose edition of today is due since midnight."""
        path = folder / "briefing.toml"
        path.write_text(
            '[digest]\ntitle = "Morning"\n'
            '[http]\ncontact = "desk@paper.example"\n'
            f'[http.connect_to]\n"*.example" = "{self.address}"\n'
            '[schedule]\nat = "00:00"\n'
            # A test that runs at noon still has fresh news.
            '[mail]\nsend_at = "00:00"\nttl_hours = 48\n'
            '[[sources]]\nid = "ledger"\nurl = "http://ledger.example/feed.xml"\n'
            'publisher = "The Ledger (sample)"\nreads_pages = false\n',
            encoding="utf-8",
        )
        return path


def _feed(now: datetime) -> str:
    items = "".join(
        f"<item><title>{one.title}</title><link>{one.url}</link>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=5))}</pubDate>"
        f"<description>{one.text}</description></item>"
        for subject in ("Halvard Chips", "Orrin Energy")
        for one in reports(subject, now)[:1]
    )
    head = "<title>The Ledger</title><link>http://ledger.example/</link>"
    channel = f"<channel>{head}{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'


@dataclass
class Staying:
    """A process and what it says, line by line."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, words: str) -> str:
        """The next line that holds these words."""
        while True:
            line = self._lines.get(timeout=_PATIENCE_S)
            assert line is not None, "\n".join(self.said)
            self.said.append(line)
            if words in line:
                return line

    def end(self, number: int = signal.SIGTERM) -> int:
        """Its exit code after the signal; all lines are in `said` then."""
        self.process.send_signal(number)
        code = self.process.wait(_PATIENCE_S)
        while (line := self._lines.get(timeout=_PATIENCE_S)) is not None:
            self.said.append(line)
        return code


@contextmanager
def staying(*arguments: object) -> Iterator[Staying]:
    """`briefing ARGUMENTS` in a process of its own, ended at the end."""
    command = [sys.executable, "-m", "briefing.cli", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield Staying(process)
        finally:
            if process.poll() is None:
                process.kill()
