"""When a source is asked again: what one poll does to its FetchState."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from briefing.domain.source import FetchState
from briefing.errors import BriefingError, FetchError

FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)
# A daily run must not miss a source because the server called the body fresh for a
# full day and today's run starts a minute earlier than yesterday's.
LONGEST_FRESHNESS = timedelta(hours=20)


def is_due(state: FetchState, now: datetime) -> bool:
    """Whether the source may be asked now."""
    return state.next_poll_at is None or now >= state.next_poll_at


def after_success(
    state: FetchState,
    now: datetime,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
    fresh_s: float | None = None,
    moved_to: str | None = None,
) -> FetchState:
    """The state after an answer (200 or 304): failures forgotten, validators kept.

    A validator or hash that this answer does not give keeps its old value only when
    `body_hash` is empty too (a 304 confirms what we hold; a 200 without an ETag
    withdraws it). `fresh_s` is what the server asked for; 20 hours at most.
    """
    is_confirmation = not body_hash
    kept = state if is_confirmation else replace(state, etag=None, last_modified=None)
    wait = timedelta(seconds=max(0.0, min(fresh_s or 0.0, _DAY_S)))
    next_poll_at = now + min(wait, LONGEST_FRESHNESS) if wait else None
    return FetchState(
        source_id=state.source_id,
        etag=etag or kept.etag,
        last_modified=last_modified or kept.last_modified,
        body_hash=body_hash or state.body_hash,
        next_poll_at=next_poll_at,
        failures=0,
        last_ok_at=now,
        last_error=None,
        moved_to=moved_to,
    )


def after_failure(state: FetchState, error: BriefingError, now: datetime) -> FetchState:
    """The state after a failed poll: 1 hour, then doubled, a day at most.

    A longer wait that the server asked for (Retry-After) is respected, a day at most.
    What is known of the last good answer stays.
    """
    failures = state.failures + 1
    # 2**5 hours is past a day already; a large count must not overflow.
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 5), LONGEST_WAIT)
    asked = error.retry_after_s if isinstance(error, FetchError) else None
    if asked is not None:
        wait = max(wait, timedelta(seconds=max(0.0, min(asked, _DAY_S))))
    return replace(
        state,
        next_poll_at=now + wait,
        failures=failures,
        last_error=error.message,
    )


_DAY_S = LONGEST_WAIT.total_seconds()
