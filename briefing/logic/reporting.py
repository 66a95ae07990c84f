"""The report of a run, made from what its stages returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from briefing.domain.brief import Brief, Held
from briefing.domain.document import Document
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.report import Report, SourceLine, StoryLine
from briefing.domain.source import Problem
from briefing.domain.story import Choice, Outcome, Story
from briefing.logic.copies import independent_houses
from briefing.logic.reading_time import at_pace


class _About(TypedDict):
    id: str
    title: str
    documents: int
    publishers: int


def make_report(
    *,
    run_id: str,
    edition: Edition,
    started_at: datetime,
    writer: str,
    sources: Sequence[SourceLine],
    choices: Sequence[Choice],
    outcomes: Mapping[str, Brief | Held],
    problems: Sequence[Problem],
    documents: Sequence[Document],
) -> Report:
    """Published stories in reading order, then held ones, then dropped ones."""
    published = {brief.story.id: brief for brief in edition.briefs}
    pace = edition.profile.words_a_minute
    lines = [_published(brief, pace) for brief in edition.briefs]
    lines.extend(
        _other(choice, outcomes.get(choice.story.id))
        for choice in choices
        if choice.story.id not in published
    )
    order = {"published": 0, "held": 1, "dropped": 2}
    lines.sort(key=lambda line: order[line.outcome])
    language = edition.digest.language
    foreign = sum(document.language not in (None, language) for document in documents)
    costs = [one.provenance.cost_usd for one in edition.briefs]
    known = [cost for cost in costs if cost is not None]
    return Report(
        run_id=run_id,
        edition_id=edition.id,
        edition_date=edition.edition_date,
        started_at=started_at,
        writer=writer,
        sources=tuple(sources),
        stories=tuple(lines),
        problems=tuple(problems),
        documents_new=len(documents),
        documents_in_other_languages=foreign,
        tokens_in=sum(one.provenance.tokens_in for one in edition.briefs),
        tokens_out=sum(one.provenance.tokens_out for one in edition.briefs),
        cost_usd=str(sum(known, Decimal(0))) if known else None,
        words_a_minute=pace,
        reading_time_s=sum(line.reading_time_s for line in lines),
    )


def looked_at(
    sources: Sequence[SourceLine],
    documents: Sequence[Document],
    stories: Sequence[Story],
    outcomes: Mapping[str, Brief | Held],
) -> LookedAt:
    """The counts for the foot of an edition."""
    return LookedAt(
        sources=len(sources),
        sources_failed=sum(line.outcome == "failed" for line in sources),
        documents=len(documents),
        stories=len(stories),
        held=sum(isinstance(one, Held) for one in outcomes.values()),
    )


def _published(brief: Brief, words_a_minute: int) -> StoryLine:
    return StoryLine(
        **_about(brief.story),
        outcome="published",
        reason="",
        headline=brief.headline.text,
        slug=brief.slug,
        sources=len(brief.sources),
        claims=brief.scores.claims,
        repaired=brief.scores.repaired,
        struck=brief.scores.struck,
        reading_time_s=at_pace(brief.scores.reading_time_s, words_a_minute),
    )


def _other(choice: Choice, outcome: Brief | Held | None) -> StoryLine:
    about = _about(choice.story)
    if isinstance(outcome, Held):
        return StoryLine(**about, outcome="held", reason=outcome.reason)
    if choice.outcome is Outcome.DROPPED:
        return StoryLine(**about, outcome="dropped", reason=choice.reason)
    reason = (
        "no reading time was left"
        if outcome is not None
        else "it could not be written; see the problems"
    )
    return StoryLine(**about, outcome="dropped", reason=reason)


def _about(story: Story) -> _About:
    return {
        "id": story.id,
        "title": story.title,
        "documents": len(story.documents),
        "publishers": independent_houses(story.documents, story.copies),
    }
