"""Reading what was published, for the site; only frozen editions, never a draft."""

from __future__ import annotations

from collections.abc import Sequence
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
        published_at: when its first revision was built, None if that is not known.
    """

    id: str
    digest_id: str
    profile_id: str
    edition_date: date
    revision: int
    built_at: datetime
    headlines: tuple[str, ...]
    published_at: datetime | None = None


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
        excerpt: of a search: words around the hits, each hit between \x02 and \x03.
    """

    edition: EditionRef
    slug: str
    headline: str
    lead: str
    topics: tuple[str, ...]
    publishers: tuple[tuple[str, str], ...]
    story_id: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """Tells whether a page made earlier is still fresh.

    Attributes:
        changes: how many revisions were published so far.
        changed_at: when the newest of them was built.
    """

    changes: int
    changed_at: datetime


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

    def neighbours(
        self, edition: EditionRef
    ) -> tuple[EditionRef | None, EditionRef | None]:
        """The edition of the day before and of the day after, of the same profile."""
        ...

    def months(self, digest_id: str) -> tuple[tuple[date, int], ...]:
        """(first day of a month, editions in it), newest first."""
        ...

    def edition_ref(self, edition_id: str) -> EditionRef | None:
        """The newest revision."""
        ...

    def revisions(self, edition_id: str) -> tuple[tuple[int, datetime], ...]:
        """(revision, built_at), oldest first."""
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

    def archive_state(self, digest_ids: Sequence[str]) -> ArchiveState:
        """How often and when the archives of these digests last changed; editions of
        other profiles than the default do not count.
        """
        ...
