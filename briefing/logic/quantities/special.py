"""Ordinals and multiples in words: "third", "doubled", "twice as many"."""

from __future__ import annotations

from decimal import Decimal

from briefing.domain.claim import QuantityKind
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.measuring import COMPARED
from briefing.logic.quantities.numerals import ORDINALS, TENS, Numeral
from briefing.logic.quantities.tokens import Token
from briefing.logic.quantities.units import TIMES, singular

# "Twice as many", "twice as expensive a car as": so far ahead the second "as" stands.
_REACH_OF_AS = 5
_AS_MUCH = frozenset("many much likely big large high long fast good bad".split())
MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3,
    "triples": 3, "tripling": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4,
    "quintupled": 5, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5,
    "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10, "twice": 2,
    "thrice": 3, "halved": 0, "halving": 0, "halves": 0,
}  # fmt: skip


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
    if tokens[index + 1].low in {"down", "as", "up"} and token.low.startswith("doubl"):
        # "Doubles down", "doubling as a heater".
        return None
    if token.low in {"double", "triple"} and tokens[index + 1].low not in COMPARED | {
        "in", "from", "to", "by", "over", "since", ".", ",", "digit",
    }:  # fmt: skip
        return None
    if token.low == "halves":
        return None
    kind, unit = QuantityKind.MULTIPLE, ""
    if token.low in {"twice", "thrice"} and not _compares(tokens, index + 1):
        kind, unit = QuantityKind.COUNT, "time"
    value = Decimal(factor) if factor else Decimal("0.5")
    step = Decimal(1) if factor else Decimal("0.000001")
    return Found(
        Numeral(value, step), kind, unit, token.start, token.end, index, index + 1,
        is_digits=False,
    )  # fmt: skip


def _compares(tokens: list[Token], index: int) -> bool:
    """ "As many", "the size", but not the "as" of time ("scored twice as X won")."""
    low = tokens[index].low
    if low != "as":
        return low in COMPARED
    following = tokens[index + 1 : index + 1 + _REACH_OF_AS]
    return any(t.low in _AS_MUCH for t in following[:1]) or any(
        t.low == "as" for t in following
    )


def aged(tokens: list[Token], found: Found) -> Found:
    """A person's age as a measure in years: "aged 16", "Name, 23, said"."""
    is_bare = (
        found.kind is QuantityKind.COUNT and not found.unit and not found.is_scaled
    )
    if (
        not is_bare
        or not 1 <= found.numeral.value < 120
        or found.numeral.precision != 1
    ):
        return found
    before = [token.low for token in tokens[max(0, found.first - 2) : found.first]]
    is_said = before[-1:] in (["aged"], ["age"], ["ages"]) or before == ["age", "of"]
    if is_said or _is_apposition(tokens, found):
        found.kind, found.unit = QuantityKind.MEASURE, "year"
    return found


def _is_apposition(tokens: list[Token], found: Found) -> bool:
    if found.first < 2 or tokens[found.first - 1].text != ",":
        return False
    name = tokens[found.first - 2]
    is_name = name.kind == "word" and name.text[0].isupper() and len(name.text) > 1
    return is_name and tokens[found.after].text in {",", ".", ")", ";"}
