"""Whose quantity it is and what is measured, where simple rules are safe."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from briefing.domain.claim import DateMention, Grain, QuantityKind
from briefing.domain.ranking import Window
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.numerals import NUMBER_WORDS
from briefing.logic.quantities.units import plural

_LOOK = 160
_CUT = re.compile(r"[;:\n|]|\s(?:while|but)\s")
_NAME = re.compile(
    r"(?<![\w-])[A-Z][\w&.’'-]*(?:\s(?:of\sthe\s|of\s)?(?:[A-Z][\w&.’'-]*|\d{1,4}(?![\w.,-])))*"
)
_NO_NAME = frozenset(
    "the a an in on at by of for from to with and or but some about around nearly "
    "almost over under only just another all these those more than that this it its "
    "he she they we i his her their our if when while after before as since until "
    "although because however meanwhile monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september "
    "october november december total revenue sales profit there last next during "
    "according compared chinese american european british french german us uk "
    "overall today yesterday no not both each every most many several first second "
    "third net weekly monthly annual daily shares prices up down".split()
)
_NO_NAME |= NUMBER_WORDS | frozenset(
    "despite back you imagine jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "wed thu fri sat sun also then yet so still even only once who what where why how "
    "such among between under with without within across along".split()
)
_COMMON = frozenset(
    "growth inflation unemployment output exports imports costs earnings demand "
    "production turnover income spending wages police officials temperatures".split()
)
_METRICS = (
    "net income|net profit|net loss|operating profit|market share|market value"
    "|market capitali[sz]ation|gross domestic product|gdp|death toll|interest rate"
    "|unemployment rate|jobless rate|unemployment|inflation rate|inflation|revenues?"
    "|sales|profits?|earnings|turnover|losses|exports|imports|output|production"
    "|consumption|prices?|shares|stock|index|wages|salary|salaries|pay|rent|rents"
    "|budget|deficit|surplus|debt|dividend|yield|traffic|deliveries|orders|population"
    "|toll|temperature|capacity|demand|supply|valuation|spending|investment|funding"
    "|fine|turnout|tokens|token volume|volume|usage|downloads|subscribers|users"
    "|emissions|growth|tariffs?|tax|share|rate|income|fee|fees|penalty|stake"
)
_MODIFIERS = (
    "weekly|monthly|quarterly|annual|daily|net|gross|operating|total|average|median"
    "|consumer|retail|core|headline|house|home|share|oil|gas|food|energy|export|job"
    "|pre-tax|pretax|underlying|online|car|phone|record|wholesale|producer|fuel"
    "|comparable|like-for-like|adjusted|advertising|ad|cloud|services|same-store"
)
_METRIC = re.compile(rf"\b((?:(?:{_MODIFIERS})\s+)?(?:{_METRICS}))\b", re.I)
_OF = re.compile(rf"\s*(?:of|in)\s+((?:(?:{_MODIFIERS})\s+)?(?:{_METRICS}))\b", re.I)
# A single capital at the head of a sentence is a name only if it acts or owns.
_ACTS = re.compile(
    r"(?:['’]s)?\s+(?:said|says|reported|posted|announced|sold|plans|will|has|had|expects"
    r"|launched|opened|ranked|reached|made|won|lost|hired|bought|spent|added|is|was)\b"
    r"|['’]s\b"
)


def subject(text: str, start: int, floor: int) -> str:
    """The name nearest before the number in its clause, "" if none is there."""
    clause_start = _clause_start(text, start, floor)
    matches = list(_NAME.finditer(text, clause_start, start))
    for match in reversed(matches):
        name = _bare(match.group())
        is_first = match.start() == floor and " " not in name
        if name and not (is_first and _is_common(text, match, name)):
            return name
    return ""


def _bare(printed: str) -> str:
    """A name without the sentence's first word and a closing possessive."""
    name = printed.rstrip(".’'-").removesuffix("'s").removesuffix("’s")
    head, _, rest = name.partition(" ")
    while head.lower().rstrip(".") in _NO_NAME or head.isdigit():
        name = rest
        head, _, rest = name.partition(" ")
        if not name:
            break
    return name if len(name) > 2 else ""


def _is_common(text: str, match: re.Match[str], name: str) -> bool:
    """Whether a sentence's first word may be any word with a capital."""
    if not name[1:].islower():
        # DeepSeek, IBM, V4; but "Two-thirds" is a number.
        return name.partition("-")[0].lower() in NUMBER_WORDS
    return name.lower() in _COMMON or not _ACTS.match(text, match.start() + len(name))


def _clause_start(text: str, start: int, floor: int) -> int:
    lowest = max(floor, start - _LOOK)
    cut = lowest
    for match in _CUT.finditer(text, lowest, start):
        cut = match.end()
    return cut


def metric(text: str, found: Found, end: int, floor: int) -> str:
    """What is measured: "5% of sales", "sales rose 5%", or the counted noun.

    `end` is the offset after the counted noun, adjectives included.
    """
    if found.kind is QuantityKind.COUNT and found.unit and "/" not in found.unit:
        adjectives = text[found.end : end].split() if end > found.end else []
        adjectives = adjectives[adjectives[:1] == ["of"] :]
        return " ".join(adjectives) or plural(found.unit)
    if found.kind is QuantityKind.ORDINAL:
        return ""
    after = _OF.match(text, found.end, min(len(text), found.end + 50))
    if after:
        return after.group(1)
    found_before = _metrics(text)
    nearest = bisect_left(found_before, (found.start,)) - 1
    if nearest < 0:
        return ""
    start, stop, word = found_before[nearest]
    is_there = start >= _clause_start(text, found.start, floor) and stop <= found.start
    return word if is_there else ""


@lru_cache(maxsize=4)
def _metrics(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and word of each measured thing of a text, in order.

    Read once for all numbers of the text: most of a table's cells are numbers.
    """
    return tuple(
        (match.start(), match.end(), match.group(1).lower())
        for match in _METRIC.finditer(text)
    )


def day_and_window(
    mentions: Sequence[DateMention],
) -> tuple[Window | None, date | None]:
    """Window and as-of day of a sentence that names exactly one, with its year."""
    dated = [one for one in mentions if one.has_year and one.window is not None]
    if len(dated) != 1 or len(mentions) != 1:
        return None, None
    window = dated[0].window
    assert window is not None  # noqa: S101 - filtered above
    if window.start == window.end and dated[0].grain is Grain.DAY:
        return None, window.start
    return window, None
