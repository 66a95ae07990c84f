"""When a text is of: its publication day, or what it says of itself.

Where nobody says so, several days far apart stand for all that it may be of, and only
what comes out on each of them is certain ("two days after Thursday" is a Saturday).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from briefing.domain.claim import DateMention, Grain
from briefing.logic.dates import calendar, read_dates
from briefing.logic.verification.reading import Reading

_MONTHS = "|".join(f"{month[:3]}[a-z]*" for month in calendar.MONTHS)
_DAY = rf"(?:(?:{_MONTHS})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{_MONTHS}))\b(?:,?\s\d{{4}})?"
# "KALMAR, March 7 (Agency) - The ..." and "Published Monday, Oct. 24, 2016".
_DATELINE = re.compile(
    rf"\A[A-Z][^.\n()]{{1,40}},\s(?P<day>{_DAY})\s*(?:\([^()\n]{{2,30}}\)\s*)?[-–—]"
)
_PUBLISHED = re.compile(
    rf"\b(?:Published|Posted|Updated)\b:?\s(?:on\s)?(?:[A-Z][a-z]+day,?\s)?"
    rf"(?P<day>{_DAY})"
)
_WITH_WEEKDAY = re.compile(
    rf"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s(?:the\s)?"
    rf"(?P<day>{_DAY})"
)
# In another season, weekday and (for 29 February) sort of year each.
_ANY_DAY = (date(2023, 2, 8), date(2024, 7, 20), date(2025, 12, 12), date(2022, 1, 3))
_ANY_YEAR = (2022, 2023, 2024)
_YEARS = range(1996, 2040)
_MID = (7, 1)


@dataclass(frozen=True, slots=True)
class Stated:
    """The days that a text may be of.

    Attributes:
        days: one if it is known, else some that stand for all.
        is_known: the text or its document says the day, if not always the year.
        words: how a reader knows it; "" where it is not known.
    """

    days: tuple[date, ...]
    is_known: bool
    words: str


@lru_cache(maxsize=256)
def stated_day(reading: Reading) -> Stated:
    """The publication day; else that of a dateline or a line "Published ..."; else days
    of years in which the weekdays of the text are right; else any days.
    """
    if reading.published is not None:
        printed = in_words(reading.published)
        return Stated((reading.published,), True, f"its publication on {printed}")
    match = _DATELINE.search(reading.text) or _PUBLISHED.search(reading.text)
    if match is not None:
        days = _days(match["day"])
        if days:
            return Stated(days, True, f"its own date, {match['day']}")
    return Stated(_agreeing_years(reading.text) or _ANY_DAY, False, "")


def in_words(day: date) -> str:
    """ "23 April 2026"."""
    return f"{day.day} {calendar.MONTHS[day.month - 1]} {day.year}"


def _days(printed: str) -> tuple[date, ...]:
    found = (_in_year(printed, year) for year in _ANY_YEAR)
    return tuple(dict.fromkeys(day for day in found if day is not None))


def _in_year(printed: str, year: int) -> date | None:
    """The day that is printed, in `year` unless it has its own."""
    mentions = read_dates(printed, published=date(year, *_MID))
    return _only_day(mentions[0]) if len(mentions) == 1 else None


def _only_day(mention: DateMention) -> date | None:
    window = mention.window
    if window is None or mention.grain is not Grain.DAY or window.start != window.end:
        return None
    return window.start


def _agreeing_years(text: str) -> tuple[date, ...]:
    """The middle of each year in which every "Friday, 10 April" of the text is one."""
    pairs = [(match["weekday"], match["day"]) for match in _WITH_WEEKDAY.finditer(text)]
    if not pairs:
        return ()
    return tuple(
        date(year, *_MID)
        for year in _YEARS
        if all(_is_weekday(name, _in_year(day, year)) for name, day in pairs)
    )


def _is_weekday(name: str, day: date | None) -> bool:
    return day is not None and day.weekday() == calendar.weekday_number(name)
