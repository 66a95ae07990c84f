"""Editions taken from the store and thawed; the last few stay at hand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from briefing.domain.brief import Brief
from briefing.domain.edition import Edition, edition_id
from briefing.errors import InputError
from briefing.logic import catalogue, site_paths
from briefing.logic.frozen import edition_of
from briefing.ports import BriefRef, EditionRef
from briefing.render.glossary import Glossary
from briefing.render.pages import EditionPage, edition_page
from briefing.render.structured import Dated
from briefing.render.view import BriefPage
from briefing.web.site import Site

# An edition with its sources' texts takes a few megabytes (measured: 3 MB for 7).
_HELD = 8
# With the glossary, so that an edited one counts at once.
_Key = tuple[str, int, Glossary]


@dataclass(frozen=True, slots=True)
class Thawed:
    """A revision of an edition, as data and as templates print it.

    Attributes:
        pictures: SVG of its charts by name.
    """

    edition: Edition
    page: EditionPage
    pictures: Mapping[str, bytes]

    def find(self, slug: str) -> tuple[Brief, BriefPage] | None:
        """The brief of that name, None if there is none."""
        pairs = zip(self.edition.briefs, self.page.briefs, strict=True)
        return next((pair for pair in pairs if pair[0].slug == slug), None)

    def find_story(self, story_id: str) -> Brief | None:
        """The brief on that story, None if there is none."""
        return next(
            (one for one in self.edition.briefs if one.story.id == story_id), None
        )


class Shelf:
    """Editions of one site. Thread-safe."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._held: OrderedDict[_Key, Thawed | None] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, edition: str, revision: int) -> Thawed | None:
        """That revision; None if there is none, or if its form is not ours."""
        glossary = self._site.templates.glossary()
        key = (edition, revision, glossary)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = self._thaw(edition, revision, glossary)
        with self._lock:
            self._held[key] = made
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return made

    def dates(self, edition: EditionRef, story_id: str) -> Dated:
        """When a brief was first published and when its words last changed."""
        first = first_published(edition)
        if edition.revision == 1:
            return Dated(first, first)
        seen: list[tuple[datetime, object]] = []
        for number, built_at in self._site.store.revisions(edition.id):
            thawed = self.take(edition.id, number)
            brief = thawed.find_story(story_id) if thawed else None
            told = words_told(brief) if brief else None
            if told is not None and (not seen or seen[-1][1] != told):
                seen.append((built_at, told))
        if not seen:
            return Dated(first, edition.built_at)
        return Dated(seen[0][0], seen[-1][0])

    def _thaw(self, edition: str, revision: int, glossary: Glossary) -> Thawed | None:
        files = self._site.store.edition_files(edition, revision)
        if not files:
            return None
        try:
            found = edition_of(files)
        except InputError:
            return None
        drawn = {
            file.path.removesuffix(".svg"): file.body
            for file in files
            if file.path.endswith(".svg")
        }
        page = edition_page(found, pictures=drawn, glossary=glossary)
        return Thawed(found, page, drawn)


def words_told(brief: Brief) -> object:
    """What a correction may change; how it was made does not count."""
    return brief.headline.text, catalogue.words_of(brief), brief.sources


@dataclass(frozen=True, slots=True)
class Place:
    """What an address of an edition names.

    Attributes:
        day: calendar day of the edition.
        is_weekly: of the weekly digest.
        profile_id: "default" for everybody's.
        revision: an old one, None for the newest.
    """

    day: date
    is_weekly: bool = False
    profile_id: str = site_paths.DEFAULT_PROFILE
    revision: int | None = None

    @property
    def is_listed(self) -> bool:
        """The edition is everybody's; others are for those who know the address."""
        return self.profile_id == site_paths.DEFAULT_PROFILE

    def path(self, slug: str = "", *, revision: int | None = None) -> str:
        """Address below the root, of the newest revision unless one is named."""
        start = site_paths.edition(
            self.day,
            profile_id=self.profile_id,
            is_weekly=self.is_weekly,
            revision=revision,
        )
        return f"{start}{slug}"

    def edition_id(self, digest_id: str) -> str:
        """Id of the edition, of the digest or of its weekly one."""
        suffix = site_paths.WEEKLY_SUFFIX if self.is_weekly else ""
        return edition_id(f"{digest_id}{suffix}", self.profile_id, self.day)


def place_of(edition: EditionRef) -> Place:
    """Where an edition stands."""
    return Place(
        day=edition.edition_date,
        is_weekly=edition.digest_id.endswith(site_paths.WEEKLY_SUFFIX),
        profile_id=edition.profile_id,
    )


def path_of(brief: BriefRef) -> str:
    """Where a brief stands, below the root."""
    return place_of(brief.edition).path(brief.slug)


def first_published(edition: EditionRef) -> datetime:
    """When readers first saw it."""
    return edition.published_at or edition.built_at
