"""Figures that articles state, each with its sentence and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.domain.claim import Approximation, Citation, Quantity
from briefing.domain.document import Document, DocumentKind, Span
from briefing.logic.quantities import read_quantities
from briefing.logic.text import sentences

# Other times, other wholes, plans: nothing to be held against two snapshots.
ELSEWHERE = re.compile(
    r"\b(?:would|could|might|expects?|expected|forecasts?|year|years|month|months|"
    r"quarter|april|march|january|february|listed|ranked|table)\b",
    re.IGNORECASE,
)
BASE_WORDS = {
    "day": "on the day",
    "week": "on the week",
    "month": "on the month",
    "quarter": "on the quarter",
    "year": "on the year",
}
_MAX_CHARS = 20_000
_MARKED = re.compile(r"\s*\([^()]*\)\s*$")
_HEDGES = {
    Approximation.OVER: "more than ",
    Approximation.AT_LEAST: "at least ",
    Approximation.UNDER: "less than ",
    Approximation.AT_MOST: "at most ",
    Approximation.ABOUT: "about ",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in a sentence of a document; `quantity.span` counts in the sentence."""

    document: Document
    span: Span
    sentence: str
    quantity: Quantity

    @property
    def citation(self) -> Citation:
        """Of the whole sentence."""
        return Citation(
            self.document.id, self.span.start, self.span.end, self.document.text_hash
        )

    @property
    def publisher(self) -> str:
        """Who says so, without the mark of samples."""
        return house(self.document)


def statements(documents: Sequence[Document]) -> Iterator[Stated]:
    """Every single figure of the English articles, in their order; ranges left out."""
    for document in documents:
        if document.kind is DocumentKind.RANKING or not document.publisher:
            continue
        if not (document.language or "en").startswith("en"):
            continue
        text = document.text[:_MAX_CHARS]
        for span in sentences(text):
            line = text[span.start : span.end]
            for quantity in read_quantities(line):
                if quantity.upper is None:
                    yield Stated(document, span, line, quantity)


def house(document: Document) -> str:
    """The publisher's name as it is printed in a sentence."""
    return _MARKED.sub("", document.publisher)


def hedged(said: Quantity) -> str:
    """The figure with its hedge: "more than 45%"."""
    return f"{_HEDGES.get(said.approximation, '')}{said.text}"
