"""Numerals: digits with whatever separators, and numbers in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from briefing.logic.quantities.units import SCALES

# Longer digit runs are identifiers; also keeps arithmetic on hostile text cheap.
_MAX_DIGITS = 18
_MAX_RUN = 40
_THIN = "\u00a0\u2009\u202f"

_PLAIN = re.compile(r"0|[1-9]\d*")
_POINT = re.compile(r"(?:0|[1-9]\d*)?\.\d+")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_INDIAN_GROUPS = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_OTHER_GROUPS = re.compile(
    rf"[1-9]\d{{0,2}}(?:(?:\.\d{{3}}){{2,}}|(?:[{_THIN} ]\d{{3}})+|(?:['’]\d{{3}})+"
    r"|(?:\.\d{3})+(?=,))(?:,\d{1,2})?"
)
_SPACE_POINT = re.compile(rf"[1-9]\d{{0,2}}(?:[{_THIN} ]\d{{3}})+\.\d+")
_COMMA_POINT = re.compile(r"(?:0|[1-9]\d*),\d{1,3}")
_SEPARATORS = re.compile(rf"[{_THIN} '’]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number without unit or sign.

    Attributes:
        value: what it says.
        precision: worth of one step of the last printed digit.
    """

    value: Decimal
    precision: Decimal

    def times(self, factor: int) -> Numeral:
        """The numeral with a scale word applied to value and precision."""
        return Numeral(self.value * factor, self.precision * factor)

    def hundredth(self) -> Numeral:
        """Cents as dollars, basis points as percentage points: exact."""
        return Numeral(self.value.scaleb(-2), self.precision.scaleb(-2))


def read_digits(printed: str, *, comma_is_point: bool = False) -> Numeral | None:
    """The number that a run of digits and separators shows, None if it is none.

    Separators are decided by shape: groups of three after the first group (1,048,576,
    1.048.576, 1 048 576, 1'048'576), Indian groups (12,34,567), a single point is a
    decimal point; a comma before one or two digits is one only where
    `comma_is_point` says that a scale or a unit follows. Leading zeros (007) and long
    runs are identifiers, 1.2.3 is a version.
    """
    if len(printed) > _MAX_RUN or sum(map(str.isdigit, printed)) > _MAX_DIGITS:
        return None
    if not printed.isascii() and any(c.isdigit() and not c.isascii() for c in printed):
        return None
    if _PLAIN.fullmatch(printed) or _POINT.fullmatch(printed):
        return _numeral(printed)
    if _COMMA_GROUPS.fullmatch(printed) or _INDIAN_GROUPS.fullmatch(printed):
        return _numeral(printed.replace(",", ""))
    if _OTHER_GROUPS.fullmatch(printed):
        plain = _SEPARATORS.sub("", printed).replace(".", "").replace(",", ".")
        return _numeral(plain)
    if _SPACE_POINT.fullmatch(printed):
        return _numeral(_SEPARATORS.sub("", printed))
    if comma_is_point and _COMMA_POINT.fullmatch(printed):
        return _numeral(printed.replace(",", "."))
    return None


def _numeral(plain: str) -> Numeral:
    value = Decimal(plain)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a finite literal has one
    return Numeral(value, Decimal(1).scaleb(exponent))


SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
BIG = {
    word: SCALES[word]
    for word in "hundred thousand million billion trillion quadrillion".split()
} | {word: SCALES[word] for word in ("lakh", "lakhs", "crore", "crores")}
NUMBER_WORDS = frozenset(SMALL) | frozenset(TENS)

_ORDINAL_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
ORDINALS = (
    {word: value for value, word in enumerate(_ORDINAL_UNITS, 1)}
    | {ten[:-1] + "ieth": value for ten, value in TENS.items()}
    | {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
)
# Names of fractions' lower halves: "two-thirds", "three quarters", "a tenth of".
PARTS = (
    {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
    | {word: value for word, value in ORDINALS.items() if 3 <= value <= 10}
    | {word + "s": value for word, value in ORDINALS.items() if 3 <= value <= 10}
)
VAGUE = {
    "dozens": 12, "hundreds": 10**2, "thousands": 10**3, "millions": 10**6,
    "billions": 10**9, "trillions": 10**12,
}  # fmt: skip


def ordinal_ending(value: int) -> str:
    """The letters behind an ordinal's digits: 1st, 2nd, 3rd, 11th."""
    if 10 < value % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
