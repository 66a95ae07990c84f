"""Letters to readers: what they say, and that filling is the same as building."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.audience import MailFormat
from briefing.domain.delivery import Letter
from briefing.errors import InputError, RenderError
from briefing.logic.mail_lint import lint_letter, lint_mail, read_mail
from briefing.render.letters import Letters, LetterTemplate, Recipient
from briefing.render.pages import edition_page
from briefing.render.placeholders import mark
from tests.render import builders, readers
from tests.render.mails import TEMPLATES, urls_in_html, urls_in_text

POSTAL = ("Harbour House", "1 Quay Street")
SERVICE = (Letter.CONFIRM, Letter.ALREADY, Letter.EXPORT, Letter.DELETE)


@pytest.fixture(scope="module", params=list(MailFormat))
def template(request: pytest.FixtureRequest) -> LetterTemplate:
    return readers.letters().template(
        builders.edition(), request.param, read_url=readers.READ_URL
    )


@pytest.fixture(scope="module")
def html_template() -> LetterTemplate:
    return readers.letters().template(
        builders.edition(), MailFormat.HTML, read_url=readers.READ_URL
    )


def test_a_filled_letter_has_no_fault(template: LetterTemplate) -> None:
    raw = template.fill(readers.recipient())

    assert lint_letter(raw, postal_lines=POSTAL) == ()


TOKENS = st.text(string.ascii_letters + string.digits + "_.-", min_size=43, max_size=43)
MOMENTS = st.integers(0, 200_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
RECIPIENTS = st.builds(
    lambda address, name, at, since, one, two: readers.recipient(
        address=address,
        delivery_id=name,
        at=at,
        subscribed_at=since,
        unsubscribe_url=f"{readers.SITE}/u/{one}",
        preferences_url=f"{readers.SITE}/p/{two}",
    ),
    st.from_regex(
        r"[a-z0-9=+_?'-]{1,64}@[a-z]{1,60}(\.[a-z]{1,60}){1,3}", fullmatch=True
    ),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    MOMENTS,
    st.none() | MOMENTS,
    TOKENS,
    TOKENS,
)


@settings(deadline=None)
@given(recipient=RECIPIENTS)
def test_filling_a_letter_is_the_same_as_building_it(
    html_template: LetterTemplate, recipient: Recipient
) -> None:
    assert html_template.fill(recipient) == html_template.compose(recipient)


def test_plain_text_letters_are_filled_to_the_same_bytes(
    template: LetterTemplate,
) -> None:
    someone = readers.recipient(subscribed_at=None)

    assert template.fill(someone) == template.compose(someone)


@pytest.mark.parametrize("length", range(1, 18))
def test_tokens_are_filled_wherever_the_encoder_breaks_their_line(length: int) -> None:
    # The length of the site's name moves the soft line break through the tokens.
    site = f"https://{'n' * length}.ex"
    made = readers.letters(base_url=site).template(
        builders.quiet_edition(), MailFormat.HTML, read_url=None
    )
    someone = readers.recipient(
        unsubscribe_url=f"{site}/u/{readers.TOKEN}",
        preferences_url=f"{site}/p/{readers.OTHER_TOKEN}",
    )

    raw = made.fill(someone)

    assert raw == made.compose(someone)
    assert urls_in_html(read_mail(raw).html) == {
        someone.unsubscribe_url,
        someone.preferences_url,
        f"{site}/subscribe",
    }


def test_nothing_of_one_reader_is_left_in_the_letter_of_another(
    html_template: LetterTemplate,
) -> None:
    first = html_template.fill(readers.recipient())
    second = html_template.fill(
        readers.recipient(
            address="other@inbox.example",
            delivery_id="f" * 32,
            unsubscribe_url=f"{readers.SITE}/u/{'u' * 43}",
            preferences_url=f"{readers.SITE}/p/{'p' * 43}",
        )
    )

    unbroken = second.replace(b"=\r\n", b"")
    assert readers.TOKEN.encode() in first.replace(b"=\r\n", b"")
    assert readers.TOKEN.encode() not in unbroken
    assert readers.OTHER_TOKEN.encode() not in unbroken
    assert b"reader@inbox.example" not in unbroken


def test_the_foot_says_why_it_came_how_to_end_it_and_who_sends(
    html_template: LetterTemplate,
) -> None:
    someone = readers.recipient()

    mail = read_mail(html_template.fill(someone))

    foot = LexborHTMLParser(mail.html).css_first(".foot")
    links = {one.text(): one.attributes["href"] for one in foot.css("a")}
    words = " ".join(foot.text().split())
    assert links == {
        "Read this edition on the web": readers.READ_URL,
        "Unsubscribe": someone.unsubscribe_url,
        "Change your preferences": someone.preferences_url,
        "Subscribe to The Daily Briefing": f"{readers.SITE}/subscribe",
    }
    # 22:30 UTC on 2 May is 3 May in the digest's zone.
    assert "You get The Daily Briefing because you subscribed to it on 3 May 2026." in (
        words
    )
    assert "Harbour House" in words
    assert "Harbour House\n1 Quay Street" in mail.text


def test_who_never_subscribed_is_told_that_the_operator_did_it(
    template: LetterTemplate,
) -> None:
    mail = read_mail(template.fill(readers.recipient(subscribed_at=None)))

    assert "the people who send it put your address on the list." in mail.text
    assert "subscribed to it on" not in mail.text


def test_text_and_html_hold_the_same_addresses(html_template: LetterTemplate) -> None:
    mail = read_mail(html_template.fill(readers.recipient()))

    assert urls_in_text(mail.text) == urls_in_html(mail.html)


def test_a_reader_of_plain_text_gets_no_html() -> None:
    made = readers.letters().template(
        builders.edition(), MailFormat.TEXT, read_url=readers.READ_URL
    )

    mail = read_mail(made.fill(readers.recipient()))

    assert mail.types == ("text/plain",)
    assert "<p" not in mail.text


def test_a_large_edition_is_told_short_and_keeps_its_foot() -> None:
    count = 40
    many = (builders.brief(slug=f"story-{number}") for number in range(count))
    made = readers.letters().template(
        builders.edition(*many), MailFormat.HTML, read_url=readers.READ_URL
    )

    raw = made.fill(readers.recipient())

    assert made.told_short > count / 2
    assert lint_letter(raw, postal_lines=POSTAL) == ()


def test_a_correction_says_so_in_its_subject() -> None:
    made = readers.letters().template(
        builders.edition(revision=2), MailFormat.TEXT, read_url=None
    )

    subject = read_mail(made.fill(readers.recipient())).subject

    assert subject == (
        "Corrected: DeepSeek-V4-Flash tops OpenRouter with 3.43T tokens in the week…"
    )


def test_a_text_that_knows_the_marks_of_another_edition_gets_no_token() -> None:
    page = edition_page(builders.edition(builders.small_brief()))
    known = mark(repr(page), "unsubscribe", 43)
    brief = builders.small_brief(slug=known)
    made = readers.letters().template(
        builders.edition(brief), MailFormat.HTML, read_url=readers.READ_URL
    )

    mail = read_mail(made.fill(readers.recipient()))

    assert f"{readers.READ_URL}{known}" in mail.text
    assert mail.text.count(readers.TOKEN) == 1


@pytest.mark.parametrize("letter", SERVICE)
def test_a_service_letter_has_one_link_no_list_header_and_no_fault(
    letter: Letter,
) -> None:
    link = f"{readers.SITE}/c/{readers.TOKEN}"
    raw = readers.letters().service(
        letter, readers.recipient(unsubscribe_url="", preferences_url=""), link=link
    )

    mail, message = read_mail(raw), readers.parsed(raw)
    assert lint_mail(raw) == ()
    assert urls_in_html(mail.html) == urls_in_text(mail.text) == {link}
    assert not [one for one in message if one.lower().startswith("list-")]
    assert "The Daily Briefing" in mail.subject
    assert "If it was not you, ignore this mail" in mail.text
    assert "reader@inbox.example" not in mail.text + mail.html + mail.subject


def test_a_title_of_html_is_printed_as_it_is_in_a_service_letter() -> None:
    raw = readers.letters(list_title="<b>AT&T</b> news").service(
        Letter.CONFIRM, readers.recipient(), link=f"{readers.SITE}/c/x"
    )

    mail = read_mail(raw)
    assert "Confirm your subscription to <b>AT&T</b> news" in mail.text
    assert LexborHTMLParser(mail.html).css_first("h1").text() == (
        "Confirm your subscription to <b>AT&T</b> news"
    )


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/c/x", "https://news.example.evil/c/x", "/c/x", "c"],
)
def test_a_service_letter_leads_only_to_the_site(link: str) -> None:
    with pytest.raises(ValueError, match="leads elsewhere"):
        readers.letters().service(Letter.CONFIRM, readers.recipient(), link=link)


def test_an_edition_is_no_service_letter() -> None:
    with pytest.raises(ValueError, match="no service letter"):
        readers.letters().service(
            Letter.EDITION, readers.recipient(), link=f"{readers.SITE}/c/x"
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"unsubscribe_url": ""},
        {"unsubscribe_url": f"https://evil.example/u/{readers.TOKEN}"},
        {"unsubscribe_url": f"{readers.SITE}/u/{readers.TOKEN}x"},
        {"preferences_url": f"{readers.SITE}/u/{readers.TOKEN}"},
        {"preferences_url": f"{readers.SITE}/p/{'=' * 43}"},
        {"delivery_id": "two words"},
    ],
)
def test_what_is_no_address_of_the_list_is_refused(
    html_template: LetterTemplate, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError):
        html_template.fill(readers.recipient(**changes))


@pytest.mark.parametrize("address", ["", "a@b@c", "a b@c.example", "ö@c.example", "a"])
def test_an_address_that_cannot_stand_in_a_header_is_named_by_its_delivery(
    html_template: LetterTemplate, address: str
) -> None:
    with pytest.raises(InputError, match="delivery 0123456789abcdef") as caught:
        html_template.fill(readers.recipient(address=address))

    assert not address or address not in str(caught.value) or address == "a"


def test_a_template_without_a_way_out_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "footer.html").write_text("<p>Bye</p>")
    (tmp_path / "email" / "footer.txt").write_text("Bye")
    letters = Letters([tmp_path, TEMPLATES], readers.frame())

    with pytest.raises(RenderError, match="no link to unsubscribe"):
        letters.template(builders.quiet_edition(), MailFormat.HTML, read_url=None)


def test_a_reason_beside_other_words_is_refused_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "footer.txt").write_text(
        "{{ footer.unsubscribe_url }}\nBecause {{ footer.reason }}\n"
    )
    letters = Letters([tmp_path, TEMPLATES], readers.frame())

    with pytest.raises(RenderError, match="beside other words") as caught:
        letters.template(builders.quiet_edition(), MailFormat.TEXT, read_url=None)

    assert "a line of its own" in caught.value.hint


def test_a_page_elsewhere_is_no_page_to_read_an_edition_on() -> None:
    with pytest.raises(ValueError, match="no page of the site"):
        readers.letters().template(
            builders.quiet_edition(), MailFormat.TEXT, read_url="https://evil.example/"
        )
