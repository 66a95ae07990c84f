"""Reading one source, or the page behind one excerpt; a failure costs only itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from briefing.domain.document import Document
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.errors import BriefingError, FetchError, ParseError
from briefing.logic import moves
from briefing.logic.backoff import after_failure
from briefing.logic.ranking_diff import unknown_share
from briefing.ports import Http, Ingester, Isolate, PageReader


def poll(
    source: Source,
    state: FetchState,
    ingest: Ingester,
    http: Http,
    isolate: Isolate,
    now: datetime,
) -> Harvest:
    """What the source gives now; a failure is a Harvest with its Problem and the
    state that makes us wait before we ask again.

    A source that has moved for good is asked where it moved to, one that is gone is
    not asked at all (logic/moves.py).
    """
    if moves.is_gone(source, state):
        return Harvest(source.id, state, problems=(moves.gone(source),))
    asked = moves.as_moved(source, state)
    try:
        harvest = ingest(asked, state, http, isolate, now)
    except (FetchError, ParseError) as error:
        failed = after_failure(state, error, now)
        return Harvest(
            source_id=source.id,
            state=moves.after_refusal(source, failed, error),
            problems=(problem(source.id, error),),
        )
    after, told = moves.after_answer(source, state, harvest.state)
    return replace(harvest, state=after, problems=(*harvest.problems, *told))


def read_page(
    excerpt: Document, read: PageReader, http: Http, isolate: Isolate, now: datetime
) -> Document | Problem:
    """The complete document that replaces the excerpt, or why there is none."""
    try:
        return read(excerpt, http, isolate, now)
    except (FetchError, ParseError) as error:
        return problem(excerpt.url or excerpt.id, error)


def problem(subject: str, error: BriefingError) -> Problem:
    """A failure to gather as a line of the report."""
    return Problem(
        stage="gather",
        subject=subject,
        reason=getattr(error, "reason", "failed"),
        message=error.message,
        hint=error.hint,
    )


def enabled(sources: tuple[Source, ...], topics: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of a digest's topics; a source without topics belongs to all."""
    if not topics:
        return sources
    wanted = set(topics)
    return tuple(
        source for source in sources if not source.topics or wanted & set(source.topics)
    )


def vetted(
    source: Source,
    state: FetchState,
    harvest: Harvest,
    held: Sequence[RankingSnapshot],
) -> Harvest:
    """The harvest, without its snapshot when that lists mostly items that `held` never
    did: then the keys have changed, and every item would look new. The last good one
    stays, and the page is read again next time as if it had not been.
    """
    spec, snapshot = source.ranking, harvest.snapshot
    if spec is None or snapshot is None:
        return harvest
    share = unknown_share(held, snapshot)
    if share <= Decimal(str(spec.max_unknown)):
        changed = _new_fields(source, held, snapshot)
        return replace(harvest, problems=(*harvest.problems, *changed))
    problem = Problem(
        stage="gather",
        subject=source.id,
        reason="strange_rows",
        message=f"{share:.0%} of the ranking's items were never on it before; "
        f"what was taken on {held[0].taken_at.date().isoformat()} stays.",
        hint="If items were renamed, use aliases or key_strip; if they change that "
        "fast, raise max_unknown in [sources.ranking].",
    )
    unread = replace(
        harvest.state,
        etag=state.etag,
        last_modified=state.last_modified,
        body_hash=state.body_hash,
    )
    return replace(
        harvest, state=unread, snapshot=None, problems=(*harvest.problems, problem)
    )


def _new_fields(
    source: Source, held: Sequence[RankingSnapshot], snapshot: RankingSnapshot
) -> tuple[Problem, ...]:
    """A warning when rows are served with other fields than before: what is read may
    still be right, but somebody is rebuilding the page.
    """
    before = set(held[0].fields) if held else set()
    now = set(snapshot.fields)
    if not before or not now or before == now:
        return ()
    told = [f"without {name}" for name in sorted(before - now)]
    told += [f"with {name}" for name in sorted(now - before)]
    return (
        Problem(
            stage="gather",
            subject=source.id,
            reason="new_fields",
            message=f"The ranking's rows are served {', '.join(told[:8])} now.",
            hint="Look whether [sources.ranking] still says what the page means.",
            is_failure=False,
        ),
    )
