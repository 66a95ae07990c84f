"""Editions with a model: who named a work gets one answer more, paid for once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing import editions
from briefing.domain.brief import Brief
from briefing.domain.delivery import Rendition
from briefing.domain.edition import Edition
from briefing.store import SqliteStore
from tests.model_server import ModelServer, Reply
from tests.order.issues import (
    DAY,
    NOW,
    active,
    edition,
    enlist,
    issue_kit,
    reader,
    rows,
    tell,
)
from tests.pipeline.scripted import DIARY, evidence, plant

ISSUE = "daily-2026-05-26"
DEFAULT = "daily-default-2026-05-26"
WISHES = {"role": "engineer", "industry": "water"}
QUESTION = "What does this mean for a water engineer?"


def settings_for(server: ModelServer, profile: str = "") -> str:
    return (
        f'[model]\nbase_url = "{server.base_url}"\nname = "small"\n'
        f"usd_per_million_in = 1\nusd_per_million_out = 1\n{profile}"
    )


def script(request: dict[str, Any]) -> Reply:
    """Refuses to write briefs; chooses a sentence that was not told."""
    if "Question: " not in request["messages"][1]["content"]:
        return Reply("I cannot help with that.")
    number = evidence(request)[min(evidence(request))]
    return Reply(json.dumps({"sentences": [number]}))


def broken(request: dict[str, Any]) -> Reply:
    """Writes nothing and answers nobody."""
    return Reply("I cannot help with that.")


def tell_plant(store: SqliteStore) -> None:
    """Three reports, of which a brief uses a part."""
    for one in plant(DIARY).documents:
        name = one.url.split("//")[1].partition(".")[0]
        tell(
            store,
            replace(
                one,
                source_id=name,
                published_at=NOW - timedelta(hours=2),
                fetched_at=NOW - timedelta(minutes=1),
            ),
        )


def questions(made: Edition | Brief) -> list[str]:
    briefs = made.briefs if isinstance(made, Edition) else (made,)
    return [
        item.question
        for brief in briefs
        for section in brief.sections
        for item in section.items
        if item.question
    ]


def for_readers(server: ModelServer) -> list[dict[str, Any]]:
    """The requests that asked a reader's question."""
    return [one for one in server.requests if "Question: " in json.dumps(one)]


def of_reader(store: SqliteStore, number: int) -> Edition:
    return edition(store, rows(store, ISSUE)[f"reader{number:05}"].edition_id)


def test_only_the_edition_of_a_reader_with_that_work_answers(tmp_path: Path) -> None:
    with (
        ModelServer(script) as server,
        issue_kit(tmp_path, settings_text=settings_for(server)) as (kit, store, _),
    ):
        tell_plant(store)
        enlist(store, reader(1), reader(2, **WISHES), reader(3, **WISHES))

        issued = editions.make_issue(kit, DAY, NOW, active(store))

        assert issued.problems == ()
        mine, everybody = of_reader(store, 2), edition(store, DEFAULT)
        assert of_reader(store, 3) == mine
        assert of_reader(store, 1) == everybody
        assert questions(mine).count(QUESTION) >= 1
        assert QUESTION not in questions(everybody)
        assert len(for_readers(server)) == 2 * len(mine.briefs)
        shared = {one.story.id: one for one in everybody.briefs}
        for brief in mine.briefs:
            other = shared[brief.story.id]
            assert brief.headline == other.headline
            assert [q for q in questions(brief) if q != QUESTION] == questions(other)


def test_an_edition_that_was_cut_off_pays_no_answer_twice(tmp_path: Path) -> None:
    def cut_off(_edition: Edition) -> tuple[Rendition, ...]:
        raise KeyboardInterrupt

    with (
        ModelServer(script) as server,
        issue_kit(tmp_path, settings_text=settings_for(server)) as (kit, store, _),
    ):
        tell_plant(store)
        editions.make_issue(kit, DAY, NOW, active(store))
        enlist(store, reader(2, **WISHES))
        killed = replace(kit, renderers=(cut_off,))
        with pytest.raises(KeyboardInterrupt):
            editions.make_issue(killed, DAY, NOW, active(store))
        paid = len(server.requests)

        editions.make_issue(kit, DAY, NOW, active(store))

        mine = of_reader(store, 2)
        assert QUESTION in questions(mine)
        assert len(server.requests) == paid
        assert len(for_readers(server)) == 2 * len(mine.briefs)
        kept = [store.outcome(mine.id, one.story.id) for one in mine.briefs]
        assert set(kept) == {None}


def test_a_model_that_says_nothing_costs_the_answer_alone(tmp_path: Path) -> None:
    with (
        ModelServer(broken) as server,
        issue_kit(tmp_path, settings_text=settings_for(server)) as (kit, store, _),
    ):
        tell_plant(store)
        enlist(store, reader(2, **WISHES))

        issued = editions.make_issue(kit, DAY, NOW, active(store))

        mine = of_reader(store, 2)
        assert issued.problems == ()
        assert QUESTION not in questions(mine)
        notes = [note for brief in mine.briefs for note in brief.provenance.notes]
        assert any("question was not answered" in note for note in notes)


def test_the_operators_own_work_is_asked_about_in_everybodys_edition(
    tmp_path: Path,
) -> None:
    profile = '[profile]\nrole = "engineer"\nindustry = "water"\n'
    with (
        ModelServer(script) as server,
        issue_kit(tmp_path, settings_text=settings_for(server, profile)) as made,
    ):
        kit, store, _ = made
        tell_plant(store)

        editions.make_issue(kit, DAY, NOW, active(store))

        assert QUESTION in questions(edition(store, DEFAULT))
