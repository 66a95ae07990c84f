"""What a number counts or measures: the unit around it, and its kind."""

from __future__ import annotations

from decimal import Decimal

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.numerals import ORDINALS, TENS, Numeral
from briefing.logic.quantities.tokens import Token
from briefing.logic.quantities.units import (
    CENTS,
    CURRENCY_CODES,
    CURRENCY_NATIONS,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    GLUED_ONLY,
    MEASURES,
    SCALES,
    TIMES,
    is_plural,
    singular,
)

MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3,
    "triples": 3, "tripling": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4,
    "quintupled": 5, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10, "twice": 2,
    "thrice": 3, "halved": 0, "halving": 0, "halves": 0,
}  # fmt: skip
_COMPARED = frozenset(
    "as more less higher larger bigger faster lower greater smaller the that what its "
    "their his her those longer cheaper quicker stronger better worse likelier".split()
)
# Nouns that a number may count with words between ("4,200 new jobs"): the search for
# the noun stops at one of these.
_STOPS = frozenset(
    "a an the and or but nor of in on at by for from to with into onto than as is are "
    "was were be been has have had do does did will would can could may might must "
    "shall should not no if that which who whom whose when where while because since "
    "after before about over under between among during until against per via who's "
    "it he she they we i you him them us this these those his her its their my our "
    "your said says say also out up down off so ago earlier later each all both more "
    "fewer less higher lower respectively compared versus vs including such most some "
    "any every there here now then just only even still already yet too very off "
    "through around across without within despite like amid along left right".split()
)
_MAX_ADJECTIVES = 3
_A_TIME = TIMES | {
    "share", "barrel", "head", "gallon", "tonne", "litre", "kilo", "kg", "unit",
    "person", "pound", "ounce", "piece", "mile", "night", "game", "ride", "ton",
}  # fmt: skip


def measure(tokens: list[Token], found: Found, currency: str, glued: str) -> None:
    """Sets kind, unit and the end of the span from what stands around the number."""
    if currency:
        _money(found, currency)
    elif glued:
        _glued_unit(found, glued)
    else:
        _unit_after(tokens, found)
    if found.kind is not QuantityKind.MULTIPLE:
        _rate(tokens, found)


def _money(found: Found, code: str) -> None:
    found.kind, found.unit = QuantityKind.MONEY, code


def _glued_unit(found: Found, glued: str) -> None:
    if glued in {"pct", "pc"}:
        found.kind, found.unit = QuantityKind.PERCENT, "percent"
    elif glued in {"pp", "ppt", "bp", "bps"}:
        _points(found, is_basis=glued.startswith("b"))
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
        numeral = found.numeral
        found.numeral = Numeral(numeral.value / 100, numeral.precision / 100)


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
    if _percent(tokens, place, found) or _currency_after(tokens, place, found):
        return
    if _measure_after(tokens, place, found) or _multiple_after(tokens, place, found):
        return
    if found.is_scaled or found.numeral.precision <= 1:
        _noun(tokens, place, found, is_joined=is_joined)


def _percent(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    low = token.low
    if low in {"basis", "bps", "bp"}:
        after = place + 2 if second.low in {"point", "points"} else place + 1
        if low == "basis" and after == place + 1:
            return False
        _points(found, is_basis=True)
        return _close(tokens, found, after)
    if low in {"percentage", "pp", "ppt"} or (low == "point" and _is_part(found)):
        if low == "percentage":
            place += tokens[place + 1].text == "-"
        after = place + 1 + (tokens[place + 1].low in {"point", "points"})
        if low == "percentage" and after == place + 1:
            return False
        _points(found, is_basis=False)
        return _close(tokens, found, after)
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
        return _close(tokens, found, after + 1 + (tokens[after].text == "-"))
    found.kind, found.unit = QuantityKind.PERCENT, "percent"
    return _close(tokens, found, after)


def _is_part(found: Found) -> bool:
    """ "Half-point", "quarter-point": of interest rates, so percentage points."""
    return found.kind is QuantityKind.MULTIPLE


def _close(tokens: list[Token], found: Found, after: int) -> bool:
    found.after, found.end = after, tokens[after - 1].end
    return True


def _currency_after(tokens: list[Token], place: int, found: Found) -> bool:
    token = tokens[place]
    for ahead in range(3):
        word = tokens[place + ahead]
        code = CURRENCY_WORDS.get(word.low, "")
        if word.low == "pounds" and (found.is_scaled or found.numeral.value > 9999):
            code = "GBP"
        if word.low == "won" and found.is_scaled and tokens[place + 1].kind != "word":
            code = "KRW"
        if code:
            before = tokens[place + ahead - 1].low if ahead else ""
            if ahead and (before, code) not in CURRENCY_NATIONS:
                return False
            _money(found, CURRENCY_NATIONS.get((before, code), code))
            return _close(tokens, found, place + ahead + 1)
        if word.kind != "word" or not word.text[0].isupper():
            break
    if token.text in CURRENCY_CODES and token.text not in {"Fr", "Rs", "RM"}:
        _money(found, CURRENCY_CODES[token.text])
        return _close(tokens, found, place + 1)
    if token.text in {"€", "£", "₽", "$", "₹", "¥"} and token.start - found.end <= 1:
        behind = tokens[place + 1]
        if behind.kind != "run" or behind.start > token.end:
            _money(found, CURRENCY_SIGNS[token.text])
            return _close(tokens, found, place + 1)
    if token.low in CENTS and not found.is_scaled:
        numeral = found.numeral
        found.numeral = Numeral(numeral.value / 100, numeral.precision / 100)
        _money(found, CENTS[token.low])
        return _close(tokens, found, place + 1)
    return False


def measure_name(letters: str, *, is_glued: bool) -> str:
    """The canonical measure for a unit as printed, "" if it is none."""
    if letters in MEASURES:
        return MEASURES[letters] if is_glued or letters not in GLUED_ONLY else ""
    low = letters.lower()
    return MEASURES.get(low, "") if len(low) > 2 else ""


def _measure_after(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    if token.text == "°":
        letter = second.text if second.start == token.end else ""
        unit = {"C": "°C", "F": "°F"}.get(letter, "°")
        found.kind, found.unit = QuantityKind.MEASURE, unit
        return _close(tokens, found, place + 1 + bool(letter in {"C", "F"}))
    if token.low in {"square", "sq", "cubic"}:
        dot = tokens[place + 1].text == "."
        unit = measure_name(tokens[place + 1 + dot].text, is_glued=True)
        if unit:
            word = "cubic" if token.low == "cubic" else "square"
            found.kind, found.unit = QuantityKind.MEASURE, f"{word} {unit}"
            return _close(tokens, found, place + 2 + dot)
    if token.low == "light" and second.text == "-" and tokens[place + 2].low == "years":
        found.kind, found.unit = QuantityKind.MEASURE, "light-year"
        return _close(tokens, found, place + 3)
    unit = measure_name(token.text, is_glued=False) if token.kind == "word" else ""
    if not unit or _is_second_ordinal(tokens, place, found):
        return False
    found.kind, found.unit = QuantityKind.MEASURE, unit
    if unit == "kilowatt" and second.text == "-":
        return _close(tokens, found, place + 1)
    _close(tokens, found, place + 1)
    _degrees_of(tokens, found)
    _squared(tokens, found)
    _years_old(tokens, found)
    return True


def _is_second_ordinal(tokens: list[Token], place: int, found: Found) -> bool:
    is_word = tokens[place].text == "second" and tokens[place - 1].text != "-"
    return is_word and found.numeral.value != 1


def _degrees_of(tokens: list[Token], found: Found) -> None:
    following = tokens[found.after].low
    units = {"celsius": "°C", "centigrade": "°C", "c": "°C", "fahrenheit": "°F"}
    if found.unit == "°" and following in units | {"f": "°F"}:
        found.unit = (units | {"f": "°F"})[following]
        _close(tokens, found, found.after + 1)


def _squared(tokens: list[Token], found: Found) -> None:
    following = tokens[found.after]
    if following.text in {"²", "³"} and following.start == found.end:
        word = "square" if following.text == "²" else "cubic"
        found.unit = f"{word} {found.unit}"
        _close(tokens, found, found.after + 1)


def _years_old(tokens: list[Token], found: Found) -> None:
    """ "16-year-old" and "16 years old" are one age."""
    place = found.after
    if found.unit not in TIMES:
        return
    place += tokens[place].text == "-"
    if tokens[place].low in {"old", "olds"}:
        _close(tokens, found, place + 1)


def _multiple_after(tokens: list[Token], place: int, found: Found) -> bool:
    token, second = tokens[place], tokens[place + 1]
    if token.low == "times" and found.kind is QuantityKind.COUNT:
        if second.low in _COMPARED:
            found.kind = QuantityKind.MULTIPLE
        else:
            found.unit = "time"
        return _close(tokens, found, place + 1)
    if token.low in {"fold", "×", "x"} and second.kind != "run":
        found.kind = QuantityKind.MULTIPLE
        return _close(tokens, found, place + 1)
    return False


def _noun(tokens: list[Token], place: int, found: Found, *, is_joined: bool) -> None:
    """The counted noun: the first plural behind the number, adjectives skipped."""
    if found.kind is not QuantityKind.COUNT:
        return
    if is_joined:
        token = tokens[place]
        if token.kind == "word" and not token.text[0].isupper():
            found.unit = singular(token.low)
            _close(tokens, found, place + 1)
        return
    if found.is_vague and tokens[place].low == "of":
        place += 1
        place += tokens[place].low in {"the", "its", "their", "his", "her"}
    elif tokens[place].low == "of" and found.is_scaled:
        return
    skipped = 0
    while skipped <= _MAX_ADJECTIVES:
        token = tokens[place]
        if not _may_be_noun(tokens, place):
            return
        if _is_counted(tokens, place, found):
            found.unit = singular(token.low)
            if skipped or found.is_vague:
                found.noun_end = token.end
            else:
                _close(tokens, found, place + 1)
            return
        place += 1
        skipped += 1
        if tokens[place].text in {"-", "‑"} and tokens[place].start == token.end:
            place += 1


def _may_be_noun(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if token.kind != "word" or token.low in _STOPS:
        return False
    # A capital after a line break begins something else.
    before = tokens[place - 1]
    return not (token.text[0].isupper() and token.start - before.end > 1)


def _is_counted(tokens: list[Token], place: int, found: Found) -> bool:
    token = tokens[place]
    if found.numeral.value == 1 and not found.is_scaled:
        # "one officer was": only where a verb or a mark shows that the noun is over.
        following = tokens[place + 1]
        return following.kind != "word" or following.low in _STOPS
    if not token.text.isascii():
        return True
    if not is_plural(token.low):
        return False
    following = tokens[place + 1]
    is_compound = following.kind == "word" and is_plural(following.low)
    return not (is_compound and token.low in {"sales", "savings", "women", "men"})


def _rate(tokens: list[Token], found: Found) -> None:
    """Adds what the number is per: "USD/month", "USD/million token", "barrel/day"."""
    if found.kind in {QuantityKind.PERCENT, QuantityKind.POINTS}:
        return
    place = found.after
    word = tokens[place]
    if found.noun_end is not None:
        return
    if word.text == "-" and tokens[place + 1].low in {"a", "per"}:
        place += 1
        word = tokens[place]
    if word.low not in {"per", "a", "an", "each", "every", "/"} or word.end < 0:
        return
    is_slash = word.text == "/"
    if is_slash and word.start != found.end:
        return
    _per(tokens, place + 1, found, is_any=word.low == "per" or is_slash)


def _per(tokens: list[Token], place: int, found: Found, *, is_any: bool) -> None:
    place += tokens[place].text == "-"
    scale = ""
    token = tokens[place]
    if is_any and token.low in SCALES:
        scale = token.low + " "
        place += 1
    elif is_any and token.kind == "run" and token.numeral is not None:
        scale = f"{token.numeral.value:f} "
        place += 1
        if tokens[place].low in SCALES:
            scale += tokens[place].low + " "
            place += 1
    if scale.startswith("1 "):
        scale = scale[2:]
    noun = _per_noun(tokens, place, is_any=is_any)
    if noun is None:
        return
    per, after = noun
    found.unit = f"{found.unit}/{scale}{per}"
    if found.unit in {"km/hour", "mile/hour"}:
        found.unit = {"km/hour": "km/h", "mile/hour": "mph"}[found.unit]
    _close(tokens, found, after)


def _per_noun(
    tokens: list[Token], place: int, *, is_any: bool
) -> tuple[str, int] | None:
    token = tokens[place]
    if token.kind != "word":
        return None
    unit = measure_name(token.text, is_glued=is_any)
    name = unit or singular(token.low)
    if name in _A_TIME:
        return name, place + 1
    if not is_any or token.low in _STOPS or token.low == "cent":
        return None
    for ahead in range(2):
        word = tokens[place + 1 + ahead]
        if is_plural(tokens[place + ahead].low) or word.kind != "word":
            return singular(tokens[place + ahead].low), place + ahead + 1
        if word.low in _STOPS:
            return singular(tokens[place + ahead].low), place + ahead + 1
    return name, place + 1


def ordinal(tokens: list[Token], index: int) -> Found | None:
    """ "third", "twenty-first"; not the time "second", nor "First, ..." or a name."""
    place, value = index, 0
    if tokens[index].low in TENS:
        hyphen, last = tokens[index + 1], tokens[index + 2]
        unit = ORDINALS.get(last.low, 99) if hyphen.text in {"-", "‑"} else 99
        if unit > 9:
            return None
        place, value = index + 2, TENS[tokens[index].low] + unit
    elif tokens[index].low in ORDINALS:
        value = ORDINALS[tokens[index].low]
    if not value or _is_no_ordinal(tokens, index, place):
        return None
    numeral = Numeral(Decimal(value), Decimal(1))
    found = Found(
        numeral, QuantityKind.ORDINAL, "", tokens[index].start, tokens[place].end,
        index, place + 1, is_digits=False,
    )  # fmt: skip
    ordinal_unit(tokens, found)
    return found


_NAMED_AFTER = frozenset(
    "amendment avenue street lady minister circuit reich world war republic century "
    "fleet army infantry solar nations baptist bank national".split()
)


def _is_no_ordinal(tokens: list[Token], index: int, place: int) -> bool:
    word, following = tokens[index], tokens[place + 1]
    before = tokens[index - 1].low if index else ""
    if following.kind == "word" and following.text[0].isupper() and (
        word.text[0].isupper() or following.low in _NAMED_AFTER
    ):  # fmt: skip
        return True
    if before == "at" and word.low == "first":
        return True
    if following.low in {"lady", "of"} and word.low == "first" and (
        following.low == "lady" or tokens[place + 2].low == "all"
    ):  # fmt: skip
        return True
    if word.text[0].isupper() and following.text == ",":
        return True
    if following.text == "-" and tokens[place + 2].low in {"hand", "degree", "rate"}:
        return True
    if following.low in {"century", "centuries"}:
        return True
    return word.low == "second" and (
        before in {"per", "a", "each", "every", "split", "one", "/"}
        and following.low not in {"time", "term", "consecutive", "straight", "wave"}
        and before in {"per", "split", "one", "/"}
    )


def ordinal_unit(tokens: list[Token], found: Found) -> None:
    """ "third week in a row", "fifth straight month": what is counted is a time."""
    place = found.after
    is_streak = tokens[place].low in {"straight", "consecutive", "successive"}
    place += is_streak
    word = tokens[place].low
    if singular(word) not in TIMES or not tokens[place].end > 0:
        return
    behind = tokens[place + 1].low
    is_streak = is_streak or behind in {"running", "straight"} or (
        behind == "in" and tokens[place + 2].low == "a"
        and tokens[place + 3].low == "row"
    )  # fmt: skip
    if is_streak:
        found.unit = singular(word)


def multiple(tokens: list[Token], index: int) -> Found | None:
    """ "doubled", "threefold", "twice as many"; "twice" alone is a count of times."""
    token = tokens[index]
    factor = MULTIPLES.get(token.low)
    if factor is None or tokens[index + 1].text == "-":
        return None
    if token.low in {"double", "triple"} and tokens[index + 1].low not in _COMPARED | {
        "in", "from", "to", "by", "over", "since", ".", ",", "digit",
    }:  # fmt: skip
        return None
    if token.low == "halves":
        return None
    kind, unit = QuantityKind.MULTIPLE, ""
    if token.low in {"twice", "thrice"} and tokens[index + 1].low not in _COMPARED:
        kind, unit = QuantityKind.COUNT, "time"
    value = Decimal(factor) if factor else Decimal("0.5")
    step = Decimal(1) if factor else Decimal("0.000001")
    return Found(
        Numeral(value, step), kind, unit, token.start, token.end, index, index + 1,
        is_digits=False,
    )  # fmt: skip
