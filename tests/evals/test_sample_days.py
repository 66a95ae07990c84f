"""Two outputs of the demo are the same only where each file is."""

from __future__ import annotations

from pathlib import Path

from briefing import folder
from briefing.domain.delivery import Rendition
from tests.evals.sample_days import same_editions


def put(place: Path, **days: str) -> Path:
    for day, words in days.items():
        page = Rendition("index.html", "text/html", words.encode())
        folder.write(place / day, (page,))
    return place


def test_equal_editions_are_the_same(tmp_path: Path) -> None:
    left = put(tmp_path / "a", monday="one", tuesday="two")
    right = put(tmp_path / "b", monday="one", tuesday="two")

    assert same_editions(left, right) == 1.0


def test_another_word_and_a_missing_day_are_seen(tmp_path: Path) -> None:
    left = put(tmp_path / "a", monday="one", tuesday="two", friday="five")
    right = put(tmp_path / "b", monday="one", tuesday="too")

    assert same_editions(left, right) == 1 / 3


def test_nothing_is_not_the_same(tmp_path: Path) -> None:
    assert same_editions(put(tmp_path), put(tmp_path)) == 0.0
