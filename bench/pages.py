"""Generated feeds and pages of news, and a server for them.

The words are made from a list by a fixed rule: same size, same bytes.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOW = datetime(2026, 5, 26, 6, 0, tzinfo=UTC)
_WORDS = (
    "the harbour council said on Monday that a second berth would open in spring "
    "after engineers found the quay wall sound enough to carry cranes of forty tonnes "
    "while the ferry line asked for cheaper moorings and the port office answered that "
    "fees rise by three percent a year until the loan of twelve million is paid back"
).split()


def _sentence(seed: int) -> str:
    length = 14 + seed * 7 % 11
    words = [
        _WORDS[(seed * 31 + at * (3 + seed % 5)) % len(_WORDS)] for at in range(length)
    ]
    return f"{words[0].capitalize()} {' '.join(words[1:])} {seed % 97}."


def _paragraph(seed: int) -> str:
    return " ".join(_sentence(seed * 13 + at) for at in range(4))


def _title(host: int, number: int) -> str:
    return f"Berth {host} of harbour {number} opens {_WORDS[(host * 7 + number) % 40]}"


def addresses(hosts: int, each: int) -> Iterator[tuple[str, list[str]]]:
    """(feed, its pages), a host each."""
    for host in range(hosts):
        site = f"http://paper{host}.example"
        yield f"{site}/feed.xml", [f"{site}/news/{one}.html" for one in range(each)]


def feed(host: int, each: int) -> bytes:
    """RSS with an excerpt an entry, so that each page must be read."""
    entries = "".join(
        f"<item><title>{_title(host, one)}</title>"
        f"<link>http://paper{host}.example/news/{one}.html</link>"
        f"<guid>http://paper{host}.example/news/{one}.html</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=one * 7 + host))}</pubDate>"
        f"<description>{_sentence(host * 100 + one)}</description></item>"
        for one in range(each)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel>'
        f"<title>Paper {host}</title><link>http://paper{host}.example/</link>"
        f"<description>News</description>{entries}</channel></rss>"
    ).encode()


def page(host: int, number: int) -> bytes:
    """An article among what stands around one: menus, teasers, comments, scripts, in
    about the proportions of a newspaper's page.
    """
    seed = host * 1000 + number
    title = _title(host, number)
    menu = "".join(
        f'<li class="nav-item nav-item--{one % 4}"><a class="nav-link" '
        f'href="/section/{one}" data-track="nav-{one}"><span>Section {one}</span></a>'
        "</li>"
        for one in range(60)
    )
    body = "".join(
        f'<p class="text">{_paragraph(seed + at)}</p>'
        + (f'<figure><img src="/i/{at}.jpg" alt=""></figure>' if at % 5 == 2 else "")
        for at in range(14)
    )
    teasers = "".join(
        f'<article class="teaser"><a href="/news/{one}.html"><div class="img">'
        f'<img src="/i/{one}.jpg" loading="lazy" alt=""></div><h3>{_sentence(one)}</h3>'
        f'<p class="teaser__text">{_sentence(one + 7)}</p></a></article>'
        for one in range(40)
    )
    comments = "".join(
        f'<div class="comment" id="c{one}"><b>Reader {one}</b><p>{_paragraph(one)}</p>'
        "</div>"
        for one in range(12)
    )
    script = "".join(
        f'window.q.push(["slot",{one},"{_WORDS[one % 40]}"]);' for one in range(300)
    )
    return (
        f"<!doctype html><html lang=en><head><title>{title} | Paper {host}</title>"
        '<meta charset="utf-8"><style>body{margin:0}</style>'
        f"<script>window.q=[];{script}</script></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>"
        f"<time datetime='{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}'>today</time>"
        f'{body}</article><aside class="more">{teasers}</aside>'
        f'<section class="comments">{comments}</section></main>'
        f"<footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>"
    ).encode()


def serve(listening: socket.socket, hosts: int, each: int, delay_s: float) -> None:
    """Answers for every paperN.example on this socket, each answer `delay_s` late."""
    bodies: dict[str, bytes] = {}
    for host in range(hosts):
        bodies[f"paper{host}.example/feed.xml"] = feed(host, each)
        for number in range(each):
            bodies[f"paper{host}.example/news/{number}.html"] = page(host, number)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Two small writes an answer would wait for each other's acknowledgement.
        wbufsize = -1

        def do_GET(self) -> None:
            name = self.headers["Host"].partition(":")[0]
            body = bodies.get(f"{name}{self.path}")
            if delay_s:
                time.sleep(delay_s)
            self.send_response(200 if body else 404)
            kind = "text/html" if self.path.endswith(".html") else "application/xml"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.daemon_threads = True
    server.serve_forever()
