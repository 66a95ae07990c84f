"""Local clock times over gaps, overlaps and missing days."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.audience import Frequency
from briefing.logic.slots import (
    issue_id,
    last_day,
    next_day,
    next_slot,
    reader_slot,
    slot_on,
)

EVERY_DAY = tuple(range(7))
# Changes at midnight, of half an hour, before midnight, in both hemispheres, at odd
# offsets, and none at all.
ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York",
    "America/Los_Angeles", "America/St_Johns", "America/Havana", "America/Santiago",
    "America/Asuncion", "America/Nuuk", "Africa/Cairo", "Africa/Casablanca",
    "Asia/Beirut", "Asia/Gaza", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe",
    "Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll",
)  # fmt: skip
CLOCKS = (time(0, 0), time(0, 30), time(2, 30), time(7, 0), time(23, 30))


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2024, 2026])
def test_a_simulated_year_sends_once_each_local_day(zone: str, year: int) -> None:
    for at in CLOCKS:
        moment = datetime(year, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        end = datetime(year + 1, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        sent: Counter[date] = Counter()
        while (moment := next_slot(moment, at, zone)) < end:
            sent[local(moment, zone).date()] += 1
            moment += timedelta(seconds=1)

        days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        assert len(sent) == days
        assert set(sent.values()) == {1}


def test_a_time_in_the_gap_is_the_first_moment_after_it() -> None:
    moment = slot_on(date(2026, 3, 29), time(2, 30), "Europe/Berlin")

    assert moment == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert local(moment, "Europe/Berlin").time() == time(3, 0)


def test_a_time_that_comes_twice_is_the_first_of_both() -> None:
    moment = slot_on(date(2026, 10, 25), time(2, 30), "Europe/Berlin")

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    following = next_slot(moment + timedelta(seconds=1), time(2, 30), "Europe/Berlin")
    assert following == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_gap_of_half_an_hour_ends_at_half_past() -> None:
    moment = slot_on(date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe")

    assert moment is not None
    assert local(moment, "Australia/Lord_Howe").time() == time(2, 30)


def test_a_gap_up_to_midnight_keeps_its_own_day() -> None:
    # Greenland goes from 23:00 to 00:00 of the next day.
    moment = slot_on(date(2026, 3, 28), time(23, 30), "America/Nuuk")

    assert moment is not None
    there = local(moment, "America/Nuuk")
    assert (there.date(), there.time()) == (date(2026, 3, 28), time(22, 59))


def test_a_day_that_the_zone_left_out_has_no_slot() -> None:
    missing = date(2011, 12, 30)
    before = datetime(2011, 12, 30, 9, 0, tzinfo=UTC)  # 29 December, 23:00 there

    assert slot_on(missing, time(7, 0), "Pacific/Apia") is None
    day, moment = next_day(before, time(7, 0), "Pacific/Apia", EVERY_DAY)
    assert day == local(moment, "Pacific/Apia").date() == date(2011, 12, 31)


def test_a_slot_that_is_now_is_not_put_off() -> None:
    now = datetime(2026, 5, 26, 5, 0, tzinfo=UTC)

    assert next_slot(now, time(7, 0), "Europe/Berlin") == now
    assert last_day(now, time(7, 0), "Europe/Berlin", EVERY_DAY)[1] == now


def test_a_weekly_slot_falls_on_its_weekday() -> None:
    after = datetime(2026, 5, 26, 5, 1, tzinfo=UTC)  # a Tuesday

    moment = next_slot(after, time(7, 0), "Europe/Berlin", weekday=1)

    assert moment == datetime(2026, 6, 2, 5, 0, tzinfo=UTC)


def test_the_day_is_the_readers_not_the_one_of_utc() -> None:
    evening = datetime(2026, 5, 26, 19, 0, tzinfo=UTC)  # 07:00 of the 27th there

    assert next_day(evening, time(7, 0), "Pacific/Auckland", EVERY_DAY) == (
        date(2026, 5, 27),
        evening,
    )


def test_no_weekday_is_an_error_not_an_endless_search() -> None:
    now = datetime(2026, 5, 26, tzinfo=UTC)

    with pytest.raises(ValueError, match="weekday"):
        next_day(now, time(7, 0), "UTC", ())
    with pytest.raises(ValueError, match="weekday"):
        last_day(now, time(7, 0), "UTC", ())


@given(
    # 2000 to 2037, as far as the zones' tables go.
    st.integers(946_684_800, 2_114_380_800).map(
        lambda one: datetime.fromtimestamp(one, UTC)
    ),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_no_slot_lies_between_the_last_and_the_next(
    now: datetime, at: time, zone: str
) -> None:
    before, last = last_day(now, at, zone, EVERY_DAY)
    after, following = next_day(now + timedelta(seconds=1), at, zone, EVERY_DAY)

    assert last <= now < following
    assert after - before in {timedelta(days=1), timedelta(days=2)}
    assert slot_on(before, at, zone) == last
    between = before + timedelta(days=1)
    assert between == after or slot_on(between, at, zone) is None


@pytest.mark.parametrize("zone", ZONES)
def test_a_reader_in_any_zone_gets_one_issue_each_local_day_of_a_year(
    zone: str,
) -> None:
    for home in ("Europe/Berlin", "America/New_York", "Pacific/Auckland"):
        for send_at in (time(0, 30), time(5, 30), time(7, 0), time(12, 30)):
            due = []
            for number in range(365):
                day = date(2026, 1, 1) + timedelta(days=number)
                their_day, moment = reader_slot(day, time(6), home, send_at, zone)
                made_at = slot_on(day, time(6), home)
                assert made_at is not None
                # A gap up to midnight takes the last minute before it.
                assert moment >= made_at - timedelta(minutes=31)
                assert local(moment, zone).date() == their_day
                due.append(their_day)

            assert len(set(due)) == 365
            assert due[-1] - due[0] == timedelta(days=364)


def test_a_reader_at_home_gets_the_issue_on_its_day() -> None:
    day = date(2026, 5, 26)

    assert reader_slot(day, time(6), "Europe/Berlin", time(7), "Europe/Berlin") == (
        day,
        datetime(2026, 5, 26, 5, 0, tzinfo=UTC),
    )


def test_who_wants_it_before_it_is_made_gets_it_the_day_after() -> None:
    day = date(2026, 5, 26)

    assert reader_slot(day, time(6), "Europe/Berlin", time(5, 30), "Europe/Berlin") == (
        date(2026, 5, 27),
        datetime(2026, 5, 27, 3, 30, tzinfo=UTC),
    )


def test_the_last_morning_on_earth_is_a_day_later_than_the_first() -> None:
    day = date(2026, 5, 26)
    west, _ = reader_slot(day, time(6), "UTC", time(7), "Pacific/Pago_Pago")
    east, _ = reader_slot(day, time(6), "UTC", time(7), "Pacific/Kiritimati")

    assert (west, east) == (date(2026, 5, 26), date(2026, 5, 27))


def test_an_issue_is_named_by_digest_frequency_and_day() -> None:
    day = date(2026, 5, 26)

    assert issue_id("daily", Frequency.DAILY, day) == "daily-2026-05-26"
    assert issue_id("daily", Frequency.WEEKLY, day) == "daily-weekly-2026-05-26"
