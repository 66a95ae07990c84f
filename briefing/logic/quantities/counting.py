"""What is counted, and per what: "4,200 new jobs", "$20 a month"."""

from __future__ import annotations

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.tokens import Token
from briefing.logic.quantities.units import (
    SCALES,
    TIMES,
    is_plural,
    measure_name,
    singular,
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


def counted_noun(
    tokens: list[Token], place: int, found: Found, *, is_joined: bool
) -> None:
    """The counted noun: the first plural behind the number, adjectives skipped."""
    if found.kind is not QuantityKind.COUNT:
        return
    if is_joined:
        _joined_noun(tokens, place, found)
        return
    if found.is_vague and tokens[place].low == "of":
        place += 1
        place += tokens[place].low in {"the", "its", "their", "his", "her"}
    elif tokens[place].low == "of" and found.is_scaled:
        return
    is_one = found.numeral.value == 1 and not found.is_scaled
    for skipped in range(1 if is_one else _MAX_ADJECTIVES + 1):
        token = tokens[place]
        if not _may_be_noun(tokens, place):
            return
        if skipped and token.text[0].isupper() and is_plural(token.low):
            # "40 Steve Parsons" is a number and a name.
            return
        if _is_counted(tokens, place, found):
            _take(tokens, place, found, is_apart=skipped > 0 or found.is_vague)
            return
        place += 1
        if tokens[place].text in {"-", "‑"} and tokens[place].start == token.end:
            place += 1


def _joined_noun(tokens: list[Token], place: int, found: Found) -> None:
    """ "1,048,576-token": the noun hangs on a hyphen and is singular."""
    token = tokens[place]
    is_noun = token.kind == "word" and token.low not in _STOPS
    if is_noun and not token.low.endswith("ed") and not token.text[0].isupper():
        found.unit = singular(token.low)
        found.close(tokens, place + 1)


def _take(tokens: list[Token], place: int, found: Found, *, is_apart: bool) -> None:
    token = tokens[place]
    measured = measure_name(token.text, is_glued=False)
    if measured:
        # "Two whole months", "70 metric tons".
        found.kind = QuantityKind.MEASURE
    found.unit = measured or singular(token.low)
    if is_apart:
        found.noun_end = token.end
    else:
        found.close(tokens, place + 1)


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
        is_closed = following.kind != "word" or following.low in _STOPS
        return is_closed and not token.low.endswith("ed")
    if not token.text.isascii():
        return True
    if not is_plural(token.low):
        return False
    following = tokens[place + 1]
    is_compound = following.kind == "word" and is_plural(following.low)
    # "Two materials scientists": the last of the plurals is counted.
    return not is_compound


def rate(tokens: list[Token], found: Found) -> None:
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
    if word.low == "of" and found.kind is QuantityKind.MEASURE:
        # "16,000 cubic metres of water a day".
        place += 2
        word = tokens[min(place, len(tokens) - 1)]
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
    if not is_any and _is_a_while(tokens, after):
        return
    found.unit = f"{found.unit}/{scale}{per}"
    if found.unit in {"km/hour", "mile/hour"}:
        found.unit = {"km/hour": "km/h", "mile/hour": "mph"}[found.unit]
    found.close(tokens, after)


def _is_a_while(tokens: list[Token], after: int) -> bool:
    """ "2 million a week earlier" is no rate, "500 ships a year before the war" is."""
    low = tokens[after].low
    if low == "before":
        following = tokens[after + 1]
        return following.kind != "word" or following.low in {"that", "and", "but"}
    return low in {"earlier", "later", "ago", "previously", "prior", "hence"}


def _per_noun(
    tokens: list[Token], place: int, *, is_any: bool
) -> tuple[str, int] | None:
    token = tokens[place]
    if token.kind != "word":
        return None
    if token.low in {"square", "cubic"}:
        measured = measure_name(tokens[place + 1].text, is_glued=True)
        return (f"{token.low} {measured}", place + 2) if measured else None
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
