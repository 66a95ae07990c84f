"""What a run did, line by line: the report that stands beside an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.domain.audience import WORDS_A_MINUTE
from briefing.domain.source import Problem


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What one source gave.

    Attributes:
        id: of the source.
        publisher: who speaks.
        outcome: "read", "unchanged", "waiting" (not due yet) or "failed".
        documents: new ones.
    """

    id: str
    publisher: str
    outcome: str
    documents: int


@dataclass(frozen=True, slots=True)
class StoryLine:
    """What became of one story.

    Attributes:
        id: of the story.
        title: of its most central document.
        documents: how many it holds.
        publishers: independent ones.
        outcome: "published", "held" or "dropped".
        reason: why, in one clause.
        headline: as published, "" if it was not.
        slug: file name stem, "" if it was not published.
        sources: cited ones.
        claims: sentences checked.
        repaired: replaced by their evidence.
        struck: taken out.
        reading_time_s: at the reader's pace, 0 if it was not published.
    """

    id: str
    title: str
    documents: int
    publishers: int
    outcome: str
    reason: str
    headline: str = ""
    slug: str = ""
    sources: int = 0
    claims: int = 0
    repaired: int = 0
    struck: int = 0
    reading_time_s: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run did and everything that went wrong.

    Attributes:
        run_id: which run.
        edition_id: what it made.
        edition_date: the reader's calendar day.
        started_at: aware UTC.
        writer: "extract" or the model's name.
        sources: in the settings' order.
        stories: published ones in reading order, then held, then dropped.
        problems: failures and warnings, by stage and subject.
        documents_new: read in this run.
        documents_in_other_languages: counted, never quoted.
        tokens_in: of all briefs.
        tokens_out: of all briefs.
        cost_usd: text of an exact amount, or None when no price is configured.
        words_a_minute: the reader's pace.
        reading_time_s: of all briefs, at that pace.
    """

    run_id: str
    edition_id: str
    edition_date: date
    started_at: datetime
    writer: str
    sources: tuple[SourceLine, ...]
    stories: tuple[StoryLine, ...]
    problems: tuple[Problem, ...]
    documents_new: int
    documents_in_other_languages: int
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: str | None = None
    words_a_minute: int = WORDS_A_MINUTE
    reading_time_s: int = 0

    @property
    def failures(self) -> tuple[Problem, ...]:
        """Problems that cost something; warnings left out."""
        return tuple(problem for problem in self.problems if problem.is_failure)
