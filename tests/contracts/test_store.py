"""What every store must do; SQLite is the one there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from briefing.domain.audience import Digest, Profile
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition, LookedAt
from briefing.domain.ranking import RankingRow
from briefing.domain.source import FetchState, Harvest
from briefing.errors import StoreError
from briefing.ports import AnswerClaim, ModelAnswer
from briefing.store import SqliteStore
from briefing.store.database import HEAD
from briefing.store.tables import metadata
from tests.blank import blank
from tests.builders import NOW, document, snapshot, story

ANSWER = ModelAnswer(text="{}", model="m", tokens_in=3, tokens_out=2, seconds=0.1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(blank(tmp_path / "briefing.db")) as opened:
        yield opened


def harvest(*documents: object, **changes: object) -> Harvest:
    base = Harvest("ledger", FetchState("ledger", etag='"a"'))
    return replace(base, documents=documents, **changes)  # type: ignore[arg-type]


def edition(**changes: object) -> Edition:
    base = Edition(
        digest=Digest(id="daily", title="Daily"),
        profile=Profile(),
        edition_date=NOW.date(),
        built_at=NOW,
        briefs=(),
        looked_at=LookedAt(1, 0, 1, 1, 0),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def publish(
    store: SqliteStore, about: Edition | None = None, **changes: object
) -> None:
    files = changes.pop("files", (Rendition("a.md", "text/markdown", b"a"),))
    store.publish_edition(about or edition(), files, now=NOW, **changes)  # type: ignore[arg-type]


def test_an_unknown_source_has_a_fresh_state(store: SqliteStore) -> None:
    assert store.fetch_state("new") == FetchState("new")


def test_a_harvest_is_kept_and_its_second_reading_brings_nothing_new(
    store: SqliteStore,
) -> None:
    one = document()

    first = store.save_harvest(harvest(one))
    second = store.save_harvest(harvest(one))

    assert (first, second) == ((one.id,), ())
    assert store.documents(since=NOW) == (one,)
    assert store.fetch_state("ledger").etag == '"a"'


def test_a_fuller_text_replaces_its_excerpt_and_a_later_excerpt_is_not_new(
    store: SqliteStore,
) -> None:
    excerpt = document("Short.", is_complete=False)
    full = document("Short. And the whole of it.")
    store.save_harvest(harvest(excerpt))

    store.replace_document(excerpt.id, full)
    later = store.save_harvest(
        harvest(document("Short, but edited.", is_complete=False))
    )

    assert store.documents(since=NOW) == (full,)
    assert later == ()
    assert store.documents_by_url([str(full.url)]) == {str(full.url): full}


def test_documents_are_kept_apart_by_the_time_they_were_read(
    store: SqliteStore,
) -> None:
    early = document("Early.", url="http://a.example/1")
    late = document(
        "Late.", url="http://a.example/2", fetched_at=NOW + timedelta(days=1)
    )
    store.save_harvest(harvest(late, early))

    assert store.documents(since=NOW) == (early, late)
    assert store.documents(since=NOW, until=NOW) == (early,)
    assert store.documents_by_id([late.id, "gone", early.id]) == (late, early)


@pytest.mark.parametrize("query", ['plant" OR (', "*", "NEAR(plant", "-plant", ""])
def test_any_text_is_a_safe_search(store: SqliteStore, query: str) -> None:
    one = document()
    store.save_harvest(harvest(one))

    assert store.search(query) in ((one,), ())


def test_search_finds_words_of_title_and_text_best_first(store: SqliteStore) -> None:
    titled = document("Nothing else.", title="Harbour", url="http://a.example/1")
    named = document("A harbour, at the end.", url="http://a.example/2", title="X")
    store.save_harvest(harvest(named, titled))

    assert store.search("HARBOUR") == (titled, named)


def test_a_restated_snapshot_is_read_back_as_last_told(store: SqliteStore) -> None:
    before = snapshot(("A", 3), ("B", 2))
    rows = (RankingRow(1, "a", "A", before.rows[0].value), RankingRow(2, "b", "B"))
    after = replace(before, rows=rows, fetched_at=NOW + timedelta(hours=1))

    store.save_harvest(harvest(snapshot=before))
    store.save_harvest(harvest(snapshot=after))

    assert store.snapshots("usage", until=NOW) == (after,)
    assert store.snapshots("usage", until=NOW - timedelta(days=9)) == ()


def test_a_story_comes_back_with_its_documents_in_order(store: SqliteStore) -> None:
    first, second = (
        document("One.", url="http://a.example/1"),
        document("Two.", url="http://a.example/2"),
    )
    kept = story(first, second, copies=((second.id, first.id),))

    publish(store, stories=[kept])

    assert store.stories(since=NOW) == (replace(kept, new_document_ids=()),)
    assert store.ungrouped_documents(since=NOW, until=NOW) == ()
    assert store.stories(since=NOW + timedelta(seconds=1)) == ()


def test_a_published_edition_is_frozen_byte_for_byte(store: SqliteStore) -> None:
    files = (Rendition("index.html", "text/html", b"\x00one"),)
    publish(store, files=files)

    publish(store, files=files)

    assert store.frozen_files(edition().id) == files
    with pytest.raises(StoreError, match="is published"):
        publish(store, files=(replace(files[0], body=b"two"),))


def test_a_correction_is_a_new_revision(store: SqliteStore) -> None:
    old = (Rendition("index.html", "text/html", b"one"),)
    new = (Rendition("index.html", "text/html", b"two"),)

    publish(store, files=old)
    publish(store, edition(revision=2), files=new)

    assert store.frozen_files(edition().id) == new
    assert store.edition_ids() == (edition().id,)


def test_a_question_is_paid_for_once(store: SqliteStore) -> None:
    first = store.claim_answer("q", now=NOW)
    meanwhile = store.claim_answer("q", now=NOW)
    store.save_answer("q", ANSWER)
    later = store.claim_answer("q", now=NOW)

    assert (first, meanwhile, later) == (AnswerClaim.OURS, AnswerClaim.BUSY, ANSWER)


def test_a_question_that_failed_or_was_lost_may_be_asked_again(
    store: SqliteStore,
) -> None:
    store.claim_answer("failed", now=NOW)
    store.release_answer("failed")
    store.claim_answer("lost", now=NOW)

    assert store.claim_answer("failed", now=NOW) is AnswerClaim.OURS
    later = NOW + timedelta(minutes=16)
    assert store.claim_answer("lost", now=later) is AnswerClaim.OURS


def test_a_killed_run_is_found_again_and_a_finished_one_is_not(
    store: SqliteStore,
) -> None:
    store.start_run("r1", "daily-1", now=NOW)
    store.save_step("r1", "poll", "ledger", "[]")

    found = store.unfinished_run("daily-1")
    steps = store.finished_steps("r1", "poll")
    publish(store, run_id="r1", report="{}")

    assert found is not None
    assert found.id == "r1"
    assert steps == {"ledger": "[]"}
    assert store.unfinished_run("daily-1") is None
    assert store.last_runs()[0].report == "{}"


def test_the_migrations_build_the_very_tables_that_the_code_names(
    tmp_path: Path,
) -> None:
    with SqliteStore(tmp_path / "a.db"):
        pass

    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == set(table.columns.keys()), table.name
        keys = set(found.get_pk_constraint(table.name)["constrained_columns"])
        assert keys == {column.name for column in table.primary_key}
    with engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert version.scalar() == HEAD
    engine.dispose()


def test_a_database_of_a_newer_briefing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with SqliteStore(path):
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(StoreError, match="newer Briefing"):
        SqliteStore(path)


def test_a_path_that_cannot_be_a_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()

    with pytest.raises(StoreError, match=r"folder\.db"):
        SqliteStore(tmp_path / "folder.db")
