"""Terms behind a brief, in every format and in the words of the user's folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.domain.edition import Edition
from briefing.errors import RenderError
from briefing.render.html import html_renderer
from briefing.render.markdown import markdown_renderer
from tests.render import builders

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FERRY = """
[[terms]]
name = "berth"
meaning = "the place where a ship lies"
"""


def brief_file(folders: list[Path], edition: Edition) -> str:
    (text,) = (
        one.body.decode()
        for one in markdown_renderer(folders)(edition)
        if one.path == "plant-opens.md"
    )
    return text


def own(tmp_path: Path, glossary: str) -> list[Path]:
    (tmp_path / "glossary.toml").write_text(glossary, encoding="utf-8")
    return [tmp_path, TEMPLATES]


def test_a_term_of_ones_own_glossary_stands_before_the_sources(tmp_path: Path) -> None:
    edition = builders.edition(builders.small_brief())

    text = brief_file(own(tmp_path, FERRY), edition)

    terms = text.index("## Terms\n\n- **berth**: the place where a ship lies.\n")
    assert text.index("## What happened") < terms < text.index("## Sources")


def test_a_page_lists_its_terms(tmp_path: Path) -> None:
    edition = builders.edition(builders.small_brief())

    made = {
        one.path: one.body.decode()
        for one in html_renderer(own(tmp_path, FERRY))(edition)
    }

    page = made["plant-opens.html"]
    assert "<dt>berth</dt>\n<dd>the place where a ship lies</dd>" in page
    assert 'id="terms"' not in made["index.html"]


def test_a_glossary_of_another_language_is_not_used(tmp_path: Path) -> None:
    edition = builders.edition(builders.small_brief())
    german = replace(edition, digest=replace(edition.digest, language="de"))

    english_words = brief_file(own(tmp_path, FERRY), german)
    german_words = brief_file(own(tmp_path, 'language = "de"\n' + FERRY), german)

    assert "## Terms" not in english_words
    assert "## Terms" in german_words


@pytest.mark.parametrize(
    "glossary",
    [
        "terms = [",
        '[[terms]]\nname = "berth"',
        '[[terms]]\nname = "berth"\nmeaning = ""',
        '[[terms]]\nname = "berth"\nmeaning = "a place"\nforms = "berths"',
        '[[terms]]\nname = "berth"\nmeaning = "a place"\nform = ["berths"]',
    ],
)
def test_a_glossary_out_of_form_is_named(tmp_path: Path, glossary: str) -> None:
    edition = builders.edition(builders.small_brief())

    with pytest.raises(RenderError, match=r"glossary\.toml"):
        brief_file(own(tmp_path, glossary), edition)
