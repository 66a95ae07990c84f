"""A sentence in parts, so that a format can mark the first use of a term in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.render.view import SourceLine


@dataclass(frozen=True, slots=True)
class Explanation:
    """A term of a brief and what it is.

    Attributes:
        id: anchor of its entry under Terms, unique in its brief.
        use_id: anchor of its first use, "" where only a row of figures has it.
        name: of the term.
        meaning: a phrase that completes "is".
        sources: that say so, by number; () for an entry of the glossary.
        note_id: anchor of the evidence note, "" without sources.
        sentence_id: anchor that the note leads back to, "" without sources.
    """

    id: str
    use_id: str
    name: str
    meaning: str
    sources: tuple[SourceLine, ...] = ()
    note_id: str = ""
    sentence_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence; all parts together are its text, character by character.

    Attributes:
        text: as checked.
        term: what is used here for the first time, else None.
    """

    text: str
    term: Explanation | None = None
