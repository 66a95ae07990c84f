"""The guarded way out for posts: one POST, no redirect, no retry, no memory.

Config: HttpSettings (contact, limits, connect_to, allow_hosts).
Yields: ports.Answered, or ports.Broken where no answer came.

It opens connections through the same guard as PoliteHttp. An address of a webhook is a
secret: no message here holds any part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import httpx2

from briefing.http import headers as said
from briefing.http.client import GuardedTransport
from briefing.http.failures import is_caused_by_tls
from briefing.http.guard import (
    AddressRefused,
    Guard,
    NameNotFound,
    Resolver,
    system_resolver,
)
from briefing.http.settings import HttpSettings
from briefing.logic import urls
from briefing.ports.delivery import Broken, Phase
from briefing.ports.posting import Answered

_READ_BYTES = 1_000
_LONGEST_TEXT = 200


class GuardedPoster:
    """Implements ports.PostHttp; thread-safe; close it."""

    def __init__(
        self,
        settings: HttpSettings | None = None,
        *,
        resolver: Resolver = system_resolver,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings or HttpSettings()
        self._wall = wall
        self._guard = Guard(self._settings, resolver)
        self._client = httpx2.Client(
            transport=GuardedTransport(self._guard),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(
                self._settings.read_s, connect=self._settings.connect_s
            ),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={
                "user-agent": self._settings.user_agent,
                "accept": "*/*",
                "accept-encoding": "identity",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes all connections."""
        self._client.close()

    def post(self, url: str, body: bytes, *, media_type: str) -> Answered | Broken:
        """See ports.PostHttp."""
        if urls.address(url) is None:
            return Broken(Phase.BEFORE_DOT, "address", text="it is no usable address")
        try:
            with self._guard.deadline(self._settings.total_s):
                return self._exchange(url, body, media_type)
        except AddressRefused:
            return Broken(
                Phase.BEFORE_DOT,
                "private_address",
                text="it is a private address that [http] allow_hosts does not name",
            )
        except NameNotFound:
            return Broken(Phase.BEFORE_DOT, "dns", text="its host has no address")
        except (httpx2.InvalidURL, UnicodeError):
            return Broken(Phase.BEFORE_DOT, "address", text="it is no usable address")
        except httpx2.HTTPError as error:
            return _broken(error)

    def _exchange(self, url: str, body: bytes, media_type: str) -> Answered:
        request = self._client.build_request(
            "POST", url, content=body, headers={"content-type": media_type}
        )
        answer = self._client.send(request, stream=True)
        try:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answered(
                answer.status_code,
                _start(answer),
                said.retry_after_s(headers, self._wall()),
                headers.get("date", ""),
            )
        finally:
            answer.close()


def _start(answer: httpx2.Response) -> str:
    """The first words of the body; that it breaks off later changes nothing."""
    read = b""
    try:
        for piece in answer.iter_raw():
            read += piece
            if len(read) >= _READ_BYTES:
                break
    except httpx2.HTTPError:
        pass
    text = read[:_READ_BYTES].decode("utf-8", "replace")
    plain = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(plain.split())[:_LONGEST_TEXT]


def _broken(error: httpx2.HTTPError) -> Broken:
    """Before the request was written nothing can have arrived; after it, it may."""
    if is_caused_by_tls(error):
        return Broken(Phase.BEFORE_DOT, "tls", text="its certificate is not valid")
    if isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
        return Broken(Phase.BEFORE_DOT, "connect", text="it could not be reached")
    if isinstance(error, (httpx2.PoolTimeout, httpx2.UnsupportedProtocol)):
        return Broken(Phase.BEFORE_DOT, "connect", text="it could not be reached")
    if isinstance(error, httpx2.TimeoutException):
        return Broken(Phase.AFTER_DOT, "timeout", text="it did not answer in time")
    return Broken(Phase.AFTER_DOT, "closed", text="it hung up without an answer")
