"""Whether a ranking still moves: its newest as-of against its own cadence."""

from __future__ import annotations

from datetime import datetime

from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import Problem, Source

# One missed publication is a holiday; two are a page that stands still (INGEST 5.1).
_CADENCES = 2


def stale_since(
    source: Source, newest: RankingSnapshot | None, now: datetime
) -> datetime | None:
    """The moment from which `newest` is older than twice the source's cadence; None
    while it is not, or when there is none.
    """
    if newest is None:
        return None
    since = newest.taken_at + source.cadence * _CADENCES
    return since if now > since else None


def staleness(
    source: Source, newest: RankingSnapshot | None, now: datetime
) -> tuple[Problem, ...]:
    """A warning for the run's report when the ranking stands still."""
    since = stale_since(source, newest, now)
    if since is None or newest is None:
        return ()
    return (
        Problem(
            stage="gather",
            subject=source.id,
            reason="stale",
            message=f"The ranking is as of {newest.taken_at.date().isoformat()}, stale "
            f"since {since.date().isoformat()}.",
            hint="Look whether the page still moves; raise the source's cadence if so.",
            is_failure=False,
        ),
    )
