"""Windows of the calendar: days, ISO weeks, months, quarters, years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from briefing.domain.ranking import Window

MONTHS = (
    "January February March April May June July August September October November "
    "December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# September 1752 and older calendars are nobody's news; year 9999 has no next day.
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def month_number(name: str) -> int:
    """1..12 from a month's name or its three-letter abbreviation."""
    stem = name[:3].lower()
    return next(
        number for number, full in enumerate(MONTHS, 1) if full[:3].lower() == stem
    )


def weekday_number(name: str) -> int:
    """0 for Monday .. 6 for Sunday, from a name or an abbreviation."""
    stem = name[:3].lower()
    return next(n for n, full in enumerate(WEEKDAYS) if full[:3].lower() == stem)


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None if the calendar has no such day."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_window(year: int, month: int) -> Window:
    """First to last day of a month."""
    return Window(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def quarter_window(year: int, quarter: int) -> Window:
    """First to last day of a calendar quarter, 1..4."""
    return Window(date(year, 3 * quarter - 2, 1), month_window(year, 3 * quarter).end)


def year_window(first: int, last: int | None = None) -> Window:
    """First day of one year to the last day of it, or of a later one."""
    return Window(date(first, 1, 1), date(last or first, 12, 31))


def week_window(inside: date) -> Window:
    """Monday to Sunday around a day."""
    monday = inside - timedelta(days=inside.weekday())
    return Window(monday, monday + timedelta(days=6))


def shift_months(start: date, months: int) -> date:
    """The same day some months on, the last day of the month where it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def nearest_year(month: int, number: int, published: date) -> int | None:
    """The year that puts a day of a month nearest to the publication date."""
    best: tuple[int, int] | None = None
    for year in (published.year - 1, published.year, published.year + 1):
        candidate = day(year, month, number)
        if candidate is not None:
            distance = abs((candidate - published).days)
            best = min(best, (distance, year)) if best else (distance, year)
    return best[1] if best else None
