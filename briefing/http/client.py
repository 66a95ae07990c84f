"""PoliteHttp: the order in which a request is judged, waits its turn, is limited."""

from __future__ import annotations

import hashlib
import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from briefing.domain.source import FetchState
from briefing.errors import FetchError
from briefing.http import headers as said
from briefing.http.body import BadEncoding, TooLarge, encoding_of, read_body
from briefing.http.failures import (
    backing_off,
    bad_body,
    bad_status,
    guard_refused,
    is_passing,
    name_not_found,
    refused,
    robots_refused,
    too_large,
    transport_failed,
)
from briefing.http.guard import (
    AddressRefused,
    Guard,
    NameNotFound,
    Resolver,
    system_resolver,
)
from briefing.http.manners import Manners
from briefing.http.robots import MAX_BYTES as ROBOTS_MAX_BYTES
from briefing.http.robots import Robots, RobotsAnswer
from briefing.http.settings import HttpSettings
from briefing.logic import urls
from briefing.ports import Response

MAX_REDIRECTS = 5
ACCEPT = (
    "application/atom+xml,application/rss+xml,application/feed+json,"
    "application/json;q=0.9,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.5"
)
_ROBOT_NAME = "briefing"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(slots=True)
class _Task:
    """One `get` on its way: what is asked for and how much time is left for it."""

    url: str
    state: FetchState | None
    obeys_robots: bool
    max_bytes: int
    left_s: float
    is_spaced: bool = True


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's certificate authorities, read once a process (20 to 60 ms)."""
    return httpx2.create_ssl_context(trust_env=False)


class GuardedTransport(httpx2.HTTPTransport):
    """httpx2's transport on a pool that opens connections through the guard."""

    def __init__(self, guard: Guard) -> None:
        # httpx2 2.16 offers no `network_backend`; its one private attribute is set here
        # and tests/contracts/test_http.py fails when that stops working.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=40,  # httpx2's own cost grows beyond (INGEST 4.5)
            max_keepalive_connections=20,
            keepalive_expiry=15.0,
            network_backend=guard,
        )


class PoliteHttp:
    """Implements ports.Http; one per process, shared by all threads; close it.

    `clock` (monotonic), `sleep`, `jitter` (0..1), `wall` and `resolver` are handed in
    by tests. Raises FetchError and RefusedError and nothing else.
    """

    def __init__(
        self,
        settings: HttpSettings | None = None,
        *,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings or HttpSettings()
        self._sleep = sleep
        self._jitter = jitter
        self._wall = wall
        self._guard = Guard(self._settings, resolver)
        self._manners = Manners(
            spacing_s=self._settings.spacing_s,
            per_site=self._settings.per_site,
            clock=clock,
            sleep=sleep,
        )
        self._robots = Robots(self._ask_robots, clock)
        self._client = httpx2.Client(
            transport=GuardedTransport(self._guard),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(
                self._settings.read_s,
                connect=self._settings.connect_s,
                pool=self._settings.total_s,
            ),
            # No memory between requests: nobody needs to recognise us.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "user-agent": self._settings.user_agent,
                "accept": ACCEPT,
                "accept-encoding": "gzip",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes all connections."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        state: FetchState | None = None,
        obeys_robots: bool = True,
        max_bytes: int = 10_000_000,
    ) -> Response:
        """See ports.Http. Asks a second time after a failure that may pass."""
        task = _Task(url, state, obeys_robots, max_bytes, self._settings.total_s)
        return self._get(task)

    def _get(self, task: _Task) -> Response:
        try:
            return self._follow(task)
        except FetchError as error:
            is_closed = self._manners.closed_for(urls.site(error.url)) > 0
            if not is_passing(error) or is_closed or task.left_s <= 0:
                raise
        self._sleep(self._settings.retry_wait_s * (0.5 + self._jitter()))
        return self._follow(task)

    def _follow(self, task: _Task) -> Response:
        url, moved_to = task.url, None
        is_permanent = True
        visited: set[str] = set()
        for _ in range(MAX_REDIRECTS + 1):
            # A site's redirect to itself belongs to the request it answers.
            is_spaced = task.is_spaced and urls.site(url) not in visited
            visited.add(urls.site(url))
            answer = self._visit(url, task, is_spaced=is_spaced)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return self._response(url, answer, moved_to, task)
            url = redirected(url, target)
            is_permanent = is_permanent and answer.status in _PERMANENT
            moved_to = url if is_permanent else moved_to
        raise FetchError(
            task.url,
            None,
            f"more than {MAX_REDIRECTS} redirects",
            hint="Open the address in a browser and configure where it ends.",
            reason="redirects",
        )

    def _visit(self, url: str, task: _Task, *, is_spaced: bool) -> _Answer:
        fault = urls.fault(url)
        where = urls.address(url)
        if where is None:
            raise refused(url, fault or "it is no address")
        waits_s = self._manners.closed_for(where.site)
        if waits_s > 0:
            raise backing_off(url, where.site, waits_s)
        if task.obeys_robots:
            self._check_robots(url, where)
        with self._manners.turn(where.site, is_spaced=is_spaced):
            answer = self._send(url, where, task)
        self._manners.answered(where.site)
        return answer

    def _check_robots(self, url: str, where: urls.Address) -> None:
        rules = self._robots.rules(where)
        if rules.error is not None:
            raise robots_refused(url, rules.error)
        if not rules.allow(url, _ROBOT_NAME):
            raise robots_refused(url, None)
        delay_s = rules.delay_s(_ROBOT_NAME)
        if delay_s > self._settings.spacing_s:
            self._manners.slow_down(where.site, delay_s)

    def _ask_robots(self, url: str) -> RobotsAnswer:
        task = _Task(
            url,
            state=None,
            obeys_robots=False,
            max_bytes=ROBOTS_MAX_BYTES * 4,
            left_s=self._settings.total_s,
            is_spaced=False,
        )
        try:
            response = self._get(task)
        except FetchError as error:
            # Too large or garbled: it answered, but with nothing that can be obeyed.
            status = None if error.status == 200 else error.status
            return RobotsAnswer(status, error=error)
        return RobotsAnswer(200, response.body[:ROBOTS_MAX_BYTES])

    def _send(self, url: str, where: urls.Address, task: _Task) -> _Answer:
        started = time.monotonic()
        try:
            with self._guard.deadline(task.left_s):
                return self._exchange(url, task)
        except AddressRefused as error:
            raise guard_refused(url, str(error)) from error
        except NameNotFound as error:
            self._manners.failed(where.site)
            raise name_not_found(url, str(error)) from error
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise refused(url, "it is not a well-formed address") from error
        except httpx2.HTTPError as error:
            self._manners.failed(where.site)
            raise transport_failed(url, error) from error
        finally:
            task.left_s -= time.monotonic() - started

    def _exchange(self, url: str, task: _Task) -> _Answer:
        headers = _conditions(task.state)
        key = self._settings.key_for(url)
        if key is not None:
            headers["authorization"] = f"Bearer {key}"
        request = self._client.build_request("GET", url, headers=headers)
        answer = self._client.send(request, stream=True)
        try:
            given = {name.lower(): value for name, value in answer.headers.items()}
            status = answer.status_code
            body = b"" if status != 200 else self._body(url, answer, given, task)
            return _Answer(status, given, body)
        finally:
            answer.close()

    def _body(
        self,
        url: str,
        answer: httpx2.Response,
        headers: Mapping[str, str],
        task: _Task,
    ) -> bytes:
        try:
            encoding = encoding_of(headers.get("content-encoding", ""))
            length = headers.get("content-length", "")
            promised = int(length[:20]) if length.isdecimal() else 0
            return read_body(
                answer.iter_raw(), encoding, task.max_bytes, promised=promised
            )
        except TooLarge as error:
            raise too_large(url, task.max_bytes) from error
        except BadEncoding as error:
            raise bad_body(url, str(error)) from error

    def _response(
        self, url: str, answer: _Answer, moved_to: str | None, task: _Task
    ) -> Response:
        now = self._wall()
        is_confirmed = answer.status == 304 and bool(_conditions(task.state))
        if answer.status != 200 and not is_confirmed:
            wait_s = said.retry_after_s(answer.headers, now)
            if answer.status in {429, 503} and wait_s:
                self._manners.close(urls.site(url), wait_s)
            raise bad_status(url, answer.status, wait_s)
        kind, charset = said.media_type(answer.headers)
        return Response(
            url=url,
            status=answer.status,
            body=answer.body,
            media_type=kind,
            charset=charset,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            fresh_s=said.fresh_s(answer.headers, now),
            moved_to=moved_to,
            body_hash="" if is_confirmed else hashlib.sha256(answer.body).hexdigest(),
        )


def redirected(url: str, target: str) -> str:
    """Where a Location leads from `url`. Raises RefusedError where we do not go: other
    schemes, user names, and from https down to http.
    """
    following = urls.resolve(url, target)
    if following is None:
        raise refused(url, f"it redirects to {target[:200]!r}, which is not asked for")
    if url.startswith("https:") and following.startswith("http:"):
        raise refused(url, "it redirects from https down to http")
    return following.partition("#")[0]


def _conditions(state: FetchState | None) -> dict[str, str]:
    """Validators exactly as the server gave them, if they can stand in a header."""
    if state is None:
        return {}
    named = {"if-none-match": state.etag, "if-modified-since": state.last_modified}
    return {
        name: value
        for name, value in named.items()
        if value and value.isascii() and value.isprintable()
    }
