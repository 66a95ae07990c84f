"""Sentences that we compute from two snapshots of a ranking, and the printed table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from briefing.domain.brief import Figure, RankingTable
from briefing.domain.claim import (
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    Formula,
    Quantity,
)
from briefing.domain.document import Document, DocumentKind, Span
from briefing.domain.ranking import (
    ChangeKind,
    RankingChange,
    RankingHistory,
    RankingRow,
    RankingSnapshot,
)
from briefing.domain.story import Story
from briefing.logic.extractive.candidates import cite
from briefing.logic.extractive.key_numbers import Row
from briefing.logic.extractive.labels import Labelled
from briefing.logic.quantities import read_quantities
from briefing.logic.ranking_diff import (
    change_percent,
    leaders,
    share_percent,
    window_days,
)
from briefing.logic.ranking_match import base_of, step_before
from briefing.logic.ranking_table import ranking_table
from briefing.logic.ranking_text import (
    ordinal,
    rounded_text,
    row_span,
    total_span,
    window_phrase,
)

_LONGEST_HEADLINE = 90
# A line between two points says no more than the table above it.
_FEWEST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A ranking that moved, ready to be told.

    Attributes:
        newest: the snapshot that is news.
        before: the step before, None if it is missing.
        base: what values are compared with: the step before, of daily figures the same
            weekday a week earlier; None if it is not held.
        document: text form of the newest.
        document_before: text form of the step before.
        document_base: text form of the base.
        history: what was kept of the leading items, None in a story of old.
        document_history: its text form, None without one.
        row: the row that the story is about.
        change: its move, None if it did not move.
        is_news: no earlier edition had this snapshot.
    """

    newest: RankingSnapshot
    before: RankingSnapshot | None
    base: RankingSnapshot | None
    document: Document
    document_before: Document | None
    document_base: Document | None
    history: RankingHistory | None
    document_history: Document | None
    row: RankingRow
    change: RankingChange | None
    is_news: bool


def told_ranking(story: Story) -> Told | None:
    """The ranking that the story is about, None for a story without one."""
    if not story.snapshots or not story.snapshots[0].rows:
        return None
    newest = story.snapshots[0]
    held = {one.id: one for one in story.documents if one.kind is DocumentKind.RANKING}
    document = held.get(newest.id)
    if document is None:
        return None
    own = [
        one
        for one in story.snapshots
        if one.source_id == newest.source_id and one.id in held
    ]
    before, base = step_before(own), base_of(own)
    course = next(
        (one for one in story.histories if one.source_id == newest.source_id), None
    )
    moved = [one for one in story.changes if one.source_id == newest.source_id]
    change = max(
        (one for one in moved if one.rank_after is not None), key=_weight, default=None
    )
    row = next(
        (one for one in newest.rows if change and one.key == change.key),
        newest.rows[0],
    )
    return Told(
        newest=newest,
        before=before,
        base=base,
        document=document,
        document_before=held[before.id] if before else None,
        document_base=held[base.id] if base else None,
        history=course,
        document_history=held.get(course.id) if course else None,
        row=row,
        change=change,
        is_news=not story.new_document_ids or document.id in story.new_document_ids,
    )


def _weight(change: RankingChange) -> tuple[bool, float]:
    """A new first place, then by how many times better or worse the rank became: from
    eighth to fourth is more than from 49th to 37th.
    """
    now = change.rank_after or 1
    was = change.rank_before or 2 * now
    first = {ChangeKind.TOOK_FIRST, ChangeKind.TIED_FIRST}
    return change.kind in first, abs(math.log(was / now))


def table(told: Told, limit: int) -> RankingTable:
    """The rows that a reader sees."""
    return ranking_table(
        told.newest,
        told.before,
        base=told.base,
        document_id=told.document.id,
        limit=limit,
    )


def chart(told: Told) -> RankingHistory | None:
    """The history, None for fewer than three steps."""
    if told.document_history is None or told.history is None:
        return None
    return told.history if len(told.history.steps) >= _FEWEST_STEPS else None


def headlines(told: Told) -> Iterator[Claim]:
    """ "X tops Y with 3.43 trillion tokens, up 66% on the week", "X rises to fourth on
    Y, ..." and shorter ones, the fullest first; the writer takes the first that its
    evidence holds.
    """
    amount, place = row_figure(told)
    house = told.newest.publisher.replace("(sample)", "").strip()
    does = _does(told)
    if amount is None or not does or not house:
        return
    worth = rounded_text(told.newest.unit, amount.value)
    change = change_of(told)
    if change is not None and change[1].result:
        percent, derivation = change
        moved = f"{'up' if derivation.result > 0 else 'down'} {percent}"
        citations = (*derivation.citations, _opening(told))
        for text in (
            f"{does} {house} with {worth}, {moved} on {_since(told)}",
            f"{does} {told.newest.title}, {moved} to {worth}",
            f"{does} {told.newest.title} with {worth}, {moved}",
            f"{does} {house}, {moved} to {worth}",
            f"{does} {told.newest.title}, {moved}",
        ):
            if len(text) <= _LONGEST_HEADLINE:
                yield Claim(text, ClaimKind.DERIVED, citations, derivation)
    for where in (told.newest.title, house):
        plain = f"{does} {where} with {worth}"
        if len(plain) <= _LONGEST_HEADLINE:
            # That it moved is in both snapshots (K2); the figure is in the newest.
            made = Derivation(Formula.COUNT, (amount,), (place,), Decimal(1))
            yield Claim(plain, ClaimKind.DERIVED, (place, _opening(told)), made)


def _does(told: Told) -> str:
    """The headline's subject and verb; "" where there is nothing to tell of it."""
    label, kind = told.row.label, told.change.kind if told.change else None
    first = leaders(told.newest)
    if len(first) > 1 and told.row.key in first:
        return f"{label} ties for first on" if kind is ChangeKind.TIED_FIRST else ""
    if told.row.rank == 1:
        return (
            f"{label} {'tops' if kind is ChangeKind.TOOK_FIRST else 'stays first on'}"
        )
    if kind is ChangeKind.ENTERED:
        return f"{label} enters"
    verb = {ChangeKind.ROSE: "rises", ChangeKind.FELL: "falls"}.get(
        kind or ChangeKind.LEFT
    )
    return f"{label} {verb} to {ordinal(told.row.rank)} on" if verb else ""


def _opening(told: Told) -> Citation:
    """The text's first line: whose ranking it is."""
    return cite(told.document, Span(0, told.document.text.index("\n\n")))


def event(told: Told) -> Claim | None:
    """The row's value, its window and its change on the snapshot before."""
    amount, place = row_figure(told)
    if amount is None:
        return None
    when = _when(told, amount)
    worth = rounded_text(told.newest.unit, amount.value)
    change = change_of(told)
    if change is None or told.base is None:
        text = f"{told.row.label} reached {worth} {when}."
        return Claim(text, ClaimKind.REPORTED, (place,))
    percent, derivation = change
    earlier = rounded_text(told.newest.unit, derivation.inputs[1].value)
    is_more = derivation.result > 0
    more, verb = ("more", "reached") if is_more else ("less", "came to")
    text = (
        f"{told.row.label} {verb} {worth} {when}, {percent} {more} than the "
        f"{earlier} of {earlier_text(told)}."
    )
    return Claim(text, ClaimKind.DERIVED, derivation.citations, derivation=derivation)


def change_of(told: Told) -> tuple[str, Derivation] | None:
    """The change on the snapshot before as printed, with its arithmetic."""
    if told.base is None or told.document_base is None:
        return None
    earlier = next((one for one in told.base.rows if one.key == told.row.key), None)
    now, place = row_figure(told)
    if earlier is None or now is None or told.row.value is None:
        return None
    result = change_percent(earlier.value, told.row.value)
    before, place_before = figure_in(
        told.document_base, row_span(told.base, told.row.key)
    )
    if result is None or before is None:
        return None
    derivation = Derivation(
        Formula.CHANGE, (now, before), (place, place_before), result
    )
    return percent_text(result), derivation


def share_rows(told: Told) -> tuple[Row, ...]:
    """Key number: the row's share of everything that the ranking counts."""
    span = total_span(told.newest)
    now, place = row_figure(told)
    if span is None or now is None or told.row.value is None:
        return ()
    total, place_total = figure_in(told.document, span)
    result = share_percent(told.row.value, told.newest.total)
    if total is None or result is None:
        return ()
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the total"
    cells = Figure(
        value=share_text(result),
        label=f"{told.row.label}, share of {unit}",
        window=window_text(told),
    )
    citations = (place, place_total)
    derivation = Derivation(Formula.SHARE, (now, total), citations, result)
    found = read_quantities(cells.value)
    if not found:
        return ()
    labelled = Labelled(found[0], cells.value, cells.label)
    return (Row(cells, labelled, citations, None, derivation),)


def row_figure(told: Told) -> tuple[Quantity | None, Citation]:
    return figure_in(told.document, row_span(told.newest, told.row.key))


def figure_in(document: Document, span: Span) -> tuple[Quantity | None, Citation]:
    """The value in a row's sentence: its biggest figure, ranks being ordinals."""
    text = document.text[span.start : span.end]
    place = cite(document, span)
    found = [one for one in read_quantities(text) if one.kind.value != "ordinal"]
    return (found[-1] if found else None), place


def share_text(result: Decimal) -> str:
    """A share with one decimal: "11.9%"."""
    return f"{result.quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN)}%"


def percent_text(result: Decimal) -> str:
    step = Decimal(1) if abs(result) >= 20 else Decimal("0.1")
    return f"{abs(result).quantize(step, rounding=ROUND_HALF_EVEN)}%"


def _period(told: Told) -> str:
    return {1: "day", 7: "week", 30: "month"}.get(
        window_days(told.newest) or 0, "period"
    )


def _since(told: Told) -> str:
    """What a change is on: "the week", "the same day a week before"."""
    return "a week earlier" if _period(told) == "day" else f"the {_period(told)}"


def earlier_text(told: Told) -> str:
    """What values are compared with, in words: "the week before"."""
    if _period(told) == "day":
        return "the same day a week before"
    return f"the {_period(told)} before"


def _when(told: Told, amount: Quantity) -> str:
    """The end of the row's sentence: "in the week of 18–24 May 2026"."""
    span = row_span(told.newest, told.row.key)
    sentence = told.document.text[span.start : span.end]
    return sentence[amount.span.end :].strip(" .")


def window_text(told: Told) -> str:
    """The days that the newest figures measure: "week of 18–24 May 2026", or ""."""
    phrase = window_phrase(told.newest) or ""
    return phrase.partition(" ")[2].removeprefix("the ")
