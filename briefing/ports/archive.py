"""Reading what was published, for the site; only frozen editions, never a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from briefing.domain.delivery import Rendition


@dataclass(frozen=True, slots=True)
class EditionRef:
    """A frozen edition without its bytes.

    Attributes:
        id: of the edition.
        digest_id: of its digest.
        profile_id: "default" for the one that everybody sees.
        edition_date: the calendar day.
        revision: the newest.
        built_at: aware UTC, of that revision.
        headlines: of its briefs, in reading order; empty on a quiet day.
    """

    id: str
    digest_id: str
    profile_id: str
    edition_date: date
    revision: int
    built_at: datetime
    headlines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefRef:
    """A published brief without its text.

    Attributes:
        edition: where it stands.
        slug: its name there.
        headline: as published.
        lead: its first sentence after the headline, "" if none.
        topics: of its sources.
        publishers: (slug, name) of its cited sources.
        story_id: of its story, the same over days.
    """

    edition: EditionRef
    slug: str
    headline: str
    lead: str
    topics: tuple[str, ...]
    publishers: tuple[tuple[str, str], ...]
    story_id: str


class ArchiveStore(Protocol):
    """Frozen editions of one digest's default profile, unless a profile is named."""

    def editions(
        self,
        digest_id: str,
        *,
        profile_id: str = "default",
        before: date | None = None,
        limit: int = 30,
    ) -> tuple[EditionRef, ...]:
        """Newest date first; `before` is exclusive, for paging."""
        ...

    def edition_ref(self, edition_id: str) -> EditionRef | None:
        """The newest revision."""
        ...

    def edition_files(self, edition_id: str, revision: int) -> tuple[Rendition, ...]:
        """Bytes of that revision, () if there is none."""
        ...

    def briefs(
        self,
        digest_id: str,
        *,
        topic: str = "",
        publisher: str = "",
        story_id: str = "",
        query: str = "",
        before: date | None = None,
        limit: int = 30,
    ) -> tuple[BriefRef, ...]:
        """Briefs of newest revisions; newest first, or best first with a `query`, which
        may be any text.
        """
        ...

    def topics(self, digest_id: str) -> tuple[tuple[str, int], ...]:
        """(topic, briefs), most first."""
        ...

    def publishers(self, digest_id: str) -> tuple[tuple[str, str, int], ...]:
        """(slug, name, briefs), by name."""
        ...
