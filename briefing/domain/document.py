"""What a publisher said: a Document, its Kind, and Span, a place in its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """Who is speaking: the subject itself, somebody about it, or a ranking page."""

    PRIMARY = "primary"
    REPORT = "report"
    RANKING = "ranking"


class Access(StrEnum):
    """Whether the text may be read in full without paying."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters: text[start:end].

    Attributes:
        start: offset of the first character, >= 0.
        end: offset after the last character, > start.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a publisher said at `fetched_at`; a changed text is a new Document.

    Attributes:
        id: what it is: `document_id(url, text)`, or as given by the user.
        text: cleaned plain text, paragraphs separated by a blank line.
        title: cleaned title, "" if unknown.
        url: canonical address, None for text that was handed in without one.
        publisher: who speaks, "" if unknown.
        family: publisher family; documents of one family count as one source.
        published_at: aware UTC, None if not stated or absurd (1970, year 9999, future).
        fetched_at: aware UTC, when we read it; None for text handed in.
        language: ISO 639-1, None if unknown.
        source_id: the Source it came from, None for text handed in.
        author: as printed, or None.
        kind: primary, report or ranking.
        access: free, paid or unknown.
        is_complete: False for a feed's excerpt whose page has not been read.
        topics: topics of its source.
        weight: weight of its source.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    publisher: str = ""
    family: str = ""
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    language: str | None = None
    source_id: str | None = None
    author: str | None = None
    kind: DocumentKind = DocumentKind.REPORT
    access: Access = Access.UNKNOWN
    is_complete: bool = True
    topics: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def text_hash(self) -> str:
        """sha256 of the text in hex; kept with each citation."""
        return text_hash(self.text)

    @property
    def house(self) -> str:
        """Family, else publisher, else id: what independence is counted by."""
        return self.family or self.publisher or self.id


def text_hash(text: str) -> str:
    """sha256 of the UTF-8 bytes, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def document_id(url: str | None, text: str) -> str:
    """An id that says what it is: the same address and text give the same id."""
    seed = f"{url or ''}\0{text}".encode()
    return "d" + hashlib.blake2b(seed, digest_size=8).hexdigest()
