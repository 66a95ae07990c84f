"""Windows of relative dates: "yesterday", "last week", "Tuesday", "two years ago"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from briefing.domain.claim import Grain
from briefing.domain.ranking import Window
from briefing.logic.dates import calendar, patterns, tense

# Nobody counts the years of an age in calendar years: "49,000 years ago".
_MOST_AGO = 100
_BEFORE = 24
_NUMBER = {
    word: number
    for number, word in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1}

_Relative = tuple[Window | None, Grain]


def _one(when: date) -> Window:
    return Window(when, when)


def _word(match: re.Match[str], published: date) -> _Relative:
    steps = {"yesterday": -1, "tomorrow": 1}
    step = steps.get(match.group("word").lower(), 0)
    return _one(published + timedelta(days=step)), Grain.DAY


def _part_of_day(match: re.Match[str], published: date) -> _Relative:
    step = -1 if match.group("this").lower() == "last" else 0
    return _one(published + timedelta(days=step)), Grain.DAY


def _period(match: re.Match[str], published: date) -> _Relative:
    step = {"last": -1, "this": 0, "next": 1}[match.group("p_which").lower()]
    return period(match.group("p_unit"), step, published)


def period(unit: str, step: int, published: date) -> _Relative:
    """The calendar week, weekend, month, quarter or year some steps from a day."""
    if unit in {"week", "weekend"}:
        week = calendar.week_window(published + timedelta(days=7 * step))
        if unit == "weekend":
            return Window(week.end - timedelta(days=1), week.end), Grain.DAY
        return week, Grain.WEEK
    if unit == "month":
        there = calendar.shift_months(published, step)
        return calendar.month_window(there.year, there.month), Grain.MONTH
    if unit == "quarter":
        there = calendar.shift_months(published, 3 * step)
        window = calendar.quarter_window(there.year, (there.month + 2) // 3)
        return window, Grain.QUARTER
    return calendar.year_window(published.year + step), Grain.YEAR


def _part(match: re.Match[str], published: date) -> _Relative:
    what = match.group("part_what")
    is_later = match.group("part_when").lower().startswith("later")
    if not what.startswith("this"):
        if what in {"today", "yesterday"}:
            step = -1 if what == "yesterday" else 0
            return _one(published + timedelta(days=step)), Grain.DAY
        return _one(_weekday(what.split()[-1], published, is_later)), Grain.DAY
    window, grain = period(what.split()[1], 0, published)
    assert window is not None  # noqa: S101 - period() always has one
    if is_later:
        return Window(published, window.end), grain
    return Window(window.start, published), grain


def _past(match: re.Match[str], published: date) -> _Relative:
    unit = match.group("past_unit")
    grain = Grain(unit)
    if unit == "week":
        return Window(published - timedelta(days=6), published), grain
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = calendar.shift_months(published, -months) + timedelta(days=1)
    return Window(start, published), grain


def _weekday(name: str, published: date, is_future: bool) -> date:
    number = calendar.weekday_number(name)
    if is_future:
        return published + timedelta(days=(number - published.weekday()) % 7)
    return published - timedelta(days=(published.weekday() - number) % 7)


def _day(match: re.Match[str], published: date) -> _Relative:
    name = match.group("d_name")
    which = (match.group("d_which") or "").lower()
    if which == "last" or which.endswith("past"):
        return _one(_weekday(name, published - timedelta(days=1), False)), Grain.DAY
    if which == "next" or which.endswith("coming"):
        return _one(_weekday(name, published + timedelta(days=1), True)), Grain.DAY
    if which == "this":
        monday = calendar.week_window(published).start
        step = timedelta(days=calendar.weekday_number(name))
        return _one(monday + step), Grain.DAY
    sense = tense.of_clause(match)
    is_owner = match.string[match.end() : match.end() + 2] in {"'s", "’s"}
    if sense is tense.Sense.EITHER or (sense is tense.Sense.UNTOLD and is_owner):
        # "Sunday's final is sold out" may be the last Sunday's or the next one's.
        return None, Grain.DAY
    return _one(_weekday(name, published, sense is tense.Sense.AHEAD)), Grain.DAY


def _named_month(match: re.Match[str], published: date) -> _Relative:
    month = calendar.month_number(match.group("lm_m"))
    which = match.group("lm_which").lower()
    year = published.year
    if which == "last" and month >= published.month:
        year -= 1
    if which == "next" and month <= published.month:
        year += 1
    return calendar.month_window(year, month), Grain.MONTH


def _ago(match: re.Match[str], published: date) -> _Relative:
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    is_vague = patterns.VAGUE.search(before) and not patterns.COMPARED.search(before)
    if match.group("ago_how") == "ago" and is_vague:
        return None, Grain(match.group("ago_unit"))
    if match.group("ago_this") and match.group("ago_unit") == "year":
        there = calendar.shift_months(published, -12 * _count(match))
        return calendar.month_window(there.year, there.month), Grain.MONTH
    return _back(_count(match), match.group("ago_unit"), published)


def _count(match: re.Match[str]) -> int:
    printed = match.group("ago_n").lower()
    return _NUMBER.get(printed) or int(printed)


def is_age(match: re.Match[str]) -> bool:
    """Whether "300 years ago" is too far back to be a date of the calendar."""
    return bool(match.group("ago")) and _count(match) > _MOST_AGO


def _back(count: int, unit: str, published: date) -> _Relative:
    if unit == "day":
        return _one(published - timedelta(days=count)), Grain.DAY
    return period(unit, -count, published)


def _previous(match: re.Match[str], published: date) -> _Relative:
    return _back(1, match.group("prev_unit"), published)


READERS: dict[str, Callable[[re.Match[str], date], _Relative]] = {
    "part": _part, "word": _word, "this": _part_of_day, "past": _past,
    "period": _period, "day": _day, "lastmonth": _named_month, "ago": _ago,
    "previous": _previous,
}  # fmt: skip
