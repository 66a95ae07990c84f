"""The archive's index: what is published can be found, corrected and searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from briefing.domain.audience import Digest, Profile
from briefing.domain.edition import Edition
from briefing.render.json import json_renderer
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW, document, story
from tests.render.builders import brief, edition

DAILY = Digest(id="daily", title="The Daily")
DAY = date(2026, 5, 26)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(blank(tmp_path / "briefing.db")) as opened:
        yield opened


def dated(day: date, **changes: object) -> Edition:
    built_at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    base = replace(
        edition(brief()),
        digest=DAILY,
        profile=Profile(),
        edition_date=day,
        built_at=built_at,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def publish(store: SqliteStore, made: Edition) -> Edition:
    store.publish_edition(made, json_renderer()(made), now=NOW)
    return made


def test_editions_are_listed_newest_first_and_in_pages(store: SqliteStore) -> None:
    for back in range(4):
        publish(store, dated(DAY - timedelta(days=back)))

    first = store.editions("daily", limit=2)
    second = store.editions("daily", before=first[-1].edition_date, limit=2)

    assert [one.edition_date.day for one in first] == [26, 25]
    assert [one.edition_date.day for one in second] == [24, 23]
    assert first[0].headlines == (brief().headline.text,)
    assert store.months("daily") == ((date(2026, 5, 1), 4),)


def test_an_edition_knows_the_days_around_it(store: SqliteStore) -> None:
    for back in (0, 2, 5):
        publish(store, dated(DAY - timedelta(days=back)))
    middle = store.editions("daily")[1]

    before, after = store.neighbours(middle)

    assert before is not None
    assert after is not None
    assert (before.edition_date.day, after.edition_date.day) == (21, 26)


def test_a_correction_takes_the_place_of_what_it_corrects(store: SqliteStore) -> None:
    publish(store, dated(DAY))
    corrected = replace(
        brief(), headline=replace(brief().headline, text="Zebras lead the table")
    )
    later = NOW + timedelta(days=1)
    publish(store, dated(DAY, briefs=(corrected,), revision=2, built_at=later))

    ref = store.edition_ref("daily-default-2026-05-26")

    assert ref is not None
    assert (ref.revision, ref.built_at, ref.published_at) == (2, later, NOW)
    assert [one.headline for one in store.briefs("daily")] == ["Zebras lead the table"]
    assert store.briefs("daily", query="DeepSeek tops OpenRouter") == ()
    assert [number for number, _ in store.revisions(ref.id)] == [1, 2]
    assert store.edition_files(ref.id, 1) == json_renderer()(dated(DAY))
    assert store.edition_files(ref.id, 3) == ()


def test_another_profile_is_found_by_its_id_and_in_no_list(store: SqliteStore) -> None:
    publish(store, dated(DAY))
    state = store.archive_state(("daily",))
    publish(store, dated(DAY, profile=Profile(id="p0123456789")))

    assert store.edition_ref("daily-p0123456789-2026-05-26") is not None
    assert len(store.editions("daily")) == 1
    assert len(store.editions("daily", profile_id="p0123456789")) == 1
    assert len(store.briefs("daily")) == 1
    assert store.archive_state(("daily",)) == state


def test_briefs_are_found_by_topic_publisher_and_story(store: SqliteStore) -> None:
    publish(store, dated(DAY))
    (found,) = store.briefs("daily")

    slug, name = found.publishers[0]

    assert [one.slug for one in store.briefs("daily", publisher=slug)] == [found.slug]
    assert (slug, name, 1) in store.publishers("daily")
    assert store.briefs("daily", story_id=found.story_id) == (found,)
    assert store.briefs("daily", publisher="nobody") == ()
    assert store.briefs("other") == ()


def test_topics_are_those_of_the_cited_documents(store: SqliteStore) -> None:
    base = brief()
    documents = tuple(replace(one, topics=("ai",)) for one in base.story.documents)
    uncited = document("Nobody cites this.", topics=("sport",))
    told = replace(base, story=story(*documents, uncited))

    publish(store, dated(DAY, briefs=(told,)))

    assert store.topics("daily") == (("ai", 1),)
    assert len(store.briefs("daily", topic="ai")) == 1
    assert store.briefs("daily", topic="sport") == ()


@pytest.mark.parametrize(
    "query",
    ["deepseek", "DEEPSEEK openrouter", "deeps", "  deepseek-v4 ", "ＤeepSeek"],
)
def test_a_search_finds_words_and_beginnings(store: SqliteStore, query: str) -> None:
    publish(store, dated(DAY))

    assert len(store.briefs("daily", query=query)) == 1


@pytest.mark.parametrize(
    "query", ['"', "-", "NEAR(", "a OR *", "zebra", "headline:x", "' --", "\x00", "😀"]
)
def test_any_text_is_a_safe_query(store: SqliteStore, query: str) -> None:
    publish(store, dated(DAY))

    assert store.briefs("daily", query=query) == ()


def test_an_excerpt_marks_what_was_found(store: SqliteStore) -> None:
    publish(store, dated(DAY))

    (found,) = store.briefs("daily", query="tokens")

    assert "\x02tokens\x03" in found.excerpt.lower()


def test_the_state_changes_with_every_revision(store: SqliteStore) -> None:
    before = store.archive_state(("daily", "daily-weekly"))
    publish(store, dated(DAY))
    once = store.archive_state(("daily", "daily-weekly"))
    publish(store, dated(DAY))
    again = store.archive_state(("daily", "daily-weekly"))

    assert before.changes == 0
    assert (once.changes, once.changed_at) == (1, NOW)
    assert again == once


def test_editions_of_an_older_briefing_are_indexed_when_it_is_opened(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    with SqliteStore(path) as store:
        publish(store, dated(DAY))
        publish(store, dated(DAY - timedelta(days=1), revision=2))
        expected = (store.editions("daily"), store.briefs("daily"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table in ("fts", "topics", "publishers", "briefs", "editions", "changes"):
            connection.execute(text(f"DROP TABLE archive_{table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    engine.dispose()

    with SqliteStore(path) as store:
        found = (store.editions("daily"), store.briefs("daily"))
        hits = store.briefs("daily", query="deepseek")

    assert found == expected
    assert len(hits) == 2
