"""C3: a person of the sources is no organisation in the claim."""

from __future__ import annotations

from briefing.logic.names import Name, same_name
from briefing.logic.verification.findings import Finding, refuted
from briefing.logic.verification.reading import Kind, Mention, Passage, Reading
from briefing.logic.verification.search import Evidence

_ORGANISATIONS = frozenset(
    "agency company firm bank union ministry regulator authority charity party "
    "newspaper university corporation manufacturer carmaker airline retailer "
    "broadcaster startup association".split()
)
_OFFICES = frozenset(
    "head chief director president minister spokesman spokeswoman spokesperson "
    "professor analyst chairman chairwoman chair ceo founder manager economist lawyer "
    "secretary mayor governor senator".split()
)
# "Luke ..., the former head of", "..., 46, a professor".
_REACH = 4


def check_bearers(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first "agency X" whose X the sources call its head, or None."""
    for mention in claim.names:
        before = claim.reading.tokens[mention.first - 1 : mention.first]
        if not before or before[0].word not in _ORGANISATIONS:
            continue
        name = mention.thing.text
        for reading in evidence.index.readings.values():
            for other in reading.names:
                if same_name(name, other.thing.text) and _is_person(reading, other):
                    reason = f"In the sources {name} is no {before[0].word}."
                    return refuted("C3", reason)
    return None


def _is_person(reading: Reading, mention: Mention[Name]) -> bool:
    """An office stands behind the name and a comma, before any other name."""
    end = mention.thing.span.end
    if " " not in mention.thing.text or reading.text[end : end + 1] != ",":
        return False
    for token in reading.tokens[mention.last : mention.last + _REACH]:
        if token.word in _OFFICES:
            return ":" not in reading.text[end : token.start]
        if token.kind is Kind.NAME:
            return False
    return False
