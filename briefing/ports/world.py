"""What gathering needs from the world: the web and workers for hostile bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar, TypeVarTuple

from briefing.domain.document import Document
from briefing.domain.source import FetchState, Harvest, Source

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
