"""A sentence about a dispute: each side must be the one that its publisher gives.

No source says that it disagrees with another, so such a sentence has no evidence
sentence; its clauses are held against the sides of the conflict that was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.domain.claim import (
    Citation,
    Claim,
    Conflict,
    Quantity,
    Status,
    Verdict,
)
from briefing.domain.document import Document
from briefing.logic.names import read_names, same_name
from briefing.logic.quantities import same_thing
from briefing.logic.rules.numbers import overlaps
from briefing.logic.rules.page import Page
from briefing.logic.rules.reading import read
from briefing.logic.text import sentences

_CLAUSES = re.compile(r";\s+|,\s+(?:while|but|whereas|and)\s+")
_BASE = re.compile(r"\b(day|week|month|quarter|year)(?:ly)?\b", re.IGNORECASE)
_MARKED = re.compile(r"\s*\([^()]*\)\s*$")

_Side = tuple[Quantity, tuple[Citation, ...]]


def dispute_verdict(page: Page, claim: Claim) -> Verdict | None:
    """SUPPORTED if every clause gives one side of one conflict as its publisher does,
    and names nothing else than publishers, the matter and what the cited places name;
    None if it is no such sentence, and evidence must decide.
    """
    for conflict in page.conflicts:
        sides = _cited_sides(conflict, claim)
        if len(sides) < 2:
            continue
        clauses = _CLAUSES.split(claim.text)
        told = [_told_side(page, clause, conflict.sides) for clause in clauses]
        if None in told or len(set(told)) < 2:
            continue
        if _names_hold(page, claim, conflict):
            places = tuple(place for _, places in sides for place in places)
            return Verdict(
                Status.SUPPORTED, "", "Each publisher gives its side so.", places
            )
    return None


def _cited_sides(conflict: Conflict, claim: Claim) -> list[_Side]:
    return [
        (quantity, places)
        for quantity, places in conflict.sides
        if any(overlaps(place, one) for place in places for one in claim.citations)
    ]


def _told_side(page: Page, clause: str, sides: Sequence[_Side]) -> int | None:
    """Index of the one side that the clause tells, None if it tells none rightly."""
    fitting = [
        number
        for number, (quantity, places) in enumerate(sides)
        if _named(page, clause)
        and _named(page, clause) <= _houses(page, places)
        and all(same_thing(one, quantity) for one in _figures(clause))
        and _bases(clause) <= {quantity.base}
        and (_figures(clause) or _bases(clause))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _figures(clause: str) -> list[Quantity]:
    return list(read(clause).quantities)


def _bases(clause: str) -> set[str]:
    # A base is told by "on the week" or "monthly"; "last week" is D2's affair.
    return {match.group(1).lower() for match in _BASE.finditer(clause)}


def _publisher(document: Document) -> str:
    return _MARKED.sub("", document.publisher)


def _houses(page: Page, places: Sequence[Citation]) -> set[str]:
    held = (page.document(place.document_id) for place in places)
    return {_publisher(one) for one in held if one is not None}


def _named(page: Page, clause: str) -> set[str]:
    """Publishers of the story whose names the clause holds."""
    names = {_publisher(document) for document in page.documents}
    return {name for name in names if name and name in clause}


def _names_hold(page: Page, claim: Claim, conflict: Conflict) -> bool:
    text = claim.text
    for publisher in sorted(_named(page, text), key=len, reverse=True):
        text = text.replace(publisher, "they")
    known = [name.text for name in read_names(conflict.about)]
    known += [name for place in _places(page, claim) for name in read(place).names]
    return all(
        any(same_name(name.text, other) for other in known) for name in read_names(text)
    )


def _places(page: Page, claim: Claim) -> Iterator[str]:
    for citation in claim.citations:
        document = page.document(citation.document_id)
        if document is None:
            continue
        for span in sentences(document.text):
            if span.start < citation.end and citation.start < span.end:
                yield document.text[span.start : span.end]
