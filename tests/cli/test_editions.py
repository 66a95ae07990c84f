"""run, status, topic, sources check: against the sample server, as users call them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.sample.content import sample_days
from briefing.sample.server import SampleServer
from tests.cli.calling import call
from tests.pipeline.scripted import CAPACITY, OPENING
from tests.short_days import settings_text

DAY = sample_days()[1]
NOW = ("--now", DAY.now.isoformat())
# The slow host is left out: what a time limit does is tested with the sample days.
_SLOW = 'id = "slowtide"'


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    with SampleServer(DAY.date) as running:
        yield running


@pytest.fixture(scope="module")
def config(
    server: SampleServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    path = tmp_path_factory.mktemp("user") / "briefing.toml"
    text = settings_text(server.address).replace(_SLOW, f"{_SLOW}\nenabled = false")
    path.write_text(text, encoding="utf-8")
    return "--config", path


@pytest.fixture(scope="module")
def topic_folder(config: tuple[str, Path]) -> Path:
    """A brief by hand; it also fills the store."""
    said = call("topic", "DeepSeek on OpenRouter", *config, *NOW)

    # Exit 1: done, but some sources of the sample fail.
    assert said.code == 1
    assert "3.43" in said.out or "DeepSeek" in said.out
    assert "old-bulletin" in said.err or "404" in said.err
    return config[1].parent / "output" / "2026-05-25-deepseek-on-openrouter"


def test_a_topic_is_told_in_a_folder_of_its_own(topic_folder: Path) -> None:
    text = (topic_folder / "edition.md").read_text(encoding="utf-8")

    assert "DeepSeek-V4-Flash" in text
    assert "3.43 trillion" in text
    assert call("check", topic_folder).code == 0


def test_a_topic_freezes_nothing_and_may_be_asked_again(
    topic_folder: Path, config: tuple[str, Path]
) -> None:
    said = call("topic", "dengue vaccine LV-4", *config, *NOW, "--json")

    (line,) = said.json["stories"]
    assert (said.code, said.err, line["outcome"]) == (0, "", "published")
    assert "vaccine" in line["headline"].lower()


def test_what_nobody_wrote_about_cannot_be_told(
    topic_folder: Path, config: tuple[str, Path]
) -> None:
    said = call("topic", "zeppelin racing on Mars", *config, *NOW)
    empty = call("topic", "the of", *config, *NOW)

    assert (said.code, said.out) == (3, "")
    assert "Nothing could be told about 'zeppelin racing on Mars'" in said.err
    assert (empty.code, "no word to look for" in empty.err) == (2, True)


def test_a_file_that_is_handed_in_counts_as_a_source(
    topic_folder: Path, config: tuple[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "own.txt"
    path.write_text(f"New plant in Northgate\n\n{OPENING}\n\n{CAPACITY}", "utf-8")
    query = "Northgate Water treatment plant"

    said = call("topic", query, *config, *NOW, "--file", path, "--json")

    (line,) = said.json["stories"]
    assert (said.code, line["outcome"]) == (0, "published")
    assert "plant in Northgate" in line["headline"]


def test_a_run_then_its_repetition_and_the_status(
    topic_folder: Path, config: tuple[str, Path]
) -> None:
    first = call("run", *config, *NOW)
    again = call("run", *config, *NOW, "--json")
    status = call("status", *config, "--json")
    table = call("status", *config)

    assert first.code in {0, 1}
    assert "Open " in first.out
    assert "published before" not in first.out
    assert again.json["edition_id"] == "sample-default-2026-05-25"
    assert again.code == first.code
    assert "published before" in call("run", *config, *NOW).out
    (run,) = status.json["runs"]
    assert run["finished_at"] is not None
    failures = {one["source_id"]: one["failures"] for one in status.json["sources"]}
    assert failures["old-bulletin"] >= 1
    assert failures["meridian-wire"] == 0
    assert "done" in table.out


def test_sources_are_asked_one_by_one_and_nothing_is_kept(
    config: tuple[str, Path],
) -> None:
    names = ("meridian-wire", "openrouter-ranking")

    good = call("sources", "check", *names, *config, *NOW, "--json")
    bad = call("sources", "check", "old-bulletin", *config, *NOW)
    mixed = call("sources", "check", "meridian-wire", "old-bulletin", *config, *NOW)

    assert (good.code, good.err) == (0, "")
    assert good.json[0]["documents"] > 0
    assert good.json[1]["rows"] >= 3
    assert (bad.code, mixed.code) == (3, 1)
    assert "failed" in mixed.out


def test_a_note_stands_on_top_of_the_edition(
    topic_folder: Path, config: tuple[str, Path], tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text("Good **morning**, readers.", encoding="utf-8")
    later = ("--now", "2026-05-25T18:00:00Z", "--date", "2026-05-24")

    said = call("run", *config, *later, "--note", note)

    page = config[1].parent / "output" / "2026-05-24" / "index.html"
    assert said.code in {0, 1}
    assert "Good <strong>morning</strong>, readers." in page.read_text("utf-8")
    missing = call("run", *config, *later, "--note", tmp_path / "none.md")
    assert (missing.code, "none.md" in missing.err) == (2, True)
