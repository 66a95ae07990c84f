"""Gather and extract, against a plain sequential feedparser + trafilatura loop.

Both read the same feeds and then every page, from a server in another process. Ours
also asks robots.txt, judges every address, parses in worker processes with limits, and
keeps texts and steps in the store; only its wait of a second between two requests to
one site is switched off.
"""

from __future__ import annotations

import http.client
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import trafilatura

from bench import pages
from bench.figures import Figure, Result, timed
from bench.serving import served
from briefing import app, settings
from briefing.gathering import gather


@dataclass(frozen=True)
class Size:
    """How much is read.

    Attributes:
        hosts: papers, a feed each.
        each: pages of a paper.
        delays_s: how late the server answers, a pair of figures each.
    """

    hosts: int = 20
    each: int = 10
    delays_s: tuple[float, ...] = (0.0, 0.05)


TINY = Size(hosts=2, each=2, delays_s=(0.0,))


def run(size: Size | None = None) -> Result:
    """Pages a second, of which every text was kept."""
    size = size or Size()
    figures = tuple(_pair(size, delay_s) for delay_s in size.delays_s)
    return Result(
        "gather",
        f"{size.hosts} feeds, {size.hosts * size.each} pages of "
        f"{len(pages.page(0, 0)) // 1000} KB",
        figures,
    )


def _pair(size: Size, delay_s: float) -> tuple[Figure, Figure]:
    wanted = size.hosts * size.each
    late = f", {delay_s * 1000:.0f} ms away" if delay_s else ", at once"
    with served(pages.serve, size.hosts, size.each, delay_s) as (port, _):
        with timed() as theirs:
            read = _plain(size, port)
        assert read == wanted, f"the loop read {read} of {wanted} pages"
        with tempfile.TemporaryDirectory() as folder, timed() as ours:
            read = _ours(size, port, Path(folder))
        assert read == wanted, f"briefing read {read} of {wanted} pages"
    return (
        Figure(
            f"briefing{late}",
            "pages/s",
            wanted / ours.seconds,
            ours.cpu_s * 1000 / wanted,
        ),
        Figure(
            f"feedparser + trafilatura{late}",
            "pages/s",
            wanted / theirs.seconds,
            theirs.cpu_s * 1000 / wanted,
        ),
    )


def _plain(size: Size, port: int) -> int:
    read = 0
    for address, _ in pages.addresses(size.hosts, size.each):
        for entry in feedparser.parse(_get(address, port)).entries:
            text = trafilatura.extract(_get(entry.link, port), url=entry.link)
            read += bool(text and len(text) > 500)
    return read


def _get(url: str, port: int) -> bytes:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", parts.path, headers={"Host": parts.netloc})
        return connection.getresponse().read()
    finally:
        connection.close()


def _ours(size: Size, port: int, folder: Path) -> int:
    sources = "".join(
        f'[[sources]]\nid = "p{number}"\nurl = "{address}"\npublisher = "P{number}"\n'
        for number, (address, _) in enumerate(pages.addresses(size.hosts, size.each))
    )
    text = (
        "[http]\nspacing_s = 0\n"
        f'[http.connect_to]\n"*.example" = "127.0.0.1:{port}"\n{sources}'
    )
    chosen = settings.parse(text, folder=folder, environment={})
    with app.open_kit(chosen, lambda _stage, _done, _total: None) as kit:
        gathered = gather(kit, "bench", pages.NOW)
        found = kit.store.documents_by_id(gathered.document_ids)
    return sum(one.is_complete and len(one.text) > 500 for one in found)
