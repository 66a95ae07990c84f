"""A sentence with its relative dates made absolute, in the house's style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from briefing.domain.claim import DateMention, Grain
from briefing.domain.document import Span
from briefing.domain.ranking import Window
from briefing.logic.dates import calendar
from briefing.logic.dates.patterns import COMPARED
from briefing.logic.dates.reading import read_dates

_QUOTED = re.compile(
    r'"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)'
    r"|(?<!\w)‘(?:[^’]|’(?=\w))*(?:’|$)"
)
_LAST_WORD = re.compile(r"(\w+)\s+$")
_THE = re.compile(r"\b[Tt]he\s$")
_BESIDE = re.compile(r"(?:,?\s|\s\()\Z")
_LOOSE_COMMA = re.compile(r",(?=\s(?:to|in|at|with|for|after|before|during|near)\s)")
_TIMED = re.compile(r"\w+day\s(?:morning|afternoon|evening|night)\b")
_MONTH_NAME = re.compile(rf"\b(?:{'|'.join(month[:3] for month in calendar.MONTHS)})")
_ENDS_IN_NUMBER = re.compile(r"\d(?:st|nd|rd|th)?\Z")
# What comes round every year has no year.
_RECURRING = re.compile(
    r"\b(?:normally|usually|typically|traditionally|generally|always|every\syear"
    r"|each\syear|annually)\b[^.;:!?]*\Z",
    re.IGNORECASE,
)
_TIME = re.compile(r"(morning|afternoon|evening|night)$")
_POSSESSIVE = re.compile(r"['’]s\b")
_TAKES_A_DATE = frozenset(
    "on in at by since until till from to before after of for during through over "
    "between and or a an the his her its their our this that around about within "
    "throughout beyond past whose".split()
)
# "Tuesday and Wednesday": the second takes the preposition of the first.
_NEAR = 5
_LOOK = 90
_QUARTERS = ("first", "second", "third", "fourth")


def absolute(text: str, *, published: date | None) -> str | None:
    """The sentence with each relative date rewritten from the publication date.

    House style: "on Tuesday" becomes "on 19 May 2026", "last week" "in the week of
    11–17 May 2026", "last month" "in April 2026", "yesterday's vote" "the 24 May 2026
    vote". A day or month without a year gets its year where the sentence has not named
    it before. Text inside quotation marks and dates that hang on another date of the
    sentence ("a year earlier") stay as they are.

    None when a date needs `published` and it is unknown, or the calendar has no such
    day: the sentence must not be used (rule D2).
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    pieces: list[str] = []
    position = dated_until = 0
    years: set[int] = set()
    for mention in _merged(text, read_dates(text, published=published)):
        start, end = mention.span.start, mention.span.end
        is_quoted = _is_inside(start, quoted)
        if start < position or is_quoted or not _needs_work(text, mention, years):
            if mention.has_year:
                _remember(mention, years)
            continue
        if mention.window is None:
            return None
        before = text[position:start]
        after = text[end : end + 4]
        if mention.is_relative:
            is_next = start - dated_until <= _NEAR and dated_until > 0
            pieces.append(before + _relative(text, mention, mention.window, is_next))
            possessive = _POSSESSIVE.match(after)
            position = end + (possessive.end() if possessive else 0)
        else:
            pieces.append(before + _with_year(mention, mention.window))
            position = end
        _remember(mention, years)
        dated_until = end
    return "".join(pieces) + text[position:]


def _merged(text: str, mentions: tuple[DateMention, ...]) -> Iterator[DateMention]:
    """The mentions; a weekday and the date beside it are one.

    "Sunday (24 May)" and "Sunday morning, 24 May" say one day twice.
    """
    waiting: DateMention | None = None
    for mention in mentions:
        one = mention
        if waiting is not None:
            gap = text[waiting.span.end : one.span.start]
            if one.grain is Grain.DAY and not one.is_relative and _BESIDE.match(gap):
                closing = "(" in gap and text[one.span.end : one.span.end + 1] == ")"
                # "On Monday evening, 25 May, to enter": both commas were the date's.
                closing = closing or bool(_LOOSE_COMMA.match(text, one.span.end))
                end = one.span.end + closing
                one = replace(
                    waiting, span=Span(waiting.span.start, end), window=one.window
                )
                waiting = None
                yield one
                continue
            yield waiting
            waiting = None
        if one.is_relative and one.grain is Grain.DAY:
            waiting = one
        elif _TIMED.match(one.text):
            end = one.span.end + bool(_LOOSE_COMMA.match(text, one.span.end))
            yield replace(
                one,
                text=one.text.partition(",")[0],
                span=Span(one.span.start, end),
                is_relative=True,
            )
        else:
            yield one
    if waiting is not None:
        yield waiting


def _is_inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _needs_work(text: str, mention: DateMention, years: set[int]) -> bool:
    if mention.is_relative:
        return True
    if mention.has_year or mention.grain in {Grain.QUARTER, Grain.YEAR}:
        return False
    if not _MONTH_NAME.search(mention.text):
        # "A week earlier" hangs on another date.
        return False
    if _RECURRING.search(text, max(0, mention.span.start - _LOOK), mention.span.start):
        return False
    return mention.window is None or years != {mention.window.end.year}


def _remember(mention: DateMention, years: set[int]) -> None:
    if mention.window is not None:
        years.add(mention.window.end.year)


def _with_year(mention: DateMention, window: Window) -> str:
    comma = "," if _ENDS_IN_NUMBER.search(mention.text) else ""
    return f"{mention.text}{comma} {window.end.year}"


def _relative(text: str, mention: DateMention, window: Window, is_next: bool) -> str:
    """The rewritten date; a sentence's first letter stays a capital."""
    before = text[: mention.span.start]
    after = text[mention.span.end : mention.span.end + 4]
    phrase = _phrase(mention, window, before, after, is_next)
    if _THE.search(before) and phrase.startswith("the "):
        phrase = phrase[4:]
    lead = before.rstrip()
    if not lead or lead[-1] in ".!?:" or before.endswith("\n"):
        phrase = phrase[0].upper() + phrase[1:]
    return phrase


def _phrase(
    mention: DateMention, window: Window, before: str, after: str, is_next: bool
) -> str:
    if mention.text.endswith(" ago") and COMPARED.search(before[-_LOOK:]):
        # "4% more than a year ago": the figure's own date is the anchor.
        return mention.text.removesuffix("ago") + "earlier"
    head, _, rest = mention.text.partition(" ")
    adverb = head.lower() if head.lower() in {"earlier", "later"} else ""
    core = _core(_whole(mention, window) if adverb else window, mention, rest)
    preposition = "on" if mention.grain is Grain.DAY else "in"
    if _POSSESSIVE.match(after):
        return "the " + core.removeprefix("the ").removeprefix("week of ")
    if adverb:
        return f"{adverb} {preposition} {core}"
    last = _LAST_WORD.search(before)
    word = last.group(1).lower() if last else ""
    if word in {"and", "or"} and not is_next:
        return f"{preposition} {core}"
    return core if word in _TAKES_A_DATE else f"{preposition} {core}"


def _whole(mention: DateMention, window: Window) -> Window:
    """The period that "earlier this month" is a part of."""
    anchor = window.start
    if mention.grain is Grain.WEEK:
        return calendar.week_window(anchor)
    if mention.grain is Grain.MONTH:
        return calendar.month_window(anchor.year, anchor.month)
    if mention.grain is Grain.QUARTER:
        return calendar.quarter_window(anchor.year, (anchor.month + 2) // 3)
    if mention.grain is Grain.YEAR:
        return calendar.year_window(anchor.year)
    return window


def _core(window: Window, mention: DateMention, rest: str) -> str:
    lowered = mention.text.lower()
    if lowered.startswith(("past ", "last ")) and not _is_calendar(window):
        unit = mention.grain.value
        return f"the {unit} to {_printed_day(window.end)}"
    time = _TIME.search(lowered)
    if lowered == "tonight":
        return f"the evening of {_printed_day(window.end)}"
    if time:
        return f"the {time.group(1)} of {_printed_day(window.end)}"
    if mention.grain is Grain.WEEK:
        return f"the week of {_printed_days(window)}"
    if mention.grain is Grain.MONTH:
        return f"{calendar.MONTHS[window.start.month - 1]} {window.start.year}"
    if mention.grain is Grain.QUARTER:
        name = _QUARTERS[(window.start.month - 1) // 3]
        return f"the {name} quarter of {window.start.year}"
    if mention.grain is Grain.YEAR:
        return str(window.start.year)
    return _printed_days(window)


def _is_calendar(window: Window) -> bool:
    """Whether the window is a calendar period and not the days up to a day."""
    start = window.start
    return window in (
        Window(start, start),
        calendar.week_window(start),
        Window(start, calendar.week_window(start).end),
        calendar.month_window(start.year, start.month),
        calendar.quarter_window(start.year, (start.month + 2) // 3),
        calendar.year_window(start.year),
    )


def _printed_day(day: date) -> str:
    return f"{day.day} {calendar.MONTHS[day.month - 1]} {day.year}"


def _printed_days(window: Window) -> str:
    first, last = window.start, window.end
    if first == last:
        return _printed_day(first)
    if first.year != last.year:
        return f"{_printed_day(first)} – {_printed_day(last)}"
    if first.month != last.month:
        month = calendar.MONTHS[first.month - 1]
        return f"{first.day} {month} – {_printed_day(last)}"
    return f"{first.day}–{_printed_day(last)}"
