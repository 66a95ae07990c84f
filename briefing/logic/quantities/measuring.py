"""What a number counts or measures: the unit around it, and its kind."""

from __future__ import annotations

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.counting import counted_noun, rate
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.tokens import Token
from briefing.logic.quantities.units import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_NATIONS,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    MEASURES,
    TIMES,
    measure_name,
)

COMPARED = frozenset(
    "as more less higher larger bigger faster lower greater smaller the that what its "
    "their his her those longer cheaper quicker stronger better worse likelier".split()
)


def measure(tokens: list[Token], found: Found, currency: str, glued: str) -> None:
    """Sets kind, unit and the end of the span from what stands around the number."""
    if currency:
        _money(found, currency)
    elif glued:
        _glued_unit(found, glued)
    else:
        _unit_after(tokens, found)
    if found.kind is not QuantityKind.MULTIPLE:
        rate(tokens, found)


def _money(found: Found, code: str) -> None:
    found.kind, found.unit = QuantityKind.MONEY, code


def _glued_unit(found: Found, glued: str) -> None:
    if glued in {"pct", "pc"}:
        found.kind, found.unit = QuantityKind.PERCENT, "percent"
    elif glued in {"pp", "ppt", "bp", "bps"}:
        _points(found, is_basis=glued.startswith("b"))
    elif glued == "p":
        found.numeral = found.numeral.hundredth()
        _money(found, "GBP")
    elif glued in {"x", "fold"}:
        found.kind = QuantityKind.MULTIPLE
    elif glued in CURRENCY_CODES:
        _money(found, CURRENCY_CODES[glued])
    elif glued in CURRENCY_WORDS:
        _money(found, CURRENCY_WORDS[glued])
    elif glued in MEASURES.values():
        found.kind, found.unit = QuantityKind.MEASURE, glued
    else:
        found.unit = glued


def _points(found: Found, *, is_basis: bool) -> None:
    found.kind, found.unit = QuantityKind.POINTS, "percentage_point"
    if is_basis:
        # A basis point is a hundredth of a percentage point, by definition.
        found.numeral = found.numeral.hundredth()


def _unit_after(tokens: list[Token], found: Found) -> None:
    place = found.after
    token = tokens[place]
    if token.text == "+" and token.start == found.end and found.is_digits:
        # "500+ shops": the plus is read with the approximations.
        place += 1
        token = tokens[place]
    is_joined = token.text in {"-", "‑"} and token.start == found.end
    if is_joined and tokens[place + 1].low == "plus":
        place += 2
        token, is_joined = tokens[place], False
    if is_joined:
        place += 1
        token = tokens[place]
        if token.start != tokens[place - 1].end:
            return
    was = found.kind
    if found.is_vague and token.low == "of":
        # "Tens of millions of pounds", "hundreds of miles".
        _ = _currency_after(tokens, place + 1, found) or _measure_after(
            tokens, place + 1, found
        )
    if found.kind is not was or _percent(tokens, place, found):
        return
    if _currency_after(tokens, place, found):
        return
    if _measure_after(tokens, place, found) or _multiple_after(tokens, place, found):
        return
    if found.is_scaled or found.numeral.precision <= 1:
        counted_noun(tokens, place, found, is_joined=is_joined)


def _percent(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    low = token.low
    if low in {"basis", "bps", "bp"}:
        after = place + 2 if second.low in {"point", "points"} else place + 1
        if low == "basis" and after == place + 1:
            return False
        _points(found, is_basis=True)
        return found.close(tokens, after)
    if low in {"percentage", "pp", "ppt"} or (low == "point" and _is_part(found)):
        if low == "percentage":
            place += tokens[place + 1].text == "-"
        after = place + 1 + (tokens[place + 1].low in {"point", "points"})
        if low == "percentage" and after == place + 1:
            return False
        _points(found, is_basis=False)
        return found.close(tokens, after)
    if low in {"%", "％", "percent", "pct"}:
        after = place + 1
    elif low == "per" and second.low == "cent":
        after = place + 2
    else:
        return False
    if tokens[after].low in {"point", "points"} or (
        tokens[after].text == "-" and tokens[after + 1].low in {"point", "points"}
    ):
        _points(found, is_basis=False)
        return found.close(tokens, after + 1 + (tokens[after].text == "-"))
    found.kind, found.unit = QuantityKind.PERCENT, "percent"
    return found.close(tokens, after)


def _is_part(found: Found) -> bool:
    """ "Half-point", "quarter-point": of interest rates, so percentage points."""
    return found.kind is QuantityKind.MULTIPLE


def _currency_after(tokens: list[Token], place: int, found: Found) -> bool:
    token = tokens[place]
    for ahead in range(3):
        word = tokens[place + ahead]
        code = CURRENCY_WORDS.get(word.low, "")
        if word.low in {"pounds", "pound"} and (
            found.is_scaled or found.numeral.value > 9999
        ):
            code = "GBP"
        if word.low == "won" and found.is_scaled and tokens[place + 1].kind != "word":
            code = "KRW"
        if code:
            before = tokens[place + ahead - 1].low if ahead else ""
            if ahead and (before, code) not in CURRENCY_NATIONS:
                return False
            _money(found, CURRENCY_NATIONS.get((before, code), code))
            return found.close(tokens, place + ahead + 1)
        if word.kind != "word" or not word.text[0].isupper():
            break
    if token.text in CURRENCY_CODES and token.text not in {"Fr", "Rs", "RM"}:
        _money(found, CURRENCY_CODES[token.text])
        return found.close(tokens, place + 1)
    if token.text in {"€", "£", "₽", "$", "₹", "¥"} and token.start - found.end <= 1:
        behind = tokens[place + 1]
        if behind.kind != "run" or behind.start > token.end:
            _money(found, CURRENCY_SIGNS[token.text])
            return found.close(tokens, place + 1)
    if token.low in CENTS and not found.is_scaled:
        found.numeral = found.numeral.hundredth()
        _money(found, CENTS[token.low])
        return found.close(tokens, place + 1)
    return False


def _measure_after(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    if token.text == "°":
        letter = second.text if second.start == token.end else ""
        unit = {"C": "°C", "F": "°F"}.get(letter, "°")
        found.kind, found.unit = QuantityKind.MEASURE, unit
        return found.close(tokens, place + 1 + bool(letter in {"C", "F"}))
    if token.low in {"square", "sq", "cubic"}:
        dot = tokens[place + 1].text == "."
        unit = measure_name(tokens[place + 1 + dot].text, is_glued=True)
        if unit:
            word = "cubic" if token.low == "cubic" else "square"
            found.kind, found.unit = QuantityKind.MEASURE, f"{word} {unit}"
            return found.close(tokens, place + 2 + dot)
    if token.low == "light" and second.text == "-" and tokens[place + 2].low == "years":
        found.kind, found.unit = QuantityKind.MEASURE, "light-year"
        return found.close(tokens, place + 3)
    unit = measure_name(token.text, is_glued=False) if token.kind == "word" else ""
    if not unit or _is_second_ordinal(tokens, place, found):
        return False
    found.kind, found.unit = QuantityKind.MEASURE, unit
    found.close(tokens, place + 1)
    _hours_of(tokens, found)
    _degrees_of(tokens, found)
    _squared(tokens, found)
    _years_old(tokens, found)
    return True


def _is_second_ordinal(tokens: list[Token], place: int, found: Found) -> bool:
    is_word = tokens[place].text == "second" and tokens[place - 1].text != "-"
    return is_word and found.numeral.value != 1


def _hours_of(tokens: list[Token], found: Found) -> None:
    """ "Megawatt-hours" and "megawatt hours" are no megawatts."""
    place = found.after
    place += tokens[place].text in {"-", "‑"}
    if f"{found.unit}h" in MEASURES and tokens[place].low in {"hour", "hours"}:
        found.unit += "h"
        found.close(tokens, place + 1)


def _degrees_of(tokens: list[Token], found: Found) -> None:
    following = tokens[found.after].low
    units = {"celsius": "°C", "centigrade": "°C", "c": "°C", "fahrenheit": "°F"}
    if found.unit == "°" and following in units | {"f": "°F"}:
        found.unit = (units | {"f": "°F"})[following]
        found.close(tokens, found.after + 1)


def _squared(tokens: list[Token], found: Found) -> None:
    following = tokens[found.after]
    if following.text in {"²", "³"} and following.start == found.end:
        word = "square" if following.text == "²" else "cubic"
        found.unit = f"{word} {found.unit}"
        found.close(tokens, found.after + 1)


def _years_old(tokens: list[Token], found: Found) -> None:
    """ "16-year-old" and "16 years old" are one age."""
    place = found.after
    if found.unit not in TIMES:
        return
    place += tokens[place].text == "-"
    if tokens[place].low.startswith("old"):
        found.close(tokens, place + 1)


def _multiple_after(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    if token.low == "times" and found.kind is QuantityKind.COUNT:
        if second.low in COMPARED:
            found.kind = QuantityKind.MULTIPLE
        else:
            found.unit = "time"
        return found.close(tokens, place + 1)
    if token.low in {"fold", "×", "x"} and second.kind != "run":
        found.kind = QuantityKind.MULTIPLE
        return found.close(tokens, place + 1)
    return False
