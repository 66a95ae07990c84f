"""init, sources list, status: from nothing to a first run."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.cli.calling import call


def initialise(folder: Path, *more: str) -> Path:
    said = call(
        *("init", "--topics", "AI, business", "--contact", "me@paper.example"),
        *("--folder", folder, *more),
    )
    assert said.code == 0, said.err
    return folder / "briefing.toml"


def test_init_writes_settings_that_every_command_reads(tmp_path: Path) -> None:
    path = initialise(tmp_path / "new", "--timezone", "Europe/Berlin")

    listed = call("sources", "list", "--config", path, "--json")

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert table["digest"]["timezone"] == "Europe/Berlin"
    assert [one["id"] for one in listed.json] == [one["id"] for one in table["sources"]]
    assert {topic for one in listed.json for topic in one["topics"]} >= {
        "ai",
        "business",
    }
    assert (listed.code, listed.err) == (0, "")


def test_init_names_the_file_and_the_next_step(tmp_path: Path) -> None:
    said = call("init", "--topics", "ai", "--contact", "", "--folder", tmp_path)

    assert str(tmp_path / "briefing.toml") in said.out
    assert "briefing sources check" in said.out


def test_init_does_not_write_over_what_somebody_edited(tmp_path: Path) -> None:
    path = initialise(tmp_path)
    path.write_text("mine", encoding="utf-8")

    said = call("init", "--topics", "ai", "--contact", "", "--folder", tmp_path)

    assert (said.code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in said.err
    initialise(tmp_path, "--force")
    assert path.read_text(encoding="utf-8") != "mine"


def test_an_unknown_topic_or_zone_is_refused_and_nothing_written(
    tmp_path: Path,
) -> None:
    topic = call("init", "--topics", "gossip", "--contact", "", "--folder", tmp_path)
    zone = call(
        *("init", "--topics", "ai", "--contact", "", "--folder", tmp_path),
        *("--timezone", "Mars/Base"),
    )

    assert (topic.code, zone.code) == (2, 2)
    assert "gossip" in topic.err
    assert "Mars/Base" in zone.err
    assert list(tmp_path.iterdir()) == []


def test_the_sources_are_a_table_for_people(tmp_path: Path) -> None:
    said = call("sources", "list", "--config", initialise(tmp_path))

    assert said.code == 0
    assert "Publisher" in said.out
    assert "https://" in said.out


def test_an_unknown_source_is_named(tmp_path: Path) -> None:
    said = call("sources", "check", "nobody", "--config", initialise(tmp_path))

    assert said.code == 2
    assert "'nobody'" in said.err


def test_status_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    path = initialise(tmp_path)

    said = call("status", "--config", path)
    plain = call("status", "--config", path, "--json")

    assert said.code == plain.code == 0
    assert "briefing run" in said.out
    assert "never" in said.out
    assert plain.json["runs"] == []
    assert {one["failures"] for one in plain.json["sources"]} == {0}


def test_a_wrong_settings_file_names_its_key(tmp_path: Path) -> None:
    path = initialise(tmp_path)
    path.write_text("[digest]\ncolour = 'red'\n", encoding="utf-8")

    said = call("run", "--config", path)

    assert (said.code, said.out) == (2, "")
    assert "colour" in said.err
