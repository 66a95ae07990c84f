"""Sentences that we compute from two snapshots of a ranking, and the printed table."""

from __future__ import annotations

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
    RankingRow,
    RankingSnapshot,
)
from briefing.domain.story import Story
from briefing.logic.dates import read_dates
from briefing.logic.extractive.candidates import cite
from briefing.logic.extractive.key_numbers import Row
from briefing.logic.extractive.labels import Labelled
from briefing.logic.quantities import read_quantities
from briefing.logic.ranking_diff import change_percent, share_percent
from briefing.logic.ranking_table import ranking_table
from briefing.logic.ranking_text import row_span, total_span

_LONGEST_HEADLINE = 90


@dataclass(frozen=True, slots=True)
class Told:
    """A ranking that moved, ready to be told.

    Attributes:
        newest: the snapshot that is news.
        before: the one that it is compared with, None if none can be.
        document: text form of the newest.
        document_before: text form of the one before.
        row: the row that the story is about.
        change: its move, None if it did not move.
        is_news: no earlier edition had this snapshot.
    """

    newest: RankingSnapshot
    before: RankingSnapshot | None
    document: Document
    document_before: Document | None
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
    before = next(
        (
            one
            for one in story.snapshots[1:]
            if one.source_id == newest.source_id and one.id in held
        ),
        None,
    )
    change = next(
        (
            one
            for kind in (ChangeKind.TOOK_FIRST, None)
            for one in story.changes
            if kind in {None, one.kind} and one.rank_after is not None
        ),
        None,
    )
    row = next(
        (one for one in newest.rows if change and one.key == change.key),
        newest.rows[0],
    )
    old = held.get(before.id) if before else None
    is_news = not story.new_document_ids or document.id in story.new_document_ids
    return Told(newest, before if old else None, document, old, row, change, is_news)


def table(told: Told, limit: int) -> RankingTable:
    """The rows that a reader sees."""
    return ranking_table(
        told.newest, told.before, document_id=told.document.id, limit=limit
    )


def headlines(told: Told) -> Iterator[Claim]:
    """ "X tops Y with 3.43 trillion tokens, up 66% on the week" and shorter ones, the
    fullest first; the writer takes the first that its evidence holds.
    """
    amount, place = _row_figure(told)
    house = told.newest.publisher.replace("(sample)", "").strip()
    if amount is None or told.row.rank != 1 or not house:
        return
    took = told.change is not None and told.change.kind is ChangeKind.TOOK_FIRST
    tops = f"{told.row.label} {'tops' if took else 'stays first on'}"
    change = change_of(told)
    if change is not None and change[1].result:
        percent, derivation = change
        moved = f"{'up' if derivation.result > 0 else 'down'} {percent}"
        citations = (*derivation.citations, _opening(told))
        for text in (
            f"{tops} {house} with {amount.text}, {moved} on the {_period(told)}",
            f"{tops} {told.newest.title}, {moved} to {amount.text}",
            f"{tops} {told.newest.title} with {amount.text}, {moved}",
            f"{tops} the ranking with {amount.text}, {moved} on the {_period(told)}",
        ):
            if len(text) <= _LONGEST_HEADLINE:
                yield Claim(text, ClaimKind.DERIVED, citations, derivation)
    plain = f"{tops} {house} with {amount.text}"
    if len(plain) <= _LONGEST_HEADLINE:
        yield Claim(plain, ClaimKind.REPORTED, (place, _opening(told)))


def _opening(told: Told) -> Citation:
    """The text's first line: whose ranking it is."""
    return cite(told.document, Span(0, told.document.text.index("\n\n")))


def event(told: Told) -> Claim | None:
    """The row's value, its window and its change on the snapshot before."""
    amount, _place = _row_figure(told)
    if amount is None:
        return None
    when = _when(told, amount)
    change = change_of(told)
    if change is None or told.before is None:
        return None
    percent, derivation = change
    earlier = derivation.inputs[1]
    more = "more" if derivation.result > 0 else "less"
    text = (
        f"{told.row.label} came to {amount.text} {when}, {percent} {more} than the "
        f"{earlier.text} of the {_period(told)} before."
    )
    return Claim(text, ClaimKind.DERIVED, derivation.citations, derivation=derivation)


def change_of(told: Told) -> tuple[str, Derivation] | None:
    """The change on the snapshot before as printed, with its arithmetic."""
    if told.before is None or told.document_before is None:
        return None
    earlier = next((one for one in told.before.rows if one.key == told.row.key), None)
    now, place = _row_figure(told)
    if earlier is None or now is None or told.row.value is None:
        return None
    result = change_percent(earlier.value, told.row.value)
    before, place_before = _figure(
        told.document_before, row_span(told.before, told.row.key)
    )
    if (
        result is None
        or before is None
        or _window_days(told.before) != _window_days(told.newest)
    ):
        return None
    derivation = Derivation(
        Formula.CHANGE, (now, before), (place, place_before), result
    )
    return _percent(result), derivation


def share_rows(told: Told) -> tuple[Row, ...]:
    """Key number: the row's share of everything that the ranking counts."""
    span = total_span(told.newest)
    now, place = _row_figure(told)
    if span is None or now is None or told.row.value is None:
        return ()
    total, place_total = _figure(told.document, span)
    result = share_percent(told.row.value, told.newest.total)
    if total is None or result is None:
        return ()
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the total"
    cells = Figure(
        value=_percent(result),
        label=f"{told.row.label}, share of {unit}",
        window=_window(told, now),
    )
    citations = (place, place_total)
    derivation = Derivation(Formula.SHARE, (now, total), citations, result)
    found = read_quantities(cells.value)
    if not found:
        return ()
    labelled = Labelled(found[0], cells.value, cells.label)
    return (Row(cells, labelled, citations, None, derivation),)


def _row_figure(told: Told) -> tuple[Quantity | None, Citation]:
    return _figure(told.document, row_span(told.newest, told.row.key))


def _figure(document: Document, span: Span) -> tuple[Quantity | None, Citation]:
    """The value in a row's sentence: its biggest figure, ranks being ordinals."""
    text = document.text[span.start : span.end]
    place = cite(document, span)
    found = [one for one in read_quantities(text) if one.kind.value != "ordinal"]
    return (found[-1] if found else None), place


def _percent(result: Decimal) -> str:
    step = Decimal(1) if abs(result) >= 20 else Decimal("0.1")
    return f"{abs(result).quantize(step, rounding=ROUND_HALF_EVEN)}%"


def _window_days(snapshot: RankingSnapshot) -> int | None:
    window = snapshot.window
    return (window.end - window.start).days if window else None


def _period(told: Told) -> str:
    return {0: "day", 6: "week"}.get(_window_days(told.newest) or -1, "period")


def _when(told: Told, amount: Quantity) -> str:
    """The end of the row's sentence: "in the week of 18–24 May 2026"."""
    span = row_span(told.newest, told.row.key)
    sentence = told.document.text[span.start : span.end]
    return sentence[amount.span.end :].strip(" .")


def _window(told: Told, amount: Quantity) -> str:
    mentions = read_dates(_when(told, amount), published=None)
    return mentions[0].text if mentions else ""
