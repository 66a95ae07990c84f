"""DateMentions of a text: absolute ones, and ones relative to the publication date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from briefing.domain.claim import DateMention, Grain
from briefing.domain.document import Span
from briefing.domain.ranking import Window
from briefing.logic.dates import calendar, patterns, relative, tense

# Days ahead that a past tense may still mean this year: slips of a time zone.
_SOON = 7
# Days ahead from which on nobody knows whether "the sales in September" are to come.
_FAR = 92
# Longer than any sentence: whole documents are read once and not kept.
_KEPT_CHARS = 1_000
_Found = tuple[Window | None, Grain, bool]
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def read_dates(text: str, *, published: date | None) -> tuple[DateMention, ...]:
    """Every date expression in order of position, none inside another.

    A day or month without a year means the year nearest to `published`, unless "since",
    a past or a future verb governs that very date and speaks for another. A weekday
    means the latest such day up to `published`, or, where a word of the future ("will",
    "due", "next") governs its clause, the first from `published` on; "last Tuesday" is
    strictly before, "next Tuesday" strictly after. Weeks run from Monday to Sunday.
    "A year earlier" and "the previous week" need no publication date to be
    understood (their anchor stands in the text): they are not relative, and their
    window is counted from `published` as the nearest honest guess.

    The window is None where the day cannot be known: no `published`, a calendar without
    such a day, a fiscal year, 03/04/2026 (March or April?), "was due on Friday", "more
    than ten years ago".
    """
    if len(text) <= _KEPT_CHARS:
        return _kept(text, published)
    return _read(text, published)


def _read(text: str, published: date | None) -> tuple[DateMention, ...]:
    found = list(_absolute(text, published))
    taken = [mention.span for mention in found]
    found.extend(_relative(text, published, taken))
    return tuple(sorted(found, key=lambda mention: mention.span))


# Writer and rules read the same sentences dozens of times.
_kept = lru_cache(maxsize=4096)(_read)


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


def _year(
    match: re.Match[str],
    printed: str | None,
    month: int,
    number: int,
    published: date | None,
) -> int:
    """The printed year, else the nearest one that the tense allows; 0 if unknown."""
    if printed:
        return int(printed)
    if published is None:
        return 0
    nearest = calendar.nearest_year(month, number, published) or 0
    there = calendar.day(nearest, month, number)
    if there is None or (there.year, there.month) == (published.year, published.month):
        return nearest
    ahead, sense = (there - published).days, tense.of_date(match)
    if ahead > _SOON and sense is tense.Sense.PAST:
        # "In September it opened", written in June: the September before.
        return nearest - 1
    if ahead > _FAR and sense is tense.Sense.EITHER:
        return 0
    if ahead < 0 and sense is tense.Sense.AHEAD:
        return nearest + 1
    return nearest


def _days(
    match: re.Match[str],
    first: tuple[int, int, str | None], last: tuple[int, int, str | None],
    published: date | None,
) -> Window | None:  # fmt: skip
    last_month, last_day, last_year = last
    month, number, first_year = first
    end_year = _year(match, last_year, last_month, last_day, published)
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
    window = _days(match, first, last, published)
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
    window = _days(match, first if group("md_d2") else last, last, published)
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
    year = _year(match, printed, 3 * number - 1, 15, published)
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
    short = match.group("dec_s")
    # "The ’30s" to "the ’90s" are of the last century; "the ’20s" may be of either.
    century = 2000 if short in {"00", "10"} else 1900
    first = century + int(short) if short else int(match.group("dec_y"))
    return calendar.year_window(first, first + 9), Grain.YEAR, True


def _one_year(match: re.Match[str], published: date | None) -> _Found:
    return calendar.year_window(int(match.group("year"))), Grain.YEAR, True


def _one_month(match: re.Match[str], published: date | None) -> _Found:
    month = calendar.month_number(match.group("m_m"))
    year = _year(match, None, month, 15, published)
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
        kind = next(name for name in relative.READERS if match.group(name))
        said = taken[near - 1].end if near else None
        if relative.is_age(match) or (kind == "day" and _is_no_day(text, match, said)):
            continue
        if _is_in_a_name(text, match) or _is_a_duration(text, match):
            continue
        window, grain = (
            relative.READERS[kind](match, published) if published else (None, Grain.DAY)
        )
        start, printed = _without_article(match.start(), match.group())
        yield DateMention(
            text=printed,
            span=Span(start, start + len(printed)),
            window=window,
            grain=grain,
            is_relative=not _is_anchored(match),
            has_year=False,
        )


def _is_anchored(match: re.Match[str]) -> bool:
    """Whether a relative expression hangs on another date of the text, not on ours."""
    return bool(match.group("previous")) or match.group("ago_how") in {
        "earlier",
        "before",
    }


def _is_in_a_name(text: str, match: re.Match[str]) -> bool:
    """ "Today" right behind another capitalised word: "Harbour Today"."""
    before = text[max(0, match.start() - 24) : match.start()]
    is_big = match.group().startswith(("Today", "Tonight", "Tomorrow"))
    return is_big and patterns.NAME_BEFORE.search(before) is not None


def _is_a_duration(text: str, match: re.Match[str]) -> bool:
    """ "Served for 13 years before he taught": how long, not when."""
    is_behind = match.group("ago_how") in {"earlier", "before"}
    return is_behind and text[: match.start()].endswith(("for ", "For "))


def _is_no_day(text: str, match: re.Match[str], said: int | None) -> bool:
    """A weekday in a name, any such day, or one right behind its date (at `said`)."""
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 14]
    if said is not None and patterns.SAID_ALREADY.fullmatch(text, said, match.start()):
        return True
    return bool(
        patterns.NAMED_BEFORE.search(before)
        or patterns.NAMED_AFTER.match(after)
        or patterns.INDEFINITE.search(before)
    )
