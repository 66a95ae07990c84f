"""The seams: what the order of work needs from the world, as Protocols without code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar, TypeVarTuple

from briefing.domain.brief import Brief, Draft, Held
from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.domain.ranking import RankingSnapshot
from briefing.domain.source import FetchState, Harvest, Source
from briefing.domain.story import Story

Args = TypeVarTuple("Args")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that arrived within all limits; the body is decoded and capped.

    Attributes:
        url: the address that answered, after redirects.
        status: 200, or 304 when nothing changed.
        body: decompressed bytes; b"" for a 304.
        media_type: lower case, without parameters; "" if absent.
        charset: as declared in the header, or None.
        etag: exactly as served, or None.
        last_modified: exactly as served, or None.
        fresh_s: seconds that the server wants us to wait before asking again, or None.
        moved_to: target of a permanent redirect (301, 308), or None.
        body_hash: sha256 hex of the body; "" for a 304.
    """

    url: str
    status: int
    body: bytes
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_s: float | None = None
    moved_to: str | None = None
    body_hash: str = ""


class Http(Protocol):
    """The one polite client; raises FetchError (and RefusedError) and nothing else."""

    def get(
        self,
        url: str,
        *,
        state: FetchState | None = None,
        obeys_robots: bool = True,
        max_bytes: int = 10_000_000,
    ) -> Response:
        """The body of `url`; with `state`, asked conditionally (may answer 304).

        `obeys_robots=False` is for addresses that the user configured as a feed.
        """
        ...


class Isolate(Protocol):
    """Runs a pure function on hostile bytes in a worker process with limits."""

    def run(
        self, function: Callable[[*Args], Result], *args: *Args, limit_s: float = 5.0
    ) -> Result:
        """What `function(*args)` returns; it is importable by name, and so are its
        arguments and its result. Raises ParseError when time or memory ran out or the
        worker died; a BriefingError raised inside comes out as it is.
        """
        ...


class Ingester(Protocol):
    """One module of ingest/ a kind; the function is named `ingest`."""

    def __call__(
        self,
        source: Source,
        state: FetchState,
        http: Http,
        isolate: Isolate,
        now: datetime,
    ) -> Harvest:
        """What the source gives now. Raises FetchError or ParseError."""
        ...


class PageReader(Protocol):
    """Fetches and extracts the page behind a feed's excerpt."""

    def __call__(
        self, excerpt: Document, http: Http, isolate: Isolate, now: datetime
    ) -> Document:
        """The complete Document that replaces `excerpt`; what the feed said (title,
        date, author) is kept where the page is silent. Raises FetchError, ParseError.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to a model; its whole content is hashed for the answer ledger.

    Attributes:
        system: instructions.
        user: the task, with fetched text between marks.
        schema: JSON schema of the wanted answer, as JSON text; "" for free text.
        max_tokens: of the answer.
        temperature: 0 for the steadiest answer.
    """

    system: str
    user: str
    schema: str = ""
    max_tokens: int = 2000
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the model said.

    Attributes:
        text: raw answer.
        model: as the server names itself.
        tokens_in: as counted by the server, 0 if it does not say.
        tokens_out: same.
        seconds: waited.
        cost_usd: None when no price is configured.
        is_cached: answered from the ledger, nothing was paid.
    """

    text: str
    model: str
    tokens_in: int
    tokens_out: int
    seconds: float
    cost_usd: Decimal | None = None
    is_cached: bool = False


class AnswerClaim(StrEnum):
    """Whose a question without an answer is; claimed before the call, so that two
    processes do not pay twice.
    """

    OURS = "ours"
    BUSY = "busy"


class Llm(Protocol):
    """A model behind an endpoint; raises ModelError and nothing else."""

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        ...

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The answer; retried inside for 429 and 5xx, never for a bad key."""
        ...


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


class Renderer(Protocol):
    """An edition in one format; changes no word."""

    def __call__(self, edition: Edition) -> tuple[Rendition, ...]:
        """Files relative to the edition's folder, in a fixed order."""
        ...


class Writer(Protocol):
    """Writes a story up; the one without a model and the one with it are alike."""

    def __call__(self, story: Story, edition_date: date) -> Draft:
        """Unchecked words with citations."""
        ...
