"""Numbers in words: "twenty-five", "half a million", "two-thirds", "a dozen"."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefing.logic.quantities.numerals import (
    BIG,
    NUMBER_WORDS,
    PARTS,
    SMALL,
    TENS,
    VAGUE,
    Numeral,
)
from briefing.logic.quantities.tokens import Token

_HYPHENS = frozenset("-‑")
# Six digits of a third; what is finer than that is not in the word.
_FRACTION_STEP = Decimal("0.000001")


class Spelled(NamedTuple):
    """A number in words: its numeral, the token after it, and what sort it is."""

    numeral: Numeral
    after: int
    sort: str


def read_words(tokens: list[Token], index: int) -> Spelled | None:
    """The number whose words begin at `index`, None if none does.

    The sort is "cardinal", "fraction" or "vague" ("thousands", "tens of thousands":
    the numeral is the least it can mean).
    """
    low = tokens[index].low
    if low in {"a", "an"}:
        return _after_article(tokens, index)
    if low == "half":
        return _half(tokens, index)
    if low in VAGUE or low == "tens":
        return _vague(tokens, index)
    if low == "dozen":
        return None
    if low not in NUMBER_WORDS:
        return None
    return _fraction(tokens, index) or _cardinal(tokens, index)


def _after_article(tokens: list[Token], index: int) -> Spelled | None:
    following = tokens[index + 1].low
    if following == "dozen":
        return Spelled(Numeral(Decimal(12), Decimal(1)), index + 2, "cardinal")
    if following == "half" and tokens[index + 2].low == "dozen":
        return Spelled(Numeral(Decimal(6), Decimal(1)), index + 3, "cardinal")
    if following in BIG and not following.endswith("s"):
        return _scaled(tokens, index + 1, Decimal(1), Decimal(1))
    if following in {"quarter", "half"} and tokens[index + 2].low in BIG:
        value = Decimal("0.25") if following == "quarter" else Decimal("0.5")
        return _scaled(tokens, index + 2, value, Decimal("0.01"))
    if following == "quarter" and tokens[index + 2].low == "of":
        return _of_million(tokens, index + 2, 1, 4)
    if following in PARTS and following not in {"half", "halves", "quarter"}:
        behind = tokens[index + 2].low
        if behind in {"of", "the", "as"} or not tokens[index + 2].text.isalnum():
            before = tokens[index - 1].low if index else ""
            if behind in {"of", "the", "as"} or before in _BEFORE_PART:
                return _of_million(tokens, index + 2, 1, PARTS[following])
    return None


_BEFORE_PART = frozenset(
    "by about around nearly almost over roughly than only just under".split()
)


def _half(tokens: list[Token], index: int) -> Spelled | None:
    following = tokens[index + 1].low
    before = tokens[index - 1].low if index else ""
    if following in {"a", "-"}:
        big = tokens[index + 2].low
        if big in BIG and big not in {"hundred", "lakhs", "crores"}:
            return _scaled(tokens, index + 2, Decimal("0.5"), Decimal("0.1"))
        if big == "dozen":
            return Spelled(Numeral(Decimal(6), Decimal(1)), index + 3, "cardinal")
        if following == "a" and big in {"percentage", "point", "percent"}:
            return _share(index + 2, 1, 2)
        if following == "-":
            is_measured = big in {"point", "hour", "mile", "day", "year"}
            return _share(index + 1, 1, 2) if is_measured else None
    if before in {"first", "second", "other", "last", "opening", "better", "-", "1st"}:
        return None
    if following == "an" and tokens[index + 2].low == "hour":
        return _share(index + 2, 1, 2)
    if following in {"of", "the", "its", "their", "his", "her", "as", "that", "those"}:
        return _share(index + 1, 1, 2)
    return _share(index + 1, 1, 2) if before in _BEFORE_PART | {"in"} else None


def _share(after: int, above: int, below: int) -> Spelled:
    value = Decimal(above) / Decimal(below)
    rounded = value.quantize(_FRACTION_STEP).normalize()
    return Spelled(Numeral(rounded, _FRACTION_STEP), after, "fraction")


def _of_million(
    tokens: list[Token], after: int, above: int, below: int
) -> Spelled | None:
    """ "Three quarters", or "a quarter of a million" where a scale follows."""
    if tokens[after].low == "of" and tokens[after + 1].low == "a":
        big = tokens[after + 2].low
        if big in BIG:
            share = Decimal(above) / Decimal(below)
            return _scaled(tokens, after + 2, share, Decimal("0.01"))
    return _share(after, above, below)


def _fraction(tokens: list[Token], index: int) -> Spelled | None:
    above = SMALL.get(tokens[index].low)
    if not above or above > 9:
        return None
    after = index + 1
    is_joined = tokens[after].text in _HYPHENS
    after += is_joined
    part = tokens[after].low
    if part not in PARTS or (above > 1 and not part.endswith("s")):
        return None
    if above == 1 and not is_joined and tokens[after + 1].low not in {"of", "the"}:
        return None
    if (
        part == "quarters"
        and not is_joined
        and tokens[after + 1].low not in {"of", "the", "as"}
    ):
        # "for three quarters in a row" counts quarters of a year.
        return None
    if PARTS[part] <= above:
        return None
    return _of_million(tokens, after + 1, above, PARTS[part])


def _vague(tokens: list[Token], index: int) -> Spelled | None:
    factor = 1
    if tokens[index].low in {"tens", "hundreds"} and tokens[index + 1].low == "of":
        big = tokens[index + 2].low
        if big in VAGUE and big != "dozens":
            factor = 10 if tokens[index].low == "tens" else 100
            index += 2
    if tokens[index].low not in VAGUE:
        return None
    value = Decimal(VAGUE[tokens[index].low] * factor)
    return Spelled(Numeral(value, value), index + 1, "vague")


def _scaled(
    tokens: list[Token], index: int, value: Decimal, precision: Decimal
) -> Spelled:
    while tokens[index].low in BIG:
        value *= BIG[tokens[index].low]
        precision *= BIG[tokens[index].low]
        index += 1
    return Spelled(Numeral(value, precision), index, "cardinal")


def _cardinal(tokens: list[Token], index: int) -> Spelled:
    total, current, step = Decimal(0), Decimal(0), Decimal(1)
    while True:
        low = tokens[index].low
        if low in SMALL or low in TENS:
            worth = SMALL.get(low, 0) or TENS.get(low, 0)
            if not _fits(current, worth):
                break
            current, step = current + worth, Decimal(1)
        elif low == "hundred":
            current, step = current * 100, step * 100
        elif low in BIG:
            total, current, step = total + current * BIG[low], Decimal(0), (
                step * BIG[low]
            )  # fmt: skip
        else:
            break
        index = _skip_joint(tokens, index + 1)
    index = _unskip_joint(tokens, index)
    if tokens[index].low == "dozen" and not total:
        return Spelled(Numeral(current * 12, step), index + 1, "cardinal")
    half = _and_a_half(tokens, index)
    if half and current and not total:
        return _scaled(tokens, half, current + Decimal("0.5"), Decimal("0.1"))
    return Spelled(Numeral(total + current, step), index, "cardinal")


def _fits(current: Decimal, worth: int) -> bool:
    """ "Twenty five" and "hundred twenty" go on, "five six" are two numbers."""
    if current == 0:
        return True
    if worth == 0:
        return False
    return current % 100 == 0 or (current % 10 == 0 and worth < 10 < current % 100 + 1)


def _skip_joint(tokens: list[Token], index: int) -> int:
    """Past a hyphen or an "and" inside a number."""
    following = tokens[index + 1].low
    goes_on = following in NUMBER_WORDS or following in BIG
    if tokens[index].text in _HYPHENS and goes_on:
        return index + 1
    is_after_scale = tokens[index - 1].low in BIG
    if tokens[index].low == "and" and is_after_scale and following in NUMBER_WORDS:
        return index + 1
    return index


def _unskip_joint(tokens: list[Token], index: int) -> int:
    """Back before a joint that no number followed after all."""
    joint = tokens[index - 1]
    return index - 1 if joint.text in _HYPHENS or joint.low == "and" else index


def _and_a_half(tokens: list[Token], index: int) -> int:
    """Index after "and a half" or "-and-a-half", 0 if it is not there."""
    lows = [
        (place, tokens[place].low)
        for place in range(index, min(index + 6, len(tokens)))
        if tokens[place].text not in _HYPHENS
    ][:3]
    if [low for _, low in lows] == ["and", "a", "half"]:
        return lows[2][0] + 1
    return 0
