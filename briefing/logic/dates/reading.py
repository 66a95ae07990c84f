"""DateMentions of a text: absolute ones, and ones relative to the publication date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from briefing.domain.claim import DateMention, Grain
from briefing.domain.document import Span
from briefing.domain.ranking import Window
from briefing.logic.dates import calendar, patterns

_Found = tuple[Window | None, Grain, bool]
_CLAUSE = re.compile(r"[;:.!?\n]\s|,\s(?:and|but|while)\s")
_LOOK = 160
_NUMBER = {
    word: number
    for number, word in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_DAYS = {"day": 1, "week": 7}


def read_dates(text: str, *, published: date | None) -> tuple[DateMention, ...]:
    """Every date expression in order of position, none inside another.

    A day or month without a year means the year nearest to `published`. A weekday
    means the latest such day up to `published`, or, where a word of the future ("will",
    "due", "next") governs its clause, the first from `published` on; "last Tuesday" is
    strictly before, "next Tuesday" strictly after. Weeks run from Monday to Sunday.
    "A year earlier" and "the previous week" need no publication date to be
    understood (their anchor stands in the text): they are not relative, and their
    window is counted from `published` as the nearest honest guess.

    The window is None where the day cannot be known: no `published`, a calendar without
    such a day, a fiscal year, or 03/04/2026 (March or April?).
    """
    found = list(_absolute(text, published))
    taken = [mention.span for mention in found]
    found.extend(_relative(text, published, taken))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _absolute(text: str, published: date | None) -> Iterator[DateMention]:
    if not patterns.MAY_BE_ABSOLUTE.search(text):
        return
    for match in patterns.ABSOLUTE.finditer(text):
        kind = match.lastgroup or ""
        # lastgroup names the last group closed at the outermost level of the match.
        kind = next((name for name in _READERS if match.group(name)), kind)
        window, grain, has_year = _READERS[kind](match, published)
        printed = match.group().rstrip()
        start, printed = _without_article(match.start(), printed)
        yield DateMention(
            text=printed,
            span=Span(start, start + len(printed)),
            window=window,
            grain=grain,
            is_relative=False,
            has_year=has_year,
        )


def _without_article(start: int, printed: str) -> tuple[int, str]:
    if printed[:4].lower() == "the ":
        return start + 4, printed[4:].lstrip()
    return start, printed


def _iso(match: re.Match[str], published: date | None) -> _Found:
    group = match.group
    first = calendar.day(int(group("iso_y")), int(group("iso_m")), int(group("iso_d")))
    last = first
    if group("iso_y2"):
        last = calendar.day(
            int(group("iso_y2")), int(group("iso_m2")), int(group("iso_d2"))
        )
    return _window(first, last), Grain.DAY, True


def _window(first: date | None, last: date | None) -> Window | None:
    if first is None or last is None or last < first:
        return None
    return Window(first, last)


def _year(printed: str | None, month: int, number: int, published: date | None) -> int:
    """The printed year, else the nearest one; 0 when there is nothing to go by."""
    if printed:
        return int(printed)
    if published is None:
        return 0
    return calendar.nearest_year(month, number, published) or 0


def _days(
    first: tuple[int, int, str | None], last: tuple[int, int, str | None],
    published: date | None,
) -> Window | None:  # fmt: skip
    last_month, last_day, last_year = last
    month, number, first_year = first
    end_year = _year(last_year, last_month, last_day, published)
    start_year = int(first_year) if first_year else end_year
    if not first_year and (month, number) > (last_month, last_day):
        start_year -= 1
    return _window(
        calendar.day(start_year, month, number),
        calendar.day(end_year, last_month, last_day),
    )


def _day_month(match: re.Match[str], published: date | None) -> _Found:
    group = match.group
    month = calendar.month_number(group("dm_m"))
    last = (month, int(group("dm_d2") or group("dm_d1")), group("dm_y"))
    first = last
    if group("dm_d2"):
        named = group("dm_m1")
        first_month = calendar.month_number(named) if named else month
        first = (first_month, int(group("dm_d1")), group("dm_y1"))
    window = _days(first, last, published)
    return _week_of(match, window, bool(group("dm_y")))


def _month_day(match: re.Match[str], published: date | None) -> _Found:
    group = match.group
    month = calendar.month_number(group("md_m"))
    printed_year = group("md_y") or group("md_y1")
    first = (month, int(group("md_d")), group("md_y1"))
    last = (month, int(group("md_d")), printed_year)
    if group("md_d2"):
        named = group("md_m2")
        last_month = calendar.month_number(named) if named else month
        last = (last_month, int(group("md_d2")), group("md_y"))
    window = _days(first if group("md_d2") else last, last, published)
    return _week_of(match, window, bool(printed_year))


def _week_of(match: re.Match[str], window: Window | None, has_year: bool) -> _Found:
    kind = match.group("week_kind")
    if not kind or window is None or window.start != window.end:
        return window, (Grain.WEEK if kind else Grain.DAY), has_year
    anchor = window.start
    if kind.startswith("weekend"):
        saturday = anchor + timedelta(days=5 - anchor.weekday())
        return Window(saturday, saturday + timedelta(days=1)), Grain.DAY, has_year
    how = kind.split()[-1]
    if how in {"ending", "ended", "to", "through"}:
        return Window(anchor - timedelta(days=6), anchor), Grain.WEEK, has_year
    if how == "of":
        return calendar.week_window(anchor), Grain.WEEK, has_year
    return Window(anchor, anchor + timedelta(days=6)), Grain.WEEK, has_year


def _month_year(match: re.Match[str], published: date | None) -> _Found:
    year, month = int(match.group("my_y")), calendar.month_number(match.group("my_m"))
    window = calendar.month_window(year, month)
    if match.group("my_m1"):
        first = calendar.month_number(match.group("my_m1"))
        start = calendar.month_window(year - (first > month), first).start
        window = Window(start, window.end)
    return window, Grain.MONTH, True


def _quarter(match: re.Match[str], published: date | None) -> _Found:
    group = match.group
    printed = group("q_y")
    if group("q_fiscal") or group("q_f2") or group("q_f3"):
        return None, Grain.QUARTER, bool(printed)
    word = (group("q_word") or "").lower()
    number = int(group("q_n") or _NTH.get(word) or word[0])
    year = _year(printed, 3 * number - 1, 15, published)
    window = calendar.quarter_window(year, number) if year else None
    return window, Grain.QUARTER, bool(printed)


def _year_quarter(match: re.Match[str], published: date | None) -> _Found:
    year, number = int(match.group("yq_y")), int(match.group("yq_n"))
    return calendar.quarter_window(year, number), Grain.QUARTER, True


def _half(match: re.Match[str], published: date | None) -> _Found:
    year = int(match.group("h_y"))
    is_second = match.group("h_n") == "2" or match.group("h_word") == "second"
    first = calendar.quarter_window(year, 3 if is_second else 1)
    last = calendar.quarter_window(year, 4 if is_second else 2)
    return Window(first.start, last.end), Grain.QUARTER, True


def _fiscal(match: re.Match[str], published: date | None) -> _Found:
    # Every company has its own fiscal year; which days it covers is not in the text.
    return None, Grain.YEAR, True


def _numeric(match: re.Match[str], published: date | None) -> _Found:
    left, right = int(match.group("n_a")), int(match.group("n_b"))
    printed = match.group("n_y")
    year = int(printed) if len(printed) == 4 else 2000 + int(printed)
    if match.group("n_sep") == "." or left > 12 or left == right:
        number, month = left, right
    elif right > 12:
        month, number = left, right
    else:
        return None, Grain.DAY, True
    only = calendar.day(year, month, number)
    return _window(only, only), Grain.DAY, True


def _years(match: re.Match[str], published: date | None) -> _Found:
    first, printed = int(match.group("ys_a")), match.group("ys_b")
    last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
    if last < first:
        return None, Grain.YEAR, True
    return calendar.year_window(first, last), Grain.YEAR, True


def _decade(match: re.Match[str], published: date | None) -> _Found:
    first = int(match.group("dec_y"))
    return calendar.year_window(first, first + 9), Grain.YEAR, True


def _one_year(match: re.Match[str], published: date | None) -> _Found:
    return calendar.year_window(int(match.group("year"))), Grain.YEAR, True


def _one_month(match: re.Match[str], published: date | None) -> _Found:
    month = calendar.month_number(match.group("m_m"))
    year = _year(None, month, 15, published)
    window = calendar.month_window(year, month) if year else None
    return window, Grain.MONTH, False


_READERS: dict[str, Callable[[re.Match[str], date | None], _Found]] = {
    "iso": _iso, "dm": _day_month, "md": _month_day, "my": _month_year,
    "quarter": _quarter, "yq": _year_quarter, "half": _half, "fiscal": _fiscal,
    "numeric": _numeric, "years": _years, "decade": _decade, "year": _one_year,
    "month": _one_month,
}  # fmt: skip


def _relative(
    text: str, published: date | None, taken: list[Span]
) -> Iterator[DateMention]:
    if not patterns.MAY_BE_RELATIVE.search(text):
        return
    starts = [span.start for span in taken]
    for match in patterns.RELATIVE.finditer(text):
        near = bisect_right(starts, match.end() - 1)
        if near and taken[near - 1].end > match.start():
            continue
        kind = next(name for name in _RELATIVE if match.group(name))
        if kind == "day" and _is_name(text, match):
            continue
        window, grain = (
            _RELATIVE[kind](match, published) if published else (None, Grain.DAY)
        )
        start, printed = _without_article(match.start(), match.group())
        yield DateMention(
            text=printed,
            span=Span(start, start + len(printed)),
            window=window,
            grain=grain,
            is_relative=not is_anchored(match),
            has_year=False,
        )


def is_anchored(match: re.Match[str]) -> bool:
    """Whether a relative expression hangs on another date of the text, not on ours."""
    return bool(match.group("previous")) or match.group("ago_how") in {
        "earlier",
        "before",
    }


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 14]
    return bool(
        patterns.NAMED_BEFORE.search(before) or patterns.NAMED_AFTER.match(after)
    )


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
    is_future = bool(patterns.FUTURE.search(_clause(match)))
    return _one(_weekday(name, published, is_future)), Grain.DAY


def _clause(match: re.Match[str]) -> str:
    """The words around a match up to the next full stop, semicolon or conjunction."""
    text = match.string
    before = text[max(0, match.start() - _LOOK) : match.start()]
    ends = [found.end() for found in _CLAUSE.finditer(before)]
    after = text[match.end() : match.end() + _LOOK]
    stop = _CLAUSE.search(after)
    return before[ends[-1] if ends else 0 :] + after[: stop.start() if stop else None]


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
    printed, unit = match.group("ago_n").lower(), match.group("ago_unit")
    count = _NUMBER.get(printed) or int(printed)
    return _back(count, unit, published)


def _back(count: int, unit: str, published: date) -> _Relative:
    if unit == "day":
        return _one(published - timedelta(days=count)), Grain.DAY
    return period(unit, -count, published)


def _previous(match: re.Match[str], published: date) -> _Relative:
    return _back(1, match.group("prev_unit"), published)


_RELATIVE: dict[str, Callable[[re.Match[str], date], _Relative]] = {
    "part": _part, "word": _word, "this": _part_of_day, "past": _past,
    "period": _period, "day": _day, "lastmonth": _named_month, "ago": _ago,
    "previous": _previous,
}  # fmt: skip
