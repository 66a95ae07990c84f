"""Streaks and records as sentences with their arithmetic; writer and checker ask here.

Every sentence is a function of a history alone, so the checker makes it anew (N7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from briefing.domain.claim import (
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    Formula,
    Quantity,
    QuantityKind,
)
from briefing.domain.document import Document, Span
from briefing.domain.ranking import RankingHistory
from briefing.logic.history_text import point_span, step_name, total_step_span
from briefing.logic.quantities import read_quantities
from briefing.logic.ranking_history import (
    Point,
    Streak,
    first_streak,
    points,
    record_of,
    rise_streak,
    streak,
    totals,
)
from briefing.logic.ranking_text import cardinal, ordinal, plain_line

# Two of anything are no streak that a reader would call one.
_SHORTEST_STREAK = 3
# An article's own count is told with a sentence of this file behind these words.
BY_THE_RANKING = "by the ranking, "
Place = Callable[[int], Span]


def rises_claim(told: RankingHistory, document: Document, key: str) -> Claim | None:
    """ "X rose for the fourth week in a row."; None for fewer than three rises."""
    course = points(told, key)
    found = rise_streak(course)
    if found.length < _SHORTEST_STREAK:
        return None
    where = _of_item(told, key)
    made = _counted(Formula.RISES, document, where, _last(course, found.length + 1))
    text = f"{_label(told, key)} rose for {_nth(found, told)} in a row."
    return _claim(text, made)


def total_rises_claim(told: RankingHistory, document: Document) -> Claim | None:
    """ "The total of all tokens rose for the fifth week in a row."."""
    course = totals(told)
    found = rise_streak(course)
    if found.length < _SHORTEST_STREAK:
        return None
    made = _counted(
        Formula.RISES,
        document,
        lambda step: total_step_span(told, step),
        _last(course, found.length + 1),
    )
    whole = f"The total of all {told.unit}s" if told.unit else "The total"
    text = f"{whole} rose for {_nth(found, told)} in a row."
    return _claim(text, made)


def record_claim(told: RankingHistory, document: Document, key: str) -> Claim | None:
    """ "X has its highest figure of the seven weeks that …"; None if the newest
    is no record, or nothing to be proud of: the highest of fewer than five.
    """
    course = points(told, key)
    length = record_of(course)
    if length < _SHORTEST_STREAK + 2:
        return None
    steps = [number for number, one in enumerate(course) if one.value is not None]
    made = _counted(Formula.RECORD, document, _of_item(told, key), steps[::-1])
    step = step_name(told)
    text = (
        f"{_label(told, key)} has its highest figure of the {cardinal(length)} "
        f"{step}s that this briefing has kept."
    )
    return _claim(text, made)


def firsts_claim(told: RankingHistory, document: Document, key: str) -> Claim | None:
    """ "X is first for the third week in a row."; None for fewer than three."""
    course = points(told, key)
    found = first_streak(course)
    if found.length < _SHORTEST_STREAK:
        return None
    made = _counted(
        Formula.FIRSTS, document, _of_item(told, key), _last(course, found.length)
    )
    text = f"{_label(told, key)} is first for {_nth(found, told)} in a row."
    return _claim(text, made)


def ended_firsts_claim(
    told: RankingHistory, document: Document, key: str
) -> Claim | None:
    """ "X had been first for the five weeks before."; None for fewer than two, or if it
    still leads.
    """
    course = points(told, key)
    if len(course) < 2 or course[-1].is_after_gap or course[-1].rank == 1:
        return None
    found = streak(course[:-1], lambda one: one.rank == 1 and one.is_alone)
    if found.length < _SHORTEST_STREAK - 1:
        return None
    steps = [one - 1 for one in _last(course, found.length)]
    made = _counted(Formula.FIRSTS, document, _of_item(told, key), steps)
    least = "at least " if found.is_at_least else ""
    text = (
        f"{_label(told, key)} had been first for {least}{cardinal(found.length)} "
        f"{step_name(told)}s in a row."
    )
    return _claim(text, made)


def history_claims(told: RankingHistory, document: Document) -> Iterator[Claim]:
    """Every such sentence that the history bears out."""
    if (claim := total_rises_claim(told, document)) is not None:
        yield claim
    for line in told.lines:
        for make in (rises_claim, record_claim, firsts_claim, ended_firsts_claim):
            if (claim := make(told, document, line.key)) is not None:
                yield claim


def _claim(text: str, derivation: Derivation | None) -> Claim | None:
    if derivation is None:
        return None
    # One mark is enough for a reader: the first and last place stand for all.
    ends = (derivation.citations[0], derivation.citations[-1])
    return Claim(text, ClaimKind.DERIVED, ends, derivation)


def _label(told: RankingHistory, key: str) -> str:
    return plain_line(next(line.label for line in told.lines if line.key == key))


def _nth(found: Streak, told: RankingHistory) -> str:
    least = "at least " if found.is_at_least else ""
    return f"{least}the {ordinal(found.length)} {step_name(told)}"


def _last(course: tuple[Point, ...], count: int) -> list[int]:
    """The newest `count` steps, newest first."""
    newest = len(course) - 1
    return list(range(newest, newest - count, -1))


def _of_item(told: RankingHistory, key: str) -> Place:
    return lambda step: point_span(told, key, step)


def _counted(
    formula: Formula, document: Document, where: Place, steps: list[int]
) -> Derivation | None:
    """The arithmetic over these steps' sentences; None if one cannot be read."""
    inputs: list[Quantity] = []
    citations: list[Citation] = []
    for step in steps:
        span = where(step)
        found = read_quantities(document.text[span.start : span.end])
        ordinals = [one for one in found if one.kind is QuantityKind.ORDINAL]
        others = [one for one in found if one.kind is not QuantityKind.ORDINAL]
        wanted = ordinals[:1] if formula is Formula.FIRSTS else others[-1:]
        if not wanted:
            return None
        inputs.append(wanted[0])
        citations.append(
            Citation(document.id, span.start, span.end, document.text_hash)
        )
    count = len(inputs) - 1 if formula is Formula.RISES else len(inputs)
    return Derivation(formula, tuple(inputs), tuple(citations), Decimal(count))
