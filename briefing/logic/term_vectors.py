"""Texts as weighted terms: what a text is about, seen against the others and the news.

A term is a lower-cased, lightly stemmed word, or a pair of neighbouring characters of
a script without spaces. Weight is (1 + log of its places) times how rare it is. Rarity
is counted in the batch, smoothed by `BACKGROUND`, so that three texts weigh their
words much as three thousand do.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.logic.common_words import BACKGROUND
from briefing.logic.text import STOPWORDS

Vector = Mapping[str, float]

# News says what happened in its first paragraphs: what follows is history, and costs
# time. 500 as in the baseline of the measurement.
_WORDS_READ = 500
_TITLE_WEIGHT = 3.0
_LEAD_WEIGHT = 1.5
_LEAD_WORDS = 60
# Of a text without a title, about the first sentence.
_UNTITLED_LENGTH = 120
# Terms kept of a text, heaviest first: the rest moves no decision (measured) and makes
# the comparison of thousands of texts slow.
_TERMS_KEPT = 150
# How many imagined news texts the background is worth.
_BACKGROUND_TEXTS = 300
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
# Days and months tell when a text was written more than what it is about.
_CALENDAR = frozenset(
    "january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday "
    "wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat "
    "sun".split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is about.

    Attributes:
        weights: its heaviest terms, the vector having length 1; {} of no words.
        held: every term in it, as far as it was read.
        named: terms of the names in its title, as a rule who or where.
    """

    weights: Vector
    held: frozenset[str]
    named: frozenset[str]


def read_terms(texts: Sequence[tuple[str, str]]) -> tuple[Terms, ...]:
    """Terms of each (title, text), weighed against all the others."""
    met: dict[str, Sequence[str]] = {}
    counts = [_places(title, text, met) for title, text in texts]
    texts_with = Counter(term for terms in counts for term in terms)
    rarity = _rarities(texts_with, len(texts))
    return tuple(
        Terms(_weighed(terms, rarity), frozenset(terms), _named(title, text))
        for terms, (title, text) in zip(counts, texts, strict=True)
    )


def _named(title: str, text: str) -> frozenset[str]:
    """Capitalised words of the title (else of the text's first words) that the text
    nowhere has in lower case and that are not everyday words.
    """
    head = _WORD.findall(title) or _WORD.findall(text[:_UNTITLED_LENGTH])
    proper = [word for word in head if word[0].isupper()]
    small = set(_WORD.findall(text)) if proper else set()
    return frozenset(
        term
        for word in proper
        if word.lower() not in small
        for term in _terms(word.lower())
        if term not in _STEM_SHARES
    )


def _places(title: str, text: str, met: dict[str, Sequence[str]]) -> dict[str, float]:
    """Where and how often each term stands, title and lead counting more.

    `met` keeps the terms of each word, for the next text.
    """
    body = text[len(title) :] if title and text.startswith(title) else text
    places: defaultdict[str, float] = defaultdict(float)
    read = 0
    for part, weight in ((title, _TITLE_WEIGHT), (body, _LEAD_WEIGHT)):
        start = read
        for match in _WORD.finditer(part):
            if read >= _WORDS_READ:
                break
            read += 1
            is_past_lead = part is body and read - start > _LEAD_WORDS
            word = match.group()
            if word not in met:
                met[word] = _terms(word.lower())
            for term in met[word]:
                places[term] += 1.0 if is_past_lead else weight
    return places


def _terms(word: str) -> Sequence[str]:
    if _UNSPACED.search(word):
        return [word[i : i + 2] for i in range(max(1, len(word) - 1))]
    word = word.replace("’", "'").removesuffix("'s")
    if word in STOPWORDS or word in _CALENDAR:
        return ()
    if len(word) < 2 and not word.isdigit():
        return ()
    return (_stem(word),)


def _stem(word: str) -> str:
    """Without the commonest English endings; two forms of one word mostly meet."""
    if len(word) > 4:
        if word.endswith("ies"):
            word = word[:-3] + "y"
        elif word.endswith("sses"):
            word = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > 5:
        word = word.removesuffix("ing") if word.endswith("ing") else _unpast(word)
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _unpast(word: str) -> str:
    return word.removesuffix("ed")


# Stemmed as the texts are; of words that meet in one stem the commonest counts.
_STEM_SHARES: dict[str, float] = {}
for _listed, _share in BACKGROUND.items():
    _key = _stem(_listed)
    _STEM_SHARES[_key] = max(_share, _STEM_SHARES.get(_key, 0.0))


def _rarities(held: Mapping[str, int], texts: int) -> dict[str, float]:
    everything = texts + _BACKGROUND_TEXTS + 1
    return {
        term: math.log(
            everything / (count + _BACKGROUND_TEXTS * _STEM_SHARES.get(term, 0.0) + 0.5)
        )
        for term, count in held.items()
    }


def _weighed(places: Mapping[str, float], rarity: Mapping[str, float]) -> Vector:
    weights = [
        (math.log(1 + count) * rarity[term], term) for term, count in places.items()
    ]
    weights = [pair for pair in weights if pair[0] > 0]
    # The term breaks ties, so that the cut does not hang on the order of the words.
    weights.sort(key=lambda pair: (-pair[0], pair[1]))
    kept = weights[:_TERMS_KEPT]
    length = math.sqrt(sum(weight * weight for weight, _ in kept))
    return {term: weight / length for weight, term in kept}
