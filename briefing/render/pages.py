"""An edition as templates print it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from markupsafe import Markup

from briefing.domain.edition import Edition, LookedAt
from briefing.domain.ranking import RankingHistory
from briefing.logic.reading_time import at_pace
from briefing.render import chart, numbers, words
from briefing.render import note as notes
from briefing.render.first_use import once, with_terms
from briefing.render.glossary import Glossary
from briefing.render.view import BriefPage, brief_page, picture_name

NO_GLOSSARY = Glossary()
Draw = Callable[[RankingHistory, str], bytes]


def drawn_charts(edition: Edition, draw: Draw) -> dict[str, bytes]:
    """The pictures of an edition's charts by name; none where nothing can draw."""
    if not chart.can_draw():
        return {}
    return {
        picture_name(brief.slug): draw(section.chart, edition.digest.figures)
        for brief in edition.briefs
        for section in brief.sections
        if section.chart is not None
    }


@dataclass(frozen=True, slots=True)
class EditionPage:
    """Everything that a template prints of one edition.

    Attributes:
        id: of the edition.
        title: of the digest.
        language: ISO 639-1, for the lang attribute.
        locale: language tag by which figures and dates are printed.
        direction: "ltr" or "rtl".
        day: "26 May 2026".
        weekday: "Tuesday, 26 May 2026".
        date: ISO 8601.
        built: "26 May 2026, 06:00", UTC.
        revision: 1, and one more for each correction.
        reader: for whom it was chosen ("fintech product manager"), "" for everybody.
        note: the editor's note as safe HTML, "" if none.
        note_blocks: the same for formats without HTML.
        briefs: in reading order; empty on a quiet day.
        minutes: to read all of it at the profile's pace, 0 on a quiet day.
        looked_at: what was read and weighed.
    """

    id: str
    title: str
    language: str
    locale: str
    direction: str
    day: str
    weekday: str
    date: str
    built: str
    revision: int
    reader: str
    note: Markup
    note_blocks: tuple[notes.Block, ...]
    briefs: tuple[BriefPage, ...]
    minutes: int
    looked_at: LookedAt

    @property
    def is_quiet(self) -> bool:
        """There was nothing worth telling."""
        return not self.briefs


def edition_page(
    edition: Edition,
    *,
    numbers_sources_through: bool = False,
    pictures: Collection[str] = (),
    glossary: Glossary = NO_GLOSSARY,
) -> EditionPage:
    """The page of an edition, with `glossary` for what no source explains. Sources are
    numbered in each brief from 1, or through the whole edition where marks must be
    unique in one file. `pictures` are the names of those that were drawn
    (`drawn_charts`). Terms are explained in every brief: see `read_through`.
    """
    language, locale = edition.digest.language or "en", edition.digest.figures
    profile = edition.profile
    pages: list[BriefPage] = []
    first_number = 1
    for brief in edition.briefs:
        page = brief_page(
            brief,
            language,
            locale=locale,
            first_number=first_number,
            pictures=pictures,
            words_a_minute=profile.words_a_minute,
        )
        pages.append(with_terms(page, brief, glossary))
        if numbers_sources_through:
            first_number += len(brief.sources)
    seconds = sum(brief.scores.reading_time_s for brief in edition.briefs)
    return EditionPage(
        id=edition.id,
        title=edition.digest.title,
        language=language,
        locale=locale,
        direction=numbers.locale(language).text_direction,
        day=words.day(edition.edition_date, locale),
        weekday=words.weekday(edition.edition_date, locale),
        date=edition.edition_date.isoformat(),
        built=words.clock(edition.built_at, locale),
        revision=edition.revision,
        reader=" ".join(part for part in (profile.industry, profile.role) if part),
        # Cleaned again: an edition may come from a file that we did not write.
        note=Markup(notes.sanitised(edition.note)),  # noqa: S704
        note_blocks=notes.blocks(edition.note),
        briefs=tuple(pages),
        minutes=words.minutes(at_pace(seconds, profile.words_a_minute))
        if edition.briefs
        else 0,
        looked_at=edition.looked_at,
    )


def read_through(page: EditionPage) -> EditionPage:
    """The same for one page or mail that tells all briefs: each term is explained in
    the first brief that uses it.
    """
    return replace(page, briefs=once(page.briefs))
