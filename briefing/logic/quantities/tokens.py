"""A sentence as tokens: numbers, words and marks, in one linear pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.logic.quantities.numerals import Numeral, read_digits

_RUN = (
    "[0-9]++(?:[.,'’][0-9]++|[ \u00a0\u2009\u202f][0-9]{3}(?![0-9]))*+"
    r"|(?<![\w.])\.[0-9]++"
)
_TOKEN = re.compile(
    rf"(?P<run>{_RUN})|(?P<scale>万亿|千万|百万|[千万萬亿億兆])"
    r"|(?P<word>[^\W\d_千万萬亿億兆]++(?:['’][^\W\d_]++)*+)|(?P<mark>\S)"
)
# What makes "1,5" a decimal: a scale, a per cent sign or a currency right behind it.
_SCALED = re.compile(
    r"[ \u00a0\u202f]?(?:%|€|\$|£|percent|per\s+cent|pct|(?:m|b|tr)illion|[Mm]rd|bn|tn"
    r"|[MBTKk](?![a-z])|万|亿|euros?\b|km\b|kg\b|m\b)"
)


# Digits of a piece of a list that is set without spaces ("12,30").
_LISTED = 2


class Token(NamedTuple):
    """A piece of a sentence; `numeral` is set for a run of digits that is a number."""

    text: str
    low: str
    start: int
    end: int
    kind: str
    numeral: Numeral | None = None


# Stands behind the last token, so that looking ahead never needs a bound.
END = Token("", "", -1, -1, "end")


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Tokens of text[start:end] with offsets into `text`; two END tokens close it."""
    tokens: list[Token] = []
    is_table = "|" in text[start:end] or "\t" in text[start:end]
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        printed = match.group()
        if kind == "run":
            tokens.extend(_numbers(text, match.start(), printed, is_table))
        else:
            kind = "word" if kind == "scale" else kind
            low = printed.lower()
            tokens.append(Token(printed, low, match.start(), match.end(), kind))
    tokens.extend((END, END, END, END))
    return tokens


def _numbers(text: str, start: int, run: str, is_table: bool) -> Iterator[Token]:
    end = start + len(run)
    is_columns = is_table and " " in run
    numeral = None if is_columns else read_digits(run)
    if numeral is None and "," in run and _SCALED.match(text, end):
        numeral = read_digits(run, comma_is_point=True)
    separator = " " if " " in run else ","
    if numeral is not None or separator not in run:
        yield Token(run, run, start, end, "run", numeral)
        return
    pieces = run.split(separator)
    if separator == "," and any(len(piece) > _LISTED for piece in pieces):
        # "6,5000" is a slip of the pen; nobody knows what it says.
        yield Token(run, run, start, end, "run")
        return
    for piece in pieces:
        # A list: "12, 30"; its pieces stand one separator apart.
        numeral = read_digits(piece)
        yield Token(piece, piece, start, start + len(piece), "run", numeral)
        start += len(piece) + 1
