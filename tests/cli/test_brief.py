"""brief, demo: briefs on standard output, everything else on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.domain.brief import Brief
from briefing.logic.codec import from_json
from tests.cli.calling import call
from tests.pipeline.scripted import CAPACITY, OPENING

NOW = ("--now", "2026-05-26T06:00:00Z")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "documents.jsonl"
    documents = (
        {"id": "a", "text": OPENING, "title": "Northgate Water opens plant"},
        {"id": "b", "text": CAPACITY, "published_at": "2026-05-25T10:00:00"},
    )
    path.write_text("".join(f"{json.dumps(one)}\n" for one in documents), "utf-8")
    return path


def test_two_texts_become_a_brief_in_markdown(lines: Path) -> None:
    said = call("brief", lines, *NOW)

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# ")
    assert "What happened" in said.out
    assert "25 May 2026" in said.out


def test_json_is_the_whole_brief_and_nothing_else(lines: Path) -> None:
    said = call("brief", lines, *NOW, "--json")

    brief = from_json(Brief, said.out)
    assert said.code == 0
    assert brief.edition_date.isoformat() == "2026-05-26"
    assert {one.id for one in brief.story.documents} == {"a", "b"}
    assert all(
        claim.verdict
        for section in brief.sections
        for item in section.items
        for claim in item.claims
    )


def test_the_same_texts_give_the_same_bytes(lines: Path) -> None:
    assert call("brief", lines, *NOW) == call("brief", lines, *NOW)


def test_a_bad_line_is_a_note_beside_the_brief(lines: Path) -> None:
    with lines.open("a", encoding="utf-8") as file:
        file.write("nonsense\n")

    said = call("brief", lines, *NOW, "--json")

    assert said.code == 1
    assert from_json(Brief, said.out).headline.text
    assert "documents.jsonl line 3" in said.err


def test_too_little_for_a_brief_is_held_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing to see here today.", encoding="utf-8")

    said = call("brief", tmp_path / "a.txt", *NOW)

    assert (said.code, said.out) == (3, "")
    assert "The brief was held: " in said.err
