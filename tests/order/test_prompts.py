"""The words for the model come from files, the user's own ones first."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from briefing import prompts
from briefing.errors import SettingsError

FRONT = """\
+++
heading = "In a nutshell"
shape = "prose"
order = 5
max_items = 1
max_words = 20
+++
Say it shortly.
"""


def section_file(folder: Path, name: str, text: str) -> Path:
    path = folder / "prompts" / "sections" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_sections_come_in_the_order_of_the_contract() -> None:
    specs = prompts.sections(prompts.data_folders("prompts"))

    assert [one.name for one in specs] == [
        "in_one_line",
        "what_happened",
        "ranking",
        "ranking_over_time",
        "why_it_matters",
        "key_numbers",
        "what_happens_next",
        "where_sources_disagree",
        "quick_answers",
    ]


def test_the_users_file_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    section_file(tmp_path, "in_one_line.md", FRONT)

    specs = prompts.sections(prompts.data_folders("prompts", user_folder=tmp_path))

    (mine,) = (one for one in specs if one.name == "in_one_line")
    assert (mine.heading, mine.instruction) == ("In a nutshell", "Say it shortly.")
    assert len(specs) == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("List the figures.\n", "no front matter"),
        (FRONT.replace("prose", "poem"), "shape"),
        (FRONT.replace("order = 5", "place = 5"), "place"),
        (FRONT.replace("order = 5", "order = = 5"), "Invalid value"),
    ],
)
def test_a_wrong_head_names_its_file(tmp_path: Path, text: str, message: str) -> None:
    section_file(tmp_path, "mine.md", text)

    with pytest.raises(SettingsError, match=message) as caught:
        prompts.sections(prompts.data_folders("prompts", user_folder=tmp_path))

    assert "mine.md" in caught.value.message


def test_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    path = section_file(tmp_path, "mine.md", "")
    path.write_bytes(FRONT.replace("\n", "\r\n").encode())

    specs = prompts.sections([tmp_path / "prompts"])

    assert [one.instruction for one in specs] == ["Say it shortly."]


def test_a_prompt_comes_with_its_hash() -> None:
    words, digest = prompts.text("brief.md", prompts.data_folders("prompts"))

    assert digest == sha256(words.encode()).hexdigest()


def test_a_missing_prompt_is_named() -> None:
    with pytest.raises(SettingsError, match=r"poem\.md"):
        prompts.text("poem.md", prompts.data_folders("prompts"))


def test_filler_phrases_carry_no_comment() -> None:
    phrases = prompts.filler(prompts.data_folders("prompts"))

    assert "game-changing" in phrases
    assert not any("#" in one or not one.strip() for one in phrases)
