"""Markdown: readable raw, linked when rendered, and never more than was meant."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from briefing.domain.edition import Edition
from briefing.render.markdown import markdown_renderer
from briefing.render.note import clean_note
from tests.render import builders, openrouter
from tests.render.hostile import HOSTILE, hostile_brief

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DIALECT = MarkdownIt("gfm-like", {"linkify": False})


def files(edition: Edition) -> dict[str, str]:
    made = markdown_renderer([TEMPLATES])(edition)
    return {one.path: one.body.decode() for one in made}


def test_an_edition_is_one_file_with_every_brief_and_a_file_a_brief() -> None:
    made = files(builders.edition())

    assert list(made) == [
        "edition.md",
        "deepseek-v4-flash-tops-openrouter.md",
        "plant-opens.md",
    ]
    assert made == files(builders.edition())


def test_a_brief_reads_as_it_was_written() -> None:
    text = files(builders.edition(builders.small_brief()))["plant-opens.md"]

    assert text == (
        "# Ferry line opens a €41 million berth at the north quay\n\n"
        "1 min read · 1 source · *single source*\n\n"
        "> The timetable is of 12 May 2026 and may have changed since.\n\n"
        "It cost 41 million euros. [1]\n\n"
        "## What happened\n\n"
        "- The ferry line opens a second berth at the north quay on 25 May 2026. [1]\n"
        "\n## Sources\n\n"
        "1. The Ledger (sample): [Plant opens](<http://ledger.example/plant-opens>). "
        "Published 26 May 2026, retrieved 26 May 2026; report.\n\n"
        "## How it was made\n\n"
        "Written by small-model-1, out of 1 document. 2 sentences checked, 1 repaired, "
        "2 struck. 100% of the sentences carry their evidence. Cost $0.0041 (3 "
        "requests, 1 answered from the store; 12,034 tokens in, 811 out). One answer "
        "was cut and asked for again.\n\n"
        "The Daily Briefing, Tuesday, 26 May 2026.\n\n"
        "[1]: <http://ledger.example/plant-opens>\n"
    )


def test_every_mark_leads_to_the_page_it_cites() -> None:
    text = files(builders.edition())["deepseek-v4-flash-tops-openrouter.md"]

    links = LexborHTMLParser(DIALECT.render(text)).css("li a, p a")
    marks = {
        (one.text(), one.attributes["href"]) for one in links if one.text().isdigit()
    }

    assert marks == {
        ("1", openrouter.LEDGER.url),
        ("2", openrouter.BOARD.url),
        ("4", openrouter.HERALD.url),
    }


def test_marks_are_unique_through_the_whole_edition() -> None:
    text = files(builders.edition())["edition.md"]

    defined = re.findall(r"^\[(\d+)\]: ", text, re.MULTILINE)
    listed = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    marks = set(re.findall(r"(?<= )\[(\d+)\]", text))

    assert defined == ["1", "2", "4", "5"]
    assert listed == ["1", "2", "3", "4", "5"]
    assert marks == set(listed)


def test_a_ranking_is_a_table() -> None:
    text = files(builders.edition())["deepseek-v4-flash-tops-openrouter.md"]

    rows = LexborHTMLParser(DIALECT.render(text)).css("tbody tr")

    assert [[cell.text() for cell in row.css("td")] for row in rows][1] == [
        "2 (down 1)", "Claude-Sonnet-5", "2.11T", "−3.0%", "7.3%", "██████",
    ]  # fmt: skip


def test_an_editors_note_keeps_its_links_and_lists() -> None:
    note = clean_note("See *the* [list](http://list.example/), now.\n\n- one\n- two")

    text = files(builders.edition(note=note))["edition.md"]

    assert "See the [list](<http://list.example/>), now.\n\n- one\n\n- two\n" in text


def test_a_quiet_day_says_so() -> None:
    made = files(builders.quiet_edition())

    assert list(made) == ["edition.md"]
    assert (
        "A quiet day: nothing new was worth your time. 9 sources" in made["edition.md"]
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_two_dialects(text: str) -> None:
    calm = files(builders.edition(hostile_brief("calm words")))
    made = files(builders.edition(hostile_brief(text)))

    for path, source in made.items():
        for render in (DIALECT.render, _python_markdown):
            assert _shape(render(source)) == _shape(render(calm[path])), source


def _python_markdown(source: str) -> str:
    return markdown.markdown(source, extensions=["tables"])


def _shape(html: str) -> list[tuple[str, object]]:
    tree = LexborHTMLParser(html)
    return [(node.tag, node.attributes.get("href")) for node in tree.css("body *")]
