"""Who is asking: the visitor's address behind known proxies, and how much may be asked.

Limits here are of the process and forget on a restart; those that protect other people
(letters to an address) stand in the store.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("briefing.access")

# The largest form that we have: the preferences with long lists of interests.
MAX_BODY_BYTES = 16_384
# Posts a minute from one address; a person needs two or three (chosen).
_POSTS_A_MINUTE = 30
_MOST_VISITORS = 20_000
# Mailbox providers unsubscribe many readers from few addresses, and must not wait.
_ONE_CLICK = re.compile(r"/u/[^/]+$")
_TOKEN_PATHS = re.compile(r"^((?:/[^/]+)*?/[cupxdr])/[^/]+")


def visitor(request: Request, trusted: Sequence[str]) -> str:
    """The visitor's IP address. X-Forwarded-For counts only from a trusted proxy, and
    of it only the last address that no such proxy has written.
    """
    peer = request.client.host if request.client else ""
    networks = [ipaddress.ip_network(one, strict=False) for one in trusted]
    if not _is_in(peer, networks):
        return peer
    said = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for one in reversed([part.strip() for part in said if part.strip()]):
        if not _is_in(one, networks):
            return one if _is_address(one) else peer
    return peer


def _is_in(text: str, networks: Sequence[object]) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(
        address in network
        for network in networks
        if isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network)
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def redacted(path: str) -> str:
    """The path for a log: "/u/…" instead of a link that opens somebody's page."""
    return _TOKEN_PATHS.sub(r"\1/…", path)


class AccessLog:
    """One line an answer: method, path, status, milliseconds; no query, no visitor."""

    def __init__(
        self, app: ASGIApp, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._clock()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            _log.info(
                "%s %s %d %.0f ms",
                scope["method"],
                redacted(scope["path"]),
                status,
                1000 * (self._clock() - began),
            )


class BodyLimit:
    """Refuses bodies of more than MAX_BODY_BYTES, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                break
            body += message.get("body", b"")
            if len(body) > MAX_BODY_BYTES:
                answer = PlainTextResponse("Too much at once.\n", status_code=413)
                await answer(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        told = False

        async def again() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)


class PostLimit:
    """Answers 429 with Retry-After to an address that posts without end."""

    def __init__(
        self,
        app: ASGIApp,
        trusted: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._trusted = tuple(trusted)
        self._clock = clock
        # Address to (posts left, when that was counted), longest unseen first.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and not _ONE_CLICK.search(scope["path"])
        ):
            wait_s = self._wait_s(visitor(Request(scope), self._trusted))
            if wait_s:
                answer = PlainTextResponse(
                    "Too many requests; try again in a minute.\n",
                    status_code=429,
                    headers={"Retry-After": str(wait_s)},
                )
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wait_s(self, address: str) -> int:
        now = self._clock()
        left, at = self._buckets.pop(address, (float(_POSTS_A_MINUTE), now))
        left = min(_POSTS_A_MINUTE, left + (now - at) * _POSTS_A_MINUTE / 60)
        is_allowed = left >= 1
        self._buckets[address] = (left - 1 if is_allowed else left, now)
        if len(self._buckets) > _MOST_VISITORS:
            self._buckets.popitem(last=False)
        return 0 if is_allowed else 60
