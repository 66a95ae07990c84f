"""Header lines of letters, in the bytes as sent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefing.domain.audience import MailFormat
from briefing.domain.brief import Brief
from briefing.domain.delivery import Letter
from briefing.errors import InputError, SettingsError
from briefing.logic.mail_lint import lint_mail, read_mail
from briefing.render.letter_headers import MAX_HEADERS, list_id
from briefing.render.letters import Letters
from tests.render import builders, readers
from tests.render.mails import TEMPLATES


def _filled(**changes: object) -> bytes:
    made = readers.letters(**changes).template(
        builders.quiet_edition(), MailFormat.TEXT, read_url=None
    )
    return made.fill(readers.recipient())


def _told(headline: str) -> Brief:
    brief = builders.small_brief()
    return replace(brief, headline=replace(brief.headline, text=headline))


def test_the_header_of_an_edition_is_this_to_the_byte() -> None:
    made = readers.letters().template(
        builders.edition(_told("Central bank holds its rate at 3.75%")),
        MailFormat.HTML,
        read_url=readers.READ_URL,
    )

    lines = readers.head(made.fill(readers.recipient()))

    assert [line for line in lines if not line.startswith("Content-Type")] == [
        "From: The Daily Briefing <digest@news.example>",
        "Reply-To: desk@news.example",
        "To: reader@inbox.example",
        "Subject: Central bank holds its rate at 3.75%",
        "Date: Tue, 26 May 2026 07:00:07 +0200",
        "Message-ID: <0123456789abcdef0123456789abcdef@news.example>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "List-Id: The Daily Briefing <daily.news.example>",
        f"List-Unsubscribe: <https://news.example/u/{readers.TOKEN}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Subscribe: <https://news.example/subscribe>",
        "List-Help: <mailto:help@news.example>",
        "List-Post: NO",
        "List-Archive: <https://news.example/>",
        "Archived-At: <https://news.example/2026-05-26/>",
        "Precedence: bulk",
        "X-Campaign: daily",
        "MIME-Version: 1.0",
        "Content-Language: en",
    ]


def test_the_longest_address_to_unsubscribe_stands_literally_on_one_line() -> None:
    site = "https://twenty-letters.example"[:28]
    made = readers.letters(base_url=site).template(
        builders.quiet_edition(), MailFormat.HTML, read_url=None
    )
    someone = readers.recipient(
        unsubscribe_url=f"{site}/u/{readers.TOKEN}",
        preferences_url=f"{site}/p/{readers.TOKEN}",
    )

    raw = made.fill(someone)

    line = f"\r\nList-Unsubscribe: <{site}/u/{readers.TOKEN}>\r\n".encode()
    assert len(someone.unsubscribe_url) == 74
    assert raw.count(line) == 1
    assert not re.search(rb"(?im)^list-[^\r\n]*=\?", raw)


def test_a_site_without_https_promises_no_one_click() -> None:
    site = "http://127.0.0.1:8000"
    made = readers.letters(base_url=site).template(
        builders.quiet_edition(), MailFormat.TEXT, read_url=None
    )

    raw = made.fill(
        readers.recipient(
            unsubscribe_url=f"{site}/u/{readers.TOKEN}",
            preferences_url=f"{site}/p/{readers.TOKEN}",
        )
    )

    assert b"List-Unsubscribe" not in raw
    assert f"{site}/u/{readers.TOKEN}" in read_mail(raw).text


def test_an_address_that_is_too_long_is_refused_with_the_length_that_fits() -> None:
    with pytest.raises(SettingsError) as caught:
        readers.frame(base_url="https://briefing.newsroom.example")

    assert "with more than 28 the address in List-Unsubscribe" in caught.value.message
    assert "at most 28 characters" in caught.value.hint


def test_without_settings_of_their_own_optional_lines_are_left_out() -> None:
    raw = _filled(reply_to="", help="", headers={}, postal_address="")

    lines = readers.head(raw)
    assert not [one for one in lines if one.startswith(("Reply-To", "X-Campaign"))]
    assert not [one for one in lines if one.startswith(("List-Archive", "Archived-At"))]
    assert "List-Help: <https://news.example/>" in lines


@pytest.mark.parametrize(
    "title",
    [
        "Café de l’Été, Zürich",
        "Ежедневный дайджест новостей о науке, технике, экономике и культуре страны",
        "毎日のニュース要約",
        'The "Daily", Briefing; (x) <y>',
        "back\\slash @ home",
        "Ends with a dot.",
        "=?utf-8?q?Bcc:_x?=",
        "plain then ünïcode at the end",
        "  spaced   out  ",
        "é",
        "🗞️ news",
    ],
)
def test_any_title_survives_in_from(title: str) -> None:
    raw = _filled(list_title=title)

    (line,) = [one for one in readers.head(raw) if one.startswith("From: ")]
    sender = readers.parsed(raw)["From"].addresses
    # Python's reader prints a space between two encoded words, RFC 2047 none.
    shown = " ".join(title.split())
    assert [(_single(one.display_name), one.addr_spec) for one in sender] == [
        (shown, "digest@news.example")
    ]
    assert lint_mail(raw) == ()
    if not title.isascii():
        words = str(make_header(decode_header(line.removeprefix("From: "))))
        assert words == f"{shown} <digest@news.example>"


def test_a_long_title_without_spaces_is_cut_into_words_that_join_again() -> None:
    title = (
        "毎日のニュース要約、科学と技術と経済について、分かりやすく短くお伝えします。"
    )

    raw = _filled(list_title=title)

    (line,) = [one for one in readers.head(raw) if one.startswith("From: ")]
    words = str(make_header(decode_header(line.removeprefix("From: "))))
    assert words == f"{title} <digest@news.example>"
    assert lint_mail(raw) == ()


def _single(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Daily", "Daily <daily.news.example>"),
        ("Café", "Cafe <daily.news.example>"),
        ("Markets, today", '"Markets, today" <daily.news.example>'),
        ('A "b" c', '"A \\"b\\" c" <daily.news.example>'),
        ("новости", "<daily.news.example>"),
    ],
)
def test_the_list_id_is_ascii_whatever_the_title(title: str, name: str) -> None:
    assert f"List-Id: {name}" in readers.head(_filled(list_title=title))


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://News.example", "daily.news.example"),
        ("https://news.example:8443/x", "daily.news.example"),
        ("http://127.0.0.1:8000", "daily.localhost"),
        ("http://[::1]:8000", "daily.localhost"),
    ],
)
def test_a_list_is_named_after_the_digest_and_the_host(
    base_url: str, expected: str
) -> None:
    assert list_id("daily", base_url) == expected


def test_the_date_is_the_moment_of_sending_in_the_zone_of_the_digest() -> None:
    made = readers.letters(zone=ZoneInfo("America/New_York")).template(
        builders.quiet_edition(), MailFormat.TEXT, read_url=None
    )

    winter = made.fill(readers.recipient(at=datetime(2026, 1, 1, 3, 0, tzinfo=UTC)))

    assert "Date: Wed, 31 Dec 2025 22:00:00 -0500" in readers.head(winter)


REFUSED = (
    "From bcc List-Unsubscribe LIST-ID Content-Type Received ARC-Seal DKIM-Signature "
    "Resent-To Message-Id Precedence X-Ümlaut X:Y"
).split()


@pytest.mark.parametrize("name", [*REFUSED, "", "X Y", "X-A\r\nBcc"])
def test_reserved_and_impossible_names_of_headers_are_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=r"mail\.headers"):
        readers.frame(headers={name: "value"})


@pytest.mark.parametrize(
    "value", ["", " x", "a\r\nBcc: b", "ü", "=?utf-8?q?x?=", "x" * 901]
)
def test_values_that_are_not_one_line_of_ascii_are_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="X-Campaign"):
        readers.frame(headers={"X-Campaign": value})


def test_thirty_headers_are_sent_and_no_more() -> None:
    headers = {f"X-{number}": "x" for number in range(MAX_HEADERS + 1)}

    with pytest.raises(SettingsError, match="at most 30"):
        readers.frame(headers=headers)

    headers.popitem()
    assert "X-29: x" in readers.head(_filled(headers=headers))


def test_a_header_that_stands_twice_in_another_case_is_refused() -> None:
    with pytest.raises(SettingsError, match="stands twice"):
        readers.frame(headers={"X-A": "1", "x-a": "2"})


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://news.example/"},
        {"base_url": "https://nëws.example"},
        {"base_url": "https://u:p@news.example"},
        {"base_url": "ftp://news.example"},
        {"sender": "Digest <d@news.example>"},
        {"sender": ""},
        {"reply_to": "nobody"},
        {"help": "call us"},
        {"list_id": "two words"},
        {"list_title": " \x00 "},
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused_with_a_hint(
    changes: dict[str, object],
) -> None:
    with pytest.raises(SettingsError) as caught:
        readers.frame(**changes)

    assert caught.value.hint


EVIL = st.text(
    st.sampled_from(
        'ab é\r\n\x00\x0b\x0c\x1c\x85\u2028\u2029\u202e:<>@,;"\\=?_-.\ud800'
    ),
    max_size=24,
)
TEXT_TEMPLATE = readers.letters().template(
    builders.quiet_edition(), MailFormat.TEXT, read_url=None
)
KNOWN = {
    "from", "reply-to", "to", "subject", "date", "message-id", "auto-submitted",
    "x-auto-response-suppress", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "list-subscribe", "list-help", "list-post", "precedence", "x-campaign",
    "mime-version", "content-type", "content-transfer-encoding", "content-language",
}  # fmt: skip


def _both(text: str, **changes: object) -> bytes:
    """An edition and a service letter; the edition's bytes."""
    told = _told(text)
    letters = Letters([TEMPLATES], readers.frame(**changes))
    made = letters.template(builders.edition(told), MailFormat.TEXT, read_url=None)
    letters.service(Letter.CONFIRM, readers.recipient(), link=f"{readers.SITE}/c/x")
    return made.fill(readers.recipient())


@settings(deadline=None)
@given(evil=EVIL)
def test_words_with_control_characters_are_printed_without_them(evil: str) -> None:
    raw = _both(f"Port{evil}", list_title=f"Daily{evil}", postal_address=f"Quay{evil}")

    names = [line.partition(":")[0].lower() for line in readers.head(raw)]
    assert sorted(names) == sorted(KNOWN)
    assert [one for one in map(str, lint_mail(raw)) if one.startswith("H")] == []


@settings(deadline=None)
@given(
    field=st.sampled_from(
        ["list_id", "base_url", "sender", "reply_to", "help", "header"]
    ),
    before=st.sampled_from(["", "daily", readers.SITE, "a@news.example"]),
    evil=EVIL.filter(lambda text: re.search(r"[^!-~]", text) is not None),
)
def test_a_setting_with_a_control_character_is_refused(
    field: str, before: str, evil: str
) -> None:
    text = f"{before}{evil}".strip(" ")
    wrong = {"headers": {"X-Campaign": text}} if field == "header" else {field: text}
    # A value of a header may hold spaces inside, other settings none at all.
    assume(re.search(r"[^ -~]", text))

    with pytest.raises(SettingsError):
        readers.frame(**wrong)


@settings(deadline=None)
@given(
    field=st.sampled_from(
        ["address", "delivery_id", "unsubscribe_url", "preferences_url"]
    ),
    evil=EVIL.filter(lambda text: re.search(r"[^!-~]", text) is not None),
)
def test_a_reader_with_a_control_character_gets_nothing(field: str, evil: str) -> None:
    good = readers.recipient()
    wrong = readers.recipient(**{field: f"{getattr(good, field)}{evil}"})

    with pytest.raises((InputError, ValueError)):
        TEXT_TEMPLATE.fill(wrong)
