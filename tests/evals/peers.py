"""The extracts that ours is held against: lead, lead-3, centroid, LexRank, TextRank."""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefing.domain.document import Document
from briefing.logic.extractive.scoring import Vector, cosine, stems, vectors
from briefing.logic.text import sentences

# Longer stories cost the two graph methods the square of their sentences.
_MOST_LINES = 250
_MOST_DISTINCT = 25
_TOO_ALIKE = 0.5
# Erkan and Radev (2004): an edge from this cosine on, a walker who jumps at 0.15.
_EDGE = 0.1
_DAMPING = 0.85
_ROUNDS = 20


def lead(documents: Sequence[Document], words: int) -> str:
    """The first sentences of all documents in turn, until `words` are reached."""
    return _fill(_in_turn(_lines(documents)), words)


def lead_3(documents: Sequence[Document], words: int) -> str:
    """The first three sentences of each document, in at most `words` words."""
    return _fill(_in_turn([lines[:3] for lines in _lines(documents)]), words)


def centroid(documents: Sequence[Document], words: int) -> str:
    """The sentences nearest to the sum of all (Radev et al., 2004)."""
    lines = _flat(documents)
    found = vectors(lines)
    middle: Vector = {}
    for vector in found:
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight
    worth = [cosine(vector, middle) for vector in found]
    return _distinct(lines, found, worth, words)


def lexrank(documents: Sequence[Document], words: int) -> str:
    """The sentences that a walk over alike sentences meets most often."""
    lines = _flat(documents)
    found = vectors(lines)
    links = [[1.0 if cosine(a, b) >= _EDGE else 0.0 for b in found] for a in found]
    return _distinct(lines, found, _walk(links), words)


def textrank(documents: Sequence[Document], words: int) -> str:
    """The same walk over shared words (Mihalcea and Tarau, 2004)."""
    lines = _flat(documents)
    bags = [frozenset(stems(line)) for line in lines]
    links = [
        [_shared(a, b) if i != j else 0.0 for j, b in enumerate(bags)]
        for i, a in enumerate(bags)
    ]
    return _distinct(lines, vectors(lines), _walk(links), words)


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    size = math.log(len(a) or 1) + math.log(len(b) or 1)
    return len(a & b) / size if size > 0 else 0.0


def _walk(links: Sequence[Sequence[float]]) -> list[float]:
    sums = [sum(row) or 1.0 for row in links]
    worth = [1.0] * len(links)
    for _ in range(_ROUNDS):
        shares = [value / total for value, total in zip(worth, sums, strict=True)]
        worth = [
            1
            - _DAMPING
            # The links run both ways, so a row holds what comes in as well.
            + _DAMPING * sum(w * s for w, s in zip(row, shares, strict=True) if w)
            for row in links
        ]
    return worth


def _lines(documents: Sequence[Document]) -> list[list[str]]:
    found = []
    for document in documents:
        spans = sentences(document.text[:40_000])[:160]
        lines = [" ".join(document.text[s.start : s.end].split()) for s in spans]
        found.append([line for line in lines if 5 <= len(line.split()) <= 60])
    return found


def _in_turn(by_document: Sequence[Sequence[str]]) -> list[str]:
    longest = max((len(lines) for lines in by_document), default=0)
    return [lines[i] for i in range(longest) for lines in by_document if i < len(lines)]


def _flat(documents: Sequence[Document]) -> list[str]:
    return [line for lines in _lines(documents) for line in lines][:_MOST_LINES]


def _fill(lines: Sequence[str], words: int) -> str:
    chosen: list[str] = []
    left = words
    for line in lines:
        if len(line.split()) <= left:
            chosen.append(line)
            left -= len(line.split())
    return " ".join(chosen)


def _distinct(
    lines: Sequence[str], found: Sequence[Vector], worth: Sequence[float], words: int
) -> str:
    order = sorted(range(len(lines)), key=lambda i: (-worth[i], i))
    kept: list[int] = []
    for index in order:
        if all(cosine(found[index], found[other]) < _TOO_ALIKE for other in kept):
            kept.append(index)
        if len(kept) >= _MOST_DISTINCT:
            break
    return _fill([lines[index] for index in kept], words)
