"""The sentences a brief may print: standing alone, merged, the best first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.domain.claim import Citation, Quantity
from briefing.domain.document import Document, DocumentKind, Span
from briefing.domain.story import Story
from briefing.logic.extractive.counts import with_nouns
from briefing.logic.extractive.reading import Told, readable, told
from briefing.logic.extractive.resolve import stand_alone
from briefing.logic.extractive.scoring import (
    Vector,
    cosine,
    scores,
    stems,
    vectors,
)
from briefing.logic.extractive.trims import tidy
from briefing.logic.names import same_name
from briefing.logic.quantities import same_thing
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.text import jaccard, words

# "If the assembly agrees, ..." tells nothing to somebody who has read nothing yet.
_CONDITION = re.compile(r"(?:If|Unless|Should|Whether|Otherwise)\b")
# Only so many are taken apart: the rest scores too low to be printed in a brief.
_DEEPLY_READ = 140
# Chosen: above this two sentences of different publishers tell one thing.
_SAME_FACT = 0.62
_SAME_WORDS = 0.5
_NEWS_CYCLE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be printed as it is.

    Attributes:
        text: stands alone.
        source: the sentence it was made from.
        citations: its own span first, then those of others who say the same.
        houses: independent publishers who say it.
        vector: for likeness.
        score: importance; only its order means something.
        is_first_fit: may open a brief.
        is_new: from a document that no earlier edition had.
        is_background: from a text days older than the newest; it names its own day.
    """

    text: str
    source: Told
    citations: tuple[Citation, ...]
    houses: tuple[str, ...]
    vector: Vector
    score: float
    is_first_fit: bool
    is_new: bool
    is_background: bool = False

    @property
    def document(self) -> Document:
        """Whose sentence it is."""
        return self.source.document

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Figures worth printing, outside quotations."""
        return tuple(one for one in read(self.text).quantities if not is_minor(one))

    @property
    def names(self) -> tuple[str, ...]:
        """Proper names in it."""
        return read(self.text).names

    @property
    def has_date(self) -> bool:
        """It names a day, a month or a year."""
        return bool(read(self.text).dates)

    @property
    def size(self) -> int:
        """Words, as limits count them."""
        return len(words(self.text))


def cite(document: Document, span: Span) -> Citation:
    """A place in a document's text."""
    return Citation(document.id, span.start, span.end, document.text_hash)


def candidates(story: Story) -> tuple[Candidate, ...]:
    """Every printable sentence of a story, most important first."""
    documents = readable(story.documents)
    originals = dict(story.copies)
    by_document = {document.id: told(document) for document in documents}
    sentences = [one for document in documents for one in by_document[document.id]]
    found = vectors([one.text for one in sentences])
    worth = _weighted(story, sentences, found, originals)
    order = sorted(range(len(sentences)), key=lambda i: (-worth[i], i))[:_DEEPLY_READ]
    made = []
    newest = max((d.published_at for d in documents if d.published_at), default=None)
    for index in order:
        sentence = sentences[index]
        standing = stand_alone(sentence, _before(by_document, sentence))
        if standing is None:
            continue
        earlier = by_document[sentence.document.id]
        counted = with_nouns(
            standing.text, [one for one in earlier if one.number < sentence.number]
        )
        if counted is None:
            continue
        document = sentence.document
        is_background = is_old(document, newest)
        if is_background and not read(standing.text).dates:
            continue
        places = [cite(document, sentence.span)]
        if standing.antecedent is not None:
            places.append(cite(document, standing.antecedent))
        if counted.antecedent is not None:
            places.append(cite(document, counted.antecedent.span))
        made.append(
            Candidate(
                text=tidy(counted.text),
                source=sentence,
                citations=tuple(places),
                houses=(_house(document, story.documents, originals),),
                vector=found[index],
                score=worth[index],
                is_first_fit=standing.is_first_fit
                and counted.antecedent is None
                and not _CONDITION.match(standing.text),
                is_new=document.id in story.new_document_ids,
                is_background=is_background,
            )
        )
    return _merged(made)


def is_old(document: Document, newest: datetime | None) -> bool:
    """Older than the news cycle of the newest text: "now" in it is another day."""
    published = document.published_at
    return bool(published and newest and newest - published > _NEWS_CYCLE)


def _before(by_document: Mapping[str, tuple[Told, ...]], sentence: Told) -> Told | None:
    return next(
        (
            one
            for one in by_document[sentence.document.id]
            if one.number == sentence.number - 1
        ),
        None,
    )


def _house(
    document: Document, documents: Sequence[Document], originals: Mapping[str, str]
) -> str:
    """The publisher that a document counts for; a copy counts for its original's."""
    original = originals.get(document.id)
    held = next((one for one in documents if one.id == original), document)
    return held.house


def _weighted(
    story: Story,
    sentences: Sequence[Told],
    found: Sequence[Vector],
    originals: Mapping[str, str],
) -> list[float]:
    plain = scores(sentences, found)
    agreed = _agreement(story, sentences, originals)
    title = frozenset(
        stem for document in story.documents for stem in stems(document.title)
    ) | frozenset(stems(story.title))
    is_back = 0 < len(story.new_document_ids) < len(story.documents)
    weighted = []
    for index, sentence in enumerate(sentences):
        bag = frozenset(stems(sentence.text))
        worth = plain[index]
        if title and bag:
            worth *= 1 + 0.4 * len(bag & title) / min(len(bag), 12)
        worth *= 1 + 0.15 * min(3, agreed[index])
        if any(mark.isdigit() for mark in sentence.text):
            worth *= 1.15
        if sentence.document.kind is DocumentKind.PRIMARY:
            worth *= 1.1
        if sentence.document.id in originals:
            worth *= 0.8
        if is_back and sentence.document.id not in story.new_document_ids:
            worth *= 0.5
        weighted.append(worth)
    return weighted


def _agreement(
    story: Story, sentences: Sequence[Told], originals: Mapping[str, str]
) -> list[int]:
    """How many other publishers print the figures of each sentence, at the best."""
    houses: dict[str, set[str]] = {}
    tokens = []
    for sentence in sentences:
        house = _house(sentence.document, story.documents, originals)
        figures = _figures(sentence.text)
        tokens.append(figures)
        for figure in figures:
            houses.setdefault(figure, set()).add(house)
    return [max((len(houses[f]) - 1 for f in figures), default=0) for figures in tokens]


def _figures(text: str) -> list[str]:
    return [
        word.strip("(),.;:“”\"'")
        for word in text.split()
        if sum(mark.isdigit() for mark in word) >= 2
    ]


def _merged(made: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """One candidate a fact; its best wording keeps the others' citations."""
    kept: list[Candidate] = []
    for one in made:
        twin = next(
            (n for n, other in enumerate(kept) if _tell_the_same(one, other)), None
        )
        if twin is None:
            kept.append(one)
        else:
            kept[twin] = _join(kept[twin], one)
    return tuple(sorted(kept, key=lambda one: -one.score))


def _tell_the_same(left: Candidate, right: Candidate) -> bool:
    alike = cosine(left.vector, right.vector)
    if alike < _SAME_WORDS:
        return False
    grams = jaccard(read(left.text).grams, read(right.text).grams)
    same_figures = bool(left.quantities) and covers(left, right) and covers(right, left)
    return grams >= _SAME_WORDS or (alike >= _SAME_FACT and same_figures)


def covers(evidence: Candidate, claim: Candidate) -> bool:
    """Every figure and name of `claim` stands in `evidence` too."""
    return all(
        any(same_thing(one, other) for other in read(evidence.text).quantities)
        for one in read(claim.text).quantities
    ) and all(
        any(same_name(name, other) for other in evidence.names) for name in claim.names
    )


def _join(best: Candidate, other: Candidate) -> Candidate:
    if not covers(other, best):
        return best
    houses = tuple(dict.fromkeys((*best.houses, *other.houses)))
    gained = len(houses) - len(best.houses)
    own, more = best.citations, other.citations[:1]
    cited = {place.document_id for place in own}
    return replace(
        best,
        citations=own + tuple(p for p in more if p.document_id not in cited and gained),
        houses=houses,
        score=best.score * (1 + 0.15 * gained),
    )
