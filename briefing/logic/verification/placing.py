"""How well a place in a passage fits the place of a mention in the claim."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.logic.verification.alignment import are_synonyms
from briefing.logic.verification.reading import Kind, Mention, Passage, T

_CLAIM_REACH = 7
_PASSAGE_REACH = 14
_KIND_WEIGHT = {
    Kind.STOP: 0.2, Kind.WORD: 1.0, Kind.NAME: 0.9, Kind.DATE: 0.6, Kind.NUMBER: 0.7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens first..last of a passage.

    Attributes:
        passage: where.
        first: index in passage.tokens of the first token.
        last: index after the last.
    """

    passage: Passage
    first: int
    last: int


def place_of(passage: Passage, mention: Mention[T]) -> Place:
    """Where a mention stands, counted in the passage's own tokens."""
    return Place(passage, mention.first - passage.first, mention.last - passage.first)


def fit(claim: Place, evidence: Place) -> float:
    """0..1: how much of what stands around the claim's place stands, at about the same
    distance and on the same side, around the place in the evidence.
    """
    around = _around(evidence, _PASSAGE_REACH)
    have = total = 0.0
    for offset, root, kind in _around(claim, _CLAIM_REACH):
        weight = _KIND_WEIGHT[kind] / (1 + 0.35 * abs(offset))
        if kind is Kind.STOP and abs(offset) > 2:
            continue
        total += weight
        have += weight * _best_echo(offset, root, kind, around)
    return have / total if total else 0.0


def _around(place: Place, reach: int) -> list[tuple[int, str, Kind]]:
    tokens = place.passage.tokens
    before = range(max(0, place.first - reach), place.first)
    after = range(place.last, min(len(tokens), place.last + reach))
    return [
        *((i - place.first, tokens[i].stem, tokens[i].kind) for i in before),
        *((i - place.last + 1, tokens[i].stem, tokens[i].kind) for i in after),
    ]


def _best_echo(
    offset: int, root: str, kind: Kind, around: list[tuple[int, str, Kind]]
) -> float:
    best = 0.0
    for other_offset, other, _ in around:
        if other == root:
            value = 1.0
        elif kind is Kind.WORD and are_synonyms(root, other):
            value = 0.8
        else:
            continue
        if kind is Kind.STOP and other_offset != offset:
            continue
        away = abs(offset - other_offset)
        value *= 1.0 if away <= 1 else 0.85 if away <= 4 else 0.6 if away <= 9 else 0.4
        if offset * other_offset < 0:
            value *= 0.7
        best = max(best, value)
    return best
