"""D1: days that a claim worked out of what its evidence says.

"2 May" of "in nine days" in a report of 23 April, "5 March" of "two days later" behind
"3 March", "Wednesday" of "8 April" where 10 April is a Friday. Where the day of the
report is not known, only what comes out whatever it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.domain.claim import DateMention, Grain
from briefing.domain.ranking import Window
from briefing.logic.dates import calendar, read_dates, tense
from briefing.logic.dates.relative import period
from briefing.logic.verification.placing import Place
from briefing.logic.verification.reading import Passage
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.stated_days import Stated, stated_day

_COUNTS = {
    word: number
    for number, word in enumerate(
        "a one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1}
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_COUNTS)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# What hangs on the day of the report.
_AHEAD = re.compile(
    rf"\bin\s{_N}\s{_UNIT}\b(?:['’]s?\stime)?(?!\s(?:of|since|to)\b)"
    rf"|\b(?P<n2>\d{{1,3}}|{'|'.join(_COUNTS)})\s(?P<unit2>day|week|month|year)s?"
    r"\s(?:away|from\s(?:now|today))\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:\b(?P<by>by|until|till|before|through)\s)?\b(?:the\s)?end\sof\s"
    r"(?P<which>the|this|next)\s(?P<unit>week|month|year)\b",
    re.IGNORECASE,
)
# What hangs on another date of the text.
_LATER = re.compile(
    rf"\b{_N}\s{_UNIT}\s(?P<how>later(?!\sthan)|afterwards?|earlier(?!\sthan)|after"
    r"|before)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:the\s)?(?:(?P<how>following|previous)\s"
    rf"(?P<unit>day|morning|afternoon|evening|night|week|month|year|{_WEEKDAY})"
    r"|next\s(?P<next>day|morning|afternoon|evening|night)"
    r"|(?:day|night)\s(?P<side>after|before))\b",
    re.IGNORECASE,
)
_FIXED = {
    "new year's day": (1, 1), "valentine's day": (2, 14), "st patrick's day": (3, 17),
    "april fools' day": (4, 1), "may day": (5, 1), "juneteenth": (6, 19),
    "bastille day": (7, 14), "halloween": (10, 31), "armistice day": (11, 11),
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31),
}  # fmt: skip
# Read from the day of the report for want of better; here their anchor is looked for.
_GUESSED = re.compile(r"\b(?:earlier|before|previous|prior|preceding)\b", re.IGNORECASE)
_HOLIDAY = re.compile(rf"\b(?:{'|'.join(_FIXED)})\b", re.IGNORECASE)
_BARE_WEEKDAY = re.compile(
    rf"(?P<name>{_WEEKDAY})(?:\s(?:morning|afternoon|evening|night))?"
)
# A weekday without its date is one of the days around the report.
_MOST_AWAY = 7
_ANTECEDENTS = 2
_BACK = frozenset({"earlier", "before", "previous"})
_BEHIND = frozenset({"after", "before"})
_NEAR = 40


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """A day that a passage gives in other words.

    Attributes:
        number: index of the passage.
        place: of those words.
        printed: those words.
        windows: the day of the report and what it then is, for each that it may be of.
        is_known: the day of the report is known.
        is_relative: hangs on the day of the report.
        words: what it is counted from; "" if from nothing.
    """

    number: int
    place: Place
    printed: str
    windows: tuple[tuple[date, Window], ...]
    is_known: bool
    is_relative: bool
    words: str

    def gives(self, day: DateMention) -> bool:
        """Whether it is the claim's day, or a part of the claim's days, for certain."""
        if day.is_relative and not (
            self.is_known or self.is_relative or _BARE_WEEKDAY.fullmatch(day.text)
        ):
            return False
        return bool(self.windows) and all(
            _holds(day, of_day, window, is_near=self.is_known)
            for of_day, window in self.windows
        )

    def is_counted_from(self, day: DateMention) -> bool:
        """Whether the evidence's date is the one that this day hangs on."""
        return self.words == _quoted(day)

    def explain(self, day: DateMention) -> str:
        """How the claim's day comes out, in words for a reader."""
        base = f", counted from {self.words}," if self.words else ""
        return f"“{self.printed}”{base} is {day.text}."


@dataclass(frozen=True, slots=True)
class _Found:
    """Words at start..end of a text, and what they mean; None if it cannot be said."""

    start: int
    end: int
    window: Window | None
    words: str
    is_relative: bool


def worked_days(evidence: Evidence) -> list[WorkedDay]:
    """Every day that the passages give, read from the day of their report."""
    return [
        day
        for number, passage in enumerate(evidence.passages)
        for day in _of_passage(number, passage)
    ]


def _of_passage(number: int, passage: Passage) -> Iterator[WorkedDay]:
    stated = stated_day(passage.reading)
    before = [s for s in passage.reading.spans if s.start < passage.start]
    start = before[-_ANTECEDENTS:][0].start if before else passage.start
    text = passage.reading.text[start : passage.end]
    rows = [list(_read(text, day, stated)) for day in stated.days]
    # The same words in every row: the shapes do not depend on the day.
    for ways in zip(*rows, strict=False):
        one = ways[0]
        windows = [way.window for way in ways]
        if start + one.start < passage.start or None in windows:
            continue
        first, last = passage.reading.token_range(start + one.start, start + one.end)
        yield WorkedDay(
            number,
            Place(passage, first - passage.first, last - passage.first),
            text[one.start : one.end].strip(),
            tuple(
                (of_day, window)
                for of_day, window in zip(stated.days, windows, strict=True)
                if window is not None
            ),
            stated.is_known,
            one.is_relative,
            one.words,
        )


def _read(text: str, of_day: date, stated: Stated) -> Iterator[_Found]:
    mentions = read_dates(text, published=of_day)
    for mention in mentions:
        if _GUESSED.search(mention.text):
            continue
        span, words = mention.span, stated.words if mention.is_relative else ""
        yield _Found(span.start, span.end, mention.window, words, mention.is_relative)
    for shape, window_of in (
        (_AHEAD, _ahead),
        (_END, _end),
        (_HOLIDAY, _holiday),
    ):
        for match in shape.finditer(text):
            is_relative = shape is not _HOLIDAY
            words = stated.words if is_relative else ""
            window = window_of(match, of_day)
            yield _Found(match.start(), match.end(), window, words, is_relative)
    for shape, step in ((_LATER, _later), (_NEXT, _next)):
        for match in shape.finditer(text):
            anchor = _anchor(match, mentions)
            window = step(match, anchor) if anchor else None
            words = _quoted(anchor) if anchor else ""
            yield _Found(match.start(), match.end(), window, words, False)


def _quoted(day: DateMention) -> str:
    return f"“{day.text}”"


def _ahead(match: re.Match[str], of_day: date) -> Window | None:
    if tense.of_clause(match) is tense.Sense.PAST:
        # "Was built in nine days."
        return None
    count = _count(match["n"] or match["n2"])
    unit = (match["unit"] or match["unit2"]).lower()
    return _on(of_day, count, unit, is_exact=unit in {"day", "fortnight"})


def _end(match: re.Match[str], of_day: date) -> Window | None:
    step = 1 if match["which"].lower() == "next" else 0
    window, _ = period(match["unit"].lower(), step, of_day)
    if window is not None and match["by"]:
        # "By the end of the month" is by its last day; "at the end" is about then.
        return Window(window.end, window.end)
    return window


def _holiday(match: re.Match[str], of_day: date) -> Window | None:
    month, number = _FIXED[match.group().lower().replace("’", "'")]
    year = calendar.nearest_year(month, number, of_day)
    day = calendar.day(year, month, number) if year else None
    return Window(day, day) if day else None


def _anchor(
    match: re.Match[str], mentions: tuple[DateMention, ...]
) -> DateMention | None:
    """The date that "two days later" is counted from: right behind "after", else the
    last one before it in the text.
    """
    how = next(filter(None, (match.groupdict().get(k) for k in ("how", "side"))), "")
    apart = [
        m
        for m in mentions
        if m.span.end <= match.start() or m.span.start >= match.end()
    ]
    if how.lower() in _BEHIND:
        behind = [m for m in apart if m.span.start >= match.end()]
        near = match.string[match.end() : behind[0].span.start] if behind else "."
        if len(near) <= _NEAR and not re.search(r"[.;:!?,]", near):
            return behind[0]
        if match.string[match.end() : match.end() + 2].strip() not in {"", ".", ","}:
            # "Two days after the vote": the vote's day is not said here.
            return None
    fixed = [m for m in apart if not _GUESSED.search(m.text)]
    ahead = [m for m in fixed if m.span.end <= match.start()]
    return ahead[-1] if ahead else None


def _later(match: re.Match[str], anchor: DateMention) -> Window | None:
    count, unit = _count(match["n"]), match["unit"].lower()
    step = -count if match["how"].lower() in _BACK else count
    return _from(anchor, step, unit)


def _next(match: re.Match[str], anchor: DateMention) -> Window | None:
    how, unit = (
        (match["how"] or match["side"] or "next").lower(),
        match["unit"] or "day",
    )
    step = -1 if how in _BACK else 1
    if re.fullmatch(_WEEKDAY, unit, re.IGNORECASE):
        if anchor.window is None or anchor.grain is not Grain.DAY:
            return None
        number = calendar.weekday_number(unit)
        day = anchor.window.start if step < 0 else anchor.window.end
        away = (step * (number - day.weekday()) - 1) % 7 + 1
        return _on(day, step * away, "day", is_exact=True)
    unit = unit.lower()
    is_of_day = unit in {"morning", "afternoon", "evening", "night"}
    if unit in {"week", "month", "year"}:
        return _beside(anchor, step, unit)
    return _from(anchor, step, "day" if is_of_day else unit)


def _beside(anchor: DateMention, step: int, unit: str) -> Window | None:
    """The calendar's week, month or year beside that of a date that lies in one."""
    if anchor.window is None:
        return None
    own, _ = period(unit, 0, anchor.window.start)
    if own is None or anchor.window.end > own.end:
        return None
    return period(unit, step, anchor.window.start)[0]


_GRAINS = {
    "day": {Grain.DAY},
    "week": {Grain.DAY},
    "fortnight": {Grain.DAY},
    "month": {Grain.DAY, Grain.MONTH},
    "year": {Grain.DAY, Grain.MONTH, Grain.YEAR},
}


def _from(anchor: DateMention, step: int, unit: str) -> Window | None:
    window = anchor.window
    if window is None or anchor.grain not in _GRAINS[unit]:
        return None
    if unit in {"day", "week", "fortnight"} and window.start != window.end:
        return None
    # "A year later" is as exact as the year that it is counted from, at most a month.
    return _on(window.start, step, unit, is_exact=unit != "month", grain=anchor.grain)


def _on(
    day: date, step: int, unit: str, *, is_exact: bool, grain: Grain = Grain.DAY
) -> Window | None:
    """The days some units on: a day where it is exact, else the calendar's."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    try:
        if days and is_exact:
            there = day + timedelta(days=step * days)
            return Window(there, there)
        if days:
            return period("week", step * days // 7, day)[0]
        if unit == "year" and (grain is Grain.YEAR or not is_exact):
            return calendar.year_window(day.year + step)
        months = calendar.shift_months(day, step * (12 if unit == "year" else 1))
        return calendar.month_window(months.year, months.month)
    except (ValueError, OverflowError):
        # Before the first or behind the last year of the calendar.
        return None


def _holds(day: DateMention, of_day: date, window: Window, *, is_near: bool) -> bool:
    weekday = _BARE_WEEKDAY.fullmatch(day.text)
    if weekday:
        is_far = is_near and abs((window.start - of_day).days) > _MOST_AWAY
        is_one = window.start == window.end
        number = calendar.weekday_number(weekday["name"])
        return is_one and not is_far and window.start.weekday() == number
    mine = day.window
    if mine is None:
        # "May" alone may be a name or a verb, "in May" is a month. Without its year a
        # day is the one nearest to what the evidence means.
        anchor = of_day if day.is_relative else window.start
        mentions = read_dates(f"in {day.text}", published=anchor)
        mine = mentions[0].window if len(mentions) == 1 else None
    if mine is None or not (mine.start <= window.start and window.end <= mine.end):
        return False
    named = re.match(_WEEKDAY, day.text)
    # "Sunday, 2 May 2026" was a Saturday.
    return not named or mine.start.weekday() == calendar.weekday_number(named[0])


def _count(printed: str) -> int:
    return _COUNTS.get(printed.lower()) or int(printed)
