"""Documents and snapshots -> the stories they tell, continued from the days before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from briefing.domain.document import Document, DocumentKind
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.story import Story
from briefing.logic.clustering import Group, cluster
from briefing.logic.copies import find_copies
from briefing.logic.history_text import HISTORY_ID, history_document
from briefing.logic.ranking_match import Comparison, compare_newest, talking
from briefing.logic.ranking_text import snapshot_document
from briefing.logic.text import sentences

_NEVER = datetime.max.replace(tzinfo=UTC)
_TITLE_LENGTH = 90
# Of a story's texts, to let a ranking join it: fewer only mention the ranking.
_TALKING_SHARE = 3


def group(
    documents: Sequence[Document],
    known: Sequence[Story] = (),
    snapshots: Sequence[RankingSnapshot] = (),
) -> tuple[Story, ...]:
    """The stories that hold a document no earlier run had, by id.

    A document joins the story in `known` that it belongs to, which keeps its id and
    `first_seen_at`; of two known stories that turn out to be one, the older lives on.
    Known stories without a new document are not returned. `snapshots` may hold history:
    each source's newest is compared with its predecessor, and what moved joins the
    story whose documents report on it, else becomes a story of its own. The order of
    the arguments changes nothing.
    """
    told = {one.id for story in known for one in story.documents}
    fresh = {one.id: one for one in sorted(documents, key=_age) if one.id not in told}
    stories = _grouped(tuple(fresh.values()), sorted(known, key=_seniority))
    for comparison in compare_newest(snapshots):
        stories = _with_ranking(stories, known, comparison)
    return tuple(sorted(stories, key=lambda story: story.id))


def _age(document: Document) -> tuple[datetime, str]:
    return (document.published_at or document.fetched_at or _NEVER, document.id)


def _seniority(story: Story) -> tuple[datetime, str]:
    return (story.first_seen_at or _NEVER, story.id)


def _texts(documents: Sequence[Document]) -> tuple[Document, ...]:
    return tuple(one for one in documents if one.kind is not DocumentKind.RANKING)


def _grouped(fresh: Sequence[Document], known: Sequence[Story]) -> list[Story]:
    """Stories of the fresh documents; a ranking alone has no words to be joined by."""
    if not fresh:
        return []
    pool: dict[str, Document] = {one.id: one for one in fresh}
    for story in known:
        pool.update((one.id, one) for one in _texts(story.documents))
    ordered = sorted(pool.values(), key=_age)
    place = {one.id: position for position, one in enumerate(ordered)}
    home: dict[int, Story] = {}
    seeds: list[list[int]] = []
    for story in known:
        seed = [place[one.id] for one in _texts(story.documents)]
        # A document that two known stories hold stays with the older one.
        seed = [position for position in seed if position not in home]
        home.update((position, story) for position in seed)
        seeds.append(seed)
    new_ids = {one.id for one in fresh}
    return [
        _story(found, ordered, home, new_ids)
        for found in cluster(ordered, seeds)
        if any(ordered[member].id in new_ids for member in found.members)
    ]


def _story(
    found: Group,
    ordered: Sequence[Document],
    home: dict[int, Story],
    new_ids: set[str],
) -> Story:
    members = [ordered[position] for position in found.members]
    known = {home[one].id: home[one] for one in found.members if one in home}
    fresh = [one for one in members if one.id in new_ids]
    start = Story(
        id=_story_id(members[0].id),
        title=_title(ordered[found.centre]),
        documents=(),
        first_seen_at=_first_fetch(fresh),
    )
    elders = sorted(known.values(), key=_seniority)
    merged = elders[0] if elders else start
    for younger in elders[1:]:
        merged = _merged(merged, younger)
    return _completed(
        replace(merged, title=start.title, new_document_ids=()), members, new_ids
    )


def _merged(elder: Story, younger: Story) -> Story:
    """Both stories' evidence under the elder's name, its reading of a ranking first."""
    sources = {one.source_id for one in elder.snapshots}
    kept = tuple(one for one in younger.snapshots if one.source_id not in sources)
    changes = tuple(one for one in younger.changes if one.source_id not in sources)
    seen = [one for one in (elder.first_seen_at, younger.first_seen_at) if one]
    held = {one.id: one for one in (*younger.documents, *elder.documents)}
    return replace(
        elder,
        documents=tuple(sorted(held.values(), key=_age)),
        snapshots=elder.snapshots + kept,
        changes=elder.changes + changes,
        histories=elder.histories
        + tuple(
            one
            for one in younger.histories
            if one.source_id not in {held.source_id for held in elder.histories}
        ),
        first_seen_at=min(seen, default=None),
        new_document_ids=tuple(
            dict.fromkeys(elder.new_document_ids + younger.new_document_ids)
        ),
    )


def _completed(story: Story, documents: Sequence[Document], new_ids: set[str]) -> Story:
    """The story with these documents as well, its copies found anew."""
    held = {one.id: one for one in (*story.documents, *documents)}
    ordered = tuple(sorted(held.values(), key=_age))
    new = new_ids | set(story.new_document_ids)
    return replace(
        story,
        documents=ordered,
        copies=find_copies(ordered),
        new_document_ids=tuple(one.id for one in ordered if one.id in new),
    )


def _with_ranking(
    stories: list[Story], known: Sequence[Story], comparison: Comparison
) -> list[Story]:
    """The stories with the ranking where it belongs, or in a story of its own."""
    newest = comparison.newest
    told = [
        one
        for one in sorted(known, key=_seniority)
        # A story out of the store has no snapshots, but their texts.
        if newest.id in one.document_ids
    ]
    teller = _teller(stories, comparison)
    if teller is None and not told:
        touched = {story.id for story in stories}
        quiet = [
            replace(story, new_document_ids=())
            for story in known
            if story.id not in touched
        ]
        teller = _teller(quiet, comparison, since=_closed_on(newest))
    if teller is None:
        if told or not comparison.changes:
            return stories
        teller = Story(_story_id(newest.id), newest.title, documents=())
    alone = [one for one in told if not _texts(one.documents) and one.id != teller.id]
    attached = _attached(teller, alone, comparison)
    return [*(one for one in stories if one.id != teller.id), attached]


def _attached(teller: Story, alone: Sequence[Story], comparison: Comparison) -> Story:
    """The teller with both snapshots, their texts and what moved.

    `alone` are stories in which the ranking was told before anybody reported on it.
    """
    held = teller
    for earlier in alone:
        elder, younger = sorted((earlier, held), key=_seniority)
        held = replace(_merged(elder, younger), title=teller.title)
    pages = [snapshot_document(one) for one in comparison.snapshots]
    new_ids = {one.id for one in pages} - set(held.document_ids)
    source_id = comparison.newest.source_id
    told = history_document(comparison.history)
    others = tuple(one for one in held.snapshots if one.source_id != source_id)
    moves = tuple(one for one in held.changes if one.source_id != source_id)
    courses = tuple(one for one in held.histories if one.source_id != source_id)
    first_seen_at = held.first_seen_at if held.documents else _first_fetch(pages[:1])
    # A history says what the one before it said, and more.
    texts = tuple(
        one for one in held.documents if not _is_history(one, source_id, pages)
    )
    return _completed(
        replace(
            held,
            documents=texts,
            snapshots=comparison.snapshots + others,
            changes=comparison.changes + moves,
            histories=(comparison.history, *courses),
            first_seen_at=first_seen_at,
            new_document_ids=(),
        ),
        [*pages, told],
        new_ids | set(teller.new_document_ids),
    )


def _is_history(document: Document, source_id: str, pages: Sequence[Document]) -> bool:
    """The text of a ranking's history, of which a newer one is at hand."""
    return (
        document.kind is DocumentKind.RANKING
        and document.source_id == source_id
        and document.id.startswith(HISTORY_ID)
        and document.id not in {one.id for one in pages}
    )


def _closed_on(snapshot: RankingSnapshot) -> date:
    """From this day on somebody could report on the snapshot."""
    return snapshot.window.end if snapshot.window else snapshot.taken_at.date()


def _teller(
    stories: Sequence[Story], comparison: Comparison, since: date | None = None
) -> Story | None:
    """The story that reports most on the ranking, since that day if one is given."""
    best: tuple[int, str] | None = None
    found = None
    for story in stories:
        copies = {copy for copy, _ in story.copies}
        texts = [one for one in _texts(story.documents) if one.id not in copies]
        count = sum(
            since is None
            or (one.published_at is not None and one.published_at.date() >= since)
            for one in talking(texts, comparison)
        )
        if count == 0 or count * _TALKING_SHARE < len(texts):
            continue
        if best is None or (-count, story.id) < best:
            best, found = (-count, story.id), story
    return found


def _story_id(document_id: str) -> str:
    return "s" + hashlib.blake2b(document_id.encode(), digest_size=8).hexdigest()


def _first_fetch(documents: Sequence[Document]) -> datetime | None:
    return min((one.fetched_at for one in documents if one.fetched_at), default=None)


def _title(document: Document) -> str:
    """The document's title, else how its text begins."""
    if document.title:
        return document.title
    spans = sentences(document.text)
    first = (
        " ".join(document.text[spans[0].start : spans[0].end].split()) if spans else ""
    )
    if len(first) <= _TITLE_LENGTH:
        return first
    return first[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
