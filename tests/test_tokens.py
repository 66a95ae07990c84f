"""Links that need no login: DELIVERY.md T1 to T3."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.audience import Preferences, Subscriber, SubscriberState
from briefing.errors import SettingsError
from briefing.tokens import (
    LIFETIMES,
    TOKEN_LENGTH,
    Keys,
    Opened,
    Purpose,
    Rejected,
    Tokens,
    load_keys,
    new_subscriber_id,
)
from tests.builders import NOW

KEYS = Keys(("new", "old"), "suppression")
READER = Subscriber(
    "abcdefghijk", "daily", "a@mail.example", SubscriberState.ACTIVE, Preferences(), NOW
)
TOKENS = Tokens(KEYS, "daily")


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_opens_what_it_is_for_and_nothing_else(purpose: Purpose) -> None:
    token = TOKENS.make(purpose, READER, now=NOW)

    opened = {one: TOKENS.read(one, token, now=NOW) for one in Purpose}

    found = opened.pop(purpose)
    assert isinstance(found, Opened)
    assert (found.subscriber_id, found.epoch) == ("abcdefghijk", 0)
    assert set(opened.values()) == {Rejected("forged")}
    assert Tokens(KEYS, "other").read(purpose, token, now=NOW) == Rejected("forged")


def test_an_older_key_still_verifies_and_the_newest_signs() -> None:
    old = Tokens(Keys(("old",), ""), "daily").make(Purpose.READ, READER, now=NOW)
    new = TOKENS.make(Purpose.READ, READER, now=NOW)

    assert isinstance(TOKENS.read(Purpose.READ, old, now=NOW), Opened)
    only_old = Tokens(Keys(("old",), ""), "daily")
    assert only_old.read(Purpose.READ, new, now=NOW) == Rejected("forged")


@given(st.integers(0, 36**4 - 1))
def test_links_to_leave_are_short_and_of_one_length(epoch: int) -> None:
    reader = replace(READER, id=new_subscriber_id(), epoch=epoch)
    token = TOKENS.make(Purpose.UNSUBSCRIBE, reader, now=NOW)

    assert len(token) == TOKEN_LENGTH
    assert len(f"https://daily.company.example/u/{token}") <= 75
    found = TOKENS.read(Purpose.UNSUBSCRIBE, token, now=NOW + timedelta(days=9999))
    assert isinstance(found, Opened)
    assert (found.subscriber_id, found.epoch) == (reader.id, epoch)


@pytest.mark.parametrize("purpose", LIFETIMES)
def test_links_that_expire_do_so(purpose: Purpose) -> None:
    token = TOKENS.make(purpose, READER, now=NOW)
    end = NOW + LIFETIMES[purpose]

    assert isinstance(TOKENS.read(purpose, token, now=end), Opened)
    late = TOKENS.read(purpose, token, now=end + timedelta(seconds=1))
    assert late == Rejected("expired")


@given(st.text(max_size=80))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert {TOKENS.read(one, text, now=NOW) for one in Purpose} == {Rejected("forged")}
    assert TOKENS.stamp_age(text, now=NOW) is None


def test_a_suppression_key_is_the_same_however_an_address_is_written() -> None:
    key = TOKENS.suppression_key("Reader@Mail.example")

    assert key == TOKENS.suppression_key(" reader@mail.example ")
    assert key != Tokens(Keys(("new",), "else"), "daily").suppression_key(
        "reader@mail.example"
    )


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db.keys"

    first, second = load_keys(path), load_keys(path, ["configured"])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert second == Keys(("configured",), first.suppression)
    assert load_keys(path) == first
    assert first.tokens[0] not in repr(first)
    assert [one.name for one in tmp_path.iterdir()] == ["a.db.keys"]


def test_a_broken_key_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.db.keys"
    path.write_text("{}")

    with pytest.raises(SettingsError, match=r"a\.db\.keys cannot be read"):
        load_keys(path)
    assert path.read_text() == "{}"
