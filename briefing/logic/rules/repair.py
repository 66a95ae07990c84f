"""A sentence that failed, as its evidence says it; a headline from the body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from briefing.domain.brief import Shape
from briefing.domain.claim import Citation, Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document, Span
from briefing.logic.dates import absolute
from briefing.logic.rules.form import MOST_HEADLINE, headline_fault, leak
from briefing.logic.rules.page import (
    HEADLINE,
    LEAD,
    SUMMARY,
    Line,
    Page,
    lines,
)
from briefing.logic.rules.reading import quotations, read
from briefing.logic.rules.repetition import alike
from briefing.logic.rules.safety import is_order
from briefing.logic.text import sentences, words

Verify = Callable[[Claim], Verdict]

# Below this an evidence sentence says something else than the claim did. Chosen.
SHARED_CONTENT = 0.3
_SHORTEST, _LONGEST = 4, 40
# A sentence that begins so leans on the one before it.
_LEANING = frozenset(
    "he she it they we i you this that these those its his her their our my such both "
    "but and or so also however yet meanwhile still instead then there nor here "
    "it's they're he's she's that's".split()
)
_BEGINS = re.compile(r"[\"“'‘«(]?[A-Z\d$€£¥À-Þ]")
_ENDS = re.compile(r"[.!?…][\"”'’»)]*$")
# Where a sentence can be cut so that what stands before is a sentence still.
_CUT = re.compile(r",? (?:as|while|after|because|when|which|although|since)\b|[,;:–—]")


def from_evidence(
    page: Page, line: Line, verdict: Verdict, verify: Verify
) -> Claim | None:
    """The best evidence sentence that can stand in for the line, None if none can.

    It is a whole sentence, its dates absolute, not in the brief yet, leans on no
    sentence before it, says what the claim was about, and passes verification itself.
    """
    for text, place in _candidates(page, line.claim, verdict):
        claim = replace(
            line.claim,
            text=text,
            kind=ClaimKind.QUOTED if quotations(text) else ClaimKind.REPORTED,
            citations=(place,),
            derivation=None,
            verdict=None,
            written=line.claim.written or line.claim.text,
            edits=(),
        )
        if (
            _stands(text)
            and _is_akin(line.text, text)
            and not _is_told(page, line, text)
        ):
            passed = verify(claim)
            if passed.status is Status.SUPPORTED:
                return replace(claim, verdict=passed)
    return None


def with_dates(page: Page, line: Line, verify: Verify) -> Claim | None:
    """The line's own sentence with its dates made absolute, None if they cannot be."""
    for document in _cited(page, line.claim):
        published = document.published_at.date() if document.published_at else None
        text = absolute(line.text, published=published)
        if text is None or text == line.text:
            continue
        claim = replace(
            line.claim, text=text, verdict=None, written=line.claim.written or line.text
        )
        passed = verify(claim)
        if passed.status is Status.SUPPORTED:
            return replace(claim, verdict=passed)
    return None


def headline_from_body(page: Page, verify: Verify) -> Claim | None:
    """A sentence of What happened, cut at a clause, that keeps a headline's limits and
    does not repeat the sentence that it was cut from.
    """
    for line in lines(page):
        if line.section != LEAD:
            continue
        for text in _clauses(line.text):
            reading = read(text)
            others = [read(one.text) for one in lines(page) if one.section != SUMMARY]
            if headline_fault(text) or alike(reading, others):
                continue
            if reading.dates and any(one.is_relative for one in reading.dates):
                continue
            claim = replace(
                line.claim, text=text, verdict=None, written=page.headline.text
            )
            passed = verify(claim)
            if passed.status is Status.SUPPORTED:
                return replace(claim, verdict=passed)
    return None


def _clauses(text: str) -> Iterator[str]:
    """The sentence up to each border of a clause, longest first, that fits."""
    if quotations(text):
        return
    ends = [match.start() for match in _CUT.finditer(text)]
    for end in sorted({*ends, len(text.rstrip(".!?"))}, reverse=True):
        piece = text[:end].rstrip(" ,;:.!?")
        if len(piece) <= MOST_HEADLINE and len(words(piece)) >= _SHORTEST + 1:
            yield piece


def _candidates(
    page: Page, claim: Claim, verdict: Verdict
) -> Iterator[tuple[str, Citation]]:
    seen: set[tuple[str, int]] = set()
    for citation in (*verdict.evidence, *claim.citations):
        document = page.document(citation.document_id)
        if document is None or citation.text_hash != document.text_hash:
            continue
        published = document.published_at.date() if document.published_at else None
        for span in _sentences_at(document, citation):
            if (document.id, span.start) in seen:
                continue
            seen.add((document.id, span.start))
            text = " ".join(document.text[span.start : span.end].split())
            made = absolute(text, published=published)
            if made is not None:
                place = Citation(document.id, span.start, span.end, document.text_hash)
                yield made, place


def _sentences_at(document: Document, citation: Citation) -> Iterator[Span]:
    for span in sentences(document.text):
        if span.start < citation.end and citation.start < span.end:
            yield span


def _stands(text: str) -> bool:
    """A whole sentence that needs none before it and speaks to a reader."""
    first = (words(text) or ("",))[0]
    return (
        bool(_BEGINS.match(text))
        and bool(_ENDS.search(text))
        and _SHORTEST <= len(words(text)) <= _LONGEST
        and first.replace("’", "'") not in _LEANING
        and not leak(text)
        and not is_order(text)
    )


def _is_akin(written: str, text: str) -> bool:
    content = set(read(written).content)
    return (
        len(content & set(read(text).content)) >= SHARED_CONTENT * len(content)
        if content
        else False
    )


def _is_told(page: Page, line: Line, text: str) -> bool:
    reading = read(text)
    others = [
        read(other.text)
        for other in (page.title, *lines(page))
        if (other.section, other.item, other.index)
        != (line.section, line.item, line.index)
        and other.shape is not Shape.FIGURES
    ]
    return any(reading.normal == one.normal for one in others) or alike(reading, others)


def _cited(page: Page, claim: Claim) -> list[Document]:
    ids = [citation.document_id for citation in claim.citations]
    return [one for one in page.documents if one.id in ids]


def may_be_repaired(line: Line) -> bool:
    """A sentence is replaced once; a figure row and a headline are not sentences."""
    return (
        line.section != HEADLINE
        and line.shape is not Shape.FIGURES
        and line.claim.written is None
    )
