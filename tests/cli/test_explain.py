"""briefing explain: what a published sentence rests on, from the stored texts alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.calling import call
from tests.conftest import Demo

FOLDER = "2026-05-25"


def test_a_computed_sentence_is_shown_with_its_arithmetic(demo: Demo) -> None:
    said = call("explain", demo.output / FOLDER, "leads baihe-3 turbo by")

    assert said.code == 0
    assert "kind: derived" in said.out
    assert "words as in its evidence" not in said.out
    assert "3.43 trillion tokens − 2.15 trillion tokens = 1.28 trillion" in said.out
    assert "“DeepSeek-V4-Flash (Chinese models) ranked first with" in said.out
    assert "http://openrouter.example/api/rankings/weekly.json" in said.out


def test_every_sentence_that_holds_the_words_is_shown(demo: Demo) -> None:
    found = call("explain", demo.output / FOLDER, "3.43 trillion", "--json").json

    assert found
    assert all("3.43 trillion" in one["text"] for one in found)
    assert any(0.9 < (one["nearness"] or 0) <= 1 for one in found)
    assert all(place["is_as_cited"] for one in found for place in one["exhibits"])


def test_words_that_nobody_printed_are_an_error(demo: Demo) -> None:
    said = call("explain", demo.output / FOLDER, "zeppelin")

    assert said.code == 2
    assert "no sentence of" in said.err


def test_a_text_that_was_changed_since_is_named(demo: Demo, tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    shutil.copytree(demo.output / FOLDER, folder)
    stored = folder / "audit" / "documents.jsonl"
    text = stored.read_text(encoding="utf-8").replace("2.15 trillion", "2.16 trillion")
    stored.write_text(text, encoding="utf-8")

    said = call("explain", folder, "leads Baihe-3 Turbo")

    assert said.code == 1
    assert "missing or was changed since" in said.out
