"""The `ranking` kind: a leaderboard served as data, as a table or inside of a page.

Config: `kind = "ranking"`, `url`, and `[sources.ranking]` as RankingSpec in
domain/source.py describes it; docs/rankings.md has a case for each form.
Yields: one RankingSnapshot with the page's own as-of; nothing when it is unchanged.
Raises: FetchError; ParseError (reason "bad_json", "no_rows", "bad_rows", "bad_as_of",
"too_complex") when the shape has moved: what cannot be read is a failure, never a
short list. With `fallback` only when none of those can be read either.
Source: jmespath.org/specification (2026-11).
robots.txt is asked for pages, not for JSON and CSV: interfaces for programs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from briefing.domain.ranking import RankingRow, RankingSnapshot
from briefing.domain.source import FetchState, Harvest, Problem, RankingSpec, Source
from briefing.errors import BriefingError, FetchError, ParseError, SettingsError
from briefing.ingest.ranking_addresses import of_days
from briefing.ingest.ranking_asking import LIMIT_S, Fetched, fetch, names_for
from briefing.ingest.ranking_documents import Served
from briefing.ingest.ranking_joining import joined
from briefing.ingest.ranking_parsing import ParsedRanking, parse_ranking
from briefing.logic.backoff import after_success
from briefing.logic.ranking_text import day_text
from briefing.logic.staleness import staleness
from briefing.ports import Http, Isolate

_MOST_NAMED = 12


def ingest(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    """What the ranking says now, as one snapshot; or what a fallback of it says."""
    try:
        return _read(source, state, http, isolate, now)
    except (FetchError, ParseError) as error:
        for other in source.fallback:
            try:
                read = _read(other, FetchState(other.id), http, isolate, now)
            except (FetchError, ParseError):
                continue
            return _instead(source, state, other, read, error, now)
        raise


def from_file(
    body: bytes, source: Source, isolate: Isolate, now: datetime
) -> tuple[RankingSnapshot, tuple[Problem, ...]]:
    """The snapshot that `body` holds, as if the source had served it, and what `ingest`
    would note of it. A file has nothing beside it: rows keep their own labels. Raises
    ParseError.
    """
    spec = _spec(source)
    served = Served(body)
    parsed = isolate.run(parse_ranking, served, spec, now, limit_s=LIMIT_S)
    url = source.url
    if parsed.window:
        url = of_days(url, parsed.window.end, spec.days)[0]
    snapshot = _snapshot(source, spec, parsed, url, now)
    return snapshot, staleness(source, snapshot, now)


def _read(
    source: Source, state: FetchState, http: Http, isolate: Isolate, now: datetime
) -> Harvest:
    spec = _spec(source)
    fetched = fetch(source, spec, state, http, isolate, now)
    response = fetched.response
    new_state = after_success(
        state,
        now,
        etag=response.etag,
        last_modified=response.last_modified,
        body_hash=response.body_hash,
        fresh_s=response.fresh_s,
        moved_to=response.moved_to,
    )
    if fetched.served is None:
        return Harvest(source.id, new_state, is_unchanged=True)
    parsed = isolate.run(parse_ranking, fetched.served, spec, now, limit_s=LIMIT_S)
    rows, problems = _named(source, spec, parsed.rows, http, isolate)
    parsed = replace(parsed, rows=rows)
    if problems or fetched.missing:
        # Equal bytes must be read again: what failed beside them may work by then.
        new_state = replace(new_state, etag=None, last_modified=None, body_hash=None)
    snapshot = _snapshot(source, spec, parsed, response.url, now)
    return Harvest(
        source.id,
        new_state,
        snapshot=snapshot,
        problems=(
            *problems,
            *_missing(source, fetched),
            *staleness(source, snapshot, now),
        ),
    )


def _instead(
    source: Source,
    state: FetchState,
    other: Source,
    read: Harvest,
    error: BriefingError,
    now: datetime,
) -> Harvest:
    """What another source said in the place of this one, and that it did."""
    problem = Problem(
        stage="gather",
        subject=source.id,
        reason="fallback",
        message=f"{other.id} answered, because it could not be read: {error.message}",
        hint=error.hint,
        is_failure=False,
    )
    snapshot = read.snapshot
    if snapshot is not None:
        note = f"Read from {other.publisher} ({other.id}), not from the usual page."
        snapshot = replace(
            snapshot,
            source_id=source.id,
            title=source.title,
            caveats=(*snapshot.caveats, note),
        )
    # What is known of the last good answer stays; it is asked first again next time.
    new_state = replace(
        after_success(state, now), last_ok_at=state.last_ok_at, last_error=error.message
    )
    problems = tuple(replace(one, subject=source.id) for one in read.problems)
    return Harvest(
        source.id, new_state, snapshot=snapshot, problems=(problem, *problems)
    )


def _spec(source: Source) -> RankingSpec:
    if source.ranking is None:
        raise SettingsError(
            f"source {source.id!r} is a ranking without [sources.ranking]",
            hint="Add rows, key, label, value, metric and unit to it.",
        )
    return source.ranking


def _named(
    source: Source,
    spec: RankingSpec,
    rows: tuple[RankingRow, ...],
    http: Http,
    isolate: Isolate,
) -> tuple[tuple[RankingRow, ...], tuple[Problem, ...]]:
    """The rows with what the joined document says; without it as they are, if they have
    labels of their own. Raises FetchError, ParseError if they have none.
    """
    if spec.join is None:
        return rows, ()
    try:
        names = names_for(rows, spec, spec.join, http, isolate)
    except (FetchError, ParseError) as error:
        if not spec.label:
            raise
        problem = Problem(
            stage="gather",
            subject=source.id,
            reason="join",
            message=f"The rows keep their own labels: {error.message}",
            hint=error.hint,
            is_failure=False,
        )
        return rows, (problem,)
    named = {key for key, one in names.items() if one.label or spec.join.label is None}
    unnamed = [row.key for row in rows if row.key not in named]
    has_most = len(unnamed) * 2 <= len(rows)
    if not has_most and not spec.label:
        raise ParseError(
            f"{len(unnamed)} of {len(rows)} rows have no name, {unnamed[0]!r} first",
            hint="Compare `on` with the joined document, or give rows a label.",
            reason="no_names",
        )
    if not unnamed or (has_most and spec.label):
        return joined(rows, names), ()
    problem = Problem(
        stage="gather",
        subject=source.id,
        reason="join",
        message=f"{len(unnamed)} of {len(rows)} rows are not in the joined document.",
        hint="Compare `key` and `on`: their values must be equal.",
        is_failure=False,
    )
    return joined(rows, names), (problem,)


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
        attribution=spec.attribution.replace("{as_of}", day_text(taken_at.date())),
        caveats=(*spec.caveats, *_lower_bounds(parsed)),
        as_of_is_ours=parsed.as_of is None,
        fields=parsed.fields,
    )


def _lower_bounds(parsed: ParsedRanking) -> tuple[str, ...]:
    if not parsed.at_least:
        return ()
    labels = {row.key: row.label for row in parsed.rows}
    named = ", ".join(labels[key] for key in parsed.at_least[:_MOST_NAMED])
    more = len(parsed.at_least) - _MOST_NAMED
    others = f" and {more} more" if more > 0 else ""
    return (f"Lower bounds, not listed on every day: {named}{others}.",)


def _missing(source: Source, fetched: Fetched) -> tuple[Problem, ...]:
    if not fetched.missing:
        return ()
    return (
        Problem(
            stage="gather",
            subject=source.id,
            reason="items_missing",
            message=f"{len(fetched.missing)} items could not be fetched: "
            f"{', '.join(fetched.missing[:3])}",
            hint="Their places stay free; look again on the next run.",
            is_failure=False,
        ),
    )
