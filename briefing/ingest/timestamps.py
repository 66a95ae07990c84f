"""Publication dates as feeds and pages write them; what cannot be right is unknown."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from briefing.logic.cleaning import plausible

_MAX_LENGTH = 80
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
# Names that RFC 822 did not know and its parsers take for UTC; IST and others that
# several places share are left out.
_ZONES = {
    "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300",
    "MSK": "+0300", "SGT": "+0800", "HKT": "+0800", "JST": "+0900", "KST": "+0900",
    "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300",
    "AKST": "-0900", "AKDT": "-0800", "HST": "-1000",
}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")


def read_moment(raw: object, now: datetime) -> datetime | None:
    """Aware UTC, or None if it is not a date somebody can have published on.

    Reads RFC 822, ISO 8601, seconds and milliseconds since 1970, and what dateparser
    knows (other languages, "5 hours ago"). "05/06/2026" is two dates and so None. A
    time without zone counts as UTC.
    """
    text = str(raw or "").strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    # feedparser's own reading is not used: it makes 30 February a day in March and an
    # epoch a year in the 18th century (INGEST 4.3).
    moment = _epoch(text) or _iso(text) or _mail(text) or _spoken(text, now)
    return plausible(moment, now)


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text) == 13 else 1)
    return datetime.fromtimestamp(seconds, tz=UTC)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    name = text.rpartition(" ")[2]
    if name in _ZONES:
        text = text.removesuffix(name) + _ZONES[name]
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _spoken(text: str, now: datetime) -> datetime | None:
    numeric = _NUMERIC.search(text)
    if numeric:
        first, second = int(numeric.group(1)), int(numeric.group(3))
        if first <= 12 and second <= 12 and first != second:
            return None
    if re.match(r"[\d\s:TZ+.-]+$", text) and not numeric:
        return None  # a malformed ISO date: guessing at its parts makes wrong ones
    import dateparser  # 65 ms that most feeds never need

    try:
        return dateparser.parse(
            text,
            settings={
                "RELATIVE_BASE": now.astimezone(UTC).replace(tzinfo=None),
                "TIMEZONE": "UTC",
                "RETURN_AS_TIMEZONE_AWARE": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "DATE_ORDER": "MDY"
                if numeric and int(numeric.group(3)) > 12
                else "DMY",
            },
        )
    except (ValueError, OverflowError, RecursionError):
        return None


def is_midnight(moment: datetime) -> bool:
    """Whether only the day is known: no page is published at 00:00:00 sharp."""
    return moment == moment.replace(hour=0, minute=0, second=0, microsecond=0)


def same_day(one: datetime, other: datetime) -> bool:
    """Whether two moments may be one: within a day, zones and day-only dates aside."""
    return abs(one - other) <= timedelta(hours=36)
