"""Where a source is asked that has moved for good, or is gone.

A permanent redirect (301, 308) to the same address on two polls in a row is believed,
a temporary one never; the settings file stays as it is, and another address in it ends
what is remembered. 410 means gone (INGEST.md 1.1, after FreshRSS).
"""

from __future__ import annotations

from dataclasses import replace

from briefing.domain.source import FetchState, Problem, Source
from briefing.errors import BriefingError, FetchError

_GONE = 410


def as_moved(source: Source, state: FetchState) -> Source:
    """The source as it is asked now."""
    if state.address is None or state.configured != source.url:
        return source
    return replace(source, url=state.address)


def after_answer(
    source: Source, before: FetchState, after: FetchState
) -> tuple[FetchState, tuple[Problem, ...]]:
    """The state with what is remembered of moves, and a line when one was believed."""
    known = before.address if before.configured == source.url else None
    target = after.moved_to
    if target is None or target != before.moved_to or not _may_follow(source, target):
        configured = source.url if known else None
        return replace(after, configured=configured, address=known, is_gone=False), ()
    moved = replace(after, configured=source.url, address=target, is_gone=False)
    return moved, (
        Problem(
            stage="gather",
            subject=source.id,
            reason="moved",
            message=f"{source.url} has moved for good; it is asked at {target} now.",
            hint="Write the new address into briefing.toml when it suits you.",
            is_failure=False,
        ),
    )


def _may_follow(source: Source, target: str) -> bool:
    """Never from https down to http, and not where an address is filled in each day."""
    is_downgrade = source.url.startswith("https:") and not target.startswith("https:")
    return not is_downgrade and "{" not in source.url


def after_refusal(
    source: Source, state: FetchState, error: BriefingError
) -> FetchState:
    """The state after a failed poll: a source that the server calls gone stays so."""
    if isinstance(error, FetchError) and error.status == _GONE:
        return replace(state, configured=source.url, address=None, is_gone=True)
    return state


def is_gone(source: Source, state: FetchState) -> bool:
    """Not to be asked until its address is changed."""
    return state.is_gone and state.configured == source.url


def gone(source: Source) -> Problem:
    """The report's line about a source that is not asked any more."""
    return Problem(
        stage="gather",
        subject=source.id,
        reason="gone",
        message=f"{source.url} is gone, the server said; it is not asked any more.",
        hint=f"Change its address, or: briefing sources remove {source.id}",
    )
