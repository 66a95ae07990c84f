"""What was changed of a cited sentence before it was printed, for the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.domain.brief import Draft, Item, Section
from briefing.domain.claim import Claim
from briefing.domain.document import Document
from briefing.logic.dates import read_dates
from briefing.logic.quantities import read_quantities, same_thing
from briefing.logic.text import normalise, words

SHORTENED = "shortened"
DATE_RESOLVED = "date resolved"
REFERENCE_RESOLVED = "reference resolved"
QUANTITY_NORMALISED = "quantity normalised"


def recorded(draft: Draft) -> Draft:
    """The draft with `edits` set on every sentence that is not printed as it stands."""
    documents = {one.id: one for one in draft.story.documents}

    def item(one: Item) -> Item:
        if one.figure is not None:
            return one  # a label is ours: nothing of it pretends to stand there
        claims = tuple(_recorded(claim, documents) for claim in one.claims)
        return replace(one, claims=claims)

    def section(one: Section) -> Section:
        return replace(one, items=tuple(map(item, one.items)))

    return replace(
        draft,
        headline=_recorded(draft.headline, documents),
        sections=tuple(map(section, draft.sections)),
    )


def _recorded(claim: Claim, documents: Mapping[str, Document]) -> Claim:
    if claim.derivation is not None or not claim.citations:
        return claim
    place = claim.citations[0]
    cited = documents[place.document_id].text[place.start : place.end]
    return replace(claim, edits=edits(claim.text, cited))


def edits(text: str, cited: str) -> tuple[str, ...]:
    """Which kinds of change lead from the cited words to the printed ones, in a fixed
    order; () when a reader would find the very sentence there.
    """
    if normalise(text) in normalise(cited):
        return () if len(words(text)) == len(words(cited)) else (SHORTENED,)
    found = []
    ours, theirs = set(words(text)), set(words(cited))
    if len(theirs - ours) > len(ours - theirs):
        found.append(SHORTENED)
    if _dates(text) - _dates(cited):
        found.append(DATE_RESOLVED)
    if words(text)[:1] != words(cited)[:1] and ours - theirs:
        found.append(REFERENCE_RESOLVED)
    if _is_printed_otherwise(text, cited):
        found.append(QUANTITY_NORMALISED)
    return tuple(found)


def _dates(text: str) -> set[str]:
    mentions = read_dates(text, published=None)
    return {normalise(one.text) for one in mentions if not one.is_relative}


def _is_printed_otherwise(text: str, cited: str) -> bool:
    there = read_quantities(cited)
    return any(
        all(one.text != other.text for other in there)
        and any(same_thing(one, other) for other in there)
        for one in read_quantities(text)
    )
