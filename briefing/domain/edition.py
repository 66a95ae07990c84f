"""The day's issue of a digest: an Edition, and what was looked at to make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.domain.audience import Digest, Profile
from briefing.domain.brief import Brief


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What was read and weighed for an edition, so that a quiet day can say so.

    Attributes:
        sources: asked today.
        sources_failed: of these, without a usable answer.
        documents: read today.
        stories: grouped and weighed today.
        held: briefs that the checker stopped.
    """

    sources: int
    sources_failed: int
    documents: int
    stories: int
    held: int


@dataclass(frozen=True, slots=True)
class Edition:
    """Dated, ordered Briefs of one Digest for one Profile; frozen once published.

    Attributes:
        digest: the product it is an instance of.
        profile: the reader it was chosen for.
        edition_date: the reader's calendar day.
        built_at: aware UTC.
        briefs: in reading order; empty on a quiet day.
        looked_at: counts for the line at the foot, and for a quiet day.
        note: the editor's note as cleaned HTML, "" if none.
        revision: 1, and one more for each correction.
    """

    digest: Digest
    profile: Profile
    edition_date: date
    built_at: datetime
    briefs: tuple[Brief, ...]
    looked_at: LookedAt
    note: str = ""
    revision: int = 1

    @property
    def id(self) -> str:
        """Says what it is: digest, profile and date; corrections share it."""
        return edition_id(self.digest.id, self.profile.id, self.edition_date)


def edition_id(digest_id: str, profile_id: str, edition_date: date) -> str:
    """The id of the edition of that digest, profile and date."""
    return f"{digest_id}-{profile_id}-{edition_date.isoformat()}"
