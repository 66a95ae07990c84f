"""The front page, an edition and a brief with its evidence, in the site's frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from starlette.exceptions import HTTPException

from briefing.domain.brief import Brief
from briefing.logic import catalogue, site_paths
from briefing.ports import EditionRef
from briefing.render import words
from briefing.render.escaping import cut
from briefing.render.pages import read_through
from briefing.render.site import Head
from briefing.render.slimming import MAX_PAGE_BYTES, slimmer
from briefing.render.structured import Dated, brief_data, edition_data
from briefing.web.desk import Made, Moved
from briefing.web.lists import edition_row
from briefing.web.shelf import (
    Place,
    Shelf,
    Thawed,
    first_published,
    path_of,
    place_of,
    words_told,
)
from briefing.web.site import Site

# What search engines and link previews show before they cut (chosen).
_DESCRIPTION_LENGTH = 200
_MOST_EARLIER = 6
# Listed below the newest edition on the front page (chosen).
_RECENT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go: a path below the root, and words for it."""

    path: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A revision that took an earlier one's place.

    Attributes:
        day: when, "27 May 2026, 09:10".
        earlier: where the version before can be read, None if it cannot.
    """

    day: str
    earlier: str | None


class Pages:
    """Makes them from frozen editions."""

    def __init__(self, site: Site, shelf: Shelf) -> None:
        self._site = site
        self._shelf = shelf

    def front(self) -> Made:
        """The newest edition; a word of welcome before there is one."""
        newest = self._site.store.editions(self._site.digest.id, limit=1)
        if not newest:
            return self._plain_front()
        thawed = self._take(newest[0].id, newest[0].revision)
        return self._edition(newest[0], thawed, place_of(newest[0]), is_front=True)

    def closed_front(self) -> Made:
        """The front page of an archive that this visitor may not read."""
        return self._plain_front()

    def edition(self, place: Place) -> Made | Moved:
        """The page of an edition."""
        ref = self._ref(place)
        if place.revision is None:
            return self._edition(ref, self._take(ref.id, ref.revision), place)
        if place.revision == ref.revision:
            return Moved(place.path())
        return self._edition(ref, self._take(ref.id, place.revision), place)

    def brief(self, place: Place, slug: str) -> Made | Moved:
        """The page of a brief. One whose headline was corrected is found by its old
        name; one that was taken back is shown as it was.
        """
        ref = self._ref(place)
        if place.revision == ref.revision:
            return Moved(place.path(slug))
        revision = place.revision or ref.revision
        thawed = self._take(ref.id, revision)
        if thawed.find(slug):
            return self._brief(ref, thawed, place, slug)
        if place.revision is None:
            return self._former(ref, thawed, place, slug)
        raise HTTPException(404)

    def picture(self, place: Place, name: str) -> Made:
        """The picture of a brief's chart."""
        ref = self._ref(place)
        thawed = self._take(ref.id, place.revision or ref.revision)
        if name not in thawed.pictures:
            raise HTTPException(404)
        return Made(thawed.pictures[name], "image/svg+xml")

    def _former(
        self, ref: EditionRef, newest: Thawed, place: Place, slug: str
    ) -> Moved:
        for number, _ in reversed(self._site.store.revisions(ref.id)):
            thawed = self._shelf.take(ref.id, number)
            found = thawed.find(slug) if thawed else None
            if found:
                now = newest.find_story(found[0].story.id)
                if now:
                    return Moved(place.path(now.slug), is_for_good=True)
                return Moved(place.path(slug, revision=number))
        raise HTTPException(404)

    def _ref(self, place: Place) -> EditionRef:
        edition_id = place.edition_id(self._site.digest.id)
        ref = self._site.store.edition_ref(edition_id)
        if ref is None:
            raise HTTPException(404)
        return ref

    def _take(self, edition_id: str, revision: int) -> Thawed:
        thawed = self._shelf.take(edition_id, revision)
        if thawed is None:
            raise HTTPException(404)
        return thawed

    def _plain_front(self) -> Made:
        head = Head(
            title=self._site.digest.title,
            description=f"{self._site.digest.title} by e-mail.",
            path="/",
            place="today",
        )
        return Made(self._site.page("site/welcome.html", head))

    def _edition(
        self, ref: EditionRef, thawed: Thawed, place: Place, *, is_front: bool = False
    ) -> Made:
        page = thawed.page
        is_old = place.revision is not None
        briefs = [
            Link(place.path(brief.slug, revision=place.revision), brief.headline.text)
            for brief in thawed.edition.briefs
        ]
        path = "/" if is_front else place.path()
        dated = Dated(first_published(ref), thawed.edition.built_at)
        headlines = "; ".join(one.words for one in briefs)
        head = Head(
            title=page.title if is_front else f"{page.title}, {page.day}",
            description=cut(
                headlines or f"{page.title}, {page.day}", _DESCRIPTION_LENGTH
            ),
            path=path,
            place="today" if is_front else "",
            is_indexed=place.is_listed and not is_old,
            data=edition_data(
                page,
                self._site.frame,
                path=path,
                briefs=[(one.path, one.words) for one in briefs],
                dated=dated,
            )
            if place.is_listed and not is_old
            else None,
        )
        before, after = (None, None) if is_old else self._site.store.neighbours(ref)
        recent = self._recent(ref) if is_front else []
        values = {
            "edition": read_through(page),
            "links": briefs,
            "is_front": is_front,
            "newest": place.path() if is_old else None,
            "corrections": () if is_old else self._corrections(ref, place),
            "before": self._day(before),
            "after": self._day(after),
            "recent": [edition_row(self._site, one) for one in recent],
            "permalink": place.path() if is_front else None,
        }
        # A long edition keeps every headline and loses what its briefs repeat anyway.
        sizes = ("full", "short", "line")
        body = _fitting(
            self._site.page("site/edition.html", head, size=size, **values)
            for size in sizes
        )
        return Made(body, is_frozen=is_old)

    def _brief(self, ref: EditionRef, thawed: Thawed, place: Place, slug: str) -> Made:
        pairs = zip(thawed.edition.briefs, thawed.page.briefs, strict=True)
        every = list(pairs)
        at = next(i for i, (brief, _) in enumerate(every) if brief.slug == slug)
        brief, page = every[at]
        is_old = place.revision is not None
        path = self._canonical(ref, place, brief) if is_old else place.path(slug)
        dated = self._shelf.dates(ref, brief.story.id)
        lead = catalogue.lead(brief)
        is_listed = place.is_listed and not is_old
        head = Head(
            title=page.headline,
            description=cut(lead or page.headline, _DESCRIPTION_LENGTH),
            path=path,
            kind="article",
            is_indexed=is_listed,
            data=brief_data(page, self._site.frame, path=path, lead=lead, dated=dated)
            if is_listed
            else None,
            published=dated.published.isoformat(),
            modified=dated.modified.isoformat(),
        )

        def link(index: int) -> Link | None:
            if not 0 <= index < len(every):
                return None
            other = every[index][0]
            to = place.path(other.slug, revision=place.revision)
            return Link(to, other.headline.text)

        values = {
            "edition": thawed.page,
            "edition_path": place.path(revision=place.revision),
            "before": link(at - 1),
            "after": link(at + 1),
            "newest": path if is_old else None,
            "corrections": ()
            if is_old
            else self._corrections(ref, place, brief.story.id),
            "topics": [
                Link(site_paths.topic(one), words.topic(one))
                for one in catalogue.topics(brief)
            ]
            if place.is_listed and not place.is_weekly
            else (),
            "others": () if is_old else self._others(ref, brief),
        }
        body = _fitting(
            self._site.page("site/brief.html", head, brief=one, **values)
            for one in slimmer(page)
        )
        return Made(body, is_frozen=is_old)

    def _canonical(self, ref: EditionRef, place: Place, brief: Brief) -> str:
        """Where the newest words on the story of an old brief stand."""
        newest = self._take(ref.id, ref.revision).find_story(brief.story.id)
        return place.path(newest.slug if newest else "")

    def _recent(self, newest: EditionRef) -> tuple[EditionRef, ...]:
        return self._site.store.editions(
            self._site.digest.id, before=newest.edition_date, limit=_RECENT_DAYS
        )

    def _day(self, ref: EditionRef | None) -> Link | None:
        if ref is None:
            return None
        day = words.weekday(ref.edition_date, self._site.digest.figures)
        return Link(place_of(ref).path(), day)

    def _others(self, ref: EditionRef, brief: Brief) -> list[Link]:
        """The same story on other days, newest first."""
        found = self._site.store.briefs(
            self._site.digest.id, story_id=brief.story.id, limit=_MOST_EARLIER + 1
        )
        tag = self._site.digest.figures
        return [
            Link(
                path_of(one),
                one.headline,
                words.day(one.edition.edition_date, tag),
            )
            for one in found
            if one.edition.edition_date != ref.edition_date
        ][:_MOST_EARLIER]

    def _corrections(
        self, ref: EditionRef, place: Place, story_id: str = ""
    ) -> list[Correction]:
        """What took the place of what, newest first; of one story, only the revisions
        that changed its words.
        """
        if ref.revision == 1:
            return []
        revisions = self._site.store.revisions(ref.id)
        pairs = pairwise(revisions)
        made = (
            self._correction(ref, place, story_id, old[0], new)
            for old, new in reversed(list(pairs))
        )
        return [one for one in made if one is not None]

    def _correction(
        self,
        ref: EditionRef,
        place: Place,
        story_id: str,
        old: int,
        new: tuple[int, datetime],
    ) -> Correction | None:
        day = words.clock(new[1], self._site.digest.figures)
        before = self._shelf.take(ref.id, old)
        if not story_id:
            return Correction(day, place.path(revision=old) if before else None)
        after = self._shelf.take(ref.id, new[0])
        was = before.find_story(story_id) if before else None
        now = after.find_story(story_id) if after else None
        if was is None or now is None or words_told(was) == words_told(now):
            return None
        return Correction(day, place.path(was.slug, revision=old))


def _fitting(attempts: Iterable[bytes]) -> bytes:
    """The first page that is small enough, else the last."""
    body = b""
    for body in attempts:
        if len(body) < MAX_PAGE_BYTES:
            return body
    return body
