"""Numbers, dates and durations as readers see them; every value comes in exact."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_decimal

from briefing.domain.claim import Derivation, Formula, Quantity

# Below this a figure is shorter to read in full than with a suffix (chosen).
_COMPACT_FROM = Decimal(100_000)


def locale(language: str) -> Locale:
    """The conventions of a language; English where it is unknown."""
    try:
        return Locale.parse(language or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day(moment: date | datetime, language: str = "en") -> str:
    """ "26 May 2026"; a datetime is read in its own zone."""
    return format_date(moment, "d MMMM y", locale=locale(language))


def short_day(moment: date | datetime, language: str = "en") -> str:
    """ "26 May"."""
    return format_date(moment, "d MMM", locale=locale(language))


def weekday(moment: date, language: str = "en") -> str:
    """ "Tuesday, 26 May 2026"."""
    return format_date(moment, "EEEE, d MMMM y", locale=locale(language))


def clock(moment: datetime, language: str = "en") -> str:
    """ "26 May 2026, 06:00", in the moment's own zone."""
    return format_datetime(moment, "d MMMM y, HH:mm", locale=locale(language))


def topic(name: str) -> str:
    """ "AI", "World", "Public health": a topic's slug as readers see it."""
    spaced = name.replace("-", " ").replace("_", " ")
    return spaced.upper() if len(name) < 3 else spaced[:1].upper() + spaced[1:]


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -(-seconds // 60))


def compact(value: Decimal, language: str = "en", *, long: bool = False) -> str:
    """ "3.43T" (or "3.43 trillion"), at most two decimals; in full below 100,000."""
    where = locale(language)
    if abs(value) < _COMPACT_FROM:
        return format_decimal(value, "#,##0.###", locale=where)
    # Rounded first: babel picks the suffix before it rounds ("1000K" for 999,999).
    scale = Decimal(1000) ** (value.adjusted() // 3)
    rounded = _rounded(value / scale, 2) * scale
    form: Literal["short", "long"] = "long" if long else "short"
    return format_compact_decimal(
        rounded, format_type=form, locale=where, fraction_digits=2
    )


def percent(value: Decimal, language: str = "en") -> str:
    """ "11.9%"."""
    return f"{format_decimal(_rounded(value, 1), '#,##0.0', locale=locale(language))}%"


def signed_percent(value: Decimal, language: str = "en") -> str:
    """ "+19.9%", "−3.0%" with a true minus, "0.0%"."""
    rounded = _rounded(value, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + percent(abs(rounded), language)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def calculation(derivation: Derivation, sentence: str, language: str = "en") -> str:
    """ "3.43 trillion ÷ 28.9 trillion × 100 = 11.9%"; inputs as their sources print
    them, the result as `sentence` does, or with two decimals where it prints another
    form.
    """
    inputs = tuple(_operand(one) for one in derivation.inputs)
    result = _result(derivation, sentence, language)
    return _written(derivation.formula, inputs, result)


def _written(formula: Formula, inputs: tuple[str, ...], result: str) -> str:  # noqa: C901
    match formula:
        case Formula.SHARE:
            return f"{' ÷ '.join(inputs)} × 100 = {result}%"
        case Formula.CHANGE:
            return f"({' − '.join(inputs)}) ÷ {inputs[-1]} × 100 = {result}%"
        case Formula.RATIO:
            return f"{' ÷ '.join(inputs)} = {result}"
        case Formula.DIFFERENCE:
            return f"{' − '.join(inputs)} = {result}"
        case Formula.SUM:
            return f"{' + '.join(inputs)} = {result}"
        case Formula.COUNT:
            return f"{', '.join(inputs)}: {result}"
        case Formula.FIRSTS:
            return f"{', '.join(inputs)}: {result} times in a row"
        case Formula.RISES:
            return f"{' > '.join(inputs)}: {result} rises in a row"
        case Formula.RECORD:
            return f"{inputs[0]} > {', '.join(inputs[1:])}: highest of {result}"
        case Formula.PASSED:
            pairs = zip(inputs[::2], inputs[1::2], strict=False)
            return "; ".join(f"now {now}, before {was}" for now, was in pairs)
        case Formula.SHARE_CHANGE:
            a, b, c, d = inputs
            return f"{a} ÷ {b} × 100 − {c} ÷ {d} × 100 = {result} points"
        case Formula.SHARE_OF_CHANGE:
            a, b, c, d = inputs
            return f"({a} − {b}) ÷ ({c} − {d}) × 100 = {result}%"
        case Formula.TOP_SHARE:
            return f"({' + '.join(inputs[:-1])}) ÷ {inputs[-1]} × 100 = {result}%"


def _operand(quantity: Quantity) -> str:
    # "(a − -3) ÷ ..." is hard to read; a sign of its own goes into brackets.
    text = " ".join(quantity.text.split())
    return f"({text})" if text[:1] in "-−+" else text


def _result(derivation: Derivation, sentence: str, language: str) -> str:
    result = derivation.result
    if not result.is_finite():
        return str(result)
    if abs(result) >= _COMPACT_FROM:
        return compact(result, language, long=True)
    for places in (4, 3, 2, 1, 0):
        printed = format_decimal(
            _rounded(result, places),
            "#,##0." + "0" * places if places else "#,##0",
            locale=locale(language),
        )
        # A fall is told as "fell 3.0%", without its sign.
        size = printed.lstrip("-")
        if re.search(rf"(?<![\d.,]){re.escape(size)}(?![\d]|[.,]\d)", sentence):
            return printed.replace("-", "−")
    printed = format_decimal(_rounded(result, 2), "#,##0.##", locale=locale(language))
    return printed.replace("-", "−")


def dollars(amount: Decimal | None) -> str:
    """ "$0.0123" for small sums, "$1.20" else; "" for none and for nothing."""
    if not amount:
        return ""
    places = 2 if amount >= 1 else 4
    return f"${_rounded(amount, places):f}"
