"""What outlives the run of a day, so that more editions can be made of it: its stories
with what was new in them, and what became of those that were written.

Kept as finished steps of a run that never ends by itself; the next day's takes its
place. Texts are not kept twice: a story's documents stand in the store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from briefing.domain.audience import Digest
from briefing.domain.story import Story
from briefing.errors import BriefingError
from briefing.kit import Kit
from briefing.logic.codec import from_json, to_json

_STORIES = "stories"
_ALL = "all"
# The day before may lie a week back, where editions come out on one weekday alone.
_KEPT_DAYS = 10


def day_id(digest: Digest, edition_date: date) -> str:
    """The run that writes the stories of that day, whoever reads them."""
    return f"{digest.id}-day-{edition_date.isoformat()}"


def keep(kit: Kit, edition_date: date, stories: Sequence[Story], now: datetime) -> None:
    """Keeps the grouped stories, chosen or not, and lets earlier days go."""
    lines = json.dumps([to_json(_without_texts(one)) for one in stories])
    run_id = day_id(kit.digest, edition_date)
    kit.engine.map(run_id, _STORIES, lambda _key: lines, (_ALL,))
    for back in range(1, _KEPT_DAYS):
        earlier = edition_date - timedelta(days=back)
        kit.store.end_run(day_id(kit.digest, earlier), now=now)


def load(kit: Kit, edition_date: date) -> tuple[Story, ...] | None:
    """The stories that `keep` kept, texts included; None if that day is gone."""
    run_id = day_id(kit.digest, edition_date)
    (result,) = kit.engine.map(run_id, _STORIES, _not_kept, (_ALL,))
    if result.value is None:
        return None
    stories = [from_json(Story, line) for line in json.loads(result.value)]
    ids = {one.id for story in stories for one in story.documents}
    texts = {one.id: one.text for one in kit.store.documents_by_id(sorted(ids))}
    return tuple(_with_texts(one, texts) for one in stories)


def _not_kept(_key: str) -> str:
    raise BriefingError(
        "the stories of that day are not kept", hint="Make today's edition instead."
    )


def _without_texts(story: Story) -> Story:
    return replace(
        story, documents=tuple(replace(one, text="") for one in story.documents)
    )


def _with_texts(story: Story, texts: Mapping[str, str]) -> Story:
    documents = tuple(
        replace(one, text=texts[one.id]) for one in story.documents if one.id in texts
    )
    return replace(story, documents=documents)
