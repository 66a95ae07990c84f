"""Wiring of the processes that stay: the site, the postmen, the scheduler.

    serve     the site and the postmen, with the scheduler if wanted
    schedule  the scheduler and the postmen, without a site

Each part has a thread; the site has the main one. SIGTERM and Ctrl-C end them all:
requests and letters in flight are finished, an edition that is being made is broken off
and goes on at the next start. A bug in one part ends the process with its traceback.
"""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from briefing import app, prompts
from briefing.announcing import open_posts
from briefing.errors import InputError
from briefing.membership import first_preferences, make_readers, make_tokens
from briefing.posting import open_mailroom
from briefing.render.templates import Templates
from briefing.scheduler import Scheduler
from briefing.serving.postman import deliver_mail, deliver_posts
from briefing.serving.press import IssuePress, plan_of
from briefing.settings import Settings
from briefing.store import SqliteStore
from briefing.web import Site, create_app
from briefing.web.subscribing import admits

# Settings that name no address mean the one that is listened on.
_UNSET_BASE_URL = "http://127.0.0.1:8000"
_GRACE_S = 10
# An open connection costs memory; beyond this, visitors are told to come back.
_MOST_CONNECTIONS = 1000

Say = Callable[[str], None]
# A part of the process: runs until the event is set.
Part = Callable[[threading.Event], None]


def serve(
    chosen: Settings,
    *,
    with_schedule: bool,
    say: Say,
    clock: Callable[[], datetime] = app.now,
    stop: threading.Event | None = None,
) -> None:
    """The site and the postmen until the process is asked to end.

    Raises InputError when the address is taken.
    """
    end = stop or threading.Event()
    with ExitStack() as stack:
        listening = stack.enter_context(_listen(chosen.site.host, chosen.site.port))
        port = listening.getsockname()[1]
        chosen = _with_address(chosen, port)
        store = stack.enter_context(SqliteStore(chosen.store))
        parts = _postmen(chosen, store, stack, say, clock)
        if with_schedule:
            parts.append(_scheduler(chosen, store, say, clock, end))
        server = _Server(_config(make_site(chosen, store, say, clock)), end)
        stack.enter_context(_logged(say))
        stack.enter_context(_ended_by_signals(end))
        stack.enter_context(_running(parts, end, server.end))
        say(f"serve.ready url={chosen.site.base_url} port={port}")
        server.run(sockets=[listening])
    say("serve.end")


def schedule(
    chosen: Settings,
    *,
    say: Say,
    clock: Callable[[], datetime] = app.now,
    stop: threading.Event | None = None,
) -> None:
    """The scheduler and the postmen until the process is asked to end."""
    end = stop or threading.Event()
    with ExitStack() as stack:
        store = stack.enter_context(SqliteStore(chosen.store))
        parts = _postmen(chosen, store, stack, say, clock)
        parts.append(_scheduler(chosen, store, say, clock, end))
        stack.enter_context(_ended_by_signals(end))
        stack.enter_context(_running(parts, end, lambda: None))
        end.wait()
    say("schedule.end")


def make_site(
    chosen: Settings, store: SqliteStore, say: Say, clock: Callable[[], datetime]
) -> Starlette:
    """The application for these settings."""
    readers = make_readers(chosen, store, clock=clock, alert=say)
    folders = prompts.data_folders("templates", user_folder=chosen.folder)
    return create_app(
        Site(
            digest=chosen.digest,
            base_url=chosen.site.base_url,
            visibility=chosen.site.visibility,
            store=store,
            templates=Templates(folders),
            clock=clock,
            admits=admits(readers),
            readers=readers,
            tokens=make_tokens(chosen),
            first=first_preferences(chosen),
            trusted_proxies=chosen.site.trusted_proxies,
            keeps_ip=chosen.site.keeps_ip,
        )
    )


def _postmen(
    chosen: Settings,
    store: SqliteStore,
    stack: ExitStack,
    say: Say,
    clock: Callable[[], datetime],
) -> list[Part]:
    mail = stack.enter_context(open_mailroom(chosen, store=store, say=say, clock=clock))
    parts: list[Part] = [lambda stop: deliver_mail(mail, stop, say)]
    if chosen.webhooks:
        posts = stack.enter_context(open_posts(chosen, store))
        parts.append(lambda stop: deliver_posts(posts, stop, say))
    return parts


def _scheduler(
    chosen: Settings,
    store: SqliteStore,
    say: Say,
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> Part:
    press = IssuePress(chosen, store, clock=clock, stop=stop)
    return Scheduler(press, store, plan_of(chosen), clock=clock, say=say).run


@contextmanager
def _running(
    parts: list[Part], stop: threading.Event, on_end: Callable[[], None]
) -> Iterator[None]:
    """Each part in a thread; if one fails, all end and its error is raised here."""

    def ended(_future: Future[None]) -> None:
        stop.set()
        on_end()

    with ThreadPoolExecutor(len(parts), thread_name_prefix="part") as pool:
        futures = [pool.submit(one, stop) for one in parts]
        for one in futures:
            one.add_done_callback(ended)
        try:
            yield
        finally:
            stop.set()
    for one in futures:
        one.result()


@contextmanager
def _ended_by_signals(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and Ctrl-C set `stop`; a thread other than the first cannot ask that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {one: signal.signal(one, asked) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Server(uvicorn.Server):
    """Tells the other parts at once that it was asked to end."""

    def __init__(self, config: uvicorn.Config, stop: threading.Event) -> None:
        super().__init__(config)
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See uvicorn.Server."""
        self._stop.set()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """Another part has ended."""
        self.should_exit = True


def _config(site: Starlette) -> uvicorn.Config:
    # Paths hold the links of readers: the site writes its own log, without them. It
    # also knows itself which proxies to believe.
    return uvicorn.Config(
        site,
        access_log=False,
        log_config=None,
        log_level="warning",
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_S,
    )


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise InputError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            hint="Choose another --port, or end what listens there.",
        ) from error
    # Accepted connections inherit it; asyncio sets it only on sockets it opens itself,
    # and without it an answer's second packet waits 40 ms (measured by `./run bench`).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listening:
        yield listening


def _with_address(chosen: Settings, port: int) -> Settings:
    """Without an address in the settings, links lead to where we listen."""
    if chosen.site.base_url != _UNSET_BASE_URL or port == 8000:
        return chosen
    site = replace(chosen.site, base_url=f"http://127.0.0.1:{port}")
    return replace(chosen, site=site)


@contextmanager
def _logged(say: Say) -> Iterator[None]:
    """What the site logs is said as well: a line an answer, and its tracebacks."""

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            say(self.format(record))

    handler, logger = Lines(), logging.getLogger("briefing")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
