"""What the facts of an installation mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefing.domain.checkup import Finding, Health
from briefing.domain.delivery import Tally
from briefing.logic import health, mail_server

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MB = 1024 * 1024
OK, WARN, BAD = Health.OK, Health.WARN, Health.BAD


def kinds(found: tuple[Finding, ...]) -> list[Health]:
    return [one.health for one in found]


@pytest.mark.parametrize(
    ("base_url", "is_local", "mails", "expected"),
    [
        ("https://briefing.example.net", False, True, [OK]),
        ("http://127.0.0.1:8000", True, False, [OK]),
        ("http://127.0.0.1:8000", True, True, [BAD]),
        ("http://news.example.net", False, True, [BAD]),
        ("http://news.example.net", False, False, [OK]),
        ("https://briefings.example.net", False, True, [BAD]),
        ("https://briefings.example.net", False, False, [WARN]),
        ("http://briefings.example.net:8443", False, True, [BAD, BAD]),
    ],
)
def test_the_address_in_every_mail(
    base_url: str, is_local: bool, mails: bool, expected: list[Health]
) -> None:
    assert kinds(health.site(base_url, is_local=is_local, mails=mails)) == expected


def test_the_longest_link_is_a_token_below_the_base() -> None:
    (found,) = health.site("https://" + "a" * 21, is_local=False, mails=True)

    assert "75 characters" in found.says


@pytest.mark.parametrize(
    ("lengths", "mode", "is_readable", "expected"),
    [
        ([], None, False, OK),
        ([40], None, False, OK),
        ([40, 8], None, False, BAD),
        ([], 0o600, True, OK),
        ([], 0o640, True, BAD),
        ([], 0o604, True, BAD),
        ([], 0o000, False, BAD),
    ],
)
def test_secret_keys_are_for_their_owner_alone(
    lengths: list[int], mode: int | None, is_readable: bool, expected: Health
) -> None:
    found = health.secret_keys(
        lengths, file="briefing.db.keys", mode=mode, is_readable=is_readable
    )

    assert found.health is expected


@pytest.mark.parametrize(
    ("changes", "expected", "word"),
    [
        ({}, OK, "no fault"),
        ({"revision": "0001"}, OK, "upgrades"),
        ({"revision": "0009"}, BAD, "newer"),
        ({"revision": ""}, BAD, "no database of"),
        ({"faults": ("row 3 missing",)}, BAD, "row 3 missing"),
        ({"is_whole": False}, OK, "too large"),
        ({"mode": 0o644}, WARN, "everybody"),
        ({"mode": 0o640}, OK, "no fault"),
    ],
)
def test_the_store_is_judged(
    changes: dict[str, object], expected: Health, word: str
) -> None:
    facts: dict[str, object] = {
        "revision": "0003",
        "head": "0003",
        "size_bytes": 5 * MB,
        "faults": (),
        "is_whole": True,
        "mode": 0o600,
    }

    found = health.database("briefing.db", **{**facts, **changes})  # type: ignore[arg-type]

    assert (found.health, word in found.says) == (expected, True), found


@pytest.mark.parametrize(
    ("free_mb", "store_mb", "expected"),
    [
        (5000, 10, OK),
        (900, 10, WARN),
        (150, 10, BAD),
        (5000, 3000, WARN),
        (5000, 6000, BAD),
    ],
)
def test_a_disk_must_hold_the_store_once_more(
    free_mb: int, store_mb: int, expected: Health
) -> None:
    found = health.disk("/x", free_bytes=free_mb * MB, store_bytes=store_mb * MB)

    assert found.health is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 24 Nov 2026 06:00:00 GMT", NOW),
        ("mail.a.example ESMTP Exim 4.96 Tue, 24 Nov 2026 07:00:00 +0100", NOW),
        ("mail.a.example ESMTP Postfix", None),
        ("Tue, 99 Nov 2026 06:00:00 GMT", None),
        ("", None),
    ],
)
def test_a_server_tells_its_time(text: str, expected: datetime | None) -> None:
    assert health.sent_at(text) == expected


def test_the_clock_is_held_against_the_nearest_of_the_others() -> None:
    assert health.clock(()).health is OK
    assert health.clock((("a", -400.0), ("b", 1.5))).health is OK
    behind = health.clock((("a", 400.0),))
    assert (behind.health, "400 seconds behind a" in behind.says) == (BAD, True)
    assert "ahead of" in health.clock((("a", -31.0),)).says


def test_a_machine_without_zones_is_told_what_to_install() -> None:
    found = health.zone("UTC", zones=3, now=NOW)

    assert (found.health, "tzdata" in found.todo) == (BAD, True)
    assert health.zone("Asia/Tokyo", zones=597, now=NOW).says.endswith("15:00")


def test_the_next_run_is_told_in_local_time() -> None:
    found = health.next_run(
        NOW + timedelta(hours=23), zone_name="Europe/Berlin", now=NOW
    )

    assert found.says == "next at Wed 25 Nov 06:00 Europe/Berlin, in 23 h"
    assert health.next_run(None, zone_name="UTC", now=NOW).health is WARN


@pytest.mark.parametrize(
    ("hours_ago", "is_finished", "failures", "expected"),
    [
        (2, True, 0, OK),
        (2, False, 0, WARN),
        (2, True, 3, WARN),
        (37, True, 0, WARN),
    ],
)
def test_the_last_run_is_judged(
    hours_ago: int, is_finished: bool, failures: int, expected: Health
) -> None:
    found = health.last_run(
        NOW - timedelta(hours=hours_ago),
        edition_id="daily",
        is_finished=is_finished,
        failures=failures,
        now=NOW,
    )

    assert found.health is expected


def tally(**changes: object) -> Tally:
    base: dict[str, object] = {
        "issue_id": "daily-2026-11-24",
        "frozen": 100,
        "pending": 0,
        "sent": 100,
        "failed": (),
        "skipped": (),
        "expired": 0,
        "uncertain": 0,
    }
    return Tally(**{**base, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, OK),
        (tally(), OK),
        (tally(sent=98, failed=(("550 5.1.1", 2),)), OK),
        (tally(sent=90, failed=(("550 5.1.1", 6), ("550 5.7.1", 4))), BAD),
        (tally(sent=99, uncertain=1), WARN),
        (tally(sent=99, expired=1), WARN),
        (tally(sent=40, pending=60), OK),
    ],
)
def test_the_newest_issue_is_judged(found: Tally | None, expected: Health) -> None:
    assert health.deliveries(found).health is expected


def mail_seen(**changes: object) -> Finding:
    base: dict[str, object] = {
        "security": "starttls",
        "is_local": False,
        "extensions": ("8BITMIME", "AUTH PLAIN LOGIN", "SIZE 35882577"),
        "tls": "TLSv1.3",
        "certificate_ends": NOW + timedelta(days=60),
        "is_logged_in": True,
        "username": "digest",
        "now": NOW,
    }
    (found,) = mail_server.seen("m.example:587", **{**base, **changes})  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("changes", "expected", "word"),
    [
        ({}, OK, "TLSv1.3, logged in as digest, SIZE, 8BITMIME"),
        ({"security": "plaintext", "tls": ""}, BAD, "plain text"),
        (
            {"security": "plaintext", "tls": "", "is_local": True},
            OK,
            "plain text, on this machine",
        ),
        ({"extensions": ("SIZE 50000",)}, BAD, "50,000"),
        ({"extensions": ("SIZE", "SIZE 0")}, OK, "SIZE"),
        ({"certificate_ends": NOW + timedelta(days=3)}, WARN, "2026-11-27"),
        ({"username": "", "is_logged_in": False}, WARN, "login"),
    ],
)
def test_a_mail_server_is_judged(
    changes: dict[str, object], expected: Health, word: str
) -> None:
    found = mail_seen(**changes)

    assert (found.health, word in found.says) == (expected, True), found


@pytest.mark.parametrize(
    "reason",
    ["dns", "connect", "timeout", "closed", "tls", "auth", "unsupported", "greeting"],
)
def test_each_trouble_with_a_mail_server_says_what_to_do(reason: str) -> None:
    found = mail_server.trouble(
        "m.example:587", reason=reason, code=0, text="", is_secured=True
    )

    assert found.health is BAD
    assert reason not in found.says.split()
    assert found.todo.endswith(".")
