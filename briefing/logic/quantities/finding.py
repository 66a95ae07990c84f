"""Numbers of a sentence with the sign, scale and unit printed on them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefing.domain.claim import QuantityKind
from briefing.domain.document import Span
from briefing.logic.quantities import masks, measuring, special
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.numerals import (
    NUMBER_WORDS,
    ORDINALS,
    TENS,
    Numeral,
    ordinal_ending,
)
from briefing.logic.quantities.spelled import read_words
from briefing.logic.quantities.tokens import Token
from briefing.logic.quantities.units import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DOLLARS,
    MONEY_SUFFIXES,
    SCALES,
    SUFFIXES,
    TIMES,
    YENS,
    is_plural,
    measure_name,
)

_LAST_LATIN = 0x2E7F  # everything from here on is written without spaces
_MINUS = frozenset("-−–")
_DASHES = frozenset("-–‑")
_VERSION_WORDS = frozenset({"v", "ver", "version"})


def find(tokens: list[Token], masked: list[Span]) -> Iterator[Found]:
    """The numbers that are quantities, in order, none overlapping another."""
    starts = [span.start for span in masked]
    index = floor = 0
    while tokens[index].kind != "end":
        token = tokens[index]
        found = None
        if token.kind == "run":
            if not masks.is_masked(token.start, starts, masked):
                found = _digits(tokens, index, floor)
        elif token.kind == "word" and not masks.is_masked(token.start, starts, masked):
            found = _word(tokens, index)
        if found is None:
            index += 1
            continue
        yield found
        index = floor = max(found.after, index + 1)


def _digits(tokens: list[Token], index: int, floor: int) -> Found | None:
    """The number of a run of digits; tokens before `floor` belong to another."""
    token = tokens[index]
    if token.numeral is None:
        return None
    first, start, currency = _currency_before(tokens, index, floor)
    if not currency and masks.is_glued_to_name(tokens, index):
        return _hash_rank(tokens, index)
    if not currency and _is_score(tokens, index):
        return Found(
            token.numeral, QuantityKind.COUNT, "", start, token.end, index, index + 1
        )
    made = _suffixed(tokens, index, currency)
    if made is None:
        return None
    numeral, after, end, is_scaled, glued_unit = made
    found = Found(
        numeral, QuantityKind.COUNT, "", start, end, first, after, is_scaled=is_scaled
    )
    _sign(tokens, found)
    if glued_unit == "ordinal":
        found.kind = QuantityKind.ORDINAL
        special.ordinal_unit(tokens, found)
        return found
    measuring.measure(tokens, found, currency, glued_unit)
    if currency or found.kind is not QuantityKind.COUNT or is_scaled:
        return found
    is_bare = "," not in token.text and " " not in token.text and not found.unit
    if masks.is_named(tokens, index, is_bare=is_bare):
        return None
    return special.aged(tokens, _ranked(tokens, found))


def _is_score(tokens: list[Token], index: int) -> bool:
    """A half of "3-1" or "0-0": two counts, where a rising pair would be a range."""
    return _is_pair(tokens, index) or (index > 1 and _is_pair(tokens, index - 2))


def _is_pair(tokens: list[Token], index: int) -> bool:
    left, dash, right = tokens[index : index + 3]
    if left.numeral is None or right.numeral is None or dash.text not in _DASHES:
        return False
    is_tight = left.end == dash.start and dash.end == right.start
    is_whole = left.numeral.precision == 1 == right.numeral.precision
    is_short = left.numeral.value < 200
    follows = tokens[index + 3]
    has_more = follows.start == right.end and (
        follows.text in "%-–" or follows.kind == "word"
    )
    is_falling = left.numeral.value >= right.numeral.value
    return is_tight and is_whole and is_short and is_falling and not has_more


def _hash_rank(tokens: list[Token], index: int) -> Found | None:
    """ "#1" in a ranking; "#12345" is somebody's number."""
    token, mark = tokens[index], tokens[index - 1]
    if mark.text != "#" or token.numeral is None or len(token.text) > 3:
        return None
    return Found(
        token.numeral, QuantityKind.ORDINAL, "", mark.start, token.end, index - 1,
        index + 1,
    )  # fmt: skip


def _currency_before(
    tokens: list[Token], index: int, floor: int
) -> tuple[int, int, str]:
    """First token, first offset and code of a currency in front of the number."""
    first = index
    place = index - 1
    if place < floor:
        return first, tokens[index].start, ""
    before = tokens[place]
    gap = tokens[index].start - before.end
    if before.text in CURRENCY_SIGNS and gap <= 1:
        code = CURRENCY_SIGNS[before.text]
        return _prefixed(tokens, place, code)
    is_code = before.text in CURRENCY_CODES
    if is_code and gap <= 1:
        return place, before.start, CURRENCY_CODES[before.text]
    if before.text == "." and place and tokens[place - 1].text == "Rs" and gap <= 1:
        return place - 1, tokens[place - 1].start, "INR"
    return first, tokens[index].start, ""


def _prefixed(tokens: list[Token], place: int, code: str) -> tuple[int, int, str]:
    sign = tokens[place]
    if place and tokens[place - 1].end == sign.start:
        prefix = tokens[place - 1]
        table = DOLLARS if sign.text == "$" else YENS if code in {"JPY", "CNY"} else {}
        if prefix.text in table:
            return place - 1, prefix.start, table[prefix.text]
        if prefix.text == "." and place > 3 and tokens[place - 2].text == "S":
            return place - 4, tokens[place - 4].start, code
    return place, sign.start, code


_Made = tuple[Numeral, int, int, bool, str]


def _suffixed(tokens: list[Token], index: int, currency: str) -> _Made | None:
    """The numeral with its scale, or None where glued letters make it a name."""
    token, following = tokens[index], tokens[index + 1]
    assert token.numeral is not None  # noqa: S101 - the caller looked
    numeral, after, end = token.numeral, index + 1, token.end
    if following.kind == "word" and following.start == token.end:
        suffix = following.text
        is_scale = suffix in SUFFIXES and (
            suffix not in MONEY_SUFFIXES or currency or _is_million(tokens, index)
        )
        if _is_trade_name(tokens, index) and not currency:
            return None
        if is_scale:
            scaled = numeral.times(SUFFIXES[suffix])
            return scaled, index + 2, following.end, True, ""
        unit = _glued(tokens, index)
        return (numeral, index + 2, following.end, False, unit) if unit else None
    if _is_designation(tokens, index):
        return None
    is_scaled = False
    place = after + (tokens[after].text == "-" and tokens[after].start == end)
    while tokens[place].low in SCALES and len(tokens[place].text) < 12:
        numeral, end = numeral.times(SCALES[tokens[place].low]), tokens[place].end
        place += 1
        after, is_scaled = place, True
    if after == index + 1 and currency and following.text in {"m", "M", "B", "T", "k"}:
        numeral = numeral.times(SUFFIXES[following.text])
        after, end, is_scaled = index + 2, following.end, True
    return numeral, after, end, is_scaled, ""


def _is_million(tokens: list[Token], index: int) -> bool:
    """ "5m people": million; "100m sprint": metres."""
    following = tokens[index + 2]
    return following.kind == "word" and is_plural(following.low)


_SCREENS = frozenset(
    "tv tvs video videos ultra resolution display displays screen hdr camera run race "
    "monitor content footage streaming".split()
)


def _is_trade_name(tokens: list[Token], index: int) -> bool:
    """The company 3M, a 4K screen, a 5K race."""
    suffix = tokens[index + 1].low.removesuffix("'s").removesuffix("’s")
    if suffix == "m":
        return tokens[index].text == "3" and not _is_million(tokens, index)
    return suffix == "k" and tokens[index + 2].low in _SCREENS


def _is_designation(tokens: list[Token], index: int) -> bool:
    """ "737-MAX", "3-D": capitals hang on the digits."""
    hyphen, letters = tokens[index + 1], tokens[index + 2]
    return (
        hyphen.text in "-‑"
        and hyphen.kind == "mark"
        and hyphen.start == tokens[index].end
        and letters.kind == "word"
        and letters.start == hyphen.end
        and letters.text.isupper()
        and measure_name(letters.text, is_glued=False) == ""
        and letters.text not in CURRENCY_CODES
    )


def _glued(tokens: list[Token], index: int) -> str:
    """The unit that letters on the digits show; "" if they make a name ("5G")."""
    letters = tokens[index + 1]
    is_ordinal = letters.low in {"st", "nd", "rd", "th"}
    if is_ordinal and tokens[index].text.replace(",", "").isdecimal():
        # "18st" is a weight.
        ending = ordinal_ending(int(tokens[index].text.replace(",", "")))
        return (
            "ordinal"
            if letters.low == ending
            else measure_name(letters.low, is_glued=True)
        )
    if letters.low in {"x", "p", "pp", "ppt", "pct", "pc", "bp", "bps", "fold"}:
        return letters.low
    if letters.text in CURRENCY_CODES or letters.low in {"yuan", "yen"}:
        return letters.text
    if ord(letters.text[0]) > _LAST_LATIN:
        return letters.text
    return measure_name(letters.text, is_glued=True)


def _sign(tokens: list[Token], found: Found) -> None:
    """Takes a plus or minus in front; a hyphen behind a word or a number is none."""
    place = found.first - 1
    if place < 0:
        return
    before = tokens[place]
    if before.low == "minus" or before.low == "plus":
        found.sign = "-" if before.low == "minus" else "+"
        found.start, found.first = before.start, place
        return
    if before.text not in _MINUS and before.text not in {"+", "±"}:
        return
    if before.end != found.start and (
        before.text != "−" or found.start - before.end > 1
    ):
        return
    if place and before.text in _MINUS:
        earlier = tokens[place - 1]
        if earlier.end == before.start and earlier.text not in "([|/~≈":
            return
        if before.text == "–" and earlier.kind != "mark" and found.is_scaled:
            return
    if before.text == "±":
        return
    found.sign = "+" if before.text == "+" else "-"
    found.start, found.first = before.start, place


def _ranked(tokens: list[Token], found: Found) -> Found:
    """ "No. 1", "number one", "ranked 1": places, not counts."""
    place = found.first - 1
    if place < 0 or found.unit or found.numeral.precision != 1:
        return found
    before = tokens[place]
    if before.text == "." and place and tokens[place - 1].low == "no":
        place -= 1
        found.start, found.first = tokens[place].start, place
        found.kind = QuantityKind.ORDINAL
    elif before.low in {"number"} or before.low in {"nos"}:
        found.start, found.first = before.start, place
        found.kind = QuantityKind.ORDINAL
    elif before.low in {"rank", "ranked", "ranks", "ranking"}:
        found.kind = QuantityKind.ORDINAL
    return found


def _word(tokens: list[Token], index: int) -> Found | None:
    low = tokens[index].low
    if low in ORDINALS or low in TENS or low in special.MULTIPLES:
        made = special.ordinal(tokens, index) or special.multiple(tokens, index)
        if made is not None:
            return made
    spelled = read_words(tokens, index)
    if spelled is None:
        return None
    if _is_part_of_name(tokens, index, spelled.after) or masks.is_named(
        tokens, index, is_bare=False
    ):
        return None
    if spelled.after == index + 1 and low == "one" and not _counts_one(tokens, index):
        return _number_one(tokens, index)
    start, end = tokens[index].start, tokens[spelled.after - 1].end
    kind = QuantityKind.COUNT
    if spelled.sort == "fraction":
        kind = QuantityKind.MULTIPLE
    found = Found(
        spelled.numeral, kind, "", start, end, index, spelled.after, is_digits=False,
        is_scaled=spelled.numeral.precision > 1, is_vague=spelled.sort == "vague",
    )  # fmt: skip
    _sign(tokens, found)
    measuring.measure(tokens, found, "", "")
    if found.kind is QuantityKind.COUNT:
        return special.aged(tokens, _ranked(tokens, found))
    return found


def _is_part_of_name(tokens: list[Token], index: int, after: int) -> bool:
    """ "Group of Seven", "Big Four", "Three Gorges": a capital inside a sentence."""
    token = tokens[index]
    if not token.text[0].isupper():
        return False
    if index == 0 or tokens[index - 1].text in "“\"‘'([|•-–:":
        behind = tokens[after]
        return behind.kind == "word" and behind.text[0].isupper() and not is_plural(
            behind.low
        )  # fmt: skip
    return not masks.is_headline(tokens, index)


# What "one" counts stands right behind it; these make it a pronoun or a turn of phrase.
_PRONOUN_AFTER = frozenset(
    "of another day thing way that who which to is was has had can could would should "
    "will may might must and or but in on at by for from with as than if when where "
    "what side hand reason point such more kind sort type the a an his her its their "
    "this these those said says after before time another's only".split()
)
_PRONOUN_BEFORE = frozenset(
    "no any every the this that which each some another only not such day loved last "
    "first next previous new old big small good bad better best right wrong other "
    "everyone great other's it's isn't a my your his her".split()
)


def _counts_one(tokens: list[Token], index: int) -> bool:
    following = tokens[index + 1]
    if following.kind != "word":
        is_joined = following.text in "-‑%" and following.start == tokens[index].end
        return following.text == "%" or (is_joined and tokens[index + 2].low in TIMES)
    if index and tokens[index - 1].low in _PRONOUN_BEFORE:
        return False
    if following.low in {"to", "or", "in"}:
        ahead = tokens[index + 2]
        return ahead.kind == "run" or ahead.low in NUMBER_WORDS
    if is_plural(following.low):
        # "As one heads south": a verb.
        return False
    if following.low == "day":
        return tokens[index + 2].low in {"after", "before", "ago", "earlier", "later"}
    if following.low in _PRONOUN_AFTER or following.low.endswith(("ly", "'s", "’s")):
        return False
    return "'" not in following.low


def _number_one(tokens: list[Token], index: int) -> Found | None:
    if index == 0 or tokens[index - 1].low != "number":
        return None
    found = Found(
        Numeral(Decimal(1), Decimal(1)), QuantityKind.COUNT, "", tokens[index].start,
        tokens[index].end, index, index + 1, is_digits=False,
    )  # fmt: skip
    return _ranked(tokens, found)
