"""Text and dates at the door."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.cleaning import clean_line, clean_text, clean_title, plausible
from tests.builders import NOW

ANY_TEXT = st.text(st.characters(), max_size=80)


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once


@given(ANY_TEXT)
def test_clean_text_can_be_stored_and_holds_nothing_invisible(text: str) -> None:
    cleaned = clean_text(text)

    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    for character in cleaned:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
    assert not set(cleaned) & set("\u202e\u2066\u200b\ufeff\u00ad\u2028")


@given(ANY_TEXT, st.integers(1, 50))
def test_a_line_keeps_its_limit_and_can_be_a_mails_subject(
    text: str, limit: int
) -> None:
    line = clean_line(text, limit=limit)
    message = EmailMessage()

    message["Subject"] = line

    assert len(line) <= limit
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a  \t b", "a b"),
        ("a\n\n\n \n b", "a\n\nb"),
        (" \n a \n ", "a"),
        ("cafe\u0301", "café"),
        ("a\u00a0b\u202fc", "a b c"),
        ("pass\u200bword\u202e!", "password!"),
        ("\U000e0049\U000e0047nore", "nore"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x\ud800y\0z", "xyz"),
    ],
)
def test_clean_text(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_a_long_text_is_cut_at_a_word_with_a_mark() -> None:
    assert clean_text("one two three four", limit=12) == "one two…"
    assert len(clean_text("x" * 500_000)) == 100_000


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<b>Rates</b> held", "Rates held"),
        ("<script>alert(1)</script>Rates held", "Rates held"),
        ("AT&amp;T &lt;up&gt;", "AT&T <up>"),
        ("Is 3 < 5 and 7 > 2?", "Is 3 < 5 and 7 > 2?"),
        ("I <3 this", "I <3 this"),
        ("One\r\nBcc: x", "One Bcc: x"),
    ],
)
def test_clean_title(title: str, expected: str) -> None:
    assert clean_title(title) == expected


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-14))),
        NOW + timedelta(hours=49),
        None,
    ],
)
def test_an_absurd_date_is_unknown(moment: datetime | None) -> None:
    assert plausible(moment, NOW) is None


def test_a_likely_date_is_kept_in_utc() -> None:
    east = datetime(2026, 5, 25, 8, 0, 0, 7, tzinfo=timezone(timedelta(hours=2)))

    assert plausible(east, NOW) == datetime(2026, 5, 25, 6, 0, tzinfo=UTC)
    assert plausible(datetime(2026, 5, 25, 6, 0), NOW) == datetime(  # noqa: DTZ001
        2026, 5, 25, 6, 0, tzinfo=UTC
    )
