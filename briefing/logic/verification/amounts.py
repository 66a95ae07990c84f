"""One amount in two forms: a dozen ways in which a faithful sentence retells a number.

"Ten years" and "a decade", "10%" and "a tenth", "three wins in a row" and "a third
straight win", "both" and "the two", "one in five" and "20%".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from briefing.domain.claim import Approximation, Quantity, QuantityKind
from briefing.logic.quantities import equal
from briefing.logic.verification.placing import Place
from briefing.logic.verification.reading import Kind, Passage, stem

# Each unit's size in the smallest of its sort; months and years have no exact days.
_SIZES = {
    unit: (sort, Decimal(size))
    for sort, row in {
        "time": "second=1 minute=60 hour=3600 day=86400 week=604800",
        "months": "month=1 quarter=3 year=12 decade=120 century=1200",
        "length": "millimetre=1 centimetre=10 metre=1000 kilometre=1000000 mm=1 cm=10 "
        "m=1000 km=1000000",
        "weight": "gram=1 kilogram=1000 tonne=1000000 g=1 kg=1000 t=1000000",
        "feet": "inch=1 foot=12 yard=36 ft=12 in=1",
    }.items()
    for unit, size in (pair.split("=") for pair in row.split())
}
# Stems by which a claim tells a rate in a word of its own.
_RATES = {
    "year": "annual annually yearly",
    "month": "monthly",
    "week": "weekly",
    "day": "daily",
    "hour": "hourly",
    "night": "nightly",
}
_WORDS_OF = {
    2: "both couple pair duo twins brace double twice",
    3: "trio treble thrice triplets",
    4: "quartet",
    5: "quintet",
    12: "dozen noon midday",
}
_VALUES = {
    stem(word): Decimal(value)
    for value, words in _WORDS_OF.items()
    for word in words.split()
}
_HAT_TRICK = re.compile(r"\bhat[- ]tricks?\b", re.IGNORECASE)
# Words for a place in an order; a medal only where the claim tells of a place.
_FIRST = frozenset(
    stem(word) for word in "maiden debut inaugural initial opening opener never".split()
)
_MEDALS = {1: stem("gold"), 2: stem("silver"), 3: stem("bronze")}
_PLACED = frozenset(stem(word) for word in "come finish place rank end".split())
_RUNNER_UP = re.compile(r"\brunners?[- ]up\b", re.IGNORECASE)
# Near one of these the third is the last of three.
_IN_A_ROW = frozenset(
    stem(word) for word in "row straight consecutive successive running times".split()
)
_OF_AGE = frozenset(stem(word) for word in "birthday anniversary".split())
_AGED = frozenset("aged age ages turned".split())
_ARTICLES = frozenset("a an another".split())
_OWN = frozenset("his her its their".split())
# What tells of a place in a row with a plain number: "number two", "ranked 4".
_NUMBERED = frozenset("no number ranked seeded placed rank seed".split())
_NEAR = 4
_CLOSE = Decimal("0.01")
_FIGURES = {
    word: Decimal(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten".split(), start=1
    )
}
_FIGURE = rf"(?:{'|'.join(_FIGURES)}|\d+)"
_PART = re.compile(
    rf"\b(?P<part>{_FIGURE})\s(?:in|out of|of every|in every)\s(?P<all>{_FIGURE})\b",
    re.IGNORECASE,
)


def are_one_amount(claim: Quantity, evidence: Quantity) -> bool:
    """Whether two quantities are one in another unit, or one share as percent and as a
    part; a share's printed step is one point.
    """
    if claim.upper is not None or evidence.upper is not None:
        return False
    if {claim.kind, evidence.kind} == {QuantityKind.PERCENT, QuantityKind.MULTIPLE}:
        return _is_one_share(claim, evidence)
    here, there = _SIZES.get(claim.unit), _SIZES.get(evidence.unit)
    if here is None or there is None or here[0] != there[0]:
        return False
    return (
        claim.unit != evidence.unit
        and claim.value * here[1] == evidence.value * there[1]
    )


def _is_one_share(claim: Quantity, evidence: Quantity) -> bool:
    is_percent = claim.kind is QuantityKind.PERCENT
    part, percent = (evidence, claim) if is_percent else (claim, evidence)
    if not 0 < part.value < 1:
        return False
    is_about = Approximation.ABOUT in {claim.approximation, evidence.approximation}
    away = abs(part.value * 100 - abs(percent.value))
    return away < (2 if is_about else 1)


def is_rate(claim: Quantity, evidence: Quantity, passage: Passage) -> bool:
    """ "Yearly savings of 2m" of "saves 2m a year": `passage`, the claim, tells the
    rate in a word of its own.
    """
    unit, _, per = evidence.unit.rpartition("/")
    if not per or claim.unit != unit:
        return False
    words = {stem(word) for word in (per, *_RATES.get(per, "").split())}
    if words.isdisjoint(passage.stems):
        return False
    return equal(claim, replace(evidence, unit=unit, kind=claim.kind))


def is_streak(claim: Place, mine: Quantity, evidence: Place, other: Quantity) -> bool:
    """ "A third straight win" of "three wins in a row", "turned 90" of "90th birthday":
    an order and a count of one value, where the words around say that the one is the
    last of the other.
    """
    kinds = {mine.kind, other.kind}
    if QuantityKind.ORDINAL not in kinds or len(kinds) == 1:
        return False
    if mine.value != other.value or not kinds <= {
        QuantityKind.ORDINAL,
        QuantityKind.COUNT,
        QuantityKind.MEASURE,
    }:
        return False
    order, count = (
        (claim, evidence) if mine.kind is QuantityKind.ORDINAL else (evidence, claim)
    )
    if _is_his_third(order, count) or _is_numbered(order, count):
        return True
    here, there = _near(claim), _near(evidence)
    if not _OF_AGE.isdisjoint(here | there):
        return True
    return not _IN_A_ROW.isdisjoint(here) and not _IN_A_ROW.isdisjoint(there)


def _is_his_third(order: Place, count: Place) -> bool:
    """ "His third Oscar" and "three Oscars", "the 89th minute" and "89 minutes"."""
    tokens, others = order.passage.tokens, count.passage.tokens
    before = [token.word for token in tokens[max(0, order.first - 1) : order.first]]
    behind = tokens[order.last : order.last + 1]
    if not behind or (before[:1] and before[0] not in _OWN | {"the"}):
        return False
    noun = stem(behind[0].word)
    is_his = bool(_OWN.intersection(before))
    # "Has won three" of "his third win".
    first = max(0, count.first - _NEAR) if is_his else count.first
    is_noun = any(stem(token.word) == noun for token in others[first : count.last + 1])
    return is_noun and (is_his or noun == "minut")


def _is_numbered(order: Place, count: Place) -> bool:
    """ "Game 7" of "the seventh game", "number two" of "second"."""
    if count.last - count.first > 1:
        return False
    named = count.passage.tokens[max(0, count.first - 1) : count.first]
    behind = order.passage.tokens[order.last : order.last + 1]
    if not named:
        return False
    if named[0].word in _NUMBERED:
        return True
    is_noun = named[0].kind in {Kind.WORD, Kind.NAME}
    return is_noun and any(stem(token.word) == stem(named[0].word) for token in behind)


def is_age(claim: Quantity, evidence: Place, other: Quantity) -> bool:
    """ "The three-year-old" of "the girl, 3,", "(3)" or "aged 3": needs no unit."""
    if claim.unit != "year" or "old" not in claim.text or other.unit:
        return False
    if claim.value != other.value:
        return False
    text = evidence.passage.reading.text
    marks = text[: other.span.start].rstrip()[-1:], text[other.span.end :].lstrip()[:1]
    tokens = evidence.passage.tokens
    before = tokens[max(0, evidence.first - _NEAR) : evidence.first]
    is_told = any(token.word in _AGED for token in before)
    return (
        is_told or marks == ("(", ")") or (marks[0] == "," and marks[1] in {",", "."})
    )


def is_one_of_a_kind(claim: Place, quantity: Quantity, evidence: Passage) -> bool:
    """ "One mother" of "a mother": one and no more."""
    if quantity.value != 1 or not quantity.text.lower().startswith("one "):
        return False
    noun = claim.passage.tokens[claim.last - 1]
    return any(
        token.word == noun.word and before.word in _ARTICLES
        for before, token in pairwise(evidence.tokens)
    )


def _near(place: Place) -> frozenset[str]:
    tokens = place.passage.tokens[place.first : place.last + _NEAR]
    return frozenset(stem(token.word) for token in tokens)


def is_in_a_word(quantity: Quantity, passage: Passage) -> bool:
    """The passage has a small count as a word that is no number: "both", "a pair"."""
    if quantity.kind not in {QuantityKind.COUNT, QuantityKind.MEASURE}:
        return False
    if quantity.value == 3 and _HAT_TRICK.search(passage.text):
        return True
    return any(_VALUES.get(root) == quantity.value for root in passage.stems)


def is_place_in_a_word(claim: Place, quantity: Quantity, passage: Passage) -> bool:
    """ "First" of "maiden" or "debut", "came second" of "runner-up" or of "silver"."""
    if quantity.kind is not QuantityKind.ORDINAL:
        return False
    if quantity.value == 1 and not _FIRST.isdisjoint(passage.stems):
        return True
    before = claim.passage.tokens[max(0, claim.first - _NEAR) : claim.first]
    behind = claim.passage.tokens[claim.last : claim.last + 1]
    if not any(token.stem in _PLACED for token in (*before, *behind)):
        return False
    if quantity.value == 2 and _RUNNER_UP.search(passage.text):
        return True
    medal = _MEDALS.get(int(quantity.value))
    return medal is not None and medal in passage.stems


def is_part(claim: Place, quantity: Quantity, evidence: Passage) -> bool:
    """ "One in five" of "20%" or of "a fifth", and the other way round."""
    if quantity.kind is QuantityKind.PERCENT:
        return any(
            abs(share * 100 - abs(quantity.value)) < 1
            for share in _parts(evidence.text).values()
        )
    tokens = claim.passage.tokens
    start = tokens[claim.first].start - claim.passage.start
    for (first, last), share in _parts(claim.passage.text).items():
        if first <= start < last:
            return any(
                _is_share(other.thing, share) for other in evidence.quantities
            ) or any(
                abs(one - share) < _CLOSE for one in _parts(evidence.text).values()
            )
    return False


def _is_share(quantity: Quantity, share: Decimal) -> bool:
    if quantity.kind is QuantityKind.PERCENT:
        return abs(abs(quantity.value) - share * 100) < 1
    is_part = quantity.kind is QuantityKind.MULTIPLE
    return is_part and abs(quantity.value - share) < _CLOSE


def _parts(text: str) -> dict[tuple[int, int], Decimal]:
    """Every "one in five" of a text with its place and its share."""
    found = {}
    for match in _PART.finditer(text):
        part, whole = (_value(match[name]) for name in ("part", "all"))
        if 0 < part < whole:
            found[match.span()] = part / whole
    return found


def _value(printed: str) -> Decimal:
    return _FIGURES.get(printed.lower()) or Decimal(printed)
