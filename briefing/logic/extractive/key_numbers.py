"""Key numbers: figures named in their sentence's words, half unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.domain.brief import Figure, Item
from briefing.domain.claim import (
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    QuantityKind,
)
from briefing.domain.document import Span
from briefing.domain.ranking import Window
from briefing.logic.dates import read_dates
from briefing.logic.extractive.candidates import Candidate, cite
from briefing.logic.extractive.introduced import label_is_introduced
from briefing.logic.extractive.labels import Labelled, labelled
from briefing.logic.extractive.page import Page, place
from briefing.logic.extractive.reading import told
from briefing.logic.extractive.what_happens_next import is_outlook
from briefing.logic.quantities import read_quantities, same_amount
from briefing.logic.rules.reading import is_minor
from briefing.logic.text import words

_KEPT_BACK = 3
_FEWEST = 2
_ELSEWHERE = re.compile(
    r"\bof which\b|, (?:and|but|while|which|who|as)\b|;| (?:said|announced|reported) |"
    r" and (?:to|will|would|is|are|was|were|has|have|had) "
)
_PART_OF = re.compile(r"\b(?:mid-|early |late |(?:from|until|by|since) )$")
_COMPARED = re.compile(
    r"\b(?P<phrase>(?:up|down) from [^,;]{3,40}|compared (?:with|to) [^,;]{3,40}|"
    r"(?:on|than) (?:the|a) (?:week|month|quarter|year)(?: (?:before|earlier))?|"
    r"from (?:the|a) (?:week|month|quarter|year) (?:before|earlier)|"
    r"(?:week|month|quarter|year)[- ](?:over|on)[- ](?:week|month|quarter|year)|"
    r"(?:up|down) [\d.]+% (?:on|from) the (?:week|month|quarter|year)|"
    r"from (?:a record )?[$€£]?\d[\d.,]*(?: (?:thousand|million|billion|trillion))?"
    r"(?: \w+)?(?= (?:a|in|the) |[,.;]|$))"
)


_CHANGED = re.compile(
    r",? (?P<phrase>(?:up|down) (?:by )?[\d.]+(?:%| percent| per cent)"
    r"(?: (?:(?:on|from) (?:the|a) (?:day|week|month|quarter|year)"
    r"(?: (?:before|earlier))?|(?:week|month|quarter|year)[- ](?:over|on)[- ]"
    r"(?:week|month|quarter|year)))?)(?=[,.;]|$| while)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure row before it is printed.

    Attributes:
        cells: for the reader.
        found: the figure and its label.
        citations: where the value stands.
        source: place of the sentence, None for a ranking's own row.
        derivation: how we computed the value, None if a source states it.
    """

    cells: Figure
    found: Labelled
    citations: tuple[Citation, ...]
    source: tuple[str, int] | None
    derivation: Derivation | None = None


def rows(pool: Iterable[Candidate]) -> tuple[Row, ...]:
    """Every row that the sentences give, best sentence first, one a figure."""
    made: list[Row] = []
    for one in pool:
        for found in labelled(one.text):
            if is_minor(found.quantity) or _is_known(found, made):
                continue
            if one.is_background and _BARE_PLAN.search(found.label):
                # Today's texts may be on something else of it.
                continue
            window = _window(one.text, found)
            comparison = _comparison(one.text, found)
            places = one.citations
            if _is_move(found) and not (window or comparison):
                period = _period_before(one)
                if period is None:
                    # "Rise in traffic: 7.4%": since when, nobody knows.
                    continue
                window = period[0]
                places = (*places, cite(one.document, period[1]))
            cells = Figure(
                value=found.value,
                label=found.label,
                window=window,
                comparison=comparison,
            )
            made.append(Row(cells, found, places, place(one)))
    return tuple(made)


_BARE_PLAN = re.compile(r"\bthe (?:project|plan)\b")


def _is_move(found: Labelled) -> bool:
    is_share = found.quantity.kind in {QuantityKind.PERCENT, QuantityKind.POINTS}
    return is_share and _MOVED.match(found.label) is not None


_MOVED = re.compile(r"(?:Rise|Fall|Growth|Drop|Increase|Decline|Jump|Decrease) in ")
# How far up a text the days that it measures may stand.
_REACH = 4


def _period_before(one: Candidate) -> tuple[str, Span] | None:
    """The days that the sentences in front measure, with the nearest that names them;
    None if they name none or several. A single day is no such period.
    """
    found: list[tuple[Window, str, Span]] = []
    for sentence in told(one.document):
        if not 0 < one.source.number - sentence.number <= _REACH:
            continue
        for mention in read_dates(sentence.text, published=None):
            window = mention.window
            if window is not None and mention.has_year and window.start != window.end:
                found.append((window, mention.text, sentence.span))
    if not found or len({window for window, _, _ in found}) != 1:
        return None
    _, text, span = found[-1]
    return _joined(text), span


def _joined(dates: str) -> str:
    return re.sub(r"^(\d{1,2}) (?:and|to) (\d{1,2} )", r"\1–\2", dates)


def _is_known(found: Labelled, made: Sequence[Row]) -> bool:
    label = set(words(found.label))
    return any(
        same_amount(found.quantity, row.found.quantity)
        or (label == set(words(row.found.label)))
        for row in made
    )


def _window(text: str, found: Labelled) -> str:
    """The day or days of the figure: the only ones that the sentence names, or the only
    ones right behind it: "held 0.9 in mid-May 2026, half of the average for ...".
    """
    at = text.find(found.quantity.text)
    mentions = read_dates(text, published=None)
    if len(mentions) > 1:
        mentions = tuple(
            one
            for one in mentions
            if one.span.start > at and "," not in text[at : one.span.start]
        )
    if len(mentions) != 1 or not mentions[0].has_year:
        return ""
    mention = mentions[0]
    between = text[min(at, mention.span.start) : max(at, mention.span.start)]
    if mention.text in found.label or _ELSEWHERE.search(between):
        return ""
    part = _PART_OF.search(text[: mention.span.start])
    return (part.group() if part else "") + _joined(mention.text)


def _comparison(text: str, found: Labelled) -> str:
    """Against what, with a figure; of a change, its base alone will do."""
    after = text[text.find(found.quantity.text) + len(found.quantity.text) :]
    # "the largest of 9.2 million, up 20% on the week": the whole of it or nothing.
    if change := _CHANGED.match(after.rstrip(".")):
        return change.group("phrase").strip()
    match = _COMPARED.search(after.rstrip("."))
    if match is None or match.start() > 40:
        return ""
    phrase = match.group("phrase").strip()
    is_change = found.quantity.kind in {QuantityKind.PERCENT, QuantityKind.POINTS}
    return phrase if is_change or read_quantities(phrase) else ""


def keep_back(page: Page) -> None:
    """Sets sentences aside for Key numbers, so that the prose does not spend them all.

    The best three sentences are never set aside: they tell the story.
    """
    top = {place(one) for one in page.pool[:3]}
    # An outlook has a section of its own.
    free = (one for one in page.pool[:60] if not is_outlook(one))
    for row in rows(free):
        if len(page.reserved) >= _KEPT_BACK:
            break
        if row.source is not None and row.source not in top:
            page.reserved.add(row.source)


def key_numbers(
    page: Page, max_items: int, *, ours: Sequence[Row] = ()
) -> tuple[Item, ...]:
    """At most `max_items` rows, at least half with a figure that the prose lacks."""
    pool = [one for one in page.pool[:100] if not page.takes_a_side(one)]
    found = [
        row for row in (*ours, *rows(pool)) if not page.ledger.clashes(row.cells.value)
    ]
    found = [
        row
        for row in found
        if label_is_introduced(row.cells.label, page.ledger.stems, title=page.title)
        and page.holds(_item(row).claims[0])
    ]
    found = [one for one in found if not _is_outdated(one, found)]
    fresh = [one for one in found if not page.ledger.has_said(one.found.quantity)]
    said = [one for one in found if page.ledger.has_said(one.found.quantity)]
    fresh = fresh[:max_items]
    repeated = said[: min(len(fresh), max_items - len(fresh), 2)]
    chosen = _spread(repeated, fresh)
    if len(chosen) < _FEWEST:
        return ()
    return tuple(_item(row) for row in chosen)


def _is_outdated(row: Row, rows: Sequence[Row]) -> bool:
    """The same measure of other days than a newer row's: "Tokens that A processed" of
    last week beside those that B processed in this one.
    """
    days = _days(row)
    return days is not None and any(
        _plain(row) <= _plain(other)
        and (theirs := _days(other)) is not None
        and theirs.start > days.end
        for other in rows
    )


def _plain(row: Row) -> set[str]:
    """The label's words without names: "that", "processed"."""
    return {word for word in row.cells.label.split()[1:] if word.islower()}


def _days(row: Row) -> Window | None:
    mentions = read_dates(row.cells.window, published=None)
    return mentions[0].window if len(mentions) == 1 else None


def _spread(repeated: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """Known figures first: they are the story's own."""
    chosen: list[Row] = []
    for row in (*repeated, *fresh):
        if not any(same_amount(row.found.quantity, o.found.quantity) for o in chosen):
            chosen.append(row)
    return chosen


def _item(row: Row) -> Item:
    text = f"{row.cells.label}: {row.cells.value}"
    kind = ClaimKind.DERIVED if row.derivation else ClaimKind.REPORTED
    made = Claim(text, kind, row.citations, row.derivation)
    return Item(claims=(made,), figure=row.cells)
