"""Where sources disagree: one sentence a conflict, every side with its publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.domain.brief import Item
from briefing.domain.claim import Citation, Claim, ClaimKind, Conflict, Quantity
from briefing.domain.document import Document
from briefing.logic.text import words

_BASES = {
    "day": "a daily change",
    "week": "a change on the week",
    "month": "a change on the month",
    "quarter": "a change on the quarter",
    "year": "a change on the year",
}


def disagreements(
    conflicts: Sequence[Conflict],
    documents: Sequence[Document],
    limit: int,
    max_items: int,
) -> tuple[Item, ...]:
    """At most `max_items` conflicts in `limit` words together."""
    held = {document.id: document for document in documents}
    made: list[Item] = []
    left = limit
    for conflict in conflicts[:max_items]:
        text = _sentence(conflict, held)
        size = len(words(text))
        if not text or size > left:
            continue
        left -= size
        citations = tuple(place for _, places in conflict.sides for place in places[:2])
        made.append(Item(claims=(Claim(text, ClaimKind.REPORTED, citations),)))
    return tuple(made)


def _sentence(conflict: Conflict, held: Mapping[str, Document]) -> str:
    (first, first_places), (second, second_places) = conflict.sides[:2]
    left = _publishers(first_places, held)
    right = _publishers(second_places, held)
    if not left or not right or left == right:
        return ""
    if first.base != second.base and first.value == second.value:
        return (
            f"{left} {_verb(left, 'calls', 'call')} {first.text} "
            f"{_base(first)}; {right} {_verb(right, 'calls', 'call')} it "
            f"{_base(second)}."
        )
    return (
        f"{left} {_verb(left, 'puts', 'put')} {conflict.about} at {first.text}; "
        f"{right} {_verb(right, 'says', 'say')} {second.text}."
    )


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
