"""docs/formats.md: every type is read back from what it prints, on real values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from briefing import app, byhand, run, settings, topic
from briefing.domain.brief import Brief, Held
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.report import Report
from briefing.domain.source import FetchState, Harvest, Source
from briefing.domain.story import Story
from briefing.errors import InputError
from briefing.logic.codec import document_from, from_json, to_json, to_pretty
from briefing.logic.lines import outcome_from, outcome_line, story_line
from briefing.pipeline.check import check
from briefing.run import Kit
from briefing.sample.content import sample_days, settings_text
from briefing.sample.server import SampleServer
from briefing.store import SqliteStore
from tests.builders import NOW, document, draft, story
from tests.conftest import DATES, Demo, quiet
from tests.parsers import parsers

T = TypeVar("T")
FORMATS = Path(__file__).parents[1] / "docs" / "formats.md"


def again(value: T) -> T:
    """The value through its JSON line and through its JSON file."""
    line, pages = to_json(value), to_pretty(value)
    assert "\n" not in line
    assert json.loads(line) == json.loads(pages)
    read = from_json(type(value), line)
    assert read == from_json(type(value), pages)
    return read


@pytest.fixture(scope="module")
def kit(demo: Demo) -> Iterator[Kit]:
    """The wired kit over the store that the sample days left."""
    chosen = settings.parse(
        settings_text("127.0.0.1:9"), folder=demo.output, environment={}
    )
    with app.open_kit(chosen, quiet) as made, SqliteStore(demo.output / "demo.db") as s:
        yield run.Kit(**{**{f: getattr(made, f) for f in made.__slots__}, "store": s})


@pytest.fixture(scope="module")
def stories(kit: Kit) -> tuple[Story, ...]:
    return kit.store.stories(since=datetime(2026, 1, 1, tzinfo=UTC))


def test_documents_and_stories_come_back(stories: tuple[Story, ...]) -> None:
    assert len(stories) >= 6
    for one in stories:
        assert again(one) == one
        assert from_json(Story, story_line(one)) == one
        for held in one.documents:
            assert again(held) == held
            assert document_from(to_json(held)) == held


def test_drafts_briefs_and_held_ones_come_back(
    kit: Kit, stories: tuple[Story, ...]
) -> None:
    # Writing takes a quarter of a second each: every third shows all that there is.
    drafts = [kit.write(one, NOW.date()) for one in stories[::3]]
    empty = draft(story(), drafts[0].headline)
    outcomes = [check(one, specs=kit.specs) for one in (*drafts, empty)]

    assert {type(one) for one in outcomes} == {Brief, Held}
    for one in drafts:
        assert again(one) == one
    for outcome in outcomes:
        assert again(outcome) == outcome
        assert outcome_from(outcome_line(outcome)) == outcome


def test_sources_and_snapshots_come_back(kit: Kit) -> None:
    snapshots = run.held_snapshots(kit, NOW)

    assert len(snapshots) >= 2
    for source in kit.sources:
        assert isinstance(source, Source)
        assert again(source) == source
    for snapshot in snapshots:
        assert isinstance(snapshot, RankingSnapshot)
        assert again(snapshot) == snapshot


def test_harvests_and_what_is_remembered_come_back(tmp_path: Path) -> None:
    day = sample_days()[1]
    with SampleServer(day.date) as server:
        text = settings_text(server.address)
        chosen = settings.parse(text, folder=tmp_path, environment={})
        asked = [one for one in chosen.sources if one.id != "slowtide"]
        with app.open_kit(chosen, quiet, isolate=parsers()) as kit:
            harvests = topic.try_sources(
                asked, kit.ingester, kit.http, kit.isolate, day.now, quiet
            )

    assert any(one.problems for one in harvests)
    assert any(one.snapshot for one in harvests)
    for harvest in harvests:
        assert isinstance(harvest, Harvest)
        assert again(harvest) == harvest
        assert isinstance(again(harvest.state), FetchState)


def test_editions_and_reports_come_back(demo: Demo) -> None:
    for day, made in zip(DATES, demo.days, strict=True):
        files = demo.files(day)
        edition = from_json(Edition, files["edition.json"])

        assert again(edition) == edition
        assert again(made.report) == made.report
        assert from_json(Report, files["report.json"]) == made.report
        for brief in edition.briefs:
            assert from_json(Brief, files[f"{brief.slug}.json"]).slug == brief.slug


def test_a_published_edition_is_whole_again_with_its_audit(demo: Demo) -> None:
    faults, briefs = byhand.check_edition(demo.output / "2026-05-26")

    assert faults == ()
    assert briefs >= 3


def documented(heading: str) -> set[str]:
    """The words in backquotes of one part of docs/formats.md."""
    _, _, rest = FORMATS.read_text(encoding="utf-8").partition(f"\n## {heading}")
    part = rest.partition("\n## ")[0]
    return {word for n, word in enumerate(part.split("`")) if n % 2}


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Document", to_json(document())),
        ("Story", story_line(story())),
    ],
)
def test_every_key_that_is_printed_is_documented(heading: str, line: str) -> None:
    assert set(json.loads(line)) - documented(heading) == set()


def test_the_keys_of_briefs_and_editions_are_documented(demo: Demo) -> None:
    edition: dict[str, Any] = json.loads(demo.files("2026-05-25")["edition.json"])

    assert set(edition) - documented("Edition and files") == set()
    brief = edition["briefs"][0]
    assert set(brief) - documented("Brief or Held") == set()
    section = brief["sections"][0]
    claim = section["items"][0]["claims"][0]
    for value in (section, section["items"][0], claim, claim["citations"][0]):
        known = documented("Draft") | documented("Brief or Held")
        assert set(value) - known == set()


def test_the_least_document_is_enough() -> None:
    assert document_from('{"id": "a", "text": "It opened."}') == Document(
        id="a", text="It opened."
    )


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(InputError, match="not a Story"):
        from_json(Story, to_json(document()))
