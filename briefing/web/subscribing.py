"""The pages on which people subscribe, choose, and leave; all work without JavaScript.

A page behind a link from a mail is one GET that shows and one POST that does (mail
scanners follow links). Its address is its key: nobody may keep, index or pass it on.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from briefing.domain.audience import Subscriber, Visibility
from briefing.domain.delivery import Letter
from briefing.logic.addresses import masked, readable_address
from briefing.logic.codec import to_plain
from briefing.readers import Link, Readers
from briefing.render import words
from briefing.render.site import Head
from briefing.tokens import LIFETIMES, Purpose, Tokens
from briefing.web.forms import PACES, WEEKDAYS, Filled, filled, sent, text, zones
from briefing.web.site import Site
from briefing.web.visitors import visitor

HTML = "text/html; charset=utf-8"
COOKIE = "briefing_reader"
# Faster than that no person fills in a form; slower, the page lay open for days.
_FASTEST = timedelta(seconds=2)
_SLOWEST = timedelta(days=1)
_COOKIE_DAYS = 400
# What subscribers agree to; its hash stands in the consent log.
CONSENT = (
    "Send me this digest by e-mail. I can end it at any time with one click in every "
    "mail."
)
_PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
_DEAD = {
    "expired": "This link has expired. Ask for a new one.",
    "gone": "This link belongs to a subscription that is no longer there.",
    "ended": "This link is older than your last unsubscription. To come back, "
    "subscribe again and confirm the new mail.",
    "suppressed": "Mail to this address was refused before, so we cannot send any. "
    "Write to the people who run this site.",
}
_FORGED = "This link is not complete. Open it from the mail again, or copy all of it."

_LETTERS = {Purpose.UNSUBSCRIBE: "u", Purpose.PREFERENCES: "p", Purpose.READ: "r"}

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(site: Site, readers: Readers, tokens: Tokens) -> list[BaseRoute]:
    """Every route of subscribing."""
    pages = _Pages(site, readers, tokens)
    both = ["GET", "POST"]
    return [
        Route("/subscribe", pages.subscribe, methods=both),
        Route("/c/{token}", pages.confirm, methods=both),
        Route("/u/{token}", pages.unsubscribe, methods=both),
        Route("/p/{token}", pages.preferences, methods=both),
        Route("/x/{token}", pages.export, methods=both),
        Route("/d/{token}", pages.delete, methods=both),
        Route("/r/{token}", pages.read, methods=["GET"]),
    ]


def admits(readers: Readers) -> Callable[[Request], bool]:
    """Whether a visitor's browser has the cookie of somebody who subscribes."""

    def is_reader(request: Request) -> bool:
        token = request.cookies.get(COOKIE, "")
        return bool(token) and readers.look(Purpose.READ, token).is_active

    return is_reader


class _Pages:
    """Answers for the forms of one site."""

    def __init__(self, site: Site, readers: Readers, tokens: Tokens) -> None:
        self._site = site
        self._readers = readers
        self._tokens = tokens
        self._first = site.first
        self._zones = zones()
        self._topics = [(one, words.topic(one)) for one in site.digest.topics]
        self._host = urlsplit(site.base_url).netloc.lower()

    async def subscribe(self, request: Request) -> Response:
        """The form; posted, an answer that is the same for every address."""
        if request.method != "POST":
            return self._form(Filled(self._first))
        form = await sent(request)
        address = readable_address(text(form, "address"))
        got = filled(form, self._site.digest, self._first)
        if "stamp" not in form and not self._is_trap(request, form):
            # The box of an archive page has no stamp, because that page is kept.
            return self._form(got, address=text(form, "address"), is_second=True)
        if self._is_robot(request, form):
            return self._page("sent", "Look into your mailbox")
        faults = dict(got.faults)
        if address is None:
            faults["address"] = "That is no e-mail address we can write to."
        if faults:
            return self._form(
                Filled(got.preferences, faults), address=text(form, "address")
            )
        await run_in_threadpool(
            self._readers.subscribe,
            address or "",
            got.preferences,
            visitor=visitor(request, self._site.trusted_proxies),
            wording=CONSENT,
        )
        return self._page("sent", "Look into your mailbox")

    async def confirm(self, request: Request) -> Response:
        """One button; pressed, the subscription begins."""
        token = request.path_params["token"]
        if request.method != "POST":
            link = await run_in_threadpool(self._readers.look, Purpose.CONFIRM, token)
            return self._linked(link, "confirm", "Confirm your subscription")
        link = await run_in_threadpool(self._readers.confirm, token)
        return self._linked(link, "confirmed", "You are subscribed")

    async def unsubscribe(self, request: Request) -> Response:
        """One button; also the one-click POST of mailbox providers (RFC 8058), which
        is answered at once, without a redirect and without a cookie.
        """
        token = request.path_params["token"]
        if request.method != "POST":
            link = await run_in_threadpool(
                self._readers.look, Purpose.UNSUBSCRIBE, token
            )
            return self._linked(link, "unsubscribe", "Unsubscribe")
        link = await run_in_threadpool(self._readers.unsubscribe, token)
        if link.reason == "gone":
            # A reader who was deleted is unsubscribed too.
            return self._page("unsubscribed", "You are unsubscribed")
        return self._linked(link, "unsubscribed", "You are unsubscribed")

    async def preferences(self, request: Request) -> Response:
        """The form with what was chosen; three buttons."""
        token = request.path_params["token"]
        title = "Your preferences"
        link = await run_in_threadpool(self._readers.look, Purpose.PREFERENCES, token)
        if link.reader is None or request.method != "POST":
            return self._chosen(link, title)
        form = await sent(request)
        wish = text(form, "wish")
        if wish in (Letter.EXPORT.value, Letter.DELETE.value):
            await run_in_threadpool(self._readers.write_to, token, Letter(wish))
            return self._page(
                "mailed",
                "Look into your mailbox",
                minutes=int(LIFETIMES[Purpose(wish)].total_seconds() // 60),
                is_private=True,
            )
        got = filled(form, self._site.digest, link.reader.preferences)
        if got.faults:
            return self._chosen(link, title, got)
        link = await run_in_threadpool(self._readers.change, token, got.preferences)
        return self._chosen(link, title, is_saved=True)

    async def export(self, request: Request) -> Response:
        """One button; pressed, everything that is kept on this reader, as JSON."""
        token = request.path_params["token"]
        if request.method != "POST":
            link = await run_in_threadpool(self._readers.look, Purpose.EXPORT, token)
            return self._linked(link, "export", "Your data")
        found = await run_in_threadpool(self._readers.export, token)
        if isinstance(found, Link):
            return self._linked(found, "export", "Your data")
        reader, events = found
        body = json.dumps(
            {
                "subscriber": to_plain(reader),
                "consent": [to_plain(one) for one in events],
                "deliveries": [
                    to_plain(one)
                    for one in await run_in_threadpool(
                        self._readers.deliveries, reader.id
                    )
                ],
            },
            indent=2,
            ensure_ascii=False,
        )
        named = {"Content-Disposition": 'attachment; filename="briefing-data.json"'}
        return Response(
            f"{body}\n", media_type="application/json", headers={**_PRIVATE, **named}
        )

    async def delete(self, request: Request) -> Response:
        """One button; pressed, the reader is forgotten."""
        token = request.path_params["token"]
        if request.method != "POST":
            link = await run_in_threadpool(self._readers.look, Purpose.DELETE, token)
            return self._linked(link, "delete", "Delete your data")
        link = await run_in_threadpool(self._readers.delete, token)
        return self._linked(link, "deleted", "You are forgotten")

    async def read(self, request: Request) -> Response:
        """Lets this browser read an archive for subscribers, then shows it."""
        token = request.path_params["token"]
        link = await run_in_threadpool(self._readers.look, Purpose.READ, token)
        if not link.is_active:
            return self._dead(link)
        answer = RedirectResponse(
            f"{self._site.root}/", status_code=303, headers=_PRIVATE
        )
        answer.set_cookie(
            COOKIE,
            token,
            max_age=_COOKIE_DAYS * 86_400,
            path=f"{self._site.root}/",
            secure=self._site.is_secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def _is_trap(self, request: Request, form: FormData) -> bool:
        """What only a robot or another site does (DELIVERY.md S11)."""
        origin = request.headers.get("origin")
        hosts = {self._host, request.headers.get("host", "").lower()}
        is_foreign = origin is not None and (
            urlsplit(origin).netloc.lower() not in hosts
        )
        is_cross = request.headers.get("sec-fetch-site") == "cross-site"
        return is_foreign or is_cross or bool(text(form, "website"))

    def _is_robot(self, request: Request, form: FormData) -> bool:
        age = self._tokens.stamp_age(text(form, "stamp"), now=self._site.clock())
        is_timed = age is not None and _FASTEST <= age <= _SLOWEST
        return not is_timed or self._is_trap(request, form)

    def _form(
        self, got: Filled, *, address: str = "", is_second: bool = False
    ) -> Response:
        return self._page(
            "subscribe",
            "Subscribe",
            form=_shown(got),
            zones=self._zones,
            weekdays=WEEKDAYS,
            topics=self._topics,
            paces=PACES,
            address=address,
            consent=CONSENT,
            is_second=is_second,
            stamp=self._tokens.stamp(self._site.clock()),
            is_private=False,
            status=200,
        )

    def _chosen(
        self,
        link: Link,
        title: str,
        got: Filled | None = None,
        *,
        is_saved: bool = False,
    ) -> Response:
        if link.reader is None:
            return self._dead(link)
        return self._page(
            "preferences",
            title,
            form=_shown(got or Filled(link.reader.preferences)),
            zones=self._zones,
            weekdays=WEEKDAYS,
            topics=self._topics,
            paces=PACES,
            address=masked(link.reader.address),
            is_saved=is_saved,
            is_active=link.is_active,
            unsubscribe=self._way(Purpose.UNSUBSCRIBE, link.reader),
            read=self._reading(link),
            is_private=True,
        )

    def _linked(self, link: Link, name: str, title: str) -> Response:
        """The page for the reader that a link opened, or why it opens nothing."""
        if link.reader is None:
            return self._dead(link)
        return self._page(
            name,
            title,
            address=masked(link.reader.address),
            preferences=self._way(Purpose.PREFERENCES, link.reader),
            read=self._reading(link),
            is_active=link.is_active,
            is_private=True,
        )

    def _dead(self, link: Link) -> Response:
        return self._page(
            "dead",
            "This link no longer works",
            explanation=_DEAD.get(link.reason, _FORGED),
            is_private=True,
            status=404 if link.reason == "forged" else 410,
        )

    def _reading(self, link: Link) -> str:
        """The link that opens an archive for subscribers, "" where none is needed."""
        is_closed = self._site.visibility is Visibility.SUBSCRIBERS
        if not is_closed or link.reader is None or not link.is_active:
            return ""
        return self._way(Purpose.READ, link.reader)

    def _way(self, purpose: Purpose, reader: Subscriber) -> str:
        letter = _LETTERS[purpose]
        token = self._tokens.make(purpose, reader, now=self._site.clock())
        return f"{self._site.root}/{letter}/{token}"

    def _page(
        self,
        name: str,
        title: str,
        *,
        is_private: bool = False,
        status: int = 200,
        **values: object,
    ) -> Response:
        is_form = name == "subscribe"
        head = Head(
            title=title,
            path="/subscribe" if is_form else "",
            place="subscribe" if is_form else "",
            is_indexed=is_form,
        )
        body = self._site.page(f"site/{name}.html", head, **values)
        headers: Mapping[str, str] = (
            _PRIVATE if is_private else {"Cache-Control": "no-store"}
        )
        return Response(body, status_code=status, media_type=HTML, headers=headers)


def _shown(got: Filled) -> dict[str, object]:
    return {"values": got.preferences, "faults": got.faults}
