"""A ranking's history in words: an item's place at a step is a sentence to cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from briefing.domain.document import Document, DocumentKind, Span
from briefing.domain.ranking import (
    HistoryLine,
    HistoryPoint,
    HistoryStep,
    RankingHistory,
)
from briefing.logic.ranking_text import (
    day_text,
    days_phrase,
    ordinal,
    plain_line,
    value_text,
)

# How the id of such a text begins; a snapshot's begins otherwise.
HISTORY_ID = "h"
_BETWEEN = "\n\n"
# Names of a step; others are "step".
_STEPS = {1: "day", 7: "week", 30: "month"}


def history_document(
    told: RankingHistory, *, topics: Sequence[str] = (), weight: float = 1.0
) -> Document:
    """The history as plain text with its own id: a paragraph an item and step, oldest
    first, then the totals; numbers stand in full precision.
    """
    return Document(
        id=told.id,
        text=_BETWEEN.join(_paragraphs(told)),
        title=f"{told.title}: the last {len(told.steps)} {step_name(told)}s",
        url=told.url or None,
        publisher=told.publisher,
        published_at=told.steps[-1].at,
        fetched_at=told.fetched_at,
        language="en",
        source_id=told.source_id,
        kind=DocumentKind.RANKING,
        topics=tuple(topics),
        weight=weight,
    )


def step_name(told: RankingHistory) -> str:
    """ "day", "week", "month" or "step"."""
    return _STEPS.get(told.stride_days, "step")


def point_span(told: RankingHistory, key: str, step: int) -> Span:
    """Where the sentence about the item at that step stands. Raises KeyError for an
    item that is not tracked.
    """
    keys = [line.key for line in told.lines]
    if key not in keys:
        raise KeyError(key)
    return _span(told, 1 + keys.index(key) * len(told.steps) + step)


def total_step_span(told: RankingHistory, step: int) -> Span:
    """Where the sentence about that step's total stands. Raises KeyError without."""
    if told.steps[step].total is None:
        raise KeyError(step)
    before = sum(one.total is not None for one in told.steps[:step])
    return _span(told, 1 + len(told.lines) * len(told.steps) + before)


def _span(told: RankingHistory, index: int) -> Span:
    return _spans(told)[index]


@lru_cache(maxsize=16)
def _spans(told: RankingHistory) -> tuple[Span, ...]:
    """Of every paragraph; one history is asked for hundreds of places."""
    starts = accumulate(
        (len(part) + len(_BETWEEN) for part in _paragraphs(told)), initial=0
    )
    return tuple(
        Span(start, start + len(part))
        for start, part in zip(starts, _paragraphs(told), strict=False)
    )


def _paragraphs(told: RankingHistory) -> Iterator[str]:
    by = f" by {plain_line(told.publisher)}" if told.publisher else ""
    yield (
        f"What this briefing has kept of the ranking “{plain_line(told.title)}”{by}, "
        f"a {step_name(told)} at a time."
    )
    for line in told.lines:
        for step, point in zip(told.steps, line.points, strict=True):
            yield _sentence(told, line, step, point)
    for step in told.steps:
        if step.total is not None:
            worth = value_text(told.unit, step.total)
            yield f"All items together came to {worth} {step_words(step)}."


def _sentence(
    told: RankingHistory, line: HistoryLine, step: HistoryStep, point: HistoryPoint
) -> str:
    label = plain_line(line.label) or line.key
    if point.rank is None:
        return f"{label} was not listed {step_words(step)}."
    verb = "ranked" if point.is_alone else "tied for"
    worth = value_text(told.unit, point.value) if point.value is not None else ""
    amount = f" with {worth}" if worth else ""
    return f"{label} {verb} {ordinal(point.rank)}{amount} {step_words(step)}."


def step_words(step: HistoryStep) -> str:
    """When it was: "in the week of 18–24 May 2026", "as of 25 May 2026"."""
    if step.window is None:
        return f"as of {day_text(step.at.date())}"
    return days_phrase(step.window)
