"""What stands behind a sentence: quoted spans with their surroundings, by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.domain.claim import Citation
from briefing.domain.document import Document, Span
from briefing.logic import text as texts
from briefing.render.escaping import cut, one_line

# Longest printed quotation and longest context on each side, in characters. A quotation
# shows where to look, it does not stand in for the page (BRIEF.md C7).
QUOTE_LIMIT = 700
CONTEXT_LIMIT = 320


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited span and one sentence of its document on either side.

    Attributes:
        before: the sentence before and the start of the span's own, with the space that
            parts it from the span; may be "".
        words: the span.
        after: the rest of the span's sentence and the one after, likewise; may be "".
    """

    before: str
    words: str
    after: str


class Quotes:
    """Cuts quotations out of a story's documents; each is split into sentences once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents: Mapping[str, Document] = {one.id: one for one in documents}
        self._sentences: dict[str, tuple[Span, ...]] = {}

    def of(self, citation: Citation) -> Quote | None:
        """The quotation; None when the text is not at hand, has changed since, or is
        shorter than the citation says.
        """
        document = self._documents.get(citation.document_id)
        if document is None or document.text_hash != citation.text_hash:
            return None
        span = Span(citation.start, citation.end)
        if not 0 <= span.start < span.end <= len(document.text):
            return None
        frame = self._frame(document, span)
        return Quote(
            before=_before(document.text[frame.start : span.start]),
            words=cut(document.text[span.start : span.end], QUOTE_LIMIT),
            after=_after(document.text[span.end : frame.end]),
        )

    def _frame(self, document: Document, span: Span) -> Span:
        if document.id not in self._sentences:
            self._sentences[document.id] = texts.sentences(document.text)
        all_of_them = self._sentences[document.id]
        touched = [
            index
            for index, one in enumerate(all_of_them)
            if one.start < span.end and span.start < one.end
        ]
        if not touched:
            return span
        first = all_of_them[max(0, touched[0] - 1)]
        last = all_of_them[min(len(all_of_them) - 1, touched[-1] + 1)]
        return Span(min(first.start, span.start), max(last.end, span.end))


def _before(text: str) -> str:
    line = one_line(text)
    if len(line) > CONTEXT_LIMIT:
        line = "…" + line[-(CONTEXT_LIMIT - 1) :].partition(" ")[2]
    return f"{line} " if line and text[-1:].isspace() else line


def _after(text: str) -> str:
    line = cut(text, CONTEXT_LIMIT)
    return f" {line}" if line and text[:1].isspace() else line
