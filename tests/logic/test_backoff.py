"""When a source is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.domain.source import FetchState
from briefing.errors import FetchError, ParseError
from briefing.logic.backoff import after_failure, after_success, is_due
from tests.builders import NOW

STATE = FetchState(source_id="a", etag='"e"', last_modified="m", body_hash="h")
DOWN = FetchError("http://a.example/", 500, "down", hint="Wait.")


def test_a_source_never_asked_is_due() -> None:
    assert is_due(FetchState(source_id="a"), NOW)


@pytest.mark.parametrize(
    ("before", "hours"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 24), (900, 24)]
)
def test_each_failure_doubles_the_wait_up_to_a_day(before: int, hours: int) -> None:
    state = after_failure(replace(STATE, failures=before), DOWN, NOW)

    assert state.next_poll_at == NOW + timedelta(hours=hours)
    assert state.failures == before + 1
    assert state.last_error == "http://a.example/: down"
    assert (state.etag, state.body_hash) == ('"e"', "h")


@pytest.mark.parametrize(
    ("asked_s", "expected"),
    [
        (60.0, timedelta(hours=1)),
        (7200.0, timedelta(hours=2)),
        (1e12, timedelta(hours=24)),
    ],
)
def test_a_longer_wait_that_the_server_asks_for_is_kept(
    asked_s: float, expected: timedelta
) -> None:
    error = FetchError("u", 429, "slow", hint="Wait.", retry_after_s=asked_s)

    assert after_failure(STATE, error, NOW).next_poll_at == NOW + expected


def test_a_feed_that_cannot_be_parsed_backs_off_too() -> None:
    state = after_failure(STATE, ParseError("no feed", hint="Look."), NOW)

    assert not is_due(state, NOW + timedelta(minutes=59))
    assert is_due(state, NOW + timedelta(hours=1))


def test_success_forgets_the_failures() -> None:
    failed = after_failure(STATE, DOWN, NOW)
    state = after_success(failed, NOW, etag='"n"', body_hash="i")

    assert state == FetchState(source_id="a", etag='"n"', body_hash="i", last_ok_at=NOW)


def test_an_unchanged_answer_keeps_validators_that_it_does_not_repeat() -> None:
    state = after_success(STATE, NOW, last_modified="later")

    assert (state.etag, state.last_modified, state.body_hash) == ('"e"', "later", "h")


@pytest.mark.parametrize(
    ("fresh_s", "expected"),
    [
        (None, None),
        (600.0, timedelta(minutes=10)),
        (86_400.0, timedelta(hours=20)),
        (1e300, timedelta(hours=20)),
        (-5.0, None),
    ],
)
def test_freshness_is_respected_but_never_costs_a_daily_run(
    fresh_s: float | None, expected: timedelta | None
) -> None:
    state = after_success(STATE, NOW, body_hash="h", fresh_s=fresh_s)

    assert state.next_poll_at == (NOW + expected if expected else None)
