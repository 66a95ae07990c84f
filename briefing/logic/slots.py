"""When a local clock shows a time of day, over every change of a zone's offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from briefing.domain.audience import Frequency

# A weekday comes again within 7 days; one of them may be missing from the calendar.
_LONGEST_WAIT_DAYS = 16


def slot_on(day: date, at: time, zone: str) -> datetime | None:
    """The moment, aware UTC, that stands for `at` on that local day.

    Of two equal clock times it is the first. A clock time that a change to summer
    time leaves out is the first moment after the change, or, where that is another
    day, the last minute before it. None for a day that the zone left out (Samoa had
    no 30 December 2011).
    """
    local = ZoneInfo(zone)
    wanted = datetime.combine(day, at)
    moment = wanted.replace(tzinfo=local, fold=0).astimezone(UTC)
    if moment.astimezone(local).replace(tzinfo=None) == wanted:
        return moment
    change = _change(wanted, local)
    for near in (change, change - timedelta(minutes=1)):
        if near.astimezone(local).date() == day:
            return near
    return None


def _change(left_out: datetime, local: ZoneInfo) -> datetime:
    """The moment of the change that leaves that local time out, to the second."""
    # Read with the offset after the change it lies before it, and the other way round.
    before = left_out.replace(tzinfo=local, fold=1).astimezone(UTC)
    after = left_out.replace(tzinfo=local, fold=0).astimezone(UTC)
    offset = before.astimezone(local).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(local).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def next_slot(
    after: datetime, at: time, zone: str, weekday: int | None = None
) -> datetime:
    """The first slot that is not before `after`, aware UTC; of that weekday (Monday is
    0) if one is named. There is exactly one a local day, see `slot_on`.
    """
    days = (weekday,) if weekday is not None else tuple(range(7))
    return next_day(after, at, zone, days)[1]


def next_day(
    after: datetime, at: time, zone: str, days: Sequence[int]
) -> tuple[date, datetime]:
    """The local day and moment of the first slot not before `after`.

    Raises ValueError when `days` names no weekday.
    """
    first = after.astimezone(ZoneInfo(zone)).date()
    for ahead in range(_LONGEST_WAIT_DAYS):
        day = first + timedelta(days=ahead)
        moment = slot_on(day, at, zone) if day.weekday() in days else None
        if moment is not None and moment >= after:
            return day, moment
    raise ValueError(f"no weekday in {days}")


def last_day(
    until: datetime, at: time, zone: str, days: Sequence[int]
) -> tuple[date, datetime]:
    """The local day and moment of the last slot not after `until`.

    Raises ValueError when `days` names no weekday.
    """
    last = until.astimezone(ZoneInfo(zone)).date()
    for back in range(_LONGEST_WAIT_DAYS):
        day = last - timedelta(days=back)
        moment = slot_on(day, at, zone) if day.weekday() in days else None
        if moment is not None and moment <= until:
            return day, moment
    raise ValueError(f"no weekday in {days}")


def reader_slot(
    day: date, at: time, zone: str, send_at: time, reader_zone: str
) -> tuple[date, datetime]:
    """On which day of the reader, and when, the issue of `day` is due; never before
    the issue's own time, `at` in `zone`.

    The distance between the issue's day and the reader's is the same all year: were
    it chosen anew each day, a change of either clock could bring two mails in one day
    and none in another. So who wants mail an hour before the issue is made in one
    half of the year only gets it on the day after in both.
    """
    latest = _latest(at, zone, reader_zone, day.year)
    wanted = timedelta(hours=send_at.hour, minutes=send_at.minute)
    days = -((wanted - latest) // timedelta(days=1))
    their_day = day + timedelta(days=days)
    moment = slot_on(their_day, send_at, reader_zone)
    if moment is None:
        after = slot_on(day, at, zone) or datetime.combine(day, at, tzinfo=UTC)
        return next_day(after, send_at, reader_zone, tuple(range(7)))
    return their_day, moment


@lru_cache(maxsize=4096)
def _latest(at: time, zone: str, reader_zone: str, year: int) -> timedelta:
    """The latest that the reader's clock shows in that year when an issue is due, from
    midnight of the issue's day on.
    """
    local = ZoneInfo(reader_zone)
    found = []
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        moment = slot_on(day, at, zone)
        if moment is not None:
            shown = moment.astimezone(local).replace(tzinfo=None)
            found.append(shown - datetime.combine(day, time()))
    return max(found)


def issue_id(digest_id: str, frequency: Frequency, day: date) -> str:
    """What a reader gets one of, whatever it is chosen for: digest, frequency, day."""
    often = "-weekly" if frequency is Frequency.WEEKLY else ""
    return f"{digest_id}{often}-{day.isoformat()}"
