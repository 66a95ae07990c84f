"""A published brief checked again from its stored texts: nothing may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.domain.brief import Brief, Draft, Held, Section, SectionSpec
from briefing.domain.claim import Citation, Claim
from briefing.domain.document import Document
from briefing.pipeline.check import check


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a published brief that its stored texts do not bear out.

    Attributes:
        slug: which brief.
        text: the sentence, or "" if it is about the whole brief.
        message: one sentence that a reader understands.
    """

    slug: str
    text: str
    message: str


def recheck(
    brief: Brief,
    texts: Mapping[str, Document],
    *,
    specs: Sequence[SectionSpec],
    filler: Sequence[str] = (),
) -> tuple[Fault, ...]:
    """What is wrong with a published brief, given the stored documents by id."""
    missing = [one for one in brief.story.documents if one.id not in texts]
    if missing:
        return tuple(
            Fault(brief.slug, "", f"the text of {one.publisher or one.id} is missing")
            for one in missing
        )
    broken = [
        Fault(brief.slug, claim.text, "its source's text was changed since")
        for claim in claims_of(brief)
        if any(_is_changed(one, texts) for one in claim.citations)
    ]
    if broken:
        return tuple(broken)
    documents = tuple(texts[one.id] for one in brief.story.documents)
    outcome = check(
        Draft(
            story=replace(brief.story, documents=documents),
            headline=_bare(brief.headline),
            sections=tuple(map(_bare_section, brief.sections)),
            provenance=brief.provenance,
            edition_date=brief.edition_date,
            glosses=tuple(
                replace(one, claim=_bare(one.claim)) for one in brief.glosses
            ),
        ),
        specs=specs,
        filler=filler,
    )
    if isinstance(outcome, Held):
        return (Fault(brief.slug, "", f"it would be held now: {outcome.reason}"),)
    now = {one.text for one in claims_of(outcome)}
    reasons = {one.text: f"{one.rule}: {one.message}" for one in outcome.violations}
    return tuple(
        Fault(brief.slug, one.text, reasons.get(one.text, "it would be struck now"))
        for one in claims_of(brief)
        if one.text not in now
    )


def claims_of(brief: Brief) -> tuple[Claim, ...]:
    """Every claim, the headline first, then in reading order, what explains a term
    last.
    """
    body = (
        claim
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    )
    return (brief.headline, *body, *(one.claim for one in brief.glosses))


def _is_changed(citation: Citation, texts: Mapping[str, Document]) -> bool:
    document = texts.get(citation.document_id)
    return document is None or document.text_hash != citation.text_hash


def _bare(claim: Claim) -> Claim:
    return replace(claim, verdict=None, written=None)


def _bare_section(section: Section) -> Section:
    items = tuple(
        replace(item, claims=tuple(map(_bare, item.claims))) for item in section.items
    )
    return replace(section, items=items)
