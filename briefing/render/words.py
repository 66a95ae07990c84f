"""Dates, durations and calculations as readers see them; every value comes in exact.

Dates of plain English are the house's ("26 May 2026"); any other locale has its own.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time

from briefing.domain.brief import Brief
from briefing.domain.claim import Derivation, Formula, Quantity
from briefing.logic.rules.citations import SINGLE_SOURCE
from briefing.render import numbers
from briefing.render.numbers import locale

# From here on the result of a calculation is told with its scale in words (chosen).
_SCALED_FROM = Decimal(100_000)


def day(moment: date | datetime, tag: str = "en") -> str:
    """ "26 May 2026"; a datetime is read in its own zone."""
    where = locale(tag)
    form = "d MMMM y" if str(where) == "en" else "long"
    return format_date(moment, form, locale=where)


def short_day(moment: date | datetime, tag: str = "en") -> str:
    """ "26 May"."""
    where = locale(tag)
    if str(where) == "en":
        return format_date(moment, "d MMM", locale=where)
    return format_skeleton("MMMd", moment, locale=where)


def weekday(moment: date, tag: str = "en") -> str:
    """ "Tuesday, 26 May 2026"."""
    where = locale(tag)
    form = "EEEE, d MMMM y" if str(where) == "en" else "full"
    return format_date(moment, form, locale=where)


def clock(moment: datetime, tag: str = "en") -> str:
    """ "26 May 2026, 06:00", in the moment's own zone."""
    return f"{day(moment, tag)}, {format_time(moment, 'HH:mm', locale=locale(tag))}"


def topic(name: str) -> str:
    """ "AI", "World", "Public health": a topic's slug as readers see it."""
    spaced = name.replace("-", " ").replace("_", " ")
    return spaced.upper() if len(name) < 3 else spaced[:1].upper() + spaced[1:]


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up, at least one."""
    return max(1, -(-seconds // 60))


def calculation(derivation: Derivation, sentence: str, tag: str = "en") -> str:
    """ "3.43 trillion ÷ 28.9 trillion × 100 = 11.9%"; inputs as their sources print
    them (in another locale than plain English, as it does), the result to the places of
    `sentence`, or with two decimals where it prints another form.
    """
    inputs = tuple(_operand(one, tag) for one in derivation.inputs)
    result = _result(derivation, sentence, tag)
    return _written(derivation.formula, inputs, result, tag)


def _written(  # noqa: C901
    formula: Formula, inputs: tuple[str, ...], result: str, tag: str
) -> str:
    share = numbers.percent_of(result, tag)
    match formula:
        case Formula.SHARE:
            return f"{' ÷ '.join(inputs)} × 100 = {share}"
        case Formula.CHANGE:
            return f"({' − '.join(inputs)}) ÷ {inputs[-1]} × 100 = {share}"
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
            return f"({a} − {b}) ÷ ({c} − {d}) × 100 = {share}"
        case Formula.TOP_SHARE:
            return f"({' + '.join(inputs[:-1])}) ÷ {inputs[-1]} × 100 = {share}"


def _operand(quantity: Quantity, tag: str) -> str:
    # "(a − -3) ÷ ..." is hard to read; a sign of its own goes into brackets.
    text = numbers.cell(" ".join(quantity.text.split()), tag)
    return f"({text})" if text[:1] in "-−+" else text


def _result(derivation: Derivation, sentence: str, tag: str) -> str:
    result = derivation.result
    if not result.is_finite():
        return str(result)
    if abs(result) >= _SCALED_FROM:
        return numbers.compact(result, tag, long=True)
    return numbers.decimal(result, _places(result, sentence), tag).replace("-", "−")


def _places(result: Decimal, sentence: str) -> int:
    """Decimals with which the sentence, which is English, prints the result; else two
    at most.
    """
    for places in (4, 3, 2, 1, 0):
        # A fall is told as "fell 3.0%", without its sign.
        size = numbers.decimal(abs(result), places)
        if re.search(rf"(?<![\d.,]){re.escape(size)}(?![\d]|[.,]\d)", sentence):
            return places
    near = numbers.rounded(result, 2).normalize()
    return max(0, -int(near.as_tuple().exponent))


def dollars(amount: Decimal | None, tag: str = "en") -> str:
    """ "$0.0123" for small sums, "$1.20" else; "" for none and for nothing."""
    if not amount:
        return ""
    number = numbers.decimal(amount, 2 if amount >= 1 else 4, tag)
    return (
        f"${number}" if numbers.is_house(tag) else numbers.money_of(number, "USD", tag)
    )


def tags(brief: Brief, longest: int) -> tuple[str, ...]:
    """The labels of at most `longest` characters. "Single source" is said of the lead
    (C5); beside "2 sources" a reader has to be told so.
    """
    houses = {one.publisher or one.title for one in brief.sources}
    of_lead = f"lead: {SINGLE_SOURCE}" if len(houses) > 1 else "one publisher"
    instead = of_lead if len(brief.sources) > 1 else SINGLE_SOURCE
    short = (one for one in brief.labels if len(one) <= longest)
    return tuple(instead if one == SINGLE_SOURCE else one for one in short)
