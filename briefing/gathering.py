"""The first half of a run: every source polled, every new excerpt read in full."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.report import SourceLine
from briefing.domain.source import Harvest, Problem, Source
from briefing.kit import Kit, failed, spread
from briefing.logic.backoff import is_due
from briefing.logic.codec import to_plain
from briefing.logic.staleness import staleness
from briefing.pipeline.gather import enabled, poll, read_page, vetted

# Waiting for servers, not computing: a few threads keep two cores busy enough.
_POLL_WORKERS = 12
# Snapshots that a new one of a ranking is held against.
_COMPARED = 5
# Texts that no edition has grouped yet; older ones would be told as news too late.
DOCUMENT_MEMORY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources gave in this run.

    Attributes:
        lines: one a source.
        problems: what went wrong.
        document_ids: new ones, excerpts that were read in full replaced.
    """

    lines: tuple[SourceLine, ...]
    problems: tuple[Problem, ...]
    document_ids: tuple[str, ...]


def gather(kit: Kit, run_id: str, now: datetime) -> Gathered:
    """Every source polled, every new excerpt's page read; only bugs raise."""
    sources = {one.id: one for one in enabled(kit.sources, kit.digest.topics)}

    def poll_step(source_id: str) -> str:
        source = sources[source_id]
        state = kit.store.fetch_state(source_id)
        if not is_due(state, now):
            line = SourceLine(source_id, source.publisher, "waiting", 0)
            return _polled(line, (), ())
        harvest = poll(
            source, state, kit.ingester(source.kind), kit.http, kit.isolate, now
        )
        if harvest.snapshot is not None:
            held = kit.store.snapshots(source_id, until=now, limit=_COMPARED)
            harvest = vetted(source, state, harvest, held)
        harvest = _aged(kit, source, harvest, now)
        new = kit.store.save_harvest(harvest)
        has_failed = any(one.is_failure for one in harvest.problems)
        outcome = (
            "failed"
            if has_failed and not harvest.documents and harvest.snapshot is None
            else "unchanged"
            if harvest.is_unchanged
            else "read"
        )
        line = SourceLine(source_id, source.publisher, outcome, len(new))
        return _polled(line, new, harvest.problems)

    polled = spread(kit, run_id, "poll", poll_step, tuple(sources), _POLL_WORKERS)
    lines: list[SourceLine] = []
    problems: list[Problem] = []
    new_ids: list[str] = []
    for result in polled:
        if result.value is None:
            publisher = sources[result.key].publisher
            lines.append(SourceLine(result.key, publisher, "failed", 0))
            problems.append(failed("gather", result))
            continue
        said = json.loads(result.value)
        lines.append(SourceLine(**said["line"]))
        problems.extend(Problem(**one) for one in said["problems"])
        new_ids.extend(said["new"])
    kept = _kept(kit, run_id, new_ids, now)
    replaced, more = _read_pages(kit, run_id, sources, tuple(kept), now)
    given = Counter(kept.values())
    return Gathered(
        lines=tuple(replace(one, documents=given[one.id]) for one in lines),
        problems=(*problems, *more),
        document_ids=tuple(replaced.get(one, one) for one in kept),
    )


def _aged(kit: Kit, source: Source, harvest: Harvest, now: datetime) -> Harvest:
    """With a warning when a ranking gave nothing new and its last good snapshot has
    stood for too long: a failed or an unchanged page says nothing of that itself.
    """
    if source.ranking is None or harvest.snapshot is not None:
        return harvest
    known = {one.reason for one in harvest.problems}
    held = kit.store.snapshots(source.id, until=now, limit=1)
    problems = staleness(source, held[0] if held else None, now)
    if not problems or "stale" in known:
        return harvest
    return replace(harvest, problems=(*harvest.problems, *problems))


def _kept(
    kit: Kit, run_id: str, new_ids: Sequence[str], now: datetime
) -> dict[str, str | None]:
    """The new documents with their sources, once each: where two sources gave one
    address, which was faster must not show.
    """

    def sift_step(_key: str) -> str:
        held = kit.store.documents(since=now - DOCUMENT_MEMORY, until=now)
        new = set(new_ids)
        return json.dumps({one.id: one.source_id for one in held if one.id in new})

    (result,) = kit.engine.map(run_id, "sift", sift_step, ("new",))
    kept: dict[str, str | None] = json.loads(result.value or "{}")
    return kept


def _polled(line: SourceLine, new: Sequence[str], problems: Sequence[Problem]) -> str:
    return json.dumps(
        {
            "line": to_plain(line),
            "new": list(new),
            "problems": [to_plain(one) for one in problems],
        }
    )


def _read_pages(
    kit: Kit,
    run_id: str,
    sources: Mapping[str, Source],
    new_ids: Sequence[str],
    now: datetime,
) -> tuple[dict[str, str], list[Problem]]:
    def read_step(document_id: str) -> str:
        (excerpt,) = kit.store.documents_by_id([document_id])
        read = read_page(excerpt, kit.read_page, kit.http, kit.isolate, now)
        if isinstance(read, Problem):
            return json.dumps({"problem": to_plain(read)})
        kit.store.replace_document(document_id, read)
        return json.dumps({"document": read.id})

    excerpts = [
        one.id
        for one in kit.store.documents_by_id(new_ids)
        if not one.is_complete and one.url and _reads_pages(sources, one)
    ]
    replaced: dict[str, str] = {}
    problems: list[Problem] = []
    for result in spread(kit, run_id, "read", read_step, excerpts, _POLL_WORKERS):
        if result.value is None:
            problems.append(failed("gather", result))
            continue
        said = json.loads(result.value)
        if "document" in said:
            replaced[result.key] = said["document"]
        else:
            problems.append(Problem(**said["problem"]))
    return replaced, problems


def _reads_pages(sources: Mapping[str, Source], document: Document) -> bool:
    source = sources.get(document.source_id or "")
    return source is not None and source.reads_pages


def held_snapshots(kit: Kit, now: datetime) -> tuple[RankingSnapshot, ...]:
    """The kept history of every ranking, newest first within each."""
    return tuple(
        snapshot
        for source in enabled(kit.sources, kit.digest.topics)
        if source.ranking is not None
        for snapshot in kit.store.snapshots(source.id, until=now)
    )


def is_cut_off(kit: Kit) -> bool:
    """No source at all gave its last answer: the network, not a quiet day."""
    asked = enabled(kit.sources, kit.digest.topics)
    return bool(asked) and all(kit.store.fetch_state(one.id).failures for one in asked)
