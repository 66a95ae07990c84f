"""The id of a delivery says what it is, so that nothing goes twice."""

from __future__ import annotations

from datetime import timedelta, timezone

from briefing.domain.delivery import Letter
from briefing.logic.delivery_ids import (
    copy_id,
    edition_delivery_id,
    letter_id,
    seed_reader,
)
from tests.builders import NOW


def test_every_part_of_an_edition_delivery_counts() -> None:
    ids = {
        edition_delivery_id("daily-2026-05-26", 1, "reader00001", "mail"),
        edition_delivery_id("daily-2026-05-27", 1, "reader00001", "mail"),
        edition_delivery_id("daily-2026-05-26", 2, "reader00001", "mail"),
        edition_delivery_id("daily-2026-05-26", 1, "reader00002", "mail"),
        edition_delivery_id("daily-2026-05-26", 1, "reader00001", "team"),
    }

    assert len(ids) == 5
    assert all(len(one) == 32 and int(one, 16) for one in ids)


def test_the_same_letter_asked_for_at_the_same_moment_is_one() -> None:
    tokyo = timezone(timedelta(hours=9))

    same = letter_id(Letter.CONFIRM, "reader00001", NOW.astimezone(tokyo))

    assert same == letter_id(Letter.CONFIRM, "reader00001", NOW)
    assert same != letter_id(Letter.ALREADY, "reader00001", NOW)


def test_ids_stay_the_same_over_versions() -> None:
    made = edition_delivery_id("daily-2026-05-26", 1, "reader00001", "mail")

    assert made == "b68c5b06ec7f7f563eda707faec6ad4b"


def test_a_test_copy_has_an_id_of_its_own() -> None:
    one = copy_id("desk@news.example", "daily-default-2026-05-26", NOW)

    assert one != copy_id("desk@news.example", "daily-default-2026-05-27", NOW)


def test_a_seed_has_an_id_as_long_as_a_subscriber() -> None:
    seed = seed_reader("desk@news.example", "daily", NOW)

    assert len(seed.id) == 11
    assert seed.id == seed_reader("desk@news.example", "daily", NOW).id
    assert seed.id != seed_reader("desk@news.example", "other", NOW).id
