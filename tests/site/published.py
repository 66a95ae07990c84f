"""A store with three days, a correction, a quiet day, another profile and a week."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from briefing.domain.audience import Profile
from briefing.domain.brief import Brief
from briefing.domain.edition import Edition
from briefing.domain.report import Report
from briefing.pipeline.publish import publish
from briefing.render.json import json_renderer
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW, story
from tests.render.builders import brief, edition, small_brief
from tests.site.sites import DIGEST

FIRST, CORRECTED, QUIET = date(2026, 5, 24), date(2026, 5, 25), date(2026, 5, 26)
OLD_SLUG = "deepseek-v4-flash-tops-openrouter"
NEW_SLUG = "deepseek-v4-flash-leads-openrouter"
NEW_HEADLINE = "DeepSeek-V4-Flash leads OpenRouter with 3.43T tokens"
CORRECTED_AT = datetime(2026, 5, 26, 9, 10, tzinfo=UTC)
PROFILE = "p0123456789"
# The archive reads the data alone; other formats would cost the tests seconds.
RENDERERS = (json_renderer(),)


def dated(day: date, *briefs: Brief, **changes: object) -> Edition:
    """An edition of DIGEST built at six in the morning of that day."""
    built_at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    base = replace(
        edition(),
        digest=DIGEST,
        profile=Profile(),
        edition_date=day,
        built_at=built_at,
        briefs=briefs,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def keep(store: SqliteStore, made: Edition) -> Edition:
    """Freezes it with the files that the archive reads."""
    store.publish_edition(made, publish(made, RENDERERS, _report(made)), now=NOW)
    return made


def _report(made: Edition) -> Report:
    return Report(
        run_id="r",
        edition_id=made.id,
        edition_date=made.edition_date,
        started_at=made.built_at,
        writer="extract",
        sources=(),
        stories=(),
        problems=(),
        documents_new=0,
        documents_in_other_languages=0,
    )


def on_topics(base: Brief, *topics: str) -> Brief:
    """The same brief out of sources that write about these topics."""
    documents = tuple(replace(one, topics=topics) for one in base.story.documents)
    return replace(base, story=story(*documents, id=base.story.id))


def corrected(base: Brief) -> Brief:
    """The same story under a headline that was put right."""
    headline = replace(base.headline, text=NEW_HEADLINE)
    return replace(base, slug=NEW_SLUG, headline=headline)


def fill(store: SqliteStore) -> None:
    """Publishes what the module's first line says."""
    big, small = on_topics(brief(), "ai", "business"), on_topics(small_brief(), "world")
    other = on_topics(
        small_brief("ferry-line-plans-a-third-berth", story=story(id="sferry")), "world"
    )
    keep(store, dated(FIRST, replace(other, story=small.story)))
    keep(store, dated(CORRECTED, big, small))
    keep(
        store,
        dated(CORRECTED, corrected(big), small, revision=2, built_at=CORRECTED_AT),
    )
    keep(store, dated(QUIET))
    keep(store, dated(CORRECTED, big, profile=Profile(id=PROFILE, role="engineer")))
    weekly = replace(DIGEST, id="daily-weekly", title="The Daily, weekly")
    keep(store, dated(CORRECTED, big, digest=weekly))


def many_days(store: SqliteStore, days: int) -> None:
    """As many editions of two briefs, the newest on FIRST."""
    for back in range(days):
        big, small = on_topics(brief(), "ai"), on_topics(small_brief(), "world")
        stories = (story(id=f"s{back}a"), story(id=f"s{back}b"))
        briefs = (
            replace(big, story=replace(big.story, id=stories[0].id)),
            replace(small, story=replace(small.story, id=stories[1].id)),
        )
        keep(store, dated(FIRST - timedelta(days=back), *briefs))


def opened(path: Path) -> SqliteStore:
    """A filled store in that folder, for that test alone."""
    kept = path / "briefing.db"
    kept.touch(mode=0o600)
    kept.write_bytes(_filled())
    return SqliteStore(kept)


@lru_cache(maxsize=1)
def _filled() -> bytes:
    """Six editions take a second to publish, and most tests begin with them."""
    with tempfile.TemporaryDirectory() as folder:
        path = blank(Path(folder) / "filled.db")
        with SqliteStore(path) as store:
            fill(store)
        return path.read_bytes()
