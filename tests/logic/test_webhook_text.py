"""Posts for chats: short, linked, escaped, and calling nobody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.logic.webhook_text import KINDS, Notice, NoticeLine, notice, post
from tests.render import builders

URL = "https://news.example/2026-05-26/"


def line(
    headline: str = "Plant opens", lead: str = "It cost 41 million."
) -> NoticeLine:
    return NoticeLine(headline, lead, f"{URL}plant-opens")


def about(*lines: NoticeLine, **changes: object) -> Notice:
    base = Notice("Daily", date(2026, 5, 26), URL, "daily-default-2026-05-26", 1, lines)
    return replace(base, **changes)  # type: ignore[arg-type]


def text(kind: str, told: Notice) -> str:
    body: dict[str, Any] = json.loads(post(kind, told))
    return str(body.get("text", body.get("content")))


def test_an_edition_becomes_title_headlines_and_first_lines() -> None:
    told = notice(builders.edition(), "https://news.example")

    assert (told.title, told.url) == ("The Daily Briefing", URL)
    assert [one.url for one in told.lines] == [
        f"{URL}deepseek-v4-flash-tops-openrouter",
        f"{URL}plant-opens",
    ]
    assert told.lines[1].lead == "It cost 41 million euros."


def test_slack_gets_links_in_its_own_form() -> None:
    assert json.loads(post("slack", about(line()))) == {
        "text": f"*<{URL}|Daily, 26 May 2026>*\n"
        f"• <{URL}plant-opens|Plant opens>\nIt cost 41 million.",
        "mrkdwn": True,
        "link_names": 0,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_discord_may_mention_nobody_and_shows_no_previews() -> None:
    assert json.loads(post("discord", about(line()))) == {
        "content": f"**[Daily, 26 May 2026](<{URL}>)**\n"
        f"• [Plant opens](<{URL}plant-opens>)\nIt cost 41 million.",
        "allowed_mentions": {"parse": []},
        "flags": 4,
    }


def test_mattermost_gets_markdown() -> None:
    assert json.loads(post("mattermost", about(line()))) == {
        "text": f"**[Daily, 26 May 2026]({URL})**\n"
        f"• [Plant opens]({URL}plant-opens)\nIt cost 41 million."
    }


def test_programs_get_plain_fields() -> None:
    assert json.loads(post("json", about(line("A & <b>", "@all *x*")))) == {
        "title": "Daily",
        "date": "2026-05-26",
        "url": URL,
        "edition": "daily-default-2026-05-26",
        "revision": 1,
        "briefs": [
            {"headline": "A & <b>", "lead": "@all *x*", "url": f"{URL}plant-opens"}
        ],
    }


def test_slack_takes_no_markup_from_a_headline() -> None:
    said = text("slack", about(line("R&D <!channel> <@U1> <http://x.example|free>")))

    assert "R&amp;D &lt;!channel&gt; &lt;@" in said
    assert len(re.findall(r"<[^|>]+\|[^>]*>", said)) == 2


@pytest.mark.parametrize("kind", ["discord", "mattermost"])
def test_markdown_in_a_headline_stays_text(kind: str) -> None:
    said = text(kind, about(line("[free](http://x.example) *now* #news a|b `c`")))

    assert r"\[free\]\(http" in said
    assert "http://x.example" not in said
    assert r"\*now\* \#news a\|b \`c\`" in said


@pytest.mark.parametrize("kind", ["slack", "discord", "mattermost"])
@pytest.mark.parametrize("name", ["channel", "here", "everyone", "all", "desk"])
def test_nobody_is_called(kind: str, name: str) -> None:
    said = text(kind, about(line(f"Ask @{name} or ＠{name}", f"@{name}")))

    assert name in said
    assert not re.search(rf"[@＠]{name}", said)


@pytest.mark.parametrize("kind", ["slack", "discord", "mattermost"])
def test_a_quiet_day_is_said(kind: str) -> None:
    assert "A quiet day" in text(kind, about())


def test_a_long_discord_post_loses_leads_from_the_last_one_up() -> None:
    lines = [line(f"Headline {number}", "word " * 50) for number in range(12)]

    said = text("discord", about(*lines))

    assert len(said) <= 2000
    assert [f"Headline {number}]" in said for number in range(12)] == [True] * 12
    assert said.index("word") < said.index("Headline 1]")
    assert said.rstrip().endswith(">)")


def test_a_very_long_discord_post_counts_what_it_leaves_out() -> None:
    lines = [line("A headline of some length " * 4, "") for _ in range(40)]

    said = text("discord", about(*lines))

    shown = said.count("[A headline")
    assert len(said) <= 2000
    assert f"and {40 - shown} more" in said
    assert shown > 5


@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.text(max_size=400), st.text(max_size=2000)), max_size=20),
    st.text(max_size=80),
)
def test_any_words_give_valid_json_of_bounded_length(
    kind: str, lines: list[tuple[str, str]], title: str
) -> None:
    told = about(*(line(*one) for one in lines), title=title)

    body = post(kind, told)

    assert post(kind, told) == body
    if kind != "json":
        limit = 2_000 if kind == "discord" else 16_000
        assert len(text(kind, told).encode("utf-16-le")) // 2 <= limit
