"""What went wrong, said in the site's own frame."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import StoreError
from briefing.render.site import Head
from briefing.web.headers import SECURITY_HEADERS
from briefing.web.site import Site

_log = logging.getLogger(__name__)

_TITLES = {
    400: "That address or form cannot be read",
    403: "That is not allowed",
    404: "There is no such page",
    405: "That cannot be done here",
    413: "That is too much at once",
    429: "Too many requests",
    503: "The site cannot answer just now",
}
_EXPLANATIONS = {
    400: "Something in the address or in what was sent is not as it should be. "
    "Go back and try again.",
    403: "The request came from a place that may not send it. Open the page again "
    "and repeat what you did.",
    404: "The address may be mistyped, or the page was never there.",
    405: "This page can be read, and nothing else.",
    413: "What was sent is larger than any of our forms.",
    429: "Wait a while, then try again.",
    503: "Try again in a minute.",
}
_BROKEN = "Something broke on our side"
_BROKEN_WORDS = "It was written down for the people who run this site. Try again later."
_FOR_SUBSCRIBERS = (
    "If it is an edition: editions are for subscribers of this digest. Follow “Change "
    "your preferences” in a mail, then “Read the archive in this browser”."
)

Handler = Callable[[Request, Exception], Awaitable[Response]]


def handlers(site: Site) -> Mapping[Any, Handler]:
    """The error table: what was raised, and who answers for it."""

    async def refused(_request: Request, error: Exception) -> Response:
        known = error if isinstance(error, HTTPException) else HTTPException(500)
        return error_page(site, known.status_code, headers=known.headers)

    async def busy(_request: Request, error: Exception) -> Response:
        _log.error("store.failed error=%s", type(error).__name__)
        return error_page(site, 503, headers={"Retry-After": "60"})

    async def broken(_request: Request, _error: Exception) -> Response:
        # Starlette answers outside of our middleware here, and raises the error again
        # for the log with its traceback.
        return error_page(site, 500, headers=dict(SECURITY_HEADERS))

    return {HTTPException: refused, StoreError: busy, Exception: broken}


def error_page(
    site: Site, status: int, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The page for a status; never kept by a browser or a proxy."""
    explanation = _EXPLANATIONS.get(status, _BROKEN_WORDS)
    if status == 404 and not site.is_open:
        explanation = f"{explanation} {_FOR_SUBSCRIBERS}"
    body = site.page(
        "site/error.html",
        Head(title=_TITLES.get(status, _BROKEN), is_indexed=False),
        explanation=explanation,
    )
    return Response(
        body,
        status_code=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="text/html; charset=utf-8",
    )
