"""Posts to chats: one request, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from briefing.ports.delivery import Broken, Refused, Sent


@dataclass(frozen=True, slots=True)
class Answered:
    """A server's answer to a request that carried a body.

    Attributes:
        status: of HTTP; a redirect is not followed.
        text: start of the body, one line, at most 200 characters.
        retry_after_s: seconds the server asked us to wait, a day at most; None if it
            did not say.
        date: its Date header, "" without one.
    """

    status: int
    text: str = ""
    retry_after_s: float | None = None
    date: str = ""


class PostHttp(Protocol):
    """The way out for what we post; neither answer nor error holds the address."""

    def post(self, url: str, body: bytes, *, media_type: str) -> Answered | Broken:
        """One request, never repeated here."""
        ...


class Poster(Protocol):
    """A chat that gets each edition once."""

    @property
    def name(self) -> str:
        """Of the webhook; the channel of its rows in the ledger."""
        ...

    @property
    def kind(self) -> str:
        """Which form its posts have."""
        ...

    def post(self, body: bytes) -> Sent | Refused | Broken:
        """One post."""
        ...
