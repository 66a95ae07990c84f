"""The one number of a table cell, as people print it in their language.

For cells only ("$1.2M", "1.234.567", "1 234,5 Mio. €", "1.2万"); numbers in prose are
read by `logic/quantities`. What holds no number, several, or one that could be read in
two ways is refused: a wrong figure in a ranking is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from briefing.logic.number_words import (
    BEFORE,
    CJK_SCALES,
    COMMA_SCALE_PHRASES,
    COMMA_SCALE_WORDS,
    CURRENCY_SIGNS,
    NOT_BEHIND,
    NOTHING,
    NOTHING_PHRASES,
    POINT_SCALE_WORDS,
    SCALE_LETTERS,
    SCALE_PHRASES,
    SCALE_WORDS,
    SIGN_LETTERS,
    UNITS,
)

Mark = Literal[".", ","]

# Longer cells hold sentences; more digits than these, no figure of anything.
_LONGEST = 80
_MOST_DIGITS = 40
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2008\u2009\u200a\u202f\u3000\t\n"), " ")
_UNSEEN = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
)
_MARKS = {
    ord("٫"): ".", ord("٬"): "'", ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'",
    ord("′"): "'", ord("˙"): "'", ord("，"): ",", ord("．"): ".", ord("−"): "-",
    ord("﹣"): "-", ord("－"): "-", ord("＋"): "+", ord("％"): "%", ord("٪"): "%",
    ord("（"): "(", ord("）"): ")", ord("＄"): "$", ord("～"): "~", ord("〜"): "~",
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_TEN_TO = re.compile(r"\s*[x×·*]\s*10\s*(?:\^\s*)?(?=[-+⁻⁺]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹])")
_POWER = re.compile(r"(?<=\de)([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_NOTE = re.compile(r"\[\w{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§]+$")
_DIGITS = re.compile(r"\d(?:[\d.,' ]*\d)?|[.,]\d+")
_EXPONENT = re.compile(r"[eE]([-+]?\d{1,2})(?![\w.,])")
# A letter with the vowel signs of Indic and Thai scripts, which are no letters.
_SIGNS = r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LETTER = rf"(?:[^\W\d_][{_SIGNS}]*)"
_WORD = re.compile(rf"{_LETTER}+(?:[./']{_LETTER}+)*\.?")
_CJK = "|".join(sorted(CJK_SCALES, key=len, reverse=True))
_CJK_SIZED = re.compile(rf"({_DIGITS.pattern})\s*({_CJK})")
_BETWEEN = re.compile(r"[\s~≈+\-()%.:*/]|" + f"[{re.escape(CURRENCY_SIGNS)}]")
_SCALES = SCALE_WORDS | POINT_SCALE_WORDS
_SPLIT = re.compile(r"\d\s*[-–—~/:]\s*\d")
_SIGNED = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, SIGN_LETTERS))})(?=[{re.escape(CURRENCY_SIGNS)}])"
)
_VULGAR = re.compile(r"(\d*)\s*([¼½¾⅛⅜⅝⅞⅕⅖⅗⅘])")


def read_printed(text: str, decimal: Mark = ".") -> Decimal | None:
    """The number of a cell in full ("3.43T" is 3430000000000), None where the cell says
    in so many words that it has none. A percentage is its printed figure.

    `decimal` is the mark before the decimals; the other one of point and comma parts
    thousands, as blanks and apostrophes do. Raises ValueError where there is not just
    one number: a range, a day, a length of time, a score, a bound ("<5"), a name.
    """
    cell = _plain(text)
    if cell.lower() in NOTHING or cell.lower() in NOTHING_PHRASES or not cell:
        return None
    if len(cell) > _LONGEST or _SPLIT.search(cell) or cell[0] in "<>≤≥":
        raise ValueError(f"{text[:60]!r} is not one number")
    cell = _VULGAR.sub(lambda found: _in_tenths(found, decimal), cell)
    many = list(_CJK_SIZED.finditer(cell))
    if many:
        return _sized(cell, many, decimal)
    found = list(_DIGITS.finditer(cell))
    exponent = _EXPONENT.match(cell, found[0].end()) if found else None
    if len(found) != 1 + (exponent is not None):
        raise ValueError(f"{text[:60]!r} is not one number")
    value = _value(found[0].group(), decimal)
    before = cell[: found[0].start()]
    after = cell[exponent.end() if exponent else found[0].end() :]
    if exponent:
        value = value.scaleb(int(exponent.group(1)))
    value = value.scaleb(_scale(after, decimal))
    return -value if _is_negative(before, after) else value


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """Which mark stands before decimals in a column, by those of its cells that can be
    read in one way alone; None where none says. Raises ValueError where they disagree.
    """
    seen: set[Mark] = set()
    for text in texts:
        for digits in _DIGITS.findall(_plain(text)[:_LONGEST]):
            told = _tells(digits)
            if told:
                seen.add(told)
    if len(seen) > 1:
        raise ValueError("the column has points and commas before decimals")
    return next(iter(seen), None)


def _tells(digits: str) -> Mark | None:
    marks = [one for one in digits if one in ".,"]
    if not marks:
        return None
    other: dict[str, Mark] = {".": ",", ",": "."}
    last = marks[-1]
    if len(set(marks)) == 2:
        # The last of two kinds is the decimals', where it stands once.
        if marks.count(last) > 1:
            return None
        return "." if last == "." else ","
    if len(marks) > 1:
        return other[last]
    behind = digits.rpartition(last)[2]
    is_thousands = len(behind) == 3 and len(digits) <= 7 and digits[0] not in "0.,"
    return None if is_thousands else ("." if last == "." else ",")


def _plain(text: str) -> str:
    """ASCII digits, common marks, no notes; one blank where there were several."""
    text = unicodedata.normalize("NFC", text)
    text = text.translate(_UNSEEN).translate(_BLANKS).translate(_MARKS)
    text = _TEN_TO.sub("e", text)
    text = _POWER.sub(lambda found: found[1].translate(_SUPERSCRIPTS), text)
    text = _NOTE.sub("", text.strip())
    shown = (
        str(unicodedata.decimal(one)) if one.isdecimal() and not one.isascii() else one
        for one in text
    )
    return " ".join("".join(shown).split())


def _value(digits: str, decimal: Mark) -> Decimal:
    """The number of digits and marks. Raises ValueError where its groups are none."""
    whole, mark, behind = digits.rpartition(decimal)
    if not mark:
        whole, behind = digits, ""
    groups = re.split(r"[.,' ]", whole)
    parts = set(re.findall(r"[.,' ]", whole))
    is_grouped = len(parts) == 1 and decimal not in parts and _are_groups(groups)
    if (behind and not behind.isdigit()) or (parts and not is_grouped):
        raise ValueError(f"{digits!r} can be read in two ways")
    plain = "".join(groups) or "0"
    if len(plain) + len(behind) > _MOST_DIGITS:
        raise ValueError("more digits than any figure has")
    return Decimal(f"{plain}.{behind}" if behind else plain)


def _are_groups(groups: list[str]) -> bool:
    """Thousands of the West (1,234,567) or of India (12,34,567)."""
    first, *middle, last = groups
    if not first or first.startswith("0"):
        return False
    if all(len(one) == 3 for one in (*middle, last)):
        return len(first) <= 3
    if middle and len(last) == 3 and all(len(one) == 2 for one in middle):
        return len(first) <= 2
    return False


def _scale(after: str, decimal: Mark) -> int:
    """The power of ten that the words behind the digits stand for. Raises ValueError
    where they say that it is no amount.
    """
    words = [(found.group(), found.start()) for found in _WORD.finditer(after)]
    if not words:
        return 0
    first, at = words[0]
    low = first.rstrip(".").lower()
    two = " ".join(one.rstrip(".").lower() for one, _ in words[:2])
    is_glued = at == 0
    if is_glued and low in {"st", "nd", "rd", "th"}:
        return 0
    known = _named_scale(first, low, two, decimal)
    if known is not None:
        return known
    if low in SCALE_LETTERS:
        if not (is_glued or first[0].isupper() or low == "k"):
            raise ValueError(f"“{first}” may be a size or a unit")
        return SCALE_LETTERS[low]
    if low in NOT_BEHIND:
        raise ValueError(f"“{first}” makes it a time, not an amount")
    if is_glued and len(low) <= 3 and low[0] in SCALE_LETTERS and low not in UNITS:
        raise ValueError(f"“{first}” may be a size or a unit")
    return 0


def _named_scale(first: str, low: str, two: str, decimal: Mark) -> int | None:
    if low in SCALE_LETTERS and (decimal == "." or low != "b"):
        return None  # it depends on where the letter stands
    if decimal == "," and low in POINT_SCALE_WORDS:
        raise ValueError(f"“{first}” has two sizes beside a comma")
    comma = COMMA_SCALE_PHRASES.get(two, COMMA_SCALE_WORDS.get(low))
    if decimal == "," and comma is not None:
        return comma
    return SCALE_PHRASES.get(two, _SCALES.get(low))


def _is_negative(before: str, after: str) -> bool:
    """A minus, or the brackets of an account. Raises ValueError for a name in front."""
    before = _SIGNED.sub("", before)
    for word in _WORD.findall(before):
        if word.rstrip(".").lower() not in BEFORE:
            raise ValueError(f"“{word}” stands before the number")
    rest = _WORD.sub("", before)
    if _BETWEEN.sub("", rest).strip("#№"):
        raise ValueError(f"{before!r} stands before the number")
    is_account = "(" in rest and "+" not in rest and ")" in after
    return "-" in rest or after.strip() == "-" or is_account


def _in_tenths(found: re.Match[str], decimal: Mark) -> str:
    """ "2½" as "2.5"; only signs that end after a few decimals come here."""
    part = f"{unicodedata.numeric(found[2]):.3f}".rstrip("0")
    return f"{found[1] or '0'}{decimal}{part[2:]}"


def _sized(cell: str, many: list[re.Match[str]], decimal: Mark) -> Decimal:
    """The sum of "1億2,345万", each size below the one before."""
    total, before, end = Decimal(0), 100, many[0].start()
    for found in many:
        power = CJK_SCALES[found.group(2)]
        if power >= before or cell[end : found.start()].strip():
            raise ValueError(f"{cell!r} is not one number")
        total += _value(found.group(1), decimal).scaleb(power)
        before, end = power, found.end()
    rest = _DIGITS.match(cell, end)
    if rest is not None:
        total += _value(rest.group(), decimal)
        end = rest.end()
    if _DIGITS.search(cell, end):
        raise ValueError(f"{cell!r} is not one number")
    _scale(cell[end:], decimal)
    is_negative = _is_negative(cell[: many[0].start()], cell[end:])
    return -total if is_negative else total
