"""Who it is for: a Digest (the product) and a Profile (the reader)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A reader; changes choice and order of stories, never the facts.

    Attributes:
        id: slug, "default" for everybody.
        role: "product manager", or "".
        industry: "fintech", or "".
        interests: words or names that raise a story.
    """

    id: str = "default"
    role: str = ""
    industry: str = ""
    interests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """The subscribed product; an Edition is its dated instance.

    Attributes:
        id: slug.
        title: as printed on top.
        language: ISO 639-1 that it is written in.
        timezone: IANA name; decides the calendar day of an edition.
        topics: stories of other topics are left out; empty means all.
        reading_time_s: budget for one edition, in seconds at 230 words a minute.
        max_briefs: at most this many briefs an edition.
    """

    id: str
    title: str
    language: str = "en"
    timezone: str = "UTC"
    topics: tuple[str, ...] = ()
    reading_time_s: int = 900
    max_briefs: int = 8
