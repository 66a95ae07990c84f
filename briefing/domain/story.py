"""A Story: the cluster of everything said about one event, carrying its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.domain.document import Document
from briefing.domain.ranking import RankingChange, RankingHistory, RankingSnapshot


@dataclass(frozen=True, slots=True)
class Story:
    """Documents and ranking changes of one event; the id stays the same over days.

    Attributes:
        id: of the first document that made the story ("s" + hash); kept tomorrow.
        title: of its most central document.
        documents: oldest first, copies included; RANKING documents hold the text form
            of the snapshots so that every citation is a span of a Document.
        changes: what moved in a ranking that the story is about.
        snapshots: the snapshots that `changes` and the ranking block rest on, newest
            first: the newest, the one before, and of daily figures the same weekday's.
        histories: what was kept of those rankings, the leading items only.
        copies: (copy id, original id) pairs; a copy adds no independent source.
        first_seen_at: when its first document was fetched, aware UTC, or None.
        new_document_ids: documents that no earlier run had in this story.
    """

    id: str
    title: str
    documents: tuple[Document, ...]
    changes: tuple[RankingChange, ...] = ()
    snapshots: tuple[RankingSnapshot, ...] = ()
    histories: tuple[RankingHistory, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    first_seen_at: datetime | None = None
    new_document_ids: tuple[str, ...] = ()

    @property
    def document_ids(self) -> tuple[str, ...]:
        """Ids of the documents, oldest first."""
        return tuple(document.id for document in self.documents)


class Outcome(StrEnum):
    """What became of a story when the day's stories were chosen."""

    CHOSEN = "chosen"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Choice:
    """One story's fate when the day was chosen, with its reason for the report.

    Attributes:
        story: the story that was weighed.
        outcome: chosen or dropped.
        reason: one clause a reader understands ("4 publishers, took first place").
        score: what the order was made by; higher is earlier.
    """

    story: Story
    outcome: Outcome
    reason: str
    score: float
