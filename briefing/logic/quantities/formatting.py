"""One printed English form per quantity."""

from __future__ import annotations

from decimal import Decimal

from briefing.domain.claim import Approximation, Quantity, QuantityKind
from briefing.logic.quantities.numerals import VAGUE, ordinal_ending
from briefing.logic.quantities.units import PRINTED_BEFORE, TIMES, plural

_WORDS = (
    (Decimal(10**12), "trillion"), (Decimal(10**9), "billion"),
    (Decimal(10**6), "million"),
)  # fmt: skip
# "3.43 trillion", "9.223 trillion", but "1,048,576": a reader takes three decimals.
_MAX_DECIMALS = 3
_FRACTIONS = {
    Decimal("0.5"): "one-half", Decimal("0.333333"): "one-third",
    Decimal("0.666667"): "two-thirds", Decimal("0.25"): "one-quarter",
    Decimal("0.75"): "three-quarters", Decimal("0.2"): "one-fifth",
    Decimal("0.4"): "two-fifths", Decimal("0.6"): "three-fifths",
    Decimal("0.8"): "four-fifths", Decimal("0.1"): "one-tenth",
}  # fmt: skip
_IN_WORDS = {
    "USD": "dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "CNY": "yuan",
    "INR": "rupees", "RUB": "roubles",
}  # fmt: skip
# A letter alone behind a number is too easily another thing: "5 m", "20 g".
_LETTERS = {"m": "metre", "g": "gram", "W": "watt"}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
# Measures that are words, so that they have a plural.
_WORD_MEASURES = TIMES | frozenset(
    "mile foot inch yard tonne ton ounce litre gallon hectare acre calorie "
    "light-year stone".split()
)


def format_quantity(quantity: Quantity) -> str:
    """The house's form: "3.43 trillion tokens", "$1.2 billion", "7.4%", "third".

    Without approximation and direction; `read_quantities` reads the same thing back
    from it. A move keeps its size ("fell 12%" prints "12%").
    """
    if quantity.kind is QuantityKind.ORDINAL:
        return _ordinal(quantity)
    if _is_vague(quantity):
        word = _vague_word(quantity.value)
        return f"{word} of {_many(quantity)}" if quantity.unit else word
    unit, _, per = quantity.unit.partition("/")
    if unit + "/" + per == "km/h":
        unit, per = "km/h", ""
    number = _number(quantity)
    body = _with_unit(quantity, number, unit)
    return f"{body} per {_per(per)}" if per else body


def _many(quantity: Quantity) -> str:
    """The unit of "thousands of", in words."""
    if quantity.kind is QuantityKind.MONEY:
        return _IN_WORDS.get(quantity.unit, quantity.unit)
    is_symbol = quantity.kind is QuantityKind.MEASURE
    if is_symbol and quantity.unit not in _WORD_MEASURES:
        return quantity.unit
    return plural(quantity.unit)


def _per(per: str) -> str:
    head, _, noun = per.rpartition(" ")
    noun = _LETTERS.get(noun, noun)
    if head in {"", "square", "cubic"}:
        return f"{head} {noun}".strip()
    return f"{head} {plural(noun)}"


def _ordinal(quantity: Quantity) -> str:
    value = int(quantity.value)
    word = _ORDINALS[value - 1] if 1 <= value <= len(_ORDINALS) else f"{value:,}"
    if not word.isalpha():
        word += ordinal_ending(value)
    return f"{word} {quantity.unit} in a row" if quantity.unit else word


def _is_vague(quantity: Quantity) -> bool:
    return (
        quantity.approximation is Approximation.ABOUT
        and quantity.value == quantity.precision
        and quantity.upper == quantity.value * 10
        and bool(_vague_word(quantity.value))
    )


def _vague_word(value: Decimal) -> str:
    for word, worth in VAGUE.items():
        if worth == value:
            return word
        if word not in {"dozens", "hundreds"} and value in {worth * 10, worth * 100}:
            return f"{'tens' if value == worth * 10 else 'hundreds'} of {word}"
    return ""


def _number(quantity: Quantity) -> str:
    value, upper = quantity.value, quantity.upper
    sign = "-" if value < 0 else ""
    if upper is None:
        return sign + _printed(abs(value), quantity.precision)
    low = _printed(abs(value), quantity.precision)
    high = _printed(upper, quantity.precision)
    if high[-1].isalpha() and not low[-1].isalpha():
        # "1 to 5 million" would give the million to both ends.
        high = f"{upper:,f}"
    return f"{sign}{low} to {high}"


def _printed(value: Decimal, precision: Decimal) -> str:
    for scale, word in _WORDS:
        if value >= scale:
            scaled = (value / scale).normalize()
            decimals = _decimals(scaled)
            if decimals <= _MAX_DECIMALS:
                return f"{scaled:,.{decimals}f} {word}"
            break
    decimals = max(_decimals(value), _decimals(precision))
    return f"{value:,.{decimals}f}"


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - finite by construction
    return max(0, -exponent)


def _with_unit(quantity: Quantity, number: str, unit: str) -> str:
    is_one = abs(quantity.value) == 1 and quantity.upper is None
    if quantity.kind is QuantityKind.PERCENT:
        return number + "%"
    if quantity.kind is QuantityKind.POINTS:
        return f"{number} percentage point{'' if is_one else 's'}"
    if quantity.kind is QuantityKind.MONEY:
        return _money(number, unit)
    if quantity.kind is QuantityKind.MULTIPLE:
        return _multiple(quantity, number)
    if quantity.kind is QuantityKind.MEASURE:
        return _measure(number, unit, is_one)
    if not unit:
        return number
    return f"{number} {unit if is_one else plural(unit)}"


def _multiple(quantity: Quantity, number: str) -> str:
    ends = [quantity.value] if quantity.upper is None else [
        quantity.value, quantity.upper,
    ]  # fmt: skip
    if all(end in _FRACTIONS for end in ends):
        return " to ".join(_FRACTIONS[end] for end in ends)
    return number + ("x" if number[-1].isdigit() else " times as much")


def _measure(number: str, unit: str, is_one: bool) -> str:
    head, _, symbol = unit.rpartition(" ")
    # "Pounds" behind a large number would be money.
    word = "lb" if symbol == "pound" else _LETTERS.get(symbol, symbol)
    if symbol in _LETTERS or symbol in _WORD_MEASURES:
        word = word if is_one else plural(word)
    separator = "" if unit in {"°", "°C", "°F"} else " "
    return f"{number}{separator}{head + ' ' if head else ''}{word}"


def _money(number: str, unit: str) -> str:
    minus = "-" if number.startswith("-") else ""
    number = number.removeprefix("-")
    sign = PRINTED_BEFORE.get(unit)
    if sign:
        # "$3 million to $5 million" reads without a doubt which scale is whose.
        return minus + sign + number.replace(" to ", f" to {sign}")
    return f"{minus}{number} yuan" if unit == "CNY" else f"{minus}{unit} {number}"
