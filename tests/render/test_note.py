"""The editor's note: what passes, what does not, and what it may cost."""

from __future__ import annotations

import pytest

from briefing.errors import InputError
from briefing.render.note import Block, Inline, blocks, clean_note, sanitised


def test_markdown_becomes_html_with_headings_below_the_pages_own() -> None:
    assert clean_note("# Hello\n\nTwo *things*:\n\n- one\n- two") == (
        "<h3>Hello</h3>\n<p>Two <em>things</em>:</p>\n"
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<svg onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "![pixel](http://evil.example/p.png)",
        "<iframe src='http://evil.example'></iframe>",
    ],
)
def test_active_html_leaves_nothing(text: str) -> None:
    note = clean_note(f"before\n\n{text}\n\nafter").replace("<p></p>", "")

    assert note.split() == ["<p>before</p>", "<p>after</p>"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "/relative", "mailto:a@b.example"],
)
def test_only_web_addresses_are_linked(address: str) -> None:
    assert "href" not in clean_note(f"[words]({address})")


def test_web_addresses_are_linked_without_vouching_for_them() -> None:
    assert clean_note("[words](https://a.example/b?c=1&d=2)") == (
        '<p><a href="https://a.example/b?c=1&amp;d=2" rel="noopener nofollow">words</a>'
        "</p>"
    )


def test_clean_html_comes_out_as_it_went_in() -> None:
    once = clean_note("# A\n\n> b [c](http://d.example/) & <e>\n\n1. f")

    assert sanitised(once) == once


def test_a_note_without_words_is_no_note() -> None:
    assert clean_note(" \n") == ""
    assert blocks("") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a" * 50_001, "50,001 bytes"),
        ("[" * 20_000, "'['"),
        ("<b>" * 15_000, "'<'"),
        ("1. " * 16_000, "nested too deeply"),
    ],
)
def test_a_note_that_is_too_large_or_twisted_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match="editor's note") as caught:
        clean_note(text)

    assert told in caught.value.message
    assert caught.value.hint


def test_blocks_are_paragraphs_and_items_with_their_links() -> None:
    html = clean_note("## T\n\nOne [two](http://t.example/).\n\n- a\n\n    b\n\n- c")

    assert blocks(html) == (
        Block(False, (Inline("T"),)),
        Block(
            False,
            (Inline("One "), Inline("two", "http://t.example/"), Inline(".")),
        ),
        Block(True, (Inline("a"),)),
        Block(True, (Inline("b"),)),
        Block(True, (Inline("c"),)),
    )
