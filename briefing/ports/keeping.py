"""What must survive: the store of a run, and the engine that resumes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from briefing.domain.brief import Brief, Held
from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import FetchState, Harvest
from briefing.domain.story import Story
from briefing.ports.writing import AnswerClaim, ModelAnswer


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one key of `Engine.map` came to.

    Attributes:
        key: the key.
        value: what the step returned: small, JSON-able text; None if it failed.
        error: the BriefingError's message, None if it worked.
        hint: the BriefingError's hint.
        was_done: an earlier, interrupted run had done it already.
    """

    key: str
    value: str | None
    error: str | None = None
    hint: str = ""
    was_done: bool = False


class StepLedger(Protocol):
    """Where an engine keeps what is done."""

    def finished_steps(self, run_id: str, name: str) -> Mapping[str, str]:
        """Key to value of every step of this name that the run has finished."""
        ...

    def save_step(self, run_id: str, name: str, key: str, value: str) -> None:
        """Keeps that a step is done and what it returned."""
        ...


class Engine(Protocol):
    """Spreads a step over keys, resumes after a crash, knows nothing of news."""

    def map(
        self,
        run_id: str,
        name: str,
        step: Callable[[str], str],
        keys: Sequence[str],
        *,
        workers: int = 1,
        on_done: Callable[[StepResult], None] | None = None,
    ) -> tuple[StepResult, ...]:
        """Results in the order of `keys`; a step done before under (run_id, name, key)
        is not done again. BriefingError is recorded; any other exception stops all.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredBrief:
    """What earlier editions told of a story, for rule R5.

    Attributes:
        story_id: whose.
        edition_date: when.
        sentences: every sentence that was printed.
        headline: as printed.
    """

    story_id: str
    edition_date: date
    sentences: tuple[str, ...]
    headline: str


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One run of the pipeline.

    Attributes:
        id: says what it is, so that a killed run is found again.
        edition_id: what it makes.
        started_at: aware UTC.
        finished_at: None while it runs, or if it was killed.
        report: JSON text of its report, None while it runs.
    """

    id: str
    edition_id: str
    started_at: datetime
    finished_at: datetime | None
    report: str | None


class Store(Protocol):
    """Everything that must survive; every method is one transaction."""

    def fetch_state(self, source_id: str) -> FetchState:
        """The remembered state, or a fresh one."""
        ...

    def save_harvest(self, harvest: Harvest) -> tuple[str, ...]:
        """Keeps state, new documents and snapshot; returns ids of documents not held
        before. A document whose URL is already held with the same or fuller text is
        not new.
        """
        ...

    def save_fetch_state(self, state: FetchState) -> None:
        """Keeps the state alone (after a failure)."""
        ...

    def replace_document(self, excerpt_id: str, document: Document) -> None:
        """Keeps the full text and marks the excerpt as replaced by it."""
        ...

    def documents(
        self, *, since: datetime, until: datetime | None = None
    ) -> tuple[Document, ...]:
        """Documents fetched in [since, until], not replaced, oldest first."""
        ...

    def ungrouped_documents(
        self, *, since: datetime, until: datetime
    ) -> tuple[Document, ...]:
        """As `documents`, but only those that belong to no story yet."""
        ...

    def documents_by_id(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """In the order of `ids`; unknown ids are left out."""
        ...

    def documents_by_url(self, urls: Iterable[str]) -> Mapping[str, Document]:
        """The newest complete document for each address that is held."""
        ...

    def search(self, query: str, *, limit: int = 40) -> tuple[Document, ...]:
        """Full-text search, best first; any text is a safe query."""
        ...

    def snapshots(
        self, source_id: str, *, until: datetime, limit: int = 60
    ) -> tuple[RankingSnapshot, ...]:
        """Snapshots with taken_at <= until, newest first."""
        ...

    def stories(self, *, since: datetime) -> tuple[Story, ...]:
        """Stories that had a document since then, with all their documents."""
        ...

    def save_outcome(self, run_id: str, outcome: Brief | Held) -> None:
        """Keeps a checked brief or a held draft of an unfinished run."""
        ...

    def outcome(self, run_id: str, story_id: str) -> Brief | Held | None:
        """What `save_outcome` kept."""
        ...

    def told(self, story_ids: Iterable[str]) -> tuple[StoredBrief, ...]:
        """What published editions said of these stories, oldest first."""
        ...

    def publish_edition(
        self,
        edition: Edition,
        files: Sequence[Rendition],
        *,
        stories: Sequence[Story] = (),
        run_id: str = "",
        report: str = "",
        now: datetime,
    ) -> None:
        """All or nothing: freezes the edition with its bytes, keeps what it told and
        its stories, closes the run. Raises StoreError if that revision is frozen
        already with other bytes.
        """
        ...

    def frozen_files(self, edition_id: str) -> tuple[Rendition, ...]:
        """Bytes of the newest frozen revision, () if there is none."""
        ...

    def claim_answer(
        self, request_hash: str, *, now: datetime
    ) -> ModelAnswer | AnswerClaim:
        """The kept answer; else whether the question is now ours to ask."""
        ...

    def save_answer(self, request_hash: str, answer: ModelAnswer) -> None:
        """Keeps what was paid for."""
        ...

    def release_answer(self, request_hash: str) -> None:
        """Takes the mark away after a failure, so that others may ask."""
        ...

    def start_run(self, run_id: str, edition_id: str, *, now: datetime) -> None:
        """Keeps that a run began; a run that is resumed keeps its first start."""
        ...

    def unfinished_run(self, edition_id: str) -> StoredRun | None:
        """The newest run of that edition that was killed before its end."""
        ...

    def end_run(self, run_id: str, *, now: datetime) -> None:
        """Closes a run that made nothing, so that the next one begins anew."""
        ...

    def last_runs(self, *, limit: int = 10) -> tuple[StoredRun, ...]:
        """Newest first."""
        ...
