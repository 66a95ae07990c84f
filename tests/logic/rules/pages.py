"""Pages for the tests of the rules; a test states only what it is about."""

from __future__ import annotations

from dataclasses import replace

from briefing.domain.brief import Figure, Item, Section, Shape, Violation
from briefing.domain.claim import Citation, Claim, ClaimKind
from briefing.domain.document import Document
from briefing.logic.rules.page import DISAGREEMENTS, LEAD, SUMMARY, Page

SHAPES = {
    SUMMARY: Shape.PROSE,
    "why_it_matters": Shape.ANSWERS,
    "quick_answers": Shape.ANSWERS,
    "key_numbers": Shape.FIGURES,
}


def claim(
    text: str, *citations: Citation, kind: ClaimKind = ClaimKind.REPORTED
) -> Claim:
    """An unchecked sentence."""
    return Claim(text, kind, citations)


def bullets(*texts: str | Claim, name: str = LEAD) -> Section:
    """A section with one sentence a bullet."""
    claims = [one if isinstance(one, Claim) else claim(one) for one in texts]
    return Section(
        name,
        name.replace("_", " ").capitalize(),
        SHAPES.get(name, Shape.BULLETS),
        tuple(Item((one,)) for one in claims),
    )


def disagreement(*texts: str | Claim) -> Section:
    """The section Where sources disagree."""
    return bullets(*texts, name=DISAGREEMENTS)


def answers(*pairs: tuple[str, str], name: str = "why_it_matters") -> Section:
    """Questions with an answer of one sentence each."""
    items = tuple(Item((claim(text),), question=question) for question, text in pairs)
    return Section(name, name.replace("_", " ").capitalize(), Shape.ANSWERS, items)


def figures(*rows: tuple[str, str] | tuple[str, str, str]) -> Section:
    """Key numbers; a row is value, label and, where there is one, comparison."""
    items = []
    for value, label, *rest in rows:
        figure = Figure(value, label, comparison=rest[0] if rest else "")
        items.append(Item((claim(f"{label}: {value}"),), figure=figure))
    return Section("key_numbers", "Key numbers", Shape.FIGURES, tuple(items))


def page(*sections: Section, headline: str = "Plant opens", **changes: object) -> Page:
    """A page with these sections."""
    return replace(Page(claim(headline), sections), **changes)  # type: ignore[arg-type]


def cited(text: str, document: Document, words: str | None = None) -> Claim:
    """A sentence that cites `words` of the document, or all of it."""
    start = document.text.index(words) if words else 0
    end = start + len(words) if words else len(document.text)
    place = Citation(document.id, start, end, document.text_hash)
    return Claim(text, ClaimKind.REPORTED, (place,))


def found(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    """Rule and text of each, in order."""
    return [(one.rule, one.text) for one in violations]
