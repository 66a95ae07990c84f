"""Our own figures as readers of a locale write them; every value comes in exact.

A figure is printed only in a form that our reader of printed figures
(`logic/printed_numbers.py`) reads back as the same value; where a locale's short form
has two meanings ("9,22 Bn" is a French million millions) a longer one is taken. Plain
English is the house's own form, in which sentences are written and checked.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.printed_numbers import read_printed
from briefing.logic.quantities import read_quantities

Form = Literal["short", "long"]

# Below this a figure is shorter to read in full than with a suffix (chosen).
_COMPACT_FROM = Decimal(100_000)
# Powers of ten whose forms must read back, for a locale's forms to be taken.
_POWERS = range(5, 16)
_MOST_DECIMALS = 6
_SWAPPED = str.maketrans(".,", ",.")
# The page sets the direction; a mark for it would only be taken out by the templates.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f]")
_NUMBER = re.compile(r"[#0][#0,.]*")
_PRINTED = re.compile(
    r"(?P<before>\D*)(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?P<scale>[\s-]?(?:thousand|million|billion|trillion|k|K|M|B|bn|T|tn)(?![a-zA-Z]))?"
    r"(?P<behind>\D*)"
)


def locale(tag: str) -> Locale:
    """The conventions of a language or region; English where it is unknown."""
    try:
        return Locale.parse(tag or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def is_house(tag: str) -> bool:
    """Figures are written as in the sentences of an English brief: "1,234.5"."""
    where = locale(tag)
    marks = get_decimal_symbol(where), get_group_symbol(where)
    return (
        where.language == "en"
        and marks == (".", ",")
        and _pattern(where) == "#,##0.###"
        and where.percent_formats[None].pattern == "#,##0%"
        and where.currency_formats["standard"].pattern == "¤#,##0.00"
    )


def whole(count: int, tag: str = "en") -> str:
    """ "1,026"."""
    return format_decimal(count, locale=locale(tag))


def decimal(value: Decimal, places: int, tag: str = "en") -> str:
    """ "1,234.50" with two places, half a step rounded up."""
    where = locale(tag)
    decimals = f".{'0' * places}" if places else ""
    pattern = re.sub(r"\.[#0]+", decimals, _pattern(where))
    return format_decimal(rounded(value, places), pattern, locale=where)


def compact(value: Decimal, tag: str = "en", *, long: bool = False) -> str:
    """ "3.43T" (or "3.43 trillion"), at most two decimals; in full below 100,000."""
    where = locale(tag)
    if abs(value) < _COMPACT_FROM:
        return format_decimal(value, _pattern(where), locale=where)
    # Rounded first: babel picks the suffix before it rounds ("1000K" for 999,999).
    scale = Decimal(1000) ** (value.adjusted() // 3)
    near = rounded(value / scale, 2) * scale
    return _compact(near, str(where), 2, long=long)


def exact(value: Decimal, tag: str) -> str:
    """The same with as many decimals as it takes, in full where six are not enough."""
    where = locale(tag)
    if abs(value) >= _COMPACT_FROM:
        for places in range(_MOST_DECIMALS + 1):
            text = _compact(value, str(where), places)
            if _reads_back(text, value, where):
                return text
    return format_decimal(value, _pattern(where), locale=where)


def percent(value: Decimal, tag: str = "en") -> str:
    """ "11.9%", "11,9 %"."""
    return percent_of(decimal(value, 1, tag), tag)


def percent_of(number: str, tag: str) -> str:
    """A printed number as a percentage."""
    return _in(locale(tag).percent_formats[None].pattern, number)


def whole_percent(share: float, tag: str = "en") -> str:
    """ "87%" of 0.87."""
    return percent_of(decimal(Decimal(str(share)) * 100, 0, tag), tag)


def signed_percent(value: Decimal, tag: str = "en") -> str:
    """ "+19.9%", "−3.0%" with a true minus, "0.0%"."""
    near = rounded(value, 1)
    sign = "+" if near > 0 else "−" if near < 0 else ""
    return sign + percent(abs(near), tag)


def money_of(number: str, currency: str, tag: str) -> str:
    """A printed number as an amount: "$1.20", "1,20 $"; `currency` is of ISO 4217."""
    where = locale(tag)
    symbol = get_currency_symbol(currency, where)
    pattern = where.currency_formats["standard"].pattern.partition(";")[0]
    # Letters are kept apart from digits (CLDR, currency spacing).
    if symbol[-1:].isalpha():
        pattern = re.sub(r"¤(?=[#0])", "¤\u00a0", pattern)
    return _DIRECTIONS.sub("", _in(pattern, number).replace("¤", symbol))


def cell(text: str, tag: str) -> str:
    """A cell of ours ("up 19.89% on the week", "$1.2 billion") with its figures as the
    locale writes them; words, and figures that it could not write as exactly, stay.
    """
    if is_house(tag):
        return text
    made: list[str] = []
    at = 0
    for quantity in read_quantities(text):
        start, end = quantity.span.start, quantity.span.end
        if start >= at and text[start:end] == quantity.text:
            made += [text[at:start], _quantity(quantity, tag)]
            at = end
    return "".join((*made, text[at:]))


def rounded(value: Decimal, places: int) -> Decimal:
    """Half a step rounded up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _quantity(quantity: Quantity, tag: str) -> str:
    ends = quantity.text.split(" to ")
    if quantity.upper is not None and len(ends) == 2:
        return " to ".join(cell(one, tag) for one in ends)
    found = _PRINTED.fullmatch(quantity.text)
    if found is None:
        return quantity.text
    shown = Decimal(found["digits"].replace(",", ""))
    before, behind = found["before"], found["behind"]
    where = locale(tag)
    if found["scale"]:
        number = exact(abs(quantity.value), tag)
        is_same = _reads_back(number, abs(quantity.value), where)
    else:
        places = len(found["digits"].partition(".")[2])
        number = decimal(shown, places, tag)
        is_same = _reads_back(number, shown, where)
    if not is_same:
        return quantity.text
    if behind.startswith("%"):
        return f"{before}{percent_of(number, tag)}{behind[1:]}"
    sign = re.match(r"\s*[-+−]?", before)
    currency = quantity.unit.partition("/")[0]
    if quantity.kind is QuantityKind.MONEY and sign and before[sign.end() :].strip():
        return f"{sign.group()}{money_of(number, currency, tag)}{behind}"
    return f"{before}{number}{behind}"


def _pattern(where: Locale) -> str:
    return str(where.decimal_formats[None].pattern)


def _in(pattern: str, number: str) -> str:
    return _NUMBER.sub(lambda _: number, pattern, count=1)


def _compact(value: Decimal, name: str, places: int, *, long: bool = False) -> str:
    where = Locale.parse(name)
    if where.language == "en" and where.territory is None:
        return _babel(value, "long" if long else "short", where, places)
    form, highest = _form(name)
    if highest is None:
        return format_decimal(value, _pattern(where), locale=where)
    if value.adjusted() <= highest:
        return _babel(value, form, where, places)
    # Beyond what has one meaning the largest safe suffix is kept: "9 220 Md".
    text = _babel(Decimal(123).scaleb(highest - 2), form, where, 2)
    digits = re.search(r"\d[\d.,]*", text)
    shown = read_printed(digits.group(), decimal=_mark(where)) if digits else None
    if digits is None or not shown:
        return format_decimal(value, _pattern(where), locale=where)
    scaled = rounded(value / (Decimal(123).scaleb(highest - 2) / shown), places)
    number = format_decimal(scaled.normalize(), _pattern(where), locale=where)
    return text[: digits.start()] + number + text[digits.end() :]


def _babel(value: Decimal, form: Form, where: Locale, places: int) -> str:
    text = format_compact_decimal(
        value, format_type=form, locale=where, fraction_digits=places
    )
    if not any(mark.isalpha() for mark in text):
        # German has no short form of thousands.
        return format_decimal(value, _pattern(where), locale=where)
    return _DIRECTIONS.sub("", text)


@lru_cache(maxsize=64)
def _form(name: str) -> tuple[Form, int | None]:
    """Which forms of a locale read back, and up to which power of ten; None for none:
    the short ones if all do, else the long ones, else as many short ones as do.
    """
    where = Locale.parse(name)
    forms: tuple[Form, ...] = ("short", "long")
    known = [one for one in forms if one in where.compact_decimal_formats]
    reach = {form: _reach(form, where) for form in known}
    for form, highest in reach.items():
        if highest == _POWERS[-1]:
            # Beyond it the last suffix stays: "3430 Bio.".
            return form, 99
    return "short", reach.get("short")


def _reach(form: Form, where: Locale) -> int | None:
    highest: int | None = None
    for power in _POWERS:
        value = Decimal("1.23").scaleb(power)
        if not _reads_back(_babel(value, form, where, 2), value, where):
            break
        highest = power
    return highest


def _reads_back(text: str, value: Decimal, where: Locale) -> bool:
    # What a scale word means goes by the language, not by the mark of the region: an
    # English "billion" has one meaning in South Africa, "mil" is 1,000 in Mexico.
    mark = _mark(Locale(where.language))
    if mark != _mark(where):
        text = text.translate(_SWAPPED)
    try:
        return read_printed(text, decimal=mark) == value
    except ValueError:
        return False


def _mark(where: Locale) -> Literal[".", ","]:
    return "," if get_decimal_symbol(where) == "," else "."
