"""Pages of the archive, against Starlette's StaticFiles serving the same bytes.

Both run in uvicorn in a process of their own, one worker; the same clients ask both
for the same pages, over connections that stay open.
"""

from __future__ import annotations

import http.client
import socket
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import sample
from bench.figures import Figure, Result, cpu_of
from bench.serving import served


@dataclass(frozen=True)
class Size:
    """How much is asked for.

    Attributes:
        requests: of each server, for each pair of figures.
        clients: threads that ask.
    """

    requests: int = 6_000
    clients: int = 4


TINY = Size(requests=12, clients=2)


def run(size: Size | None = None, store: Path | None = None) -> Result:
    """Pages a second, and the server's CPU for one; `store` holds published days (the
    sample's are made without it).
    """
    size = size or Size()
    with tempfile.TemporaryDirectory() as folder:
        path = store or sample.published(Path(folder))
        with served(_site, str(path)) as (port, pid):
            wanted = _paths(port)
            bodies = {one: _get(port, one) for one in wanted}
            ours = _asked(port, pid, wanted, size)
            fresh = _asked(port, pid, wanted, size, tags=_tags(port, wanted))
        files = Path(folder) / "files"
        _write(files, bodies)
        with served(_static, str(files)) as (port, pid):
            theirs = _asked(port, pid, wanted, size)
            known = _asked(port, pid, wanted, size, tags=_tags(port, wanted))
    about = sum(map(len, bodies.values())) // len(bodies) // 1000
    return Result(
        "archive",
        f"{len(wanted)} pages of {about} KB in turn, {size.requests} requests by "
        f"{size.clients} clients",
        (
            (
                Figure("briefing, whole pages", "pages/s", *ours),
                Figure("StaticFiles, whole pages", "pages/s", *theirs),
            ),
            (
                Figure("briefing, unchanged (304)", "pages/s", *fresh),
                Figure("StaticFiles, unchanged (304)", "pages/s", *known),
            ),
        ),
    )


def _site(listening: socket.socket, store: str) -> None:
    from datetime import UTC, datetime

    from briefing.domain.audience import Digest, Visibility
    from briefing.prompts import data_folders
    from briefing.render.templates import Templates
    from briefing.store import SqliteStore
    from briefing.web import Site, create_app

    with SqliteStore(Path(store)) as opened:
        (run, *_) = opened.last_runs(limit=1)
        ref = opened.edition_ref(run.edition_id)
        site = Site(
            digest=Digest(ref.digest_id if ref else "daily", "Briefing"),
            base_url="http://127.0.0.1",
            visibility=Visibility.PUBLIC,
            store=opened,
            templates=Templates(data_folders("templates")),
            clock=lambda: datetime.now(UTC),
        )
        _uvicorn(listening, create_app(site))


def _static(listening: socket.socket, folder: str) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    files = StaticFiles(directory=folder, html=True)
    _uvicorn(listening, Starlette(routes=[Mount("/", files)]))


def _uvicorn(listening: socket.socket, app: object) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="warning",
        access_log=False,
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[listening])


def _paths(port: int) -> tuple[str, ...]:
    """The front page, and every page of ours that it and the newest edition link to."""
    found: dict[str, None] = {"/": None}
    for start in ("/", "/days/", "/topics/", "/sources/"):
        text = _get(port, start).decode()
        links = [part.split('"', 1)[0] for part in text.split('href="')[1:]]
        for link in [start, *links]:
            if link.startswith("/") and link.endswith("/") and "//" not in link:
                found[link] = None
    return tuple(one for one in found if not one.startswith(("/feeds", "/assets")))[:40]


def _get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return body
    finally:
        connection.close()


def _tags(port: int, paths: Sequence[str]) -> dict[str, str]:
    tags = {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        tags[path] = answer.headers["ETag"]
    connection.close()
    return tags


def _write(folder: Path, bodies: dict[str, bytes]) -> None:
    for path, body in bodies.items():
        place = folder / path.strip("/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)


def _asked(
    port: int,
    pid: int,
    paths: Sequence[str],
    size: Size,
    tags: dict[str, str] | None = None,
) -> tuple[float, float]:
    """(pages a second, milliseconds of the server's CPU for one)."""
    wanted = 304 if tags else 200
    wrong: list[str] = []

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for turn in range(number, size.requests, size.clients):
            path = paths[turn % len(paths)]
            headers = {"If-None-Match": tags[path]} if tags else {}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != wanted:
                wrong.append(f"{path}: {answer.status}")
        connection.close()

    threads = [threading.Thread(target=ask, args=(one,)) for one in range(size.clients)]
    wall, cpu = time.perf_counter(), cpu_of(pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - wall
    spent = cpu_of(pid) - cpu
    assert not wrong, wrong[:3]
    return size.requests / seconds, spent * 1000 / size.requests
