"""Where sources disagree: one sentence a conflict, every side with its publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.domain.brief import Item
from briefing.domain.claim import (
    Approximation,
    Citation,
    Claim,
    ClaimKind,
    Conflict,
    Direction,
    Quantity,
)
from briefing.domain.document import Document
from briefing.logic.extractive.clauses import parse, question_subject
from briefing.logic.extractive.page import Page, items
from briefing.logic.extractive.roles import disputes
from briefing.logic.rules.reading import read
from briefing.logic.text import words

_SENTENCE_WORDS = 32

_BASES = {
    "day": "a daily change",
    "week": "a change on the week",
    "month": "a change on the month",
    "quarter": "a change on the quarter",
    "year": "a change on the year",
}


def disagreements(
    page: Page, limit: int, max_items: int, *, ours: Sequence[Claim] = ()
) -> tuple[Item, ...]:
    """The conflicts, then `ours`, what we found against a ranking, then what a source
    itself tells of a dispute, in `limit` words.
    """
    held = {document.id: document for document in page.story.documents}
    made: list[Claim] = []
    left = limit
    for conflict in page.conflicts:
        if _is_told_before(page, conflict):
            continue
        citations = tuple(place for _, places in conflict.sides for place in places[:2])
        text = _sentence(conflict, held)
        claim = Claim(text, ClaimKind.REPORTED, citations)
        size = len(words(text))
        if text and size <= left and len(made) < max_items:
            made.append(claim)
            left -= size
    for claim in ours:
        size = len(words(claim.text))
        if size <= left and len(made) < max_items and page.holds(claim):
            made.append(claim)
            left -= size
    for one in page.free():
        if len(made) >= max_items or left < 12:
            break
        if disputes(one):
            told = page.take(one, min(left, _SENTENCE_WORDS))
            if told is not None:
                made.append(told)
                left -= len(words(told.text))
    return items(made)


def _sentence(conflict: Conflict, held: Mapping[str, Document]) -> str:
    """Each side in a clause of its own, with who says so; "" if nobody is named."""
    (first, first_places), (second, second_places) = conflict.sides[:2]
    left = _publishers(first_places, held)
    right = _publishers(second_places, held)
    if not left or not right or left == right:
        return ""
    if first.base != second.base and first.value == second.value:
        what = _what_moved(first, (*first_places, *second_places), held)
        return (
            f"{left} {_verb(left, 'calls', 'call')} {what} "
            f"{_base(first)}; {right} {_verb(right, 'calls', 'call')} it "
            f"{_base(second)}."
        )
    return (
        f"{left} {_verb(left, 'speaks', 'speak')} of {_hedged(first)}; "
        f"{right} {_verb(right, 'speaks', 'speak')} of {_hedged(second)}."
    )


def _what_moved(
    figure: Quantity, places: Sequence[Citation], held: Mapping[str, Document]
) -> str:
    """ "the rise of 19.89% for the ranked models", "19.89%" if no place has a plain
    subject for it.
    """
    for place in places:
        document = held.get(place.document_id)
        clause = parse(document.text[place.start : place.end]) if document else None
        if clause is None or read(clause.subject).quantities:
            continue
        if len(clause.subject.split()) <= _SUBJECT_WORDS:
            moved = _MOVES.get(figure.direction, "change")
            return (
                f"the {moved} of {figure.text} for {question_subject(clause.subject)}"
            )
    return figure.text


_SUBJECT_WORDS = 5
_MOVES = {Direction.UP: "rise", Direction.DOWN: "fall"}


def _is_told_before(page: Page, conflict: Conflict) -> bool:
    """All of it is of earlier dates, and this brief does not give the figure."""
    new = set(page.story.new_document_ids)
    sides = conflict.sides
    return (
        bool(new)
        and not any(p.document_id in new for _, places in sides for p in places)
        and not any(page.ledger.has_said(quantity) for quantity, _ in sides)
    )


def _hedged(quantity: Quantity) -> str:
    """The figure with its hedge: "about 38,000 customers"."""
    return f"{_HEDGES.get(quantity.approximation, '')}{quantity.text}"


_HEDGES = {
    Approximation.ABOUT: "about ",
    Approximation.OVER: "more than ",
    Approximation.UNDER: "less than ",
    Approximation.AT_LEAST: "at least ",
    Approximation.AT_MOST: "at most ",
}


def _base(quantity: Quantity) -> str:
    return _BASES.get(quantity.base, f"a change on the {quantity.base}")


def _verb(publishers: str, one: str, several: str) -> str:
    return several if " and " in publishers else one


def _publishers(places: Sequence[Citation], held: Mapping[str, Document]) -> str:
    """Who says so, two names at most; a text without a publisher is "one source"."""
    names: list[str] = []
    for place in places:
        document = held.get(place.document_id)
        name = document.publisher if document else ""
        name = name.replace("(sample)", "").strip()
        if name and name not in names:
            names.append(name)
    return " and ".join(names[:2])
