"""The ways into the archive: by day, topic and source, and by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from starlette.exceptions import HTTPException

from briefing.logic import site_paths
from briefing.logic.text import words as words_in
from briefing.ports import BriefRef, EditionRef
from briefing.render import words
from briefing.render.numbers import locale
from briefing.render.site import Head
from briefing.web.desk import Made
from briefing.web.shelf import path_of, place_of
from briefing.web.site import Site

# Briefs on one page of a list or a feed; a day is never torn (chosen).
PAGE_LENGTH = 30
# Higher than the briefs that an edition may have (settings: at most 40).
_MOST_A_DAY = 80
_MOST_HEADLINES = 10
_MOST_RESULTS = 50
# Longer ones are pasted texts; the form takes no more.
MAX_QUERY = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an index: where it leads, what it is called, what there is to know."""

    path: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in an index; `more` headlines are left out."""

    path: str
    date: str
    words: str
    headlines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A brief in a list."""

    path: str
    headline: str
    lead: str


@dataclass(frozen=True, slots=True)
class DayRows:
    """The briefs of one edition in a list."""

    path: str
    words: str
    briefs: tuple[BriefRow, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt."""

    words: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A brief that a search found."""

    path: str
    headline: str
    excerpt: tuple[Part, ...]
    day: str
    edition_path: str


class Lists:
    """Makes the index pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._id = site.digest.id
        self._locale = site.digest.figures

    def days(self) -> Made:
        """The newest editions, and every month."""
        newest = self._site.store.editions(self._id, limit=14)
        weeks = self._site.store.editions(self._id + site_paths.WEEKLY_SUFFIX, limit=14)
        head = Head(
            title="Editions by day",
            description=f"Every edition of {self._site.digest.title} by day.",
            path="/days/",
            place="days",
        )
        return self._days(head, newest, weeks, month="")

    def month(self, name: str) -> Made:
        """The editions of one month ("2026-05")."""
        first = date.fromisoformat(f"{name}-01")
        after = (first + timedelta(days=32)).replace(day=1)
        store = self._site.store
        found = [
            one
            for one in store.editions(self._id, before=after, limit=31)
            if one.edition_date >= first
        ]
        weeks = [
            one
            for one in store.editions(
                self._id + site_paths.WEEKLY_SUFFIX, before=after, limit=31
            )
            if one.edition_date >= first
        ]
        if not found and not weeks:
            raise HTTPException(404)
        head = Head(
            title=f"Editions of {self._month_words(first)}",
            description=f"{self._site.digest.title} in {self._month_words(first)}.",
            path=site_paths.month(first),
            place="days",
        )
        return self._days(head, found, weeks, month=head.path)

    def _days(
        self,
        head: Head,
        found: Sequence[EditionRef],
        weeks: Sequence[EditionRef],
        *,
        month: str,
    ) -> Made:
        months = [
            Row(
                site_paths.month(first),
                self._month_words(first),
                _count(number, "edition"),
            )
            for first, number in self._site.store.months(self._id)
        ]
        body = self._site.page(
            "site/days.html",
            head,
            editions=[edition_row(self._site, one) for one in found],
            weeks=[edition_row(self._site, one) for one in weeks],
            months=months,
            month=month,
        )
        return Made(body)

    def _month_words(self, first: date) -> str:
        names = locale(self._locale).months["stand-alone"]["wide"]
        return f"{names[first.month]} {first.year}"

    def topics(self) -> Made:
        """Every topic with how much there is."""
        rows = [
            Row(site_paths.topic(topic), words.topic(topic), _count(number, "brief"))
            for topic, number in self._site.store.topics(self._id)
        ]
        head = Head(
            title="Topics",
            description=f"What {self._site.digest.title} writes about.",
            path="/topics/",
            place="topics",
        )
        return Made(self._site.page("site/topics.html", head, topics=rows))

    def topic(self, topic: str, before: date | None) -> Made:
        """The briefs on a topic, by day."""
        found, older = page_of(self._site, topic=topic, before=before)
        if not found:
            raise HTTPException(404)
        path = site_paths.topic(topic)
        head = Head(
            title=words.topic(topic),
            description=f"Briefs on {words.topic(topic)} in {self._site.digest.title}.",
            path=_paged(path, before),
            place="topics",
            feeds=self._site.feeds(topic) if self._site.is_open else (),
        )
        body = self._site.page(
            "site/topic.html",
            head,
            days=self._by_day(found),
            newer=path if before else None,
            older=_paged(path, older) if older else None,
        )
        return Made(body)

    def sources(self) -> Made:
        """Every cited publisher."""
        rows = [
            Row(site_paths.publisher(slug), name, _count(number, "brief"))
            for slug, name, number in self._site.store.publishers(self._id)
        ]
        head = Head(
            title="Sources",
            description=f"Whom {self._site.digest.title} cites.",
            path="/sources/",
            place="sources",
        )
        return Made(self._site.page("site/sources.html", head, sources=rows))

    def source(self, slug: str, before: date | None) -> Made:
        """The briefs that cite a publisher, by day."""
        found, older = page_of(self._site, publisher=slug, before=before)
        if not found:
            raise HTTPException(404)
        name = next(name for key, name in found[0].publishers if key == slug)
        path = site_paths.publisher(slug)
        head = Head(
            title=name,
            description=f"Briefs of {self._site.digest.title} that cite {name}.",
            path=_paged(path, before),
            place="sources",
        )
        body = self._site.page(
            "site/source.html",
            head,
            days=self._by_day(found),
            newer=path if before else None,
            older=_paged(path, older) if older else None,
        )
        return Made(body)

    def _by_day(self, found: Sequence[BriefRef]) -> list[DayRows]:
        return [
            DayRows(
                path=place_of(edition).path(),
                words=words.weekday(edition.edition_date, self._locale),
                briefs=tuple(
                    BriefRow(path_of(one), one.headline, one.lead) for one in briefs
                ),
            )
            for edition, briefs in groupby(found, key=lambda one: one.edition)
        ]

    def search(self, query: str) -> Made:
        """The form, and what was found. A query without a word is explained."""
        asked = " ".join(query.split())[:MAX_QUERY]
        found = self._find(asked)
        loose = () if found or not asked else self._find_some(asked)
        rows = [self._result(one) for one in (found or loose)[:_MOST_RESULTS]]
        head = Head(
            title=f"Search: {asked}" if asked else "Search",
            path="/search",
            place="search",
            is_indexed=False,
        )
        body = self._site.page(
            "site/search.html",
            head,
            query=asked,
            is_readable=bool(words_in(asked)),
            results=rows,
            is_loose=bool(loose),
            is_cut=len(found or loose) > _MOST_RESULTS,
        )
        return Made(body)

    def _find(self, query: str) -> tuple[BriefRef, ...]:
        if not words_in(query):
            return ()
        return self._site.store.briefs(self._id, query=query, limit=_MOST_RESULTS + 1)

    def _find_some(self, query: str) -> tuple[BriefRef, ...]:
        """Briefs with any of the words, those of the first word first."""
        every: dict[tuple[str, str], BriefRef] = {}
        terms = list(dict.fromkeys(words_in(query)))
        if len(terms) < 2:
            return ()
        for term in terms[:4]:
            for one in self._find(term):
                every.setdefault((one.edition.id, one.slug), one)
        return tuple(every.values())

    def _result(self, one: BriefRef) -> ResultRow:
        return ResultRow(
            path=path_of(one),
            headline=one.headline,
            excerpt=_parts(one.excerpt),
            day=words.weekday(one.edition.edition_date, self._locale),
            edition_path=place_of(one.edition).path(),
        )


def edition_row(site: Site, one: EditionRef) -> EditionRow:
    """The line of an edition, with its first headlines."""
    return EditionRow(
        path=place_of(one).path(),
        date=one.edition_date.isoformat(),
        words=words.weekday(one.edition_date, site.digest.figures),
        headlines=one.headlines[:_MOST_HEADLINES],
        more=max(0, len(one.headlines) - _MOST_HEADLINES),
    )


def page_of(
    site: Site,
    *,
    topic: str = "",
    publisher: str = "",
    before: date | None = None,
) -> tuple[tuple[BriefRef, ...], date | None]:
    """One page of briefs, newest first and in whole days, and the day before which the
    next page begins, None on the last one.
    """
    limit = PAGE_LENGTH + _MOST_A_DAY
    found = site.store.briefs(
        site.digest.id, topic=topic, publisher=publisher, before=before, limit=limit
    )
    if len(found) <= PAGE_LENGTH:
        return found, None
    last = found[PAGE_LENGTH - 1].edition.edition_date
    kept = tuple(one for one in found if one.edition.edition_date >= last)
    return kept, last if len(kept) < len(found) else None


def _paged(path: str, before: date | None) -> str:
    return f"{path}?before={before.isoformat()}" if before else path


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _parts(excerpt: str) -> tuple[Part, ...]:
    pieces = re.split("[\x02\x03]", excerpt)
    # Marks come in pairs, so every second piece is a hit.
    return tuple(
        Part(piece.replace("\n", " "), bool(index % 2))
        for index, piece in enumerate(pieces)
        if piece
    )
