"""The evidence for a claim: its cited spans, or the best windows of all documents."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from briefing.domain.claim import Citation
from briefing.domain.document import Document
from briefing.logic.verification.alignment import Alignment, align, has_synonym
from briefing.logic.verification.families import family
from briefing.logic.verification.reading import (
    Kind,
    Passage,
    Reading,
    Token,
    read_document,
)

_MOST_CANDIDATES = 12
_MOST_WINDOWS = 3
_TITLE_VALUE = 0.02
_LONGEST_WINDOW = 3
# A further sentence must bring this share of the claim's weight to be taken in.
# Measured on the development sets: docs/evidence.md.
_WORTH_A_SENTENCE = 0.08
_SYNONYM_VALUE = 0.7
# Sentences before a passage that may hold what its pronouns stand for.
_ANTECEDENTS = 2


class EvidenceIndex:
    """Documents analysed once; pass it to `verify` in place of the documents.

    Attributes:
        readings: each document's analysis by its id.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.readings = {
            key: read_document(document) for key, document in documents.items()
        }

    @cached_property
    def _sentences(self) -> tuple[tuple[Reading, int], ...]:
        return tuple(
            (reading, number)
            for reading in self.readings.values()
            for number in range(len(reading.spans))
        )

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, ...]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, (reading, number) in enumerate(self._sentences):
            first, last = reading.bounds[number]
            for root in dict.fromkeys(t.stem for t in reading.tokens[first:last]):
                places[root].append(index)
        return {root: tuple(found) for root, found in places.items()}

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Every word of every name of the documents, in lower case."""
        return frozenset(
            reading.tokens[place].word
            for reading in self.readings.values()
            for mention in reading.names
            for place in range(mention.first, mention.last)
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of every document, in lower case."""
        rows = (reading.tokens for reading in self.readings.values())
        return frozenset(token.word for row in rows for token in row)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Every two stems that follow each other, or with one word between."""
        rows = (neighbours(reading.tokens) for reading in self.readings.values())
        return frozenset().union(*rows)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of every document."""
        return frozenset(self._places)

    def sentences_with(self, root: str) -> tuple[Passage, ...]:
        """Every sentence of the documents that holds a stem, in their order."""
        return tuple(
            _sentences_of(reading, number, number)
            for reading, number in map(
                self._sentences.__getitem__, self._places.get(root, ())
            )
        )

    def weight(self, root: str) -> float:
        """How telling a stem is: rare in these documents is heavy, at least 1."""
        count = len(self._places.get(root, ()))
        return 1 + math.log((1 + len(self._sentences)) / (1 + count))

    def weights(self, claim: Passage) -> dict[str, float]:
        """The weight of each content stem of a claim."""
        return {
            token.stem: self.weight(token.stem)
            for token in claim.tokens
            if token.kind is not Kind.STOP
        }

    def best_windows(self, claim: Passage) -> tuple[Passage, ...]:
        """At most three passages that together hold most of the claim, best first."""
        wanted = self.weights(claim)
        windows: list[Passage] = []
        total = sum(wanted.values()) or 1.0
        while wanted and len(windows) < _MOST_WINDOWS:
            found = self._best_window(wanted, total)
            if found is None:
                break
            passage, gain = found
            if windows and gain < 2 * _WORTH_A_SENTENCE * total:
                break
            windows.append(passage)
            left = {r: w for r, w in wanted.items() if not _holds(passage.stems, r)}
            if len(left) == len(wanted):
                break
            wanted = left
        return tuple(windows)

    def _best_window(
        self, wanted: Mapping[str, float], total: float
    ) -> tuple[Passage, float] | None:
        scores: Counter[int] = Counter()
        for root, weight in wanted.items():
            for index in self._places.get(root, ()):
                scores[index] += weight  # type: ignore[assignment]
        ranked = sorted(scores, key=lambda index: (-scores[index], index))
        best: tuple[Passage, float] | None = None
        best_score = 0.0
        for index in ranked[:_MOST_CANDIDATES]:
            reading, number = self._sentences[index]
            passage, gain = _grown(reading, number, wanted, total)
            first, last = passage.first, passage.last
            titled = passage.reading.title_stems - passage.stems
            score = gain - 0.002 * total * (last - first) / 10
            # Of copies, the one whose title says more of the claim.
            score += _TITLE_VALUE * sum(wanted.get(root, 0.0) for root in titled)
            if score > best_score:
                best, best_score = (passage, gain), score
        return best


def _grown(
    reading: Reading, number: int, wanted: Mapping[str, float], total: float
) -> tuple[Passage, float]:
    first = last = number
    passage = _sentences_of(reading, first, last)
    gain = _gain(passage, wanted)
    while last - first + 1 < _LONGEST_WINDOW:
        options = []
        if first > 0:
            options.append((first - 1, last))
        if last + 1 < len(reading.spans):
            options.append((first, last + 1))
        tries = [(_sentences_of(reading, a, b), a, b) for a, b in options]
        scored = [(_gain(wider, wanted), wider, a, b) for wider, a, b in tries]
        if not scored:
            break
        more, wider, a, b = max(scored, key=lambda one: one[0])
        if more - gain < _WORTH_A_SENTENCE * total:
            break
        passage, gain, first, last = wider, more, a, b
    return passage, gain


def _sentences_of(reading: Reading, first: int, last: int) -> Passage:
    return Passage(reading, reading.spans[first].start, reading.spans[last].end)


def _gain(passage: Passage, wanted: Mapping[str, float]) -> float:
    stems = passage.stems
    gain = 0.0
    for root, weight in wanted.items():
        if root in stems:
            gain += weight
        elif has_synonym(root, stems):
            gain += _SYNONYM_VALUE * weight
    return gain


def _holds(stems: frozenset[str], root: str) -> bool:
    return root in stems or has_synonym(root, stems)


@dataclass(frozen=True)
class Evidence:
    """What a claim is held against.

    Attributes:
        passages: cited spans or found windows, best first.
        context: sentences that only resolve pronouns and subjects.
        alignments: of the claim to each passage, in the passages' order.
        index: everything that was given.
        is_cited: the claim named its spans itself.
    """

    passages: tuple[Passage, ...]
    context: tuple[Passage, ...]
    alignments: tuple[Alignment, ...]
    index: EvidenceIndex
    is_cited: bool

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of the passages."""
        return frozenset().union(*(passage.stems for passage in self.passages))

    @cached_property
    def families(self) -> frozenset[str]:
        """The word family of every stem of the passages."""
        return frozenset(map(family, self.stems))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The passages as places in the stored texts, best first."""
        return tuple(place(passage) for passage in self.passages)


def neighbours(tokens: tuple[Token, ...]) -> frozenset[tuple[str, str]]:
    """The stems of each two tokens that follow each other or leave one word out."""
    stems = [token.stem for token in tokens]
    apart = zip(stems, stems[2:], strict=False)
    return frozenset([*pairwise(stems), *apart])


def sentence_at(reading: Reading, token: int) -> Passage:
    """The sentence that holds a token of the whole text."""
    number = bisect_right(reading.bounds, token, key=lambda bound: bound[0]) - 1
    span = reading.spans[max(number, 0)]
    return Passage(reading, span.start, span.end)


def place(passage: Passage) -> Citation:
    """Where a passage stands."""
    reading = passage.reading
    return Citation(reading.document_id, passage.start, passage.end, reading.text_hash)


def gather(
    claim: Passage, citations: Sequence[Citation], index: EvidenceIndex
) -> Evidence:
    """The passages of a claim, aligned; the best aligned comes first."""
    is_cited = bool(citations)
    passages = (
        tuple(
            Passage(index.readings[c.document_id], c.start, c.end)
            for c in dict.fromkeys(citations)
            if c.document_id in index.readings
        )
        if is_cited
        else index.best_windows(claim)
    )
    alignments = [align(claim, passage) for passage in passages]
    order = sorted(range(len(passages)), key=lambda i: (-alignments[i].share, i))
    return Evidence(
        passages=tuple(passages[i] for i in order),
        context=tuple(c for i in order for c in _context(passages[i])),
        alignments=tuple(alignments[i] for i in order),
        index=index,
        is_cited=is_cited,
    )


def _context(passage: Passage) -> tuple[Passage, ...]:
    reading = passage.reading
    before = [span for span in reading.spans if span.start < passage.start]
    near = before[-_ANTECEDENTS:]
    if not near:
        return ()
    return (Passage(reading, near[0].start, passage.end),)
