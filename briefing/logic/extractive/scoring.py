"""How much a sentence says of what all documents say: position-weighted centrality."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from briefing.logic.extractive.reading import Told
from briefing.logic.text import content_words

Vector = dict[str, float]

# Measured on half of the Multi-News rows (tests/evals/writing.py).
_POSITION_STEP = 0.04
_POSITION_FLOOR = 0.4
_MMR_BALANCE = 0.45


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without the commonest English endings; only for comparing."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending).rstrip("e")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word.rstrip("e") if len(word) > 4 else word


@lru_cache(maxsize=2_048)
def stems(text: str) -> tuple[str, ...]:
    """Content words as stems, in order."""
    return tuple(stem(word) for word in content_words(text))


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Unit vectors of stems, weighted by how few of the texts hold them."""
    bags = [Counter(stems(text)) for text in texts]
    spread = Counter(term for bag in bags for term in bag)
    total = len(bags) + 1
    return [
        _unit(
            {
                term: (1 + math.log(count)) * math.log(total / spread[term])
                for term, count in bag.items()
            }
        )
        for bag in bags
    ]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    if not length:
        return {}
    return {term: weight / length for term, weight in vector.items()}


def cosine(left: Vector, right: Vector) -> float:
    """Of two unit vectors, 0..1."""
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right.get(term, 0.0) for term, weight in left.items())


def centroid(sentences: Sequence[Told], found: Sequence[Vector]) -> Vector:
    """The middle of all documents, each document counted alike however long it is."""
    sizes = Counter(sentence.document.id for sentence in sentences)
    middle: Vector = {}
    for sentence, vector in zip(sentences, found, strict=True):
        share = position_weight(sentence.number) / math.sqrt(
            sizes[sentence.document.id]
        )
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight * share
    return _unit(middle)


def position_weight(number: int) -> float:
    """1 for the first sentence of a text, falling to a floor: news leads with it."""
    return max(_POSITION_FLOOR, 1.0 - _POSITION_STEP * number)


def scores(sentences: Sequence[Told], found: Sequence[Vector]) -> list[float]:
    """One score a sentence: nearness to the middle times its position's weight."""
    middle = centroid(sentences, found)
    return [
        cosine(vector, middle) * position_weight(sentence.number)
        for sentence, vector in zip(sentences, found, strict=True)
    ]


def spread_out(
    worth: Sequence[float], found: Sequence[Vector], *, limit: int
) -> list[int]:
    """Indices in the order of marginal relevance: worth, less what was said already."""
    left = sorted(range(len(worth)), key=lambda i: (-worth[i], i))[:200]
    nearest = dict.fromkeys(left, 0.0)
    order: list[int] = []
    while left and len(order) < limit:
        best = max(
            left,
            key=lambda i: (
                _MMR_BALANCE * worth[i] - (1 - _MMR_BALANCE) * nearest[i],
                -i,
            ),
        )
        left.remove(best)
        order.append(best)
        for index in left:
            nearest[index] = max(nearest[index], cosine(found[index], found[best]))
    return order
