"""The mail: headers on the wire, both bodies from one model, size, mail readers."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache

import pytest
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.brief import Brief
from briefing.render.mail_bodies import MAX_HTML_BYTES
from briefing.render.note import clean_note
from tests.render import builders, mails, openrouter
from tests.render.hostile import HOSTILE, hostile_brief


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert mails.raw(builders.edition()) == mails.raw(builders.edition())


def test_headers_stand_once_and_say_what_the_edition_is() -> None:
    message = mails.parsed(builders.edition())

    assert message.items() == [
        ("From", "The Daily Briefing <briefing@localhost>"),
        ("To", "undisclosed-recipients:;"),
        ("Subject", builders.brief().headline.text),
        ("Date", "Tue, 26 May 2026 06:00:00 +0000"),
        ("Message-ID", "<daily-default-2026-05-26.1@localhost>"),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Type", message["Content-Type"]),
        ("Content-Language", "en"),
    ]


def test_a_correction_has_its_own_message_id() -> None:
    message = mails.parsed(builders.edition(revision=2))

    assert message["Message-ID"] == "<daily-default-2026-05-26.2@localhost>"


def test_plain_text_comes_first_of_two_alternatives() -> None:
    message = mails.parsed(builders.edition())

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


def test_every_line_on_the_wire_is_ascii_short_and_ends_with_crlf() -> None:
    lines = mails.raw(builders.edition()).split(b"\n")

    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert max(len(line.rstrip()) for line in lines) <= 87
    assert all(line.isascii() for line in lines)


@pytest.mark.parametrize(
    "headline",
    [
        "Central bank lifts its rate",
        "Центральный банк повысил ставку до 18 процентов, впервые с 2023 года, и ждёт",
        "€41 million “berth” opens – at last – in the “north” quay, says a café owner",
        "word " * 40,
        "One line\r\nBcc: everybody@evil.example",
    ],
)
def test_any_headline_is_one_subject_of_78_characters_at_most(headline: str) -> None:
    brief = builders.small_brief()
    told = replace(brief, headline=replace(brief.headline, text=headline))

    message = mails.parsed(builders.edition(told))

    words = " ".join(headline.split())
    assert len(message["Subject"]) <= 78
    assert words.startswith(message["Subject"].removesuffix("…"))
    assert message["Bcc"] is None


def test_text_and_html_hold_the_same_addresses() -> None:
    note = clean_note("Read [the list](http://list.example/a?b=1&c=2).")

    text, html = mails.bodies(builders.edition(note=note))

    assert mails.urls_in_text(text) == mails.urls_in_html(html)
    assert openrouter.HERALD.url in mails.urls_in_text(text)
    assert "http://list.example/a?b=1&c=2" in mails.urls_in_text(text)


def test_text_lines_are_wrapped_but_addresses_are_whole() -> None:
    text, _ = mails.bodies(builders.edition())

    long = [line for line in text.splitlines() if len(line) > 72]

    assert all(re.fullmatch(r"\s*http\S+", line) for line in long)


def test_every_sentence_stands_in_both_bodies() -> None:
    brief = builders.brief()
    text, html = (
        " ".join(one.split()) for one in mails.bodies(builders.edition(brief))
    )
    words = " ".join(LexborHTMLParser(html).text().split())

    claims = [
        claim.text
        for section in brief.sections
        for item in section.items
        for claim in item.claims
        if item.figure is None
    ]

    assert [one for one in claims if one not in text or one not in words] == []


def test_mail_readers_understand_every_tag_attribute_and_style() -> None:
    note = clean_note("# Title\n\n- *one*\n- `two`\n\n> three")

    assert mails.faults(builders.edition(note=note)) == []


def test_only_media_queries_are_left_in_the_style_sheet() -> None:
    _, html = mails.bodies(builders.edition())

    styles = LexborHTMLParser(html).css("style")

    assert len(styles) == 1
    assert styles[0].text().strip().startswith("@media (prefers-color-scheme: dark)")
    assert len(styles[0].text()) < 12_000


def test_layout_tables_are_presentational_and_headings_skip_no_level() -> None:
    tree = LexborHTMLParser(mails.bodies(builders.edition())[1])
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]

    roles = [node.attributes.get("role") for node in tree.css("table")]

    # The page, its column, the ranking, and a bar in each of its rows.
    assert roles == ["presentation", "presentation", None, *["presentation"] * 4]
    assert tree.css_first("table").attributes["lang"] == "en"
    assert levels.count(1) == 1
    assert all(after - before < 2 for before, after in itertools.pairwise(levels))


def test_the_preheader_is_the_first_visible_line() -> None:
    _, html = mails.bodies(builders.edition())

    body = LexborHTMLParser(html).css_first("body").text().strip()

    first = body.splitlines()[0]
    assert (
        first == "Also today: Ferry line opens a €41 million berth at the north quay."
    )
    assert 40 <= len(first) <= 130


def _many(count: int) -> tuple[Brief, ...]:
    return tuple(builders.brief(slug=f"story-{number}") for number in range(count))


@lru_cache(maxsize=8)
def _large(count: int) -> tuple[str, str]:
    """Both bodies of an edition of so many briefs; 150 take a second."""
    return mails.bodies(builders.edition(*_many(count)))


@pytest.mark.parametrize("count", [5, 20, 150])
def test_a_large_mail_is_trimmed_below_the_limit_with_its_foot(count: int) -> None:
    text, html = _large(count)

    assert len(html.encode()) <= MAX_HTML_BYTES <= 100_000
    assert html.rstrip().endswith("</html>")
    assert "9 sources asked" in html
    assert "9 sources asked" in text
    assert mails.urls_in_text(text) == mails.urls_in_html(html)


def test_a_trimmed_story_keeps_headline_one_line_and_link() -> None:
    edition = builders.edition(*_many(20))

    text, html = mails.bodies(edition, read_url="https://a.example/2026-05-26")

    stories = LexborHTMLParser(html).css(".story")
    last = stories[-1]
    assert len(stories) == 20
    assert stories[0].css("h3")
    assert not last.css("h3")
    assert "A model that costs cents" in last.text()
    assert last.css_first("h2 a").attributes["href"] == (
        "https://a.example/2026-05-26/story-19"
    )
    assert "https://a.example/2026-05-26/story-19" in text
    assert mails.urls_in_text(text) == mails.urls_in_html(html)


def test_without_an_archive_a_trimmed_story_leads_to_its_first_source() -> None:
    _, html = _large(20)

    last = LexborHTMLParser(html).css(".story")[-1]

    assert last.css_first("h2 a").attributes["href"] == openrouter.LEDGER.url


def test_when_even_headlines_are_too_many_the_rest_is_counted() -> None:
    text, html = _large(150)

    listed = len(LexborHTMLParser(html).css(".story"))

    assert f"{150 - listed} more briefs are in the edition." in html
    assert f"{150 - listed} more briefs are in the edition." in text


def test_a_quiet_day_is_a_short_mail_that_says_so() -> None:
    text, html = mails.bodies(builders.quiet_edition())

    message = mails.parsed(builders.quiet_edition())

    assert message["Subject"] == "The Daily Briefing, 26 May 2026: a quiet day"
    assert "A quiet day: nothing new was worth your time. 9 sources asked" in text
    assert "A quiet day: nothing new was worth your time. 9 sources asked" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_a_mail(text: str) -> None:
    _, calm = mails.bodies(builders.edition(hostile_brief("calm words")))
    _, html = mails.bodies(builders.edition(hostile_brief(text)))

    tags = [node.tag for node in LexborHTMLParser(html).css("body *")]
    assert tags == [node.tag for node in LexborHTMLParser(calm).css("body *")]
    assert mails.urls_in_html(html) == mails.urls_in_html(calm)
