"""The routes of the archive. Every page has one address, and GET alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from briefing.logic import site_paths
from briefing.web.assets import assets
from briefing.web.crawling import Crawling
from briefing.web.desk import Desk, Made
from briefing.web.feeds import Feeds
from briefing.web.lists import Lists
from briefing.web.pages import Pages
from briefing.web.shelf import Place, Shelf
from briefing.web.site import Site

_FEED = re.compile(r"([a-z0-9][a-z0-9_-]{0,59})\.(atom|rss|json)")

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

Endpoint = Callable[[Request], Response]


class _Part(Convertor[str]):
    """A part of a path, as it stands there."""

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Day(_Part):
    regex = r"\d{4}-\d{2}-\d{2}"


class _Month(_Part):
    regex = r"[1-9]\d{3}-(?:0[1-9]|1[0-2])"


class _Name(_Part):
    regex = r"[a-z0-9][a-z0-9_-]{0,99}"


class _Revision(_Part):
    regex = r"[1-9]\d{0,5}"


register_url_convertor("day", _Day())
register_url_convertor("month", _Month())
register_url_convertor("name", _Name())
register_url_convertor("revision", _Revision())


def routes(site: Site) -> list[BaseRoute]:
    """Every route of the archive."""
    archive = _Archive(site)
    plain: list[tuple[str, Endpoint]] = [
        ("/", archive.front),
        ("/days/", archive.days),
        ("/days/{month:month}/", archive.month),
        ("/topics/", archive.topics),
        ("/topics/{name:name}/", archive.topic),
        ("/sources/", archive.sources),
        ("/sources/{name:name}/", archive.source),
        ("/search", archive.search),
        ("/feeds/{file}", archive.feed),
        ("/feeds/topics/{file}", archive.topic_feed),
        ("/sitemap.xml", archive.sitemap),
        ("/robots.txt", archive.robots),
        ("/assets/{file}", archive.asset),
        ("/healthz", archive.health),
    ]
    for week in ("", "/week"):
        for reader in ("", "/for/{profile:name}"):
            for old in ("", "/r{revision:revision}"):
                start = f"{week}/{{day:day}}{reader}{old}"
                plain.append((f"{start}/", archive.edition))
                plain.append((f"{start}/{{slug:name}}", archive.brief))
                plain.append((f"{start}/{{slug:name}}.svg", archive.picture))
    bare = [path.rstrip("/") for path, _ in plain if path.endswith("/") and path != "/"]
    # A slug may look like "r2", so a brief's address wins over a forgotten slash.
    plain.extend((path, archive.slash) for path in bare)
    return [Route(path, endpoint) for path, endpoint in plain]


class _Archive:
    """One method a route."""

    def __init__(self, site: Site) -> None:
        shelf = Shelf(site)
        self._site = site
        self._desk = Desk(site)
        self._pages = Pages(site, shelf)
        self._lists = Lists(site)
        self._feeds = Feeds(site, shelf)
        self._crawling = Crawling(site)
        self._assets = {one.path: one for one in assets(site.templates).values()}

    def front(self, request: Request) -> Response:
        if not self._site.may_read(request):
            return self._desk.answer_visitor(request, self._pages.closed_front())
        return self._desk.answer(request, self._pages.front)

    def edition(self, request: Request) -> Response:
        place = _place(request)
        return self._desk.answer(request, lambda: self._pages.edition(place))

    def brief(self, request: Request) -> Response:
        place, slug = _place(request), request.path_params["slug"]
        return self._desk.answer(request, lambda: self._pages.brief(place, slug))

    def picture(self, request: Request) -> Response:
        place, name = _place(request), request.path_params["slug"]
        made = self._desk.answer(request, lambda: self._pages.picture(place, name))
        # Its style is its own, and it may load nothing at all.
        made.headers["Content-Security-Policy"] = _PICTURE_POLICY
        return made

    def slash(self, request: Request) -> Response:
        """Sends to the address with its slash, which relative links need."""
        to = f"{self._site.root}{request.url.path}/"
        return RedirectResponse(to, status_code=301)

    def days(self, request: Request) -> Response:
        return self._desk.answer(request, self._lists.days)

    def month(self, request: Request) -> Response:
        name = request.path_params["month"]
        return self._desk.answer(request, lambda: self._lists.month(name))

    def topics(self, request: Request) -> Response:
        return self._desk.answer(request, self._lists.topics)

    def topic(self, request: Request) -> Response:
        name, before = request.path_params["name"], _before(request)
        return self._desk.answer(
            request, lambda: self._lists.topic(name, before), key=before
        )

    def sources(self, request: Request) -> Response:
        return self._desk.answer(request, self._lists.sources)

    def source(self, request: Request) -> Response:
        name, before = request.path_params["name"], _before(request)
        return self._desk.answer(
            request, lambda: self._lists.source(name, before), key=before
        )

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")
        return self._desk.answer(
            request, lambda: self._lists.search(query), key=query, is_kept=False
        )

    def feed(self, request: Request) -> Response:
        return self._feed(request, is_topic=False)

    def topic_feed(self, request: Request) -> Response:
        return self._feed(request, is_topic=True)

    def _feed(self, request: Request, *, is_topic: bool) -> Response:
        found = _FEED.fullmatch(request.path_params["file"])
        if found is None or (not is_topic and found[1] != "all"):
            raise HTTPException(404)
        topic, form = (found[1] if is_topic else ""), found[2]
        before = _before(request)
        return self._desk.answer(
            request, lambda: self._feeds.feed(form, topic, before), key=before
        )

    def sitemap(self, request: Request) -> Response:
        if not self._site.is_open:
            raise HTTPException(404)
        return self._desk.answer(request, self._crawling.sitemap)

    def robots(self, request: Request) -> Response:
        return self._desk.answer_all(request, self._crawling.robots())

    def asset(self, request: Request) -> Response:
        path = request.url.path
        asset = self._assets.get(path)
        if asset is not None:
            made = Made(asset.body, asset.media_type, is_frozen=True)
            return self._desk.answer_all(request, made)
        # A page that was kept for long names the file of an earlier version.
        stem, _, ending = path.partition(".")
        for known in self._assets.values():
            if known.path.startswith(f"{stem}.") and ending.endswith(
                known.path.rpartition(".")[2]
            ):
                return self._desk.answer_all(
                    request, Made(known.body, known.media_type)
                )
        raise HTTPException(404)

    def health(self, request: Request) -> Response:
        """Says "ok" when the store answers."""
        self._site.store.archive_state((self._site.digest.id,))
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


def _place(request: Request) -> Place:
    found = request.path_params
    day = _date(found["day"])
    if day is None:
        raise HTTPException(404)
    revision = found.get("revision")
    return Place(
        day=day,
        is_weekly=request.url.path.startswith("/week/"),
        profile_id=found.get("profile", site_paths.DEFAULT_PROFILE),
        revision=int(revision) if revision else None,
    )


def _before(request: Request) -> date | None:
    """The page of a list; what is no date names no page."""
    asked = request.query_params.get("before")
    if asked is None:
        return None
    day = _date(asked)
    if day is None:
        raise HTTPException(404)
    return day


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
