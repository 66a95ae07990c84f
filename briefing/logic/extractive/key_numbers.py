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
from briefing.logic.quantities import read_quantities, same_thing
from briefing.logic.rules.reading import is_minor
from briefing.logic.text import words

_KEPT_BACK = 3
_FEWEST = 2
_ELSEWHERE = re.compile(r", (?:and|but|while|which|who)|;| said | announced ")
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
        same_thing(found.quantity, row.found.quantity)
        or (label == set(words(row.found.label)))
        for row in made
    )


def _window(text: str, found: Labelled) -> str:
    """The day or days that the sentence names, if it names just one."""
    mentions = read_dates(text, published=None)
    if len(mentions) != 1 or not mentions[0].has_year:
        return ""
    mention = mentions[0]
    at = text.find(found.quantity.text)
    between = text[min(at, mention.span.start) : max(at, mention.span.start)]
    if mention.text in found.label or _ELSEWHERE.search(between):
        return ""
    return _joined(mention.text)


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
    for row in rows(page.pool[:60]):
        if len(page.reserved) >= _KEPT_BACK:
            break
        if row.source is not None and row.source not in top:
            page.reserved.add(row.source)


def key_numbers(
    page: Page, max_items: int, *, ours: Sequence[Row] = ()
) -> tuple[Item, ...]:
    """At most `max_items` rows, at least half with a figure that the prose lacks."""
    found = [
        row
        for row in (*ours, *rows(page.pool[:100]))
        if not page.ledger.clashes(row.cells.value)
    ]
    found = [
        row
        for row in found
        if label_is_introduced(row.cells.label, page.ledger.stems, title=page.title)
        and page.holds(_item(row).claims[0])
    ]
    fresh = [one for one in found if not page.ledger.has_said(one.found.quantity)]
    said = [one for one in found if page.ledger.has_said(one.found.quantity)]
    fresh = fresh[:max_items]
    repeated = said[: min(len(fresh), max_items - len(fresh), 2)]
    chosen = _spread(repeated, fresh)
    if len(chosen) < _FEWEST:
        return ()
    return tuple(_item(row) for row in chosen)


def _spread(repeated: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """Known figures first: they are the story's own."""
    chosen: list[Row] = []
    for row in (*repeated, *fresh):
        if not any(same_thing(row.found.quantity, o.found.quantity) for o in chosen):
            chosen.append(row)
    return chosen


def _item(row: Row) -> Item:
    text = f"{row.cells.label}: {row.cells.value}"
    kind = ClaimKind.DERIVED if row.derivation else ClaimKind.REPORTED
    made = Claim(text, kind, row.citations, row.derivation)
    return Item(claims=(made,), figure=row.cells)
