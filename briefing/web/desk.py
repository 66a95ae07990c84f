"""The one way in which an archive page is answered: may it be read, is it at hand, has
the reader got it already.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from briefing.logic import site_paths
from briefing.web.caching import PageCache, Printed, answer, printed
from briefing.web.site import Site

HTML = "text/html; charset=utf-8"
# A correction is seen within a minute; an old revision never changes again.
_FRESH = "public, max-age=60"
_FROZEN = "public, max-age=31536000, immutable"
# Nobody else's copy, and asked again each time, so that a lost right is noticed.
_PRIVATE = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Made:
    """A page, ready to be named and compressed.

    Attributes:
        body: the bytes.
        media_type: as HTTP names it.
        is_frozen: it can never change again.
    """

    body: bytes
    media_type: str = HTML
    is_frozen: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The page stands elsewhere, below the site's root."""

    path: str
    is_for_good: bool = False


class Desk:
    """Answers for the archive of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._cache = PageCache()
        # A page also changes with its template: an answer is never older than those.
        self._templates_at = site.templates.changed_at
        self._digests = (site.digest.id, site.digest.id + site_paths.WEEKLY_SUFFIX)

    def answer(
        self,
        request: Request,
        make: Callable[[], Made | Moved],
        *,
        key: Hashable = None,
        is_kept: bool = True,
    ) -> Response:
        """The page that `make` gives, made again only when the archive has changed.

        `key` tells pages of one path apart. Without `is_kept` it is not put into
        memory. Raises HTTPException(404) for those who may not read.
        """
        if not self.site.may_read(request):
            raise HTTPException(404)
        state = self.site.store.archive_state(self._digests)
        place = (request.url.path, key, state.changes)
        page = self._cache.get(place) if is_kept else None
        if page is None:
            made = make()
            if isinstance(made, Moved):
                return self._moved(made)
            at = max(state.changed_at, self._templates_at)
            page = printed(made.body, made.media_type, at, is_frozen=made.is_frozen)
            if is_kept:
                self._cache.put(place, page)
        control = self._control(page.is_frozen)
        return answer(request, page, control=control, vary=self._vary())

    def answer_visitor(self, request: Request, made: Made) -> Response:
        """The page that stands in for one that this visitor may not read."""
        return answer(request, self._plain(made), control=_PRIVATE, vary=self._vary())

    def answer_all(self, request: Request, made: Made) -> Response:
        """The same for what everybody may read and what no store knows."""
        control = _FROZEN if made.is_frozen else _FRESH
        return answer(
            request, self._plain(made), control=control, vary="Accept-Encoding"
        )

    def _plain(self, made: Made) -> Printed:
        page = self._cache.get(made)
        if page is None:
            page = printed(made.body, made.media_type, self._templates_at)
            self._cache.put(made, page)
        return page

    def _moved(self, made: Moved) -> Response:
        control = _FRESH if self.site.is_open else _PRIVATE
        return RedirectResponse(
            f"{self.site.root}{made.path}",
            status_code=301 if made.is_for_good else 302,
            headers={"Cache-Control": control, "Vary": self._vary()},
        )

    def _control(self, is_frozen: bool) -> str:
        if not self.site.is_open:
            return _PRIVATE
        return _FROZEN if is_frozen else _FRESH

    def _vary(self) -> str:
        return "Accept-Encoding" if self.site.is_open else "Accept-Encoding, Cookie"
