"""What leaves the house: a Rendition, an edition (or a brief) in one format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of an edition, ready to be written or sent.

    Attributes:
        path: relative to the edition's folder, with forward slashes.
        media_type: as HTTP would name it.
        body: the bytes, identical for identical input.
    """

    path: str
    media_type: str
    body: bytes
