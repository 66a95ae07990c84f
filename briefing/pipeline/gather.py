"""Reading one source, or the page behind one excerpt; a failure costs only itself."""

from __future__ import annotations

from datetime import datetime

from briefing.domain.document import Document
from briefing.domain.source import FetchState, Harvest, Problem, Source
from briefing.errors import BriefingError, FetchError, ParseError
from briefing.logic.backoff import after_failure
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
    """
    try:
        return ingest(source, state, http, isolate, now)
    except (FetchError, ParseError) as error:
        return Harvest(
            source_id=source.id,
            state=after_failure(state, error, now),
            problems=(problem(source.id, error),),
        )


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
