"""The `ranking` kind: a leaderboard served as data, as a table or inside of a page.

Config: `kind = "ranking"`, `url`, and `[sources.ranking]` as RankingSpec in
domain/source.py describes it; docs/rankings.md has a case for each form.
Yields: one RankingSnapshot with the page's own as-of; nothing when it is unchanged.
Raises: FetchError; ParseError (reason "bad_json", "no_rows", "bad_rows", "bad_as_of",
"too_complex") when the shape has moved: what cannot be read is a failure, never a
short list.
Source: jmespath.org/specification (2026-11).
robots.txt is asked for pages, not for JSON and CSV: interfaces for programs.
"""

from __future__ import annotations

from datetime import datetime

from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import (
    FetchState,
    Harvest,
    Problem,
    RankingFormat,
    RankingSpec,
    Source,
)
from briefing.errors import SettingsError
from briefing.ingest.ranking_parsing import ParsedRanking, parse_ranking
from briefing.logic.backoff import after_success
from briefing.ports import Http, Isolate

MAX_BYTES = 2_000_000  # INGEST 1.1; 607 rows of the richest feed are 0.4 MB
LIMIT_S = 5.0
# Made for programs; pages are asked by the rules for robots.
_INTERFACES = frozenset({RankingFormat.JSON, RankingFormat.CSV})


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """What the ranking says now, as one snapshot."""
    spec = _spec(source)
    response = http.get(
        source.url,
        state=state,
        obeys_robots=spec.format not in _INTERFACES,
        max_bytes=MAX_BYTES,
    )
    new_state = after_success(
        state,
        now,
        etag=response.etag,
        last_modified=response.last_modified,
        body_hash=response.body_hash,
        fresh_s=response.fresh_s,
        moved_to=response.moved_to,
    )
    if response.status == 304 or response.body_hash == state.body_hash:
        return Harvest(source.id, new_state, is_unchanged=True)
    parsed = isolate.run(parse_ranking, response.body, spec, now, limit_s=LIMIT_S)
    snapshot = _snapshot(source, spec, parsed, response.url, now)
    return Harvest(
        source.id,
        new_state,
        snapshot=snapshot,
        problems=_stale(source, snapshot, now),
    )


def from_file(
    body: bytes, source: Source, isolate: Isolate, now: datetime
) -> tuple[RankingSnapshot, tuple[Problem, ...]]:
    """The snapshot that `body` holds, as if the source had served it, and what `ingest`
    would note of it. Raises ParseError.
    """
    spec = _spec(source)
    parsed = isolate.run(parse_ranking, body, spec, now, limit_s=LIMIT_S)
    snapshot = _snapshot(source, spec, parsed, source.url, now)
    return snapshot, _stale(source, snapshot, now)


def _spec(source: Source) -> RankingSpec:
    if source.ranking is None:
        raise SettingsError(
            f"source {source.id!r} is a ranking without [sources.ranking]",
            hint="Add rows, key, label, value, metric and unit to it.",
        )
    return source.ranking


def _snapshot(
    source: Source, spec: RankingSpec, parsed: ParsedRanking, url: str, now: datetime
) -> RankingSnapshot:
    taken_at = parsed.as_of or now
    return RankingSnapshot(
        source_id=source.id,
        title=source.title,
        publisher=source.publisher,
        url=url,
        taken_at=taken_at,
        fetched_at=now,
        metric=spec.metric,
        unit=spec.unit,
        window=parsed.window,
        rows=parsed.rows,
        total=parsed.total,
        attribution=spec.attribution.replace("{as_of}", taken_at.date().isoformat()),
        caveats=spec.caveats,
        as_of_is_ours=parsed.as_of is None,
    )


def _stale(
    source: Source, snapshot: RankingSnapshot, now: datetime
) -> tuple[Problem, ...]:
    """A warning when the page has stood still for more than twice its cadence."""
    if now - snapshot.taken_at <= source.cadence * 2:
        return ()
    return (
        Problem(
            stage="gather",
            subject=source.id,
            reason="stale",
            message=f"The ranking is as of {snapshot.taken_at.date().isoformat()}.",
            hint="Look whether the page still moves; raise the source's cadence if so.",
            is_failure=False,
        ),
    )
