"""The glossary: the user's own first, read anew, refused where it is out of form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.domain.edition import Edition
from briefing.errors import RenderError
from briefing.render.glossary import spellings
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


def test_a_term_of_ones_own_glossary_is_explained_below_its_first_use(
    tmp_path: Path,
) -> None:
    edition = builders.edition(builders.small_brief())

    text = brief_file(own(tmp_path, FERRY), edition)

    assert (
        "- The ferry line opens a second berth at the north quay on 25 May 2026. [1]\n"
        "\n> **berth**: the place where a ship lies.\n\n## Sources"
    ) in text


def test_an_edited_glossary_counts_at_once(tmp_path: Path) -> None:
    edition = builders.edition(builders.small_brief())
    folders = own(tmp_path, FERRY)
    brief_file(folders, edition)

    own(tmp_path, FERRY.replace("a ship lies", "ships lie"))

    assert "> **berth**: the place where ships lie." in brief_file(folders, edition)


def test_a_glossary_of_another_language_is_not_used(tmp_path: Path) -> None:
    edition = builders.edition(builders.small_brief())
    german = replace(edition, digest=replace(edition.digest, language="de"))

    english_words = brief_file(own(tmp_path, FERRY), german)
    german_words = brief_file(own(tmp_path, 'language = "de"\n' + FERRY), german)

    assert "> **berth**" not in english_words
    assert "> **berth**" in german_words


def test_the_writer_knows_what_a_glossary_explains_in_every_spelling(
    tmp_path: Path,
) -> None:
    folders = own(tmp_path, FERRY + 'forms = ["Berths", "quay place"]\n')

    assert spellings(folders) == {"berth", "berths", "quay place"}
    assert spellings([tmp_path / "none"]) == frozenset()


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
