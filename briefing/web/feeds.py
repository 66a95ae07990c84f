"""What the feeds hold: briefs in full, newest first, thirty and some a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from starlette.exceptions import HTTPException

from briefing.logic import site_paths
from briefing.ports import BriefRef
from briefing.render import words
from briefing.render.feeds import (
    Feed,
    FeedEntry,
    atom,
    entry_html,
    json_feed,
    rss,
)
from briefing.web.desk import Made
from briefing.web.lists import page_of
from briefing.web.shelf import Shelf, path_of
from briefing.web.site import FEED_TYPES, Site

_FORMS: dict[str, Callable[[Feed], bytes]] = {
    "atom": atom,
    "rss": rss,
    "json": json_feed,
}
_TYPES = {form: media_type for form, _, media_type in FEED_TYPES}


class Feeds:
    """Makes the feeds of one site."""

    def __init__(self, site: Site, shelf: Shelf) -> None:
        self._site = site
        self._shelf = shelf

    def feed(self, form: str, topic: str, before: date | None) -> Made:
        """A page of the feed of everything (topic "") or of one topic."""
        if not self._site.is_open:
            raise HTTPException(404)
        found, older = page_of(self._site, topic=topic, before=before)
        if topic and not found:
            raise HTTPException(404)
        feed = self._feed(form, topic, before, found, older)
        return Made(_FORMS[form](feed), f"{_TYPES[form]}; charset=utf-8")

    def _feed(
        self,
        form: str,
        topic: str,
        before: date | None,
        found: tuple[BriefRef, ...],
        older: date | None,
    ) -> Feed:
        site = self._site
        title = site.digest.title
        first_url = site.base_url + site_paths.feed(form, topic)
        entries = tuple(
            entry for entry in (self._entry(one) for one in found) if entry is not None
        )
        page = site_paths.topic(topic) if topic else "/"
        subscribe_url = f"{site.base_url}/subscribe"
        return Feed(
            title=f"{title}: {words.topic(topic)}" if topic else title,
            description=f"Checked briefs with their sources. "
            f"Get them by e-mail: {subscribe_url}",
            language=site.digest.language or "en",
            home_url=site.base_url + page,
            first_url=first_url,
            self_url=_paged(first_url, before),
            next_url=_paged(first_url, older) if older else "",
            subscribe_url=subscribe_url,
            site_title=title,
            site_url=f"{site.base_url}/",
            icon_url=site.base_url + site.frame.card,
            updated=max((one.updated for one in entries), default=self._newest()),
            entries=entries,
        )

    def _newest(self) -> datetime:
        return self._site.store.archive_state((self._site.digest.id,)).changed_at

    def _entry(self, one: BriefRef) -> FeedEntry | None:
        thawed = self._shelf.take(one.edition.id, one.edition.revision)
        found = thawed.find(one.slug) if thawed else None
        if found is None:
            return None
        url = self._site.base_url + path_of(one)
        dated = self._shelf.dates(one.edition, one.story_id)
        host = site_paths.host_of(self._site.base_url)
        day = one.edition.edition_date.isoformat()
        return FeedEntry(
            # RFC 4151; the story's id outlives a corrected headline and its address.
            id=f"tag:{host},{day}:{one.edition.digest_id}/{one.story_id}",
            url=url,
            title=one.headline,
            summary=one.lead,
            html=entry_html(
                self._site.templates,
                found[1],
                url=url,
                subscribe_url=f"{self._site.base_url}/subscribe",
            ),
            published=dated.published,
            updated=dated.modified,
            topics=one.topics,
        )


def _paged(url: str, before: date | None) -> str:
    return f"{url}?before={before.isoformat()}" if before else url
