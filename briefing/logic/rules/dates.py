"""D1 to D3: whose day it is, a day that stands on its own, and the age of a ranking."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from briefing.domain.brief import Action, Level, Shape, Violation
from briefing.domain.claim import DateMention, Grain
from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot, Window
from briefing.logic.dates import read_dates
from briefing.logic.rules.page import HEADLINE, PROSE, Line, Page, broken, lines
from briefing.logic.rules.reading import read

# A sentence that says itself that the day is one of publication.
_PUBLISHING = re.compile(
    r"\b(?:publish|report|post|update|date|releas|said|wrote|announc|retriev|issu)",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bq[1-4]\b|"
    r"\bquarter\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|"
    r"(?:this|last|next|past) (?:week|weekend|month|quarter|year)|"
    r"(?:earlier|later) (?:this|last) (?:week|month|quarter|year)|"
    r"(?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)


def posing_dates(page: Page) -> tuple[Violation, ...]:
    """D1: the day a text was published is not told as the day it happened.

    A day counts as the source's own when its text states it, or says "on Tuesday" and
    means it.
    """
    found: list[Violation] = []
    for line in (page.title, *lines(page)):
        if line.is_ours or _PUBLISHING.search(line.text):
            continue
        posing = _posing(line.text, _evidence(page, line))
        if posing:
            found.append(
                broken(
                    "D1",
                    line,
                    f"{posing!r} is when the source was published; it does not say "
                    "that this happened then.",
                )
            )
    return tuple(found)


def _posing(text: str, documents: list[Document]) -> str:
    for document in documents:
        if document.published_at is None:
            continue
        published = document.published_at.date()
        for mention in read_dates(read(text).unquoted, published=published):
            if _single_day(mention) == published and not any(
                states_day(one, published) for one in documents
            ):
                return mention.text
    return ""


def _evidence(page: Page, line: Line) -> list[Document]:
    if not page.is_cited:
        return list(page.documents)
    cited = {citation.document_id for citation in line.claim.citations}
    return [one for one in page.documents if one.id in cited]


def _single_day(mention: DateMention) -> date | None:
    window = mention.window
    if mention.grain is not Grain.DAY or window is None:
        return None
    return window.start if window.start == window.end else None


def states_day(document: Document, day: date) -> bool:
    """The text names that day, in full or relative to its own publication."""
    published = document.published_at.date() if document.published_at else None
    return day in _days(document.text, published)


@lru_cache(maxsize=512)
def _days(text: str, published: date | None) -> frozenset[date]:
    days: set[date] = set()
    for mention in read_dates(text, published=published):
        if mention.window is None or mention.grain is not Grain.DAY:
            continue
        days.update((mention.window.start, mention.window.end))
    return frozenset(days)


def relative_dates(page: Page) -> tuple[Violation, ...]:
    """D2: a day stands on its own, with its year when it is first named."""
    found: list[Violation] = []
    has_year = False
    for line in (page.title, *lines(page)):
        reading = read(line.text)
        relative = _relative_words(line)
        if relative:
            found.append(
                broken("D2", line, f"{relative!r} means nothing on another day.")
            )
            continue
        if line.section == HEADLINE:
            continue
        yearless = next((one for one in reading.dates if _wants_year(one)), None)
        named = any(one.has_year for one in reading.dates)
        if yearless is not None and not (has_year or named):
            found.append(broken("D2", line, f"{yearless.text!r} has no year yet."))
            continue
        has_year = has_year or named
    return tuple(found)


def _wants_year(mention: DateMention) -> bool:
    """A day, month or quarter by name; "a year earlier" leans on another date."""
    return not mention.has_year and bool(_CALENDAR.search(mention.text))


def _relative_words(line: Line) -> str:
    reading = read(line.text)
    mention = next((one for one in reading.dates if one.is_relative), None)
    if mention is not None:
        return mention.text
    match = _RELATIVE.search(reading.unquoted)
    return match.group() if match else ""


def undated_rankings(page: Page) -> tuple[Violation, ...]:
    """D3: a table without its as-of line is dropped."""
    return tuple(
        Violation(
            "D3",
            Level.E,
            section.name,
            section.table.title,
            "The ranking does not say when and for which days it holds.",
            Action.SECTION_DROPPED,
        )
        for section in page.sections
        if section.shape is Shape.RANKING
        and section.table is not None
        and not read_dates(section.table.as_of, published=None)
    )


def stale_label(page: Page) -> str:
    """D3: the banner for figures older than twice their cadence, else "".

    A ranking's cadence is the length of its window, a day when it states none.
    """
    if page.edition_date is None:
        return ""
    used = _snapshots_in_use(page)
    stale = [one for one in used if _is_stale(one, page.edition_date)]
    if not stale:
        return ""
    oldest = min(_as_of(one) for one in stale)
    return f"figures of {oldest.isoformat()}, older than usual"


def _snapshots_in_use(page: Page) -> list[RankingSnapshot]:
    tables = {section.table.snapshot_id for section in page.sections if section.table}
    newest: dict[str, RankingSnapshot] = {}
    for snapshot in page.snapshots:
        held = newest.get(snapshot.source_id)
        if held is None or held.taken_at < snapshot.taken_at:
            newest[snapshot.source_id] = snapshot
    cited = {
        citation.document_id
        for line in lines(page)
        if line.shape in PROSE or line.shape is Shape.FIGURES
        for citation in line.claim.citations
    }
    return [
        one
        for one in page.snapshots
        if one.id in tables or (one.id in cited and newest[one.source_id] is one)
    ]


def _as_of(snapshot: RankingSnapshot) -> date:
    return snapshot.window.end if snapshot.window else snapshot.taken_at.date()


def _is_stale(snapshot: RankingSnapshot, today: date) -> bool:
    return today - _as_of(snapshot) > 2 * cadence(snapshot.window)


def cadence(window: Window | None) -> timedelta:
    """How often a ranking of that window is made anew."""
    if window is None:
        return timedelta(days=1)
    return window.end - window.start + timedelta(days=1)
