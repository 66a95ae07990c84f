"""Which word of a claim stands for which word of a passage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from briefing.logic.verification.reading import Kind, Passage, Token, stem
from briefing.logic.verification.synonyms import SYNONYM_GROUPS

# Longer texts are cut: a sentence of a claim or a window of evidence is never so long.
_MOST_CLAIM_TOKENS = 150
_MOST_PASSAGE_TOKENS = 450
_WEIGHT = {
    Kind.STOP: 0.25, Kind.WORD: 1.0, Kind.NAME: 1.1, Kind.DATE: 1.1, Kind.NUMBER: 1.2,
}  # fmt: skip
_SYNONYM_VALUE = 0.8
_NEXT_TO_EACH_OTHER = 0.15

# The stems that each stem may stand for, itself left out.
_NEAR: dict[str, frozenset[str]] = {}
for _group in SYNONYM_GROUPS:
    _roots = frozenset(stem(_word) for _word in _group)
    for _root in _roots:
        _NEAR[_root] = (_NEAR.get(_root, frozenset()) | _roots) - {_root}
_NONE: frozenset[str] = frozenset()


def are_synonyms(left: str, right: str) -> bool:
    """True if two different stems stand in one group of near synonyms."""
    return right in _NEAR.get(left, _NONE)


def has_synonym(root: str, roots: frozenset[str]) -> bool:
    """True if any of `roots` is a near synonym of the stem `root`."""
    return not _NEAR.get(root, _NONE).isdisjoint(roots)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the claim and the stretch of the passage in its place.

    Attributes:
        claim: token indices in the claim that found no partner.
        passage: token indices in the passage between the same neighbours.
        is_held: matched neighbours stand directly at both sides.
    """

    claim: range
    passage: range
    is_held: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Matched words of a claim and one passage, in order of both.

    Attributes:
        claim: the sentence.
        passage: the evidence.
        pairs: (index in claim.tokens, index in passage.tokens), both rising.
        gaps: what lies between the pairs where the claim has words of its own.
        share: of the claim's content weight that is matched, 0..1.
    """

    claim: Passage
    passage: Passage
    pairs: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]
    share: float

    @property
    def partner(self) -> dict[int, int]:
        """Index in the passage by index in the claim."""
        return dict(self.pairs)


def align(claim: Passage, passage: Passage) -> Alignment:
    """The heaviest common subsequence; content words weigh more than function words."""
    left = claim.tokens[:_MOST_CLAIM_TOKENS]
    right = passage.tokens[:_MOST_PASSAGE_TOKENS]
    pairs = _trace(left, right)
    weights = [_WEIGHT[token.kind] for token in left]
    all_weight = sum(w for w in weights if w >= 1)
    matched = sum(weights[i] for i, _ in pairs if weights[i] >= 1)
    share = matched / all_weight if all_weight else float(bool(pairs))
    gaps = _gaps(pairs, len(left), len(right))
    return Alignment(claim, passage, pairs, gaps, share)


def _worth(left: Token, right: Token) -> float:
    if left.stem == right.stem:
        return _WEIGHT[min(left.kind, right.kind)]
    if left.kind is Kind.WORD and right.kind is Kind.WORD:
        return _SYNONYM_VALUE if are_synonyms(left.stem, right.stem) else 0.0
    return 0.0


def _trace(
    left: tuple[Token, ...], right: tuple[Token, ...]
) -> tuple[tuple[int, int], ...]:
    width = len(right) + 1
    best = [[0.0] * width for _ in range(len(left) + 1)]
    took = [[False] * width for _ in range(len(left) + 1)]
    for i, mine in enumerate(left, start=1):
        row, above = best[i], best[i - 1]
        near = _NEAR.get(mine.stem, _NONE) if mine.kind is Kind.WORD else _NONE
        for j in range(1, width):
            other = right[j - 1]
            skip = above[j] if above[j] >= row[j - 1] else row[j - 1]
            if mine.stem == other.stem or other.stem in near:
                worth = _worth(mine, other)
                if worth:
                    bonus = _NEXT_TO_EACH_OTHER if took[i - 1][j - 1] else 0.0
                    take = above[j - 1] + worth + bonus
                    if take >= skip:
                        row[j] = take
                        took[i][j] = True
                        continue
            row[j] = skip
    pairs: list[tuple[int, int]] = []
    i, j = len(left), len(right)
    while i and j:
        if took[i][j]:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return tuple(reversed(pairs))


def _gaps(
    pairs: tuple[tuple[int, int], ...], claim_size: int, passage_size: int
) -> tuple[Gap, ...]:
    found: list[Gap] = []
    edges = [(-1, -1), *pairs, (claim_size, passage_size)]
    for (i, j), (next_i, next_j) in pairwise(edges):
        if next_i - i <= 1:
            continue
        is_held = i >= 0 and next_i < claim_size
        found.append(Gap(range(i + 1, next_i), range(j + 1, next_j), is_held))
    return tuple(found)
