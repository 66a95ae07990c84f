"""What the section writers share: candidates, ledger, how claims are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from briefing.domain.brief import Item
from briefing.domain.claim import Citation, Claim, ClaimKind, Conflict, Status
from briefing.domain.story import Story
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.introduced import is_introduced
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.roles import is_quoted
from briefing.logic.extractive.trims import shorten, without_told, without_told_tail
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.verification.entry import verify
from briefing.logic.verification.search import EvidenceIndex

# Chosen: a document that gave a sentence of 20 words is worth a fifth less.
_TURN = 0.8
# Chosen: what one more figure is worth, so that the brief holds the salient numbers.
_FIGURE = 0.15
# Chosen: what is left of a sentence's worth for each figure that was told before.
_AGAIN = 0.7


@dataclass(slots=True)
class Page:
    """A brief while it is written; sections are written in printing order.

    Attributes:
        story: what it is about.
        pool: printable sentences, best first.
        conflicts: found in the sources.
        title: the headline.
        several: stems of what the sources speak of in the plural.
        evidence: the documents, read once for checking; None checks nothing.
        ledger: what is printed already.
        used: sentences that are printed, by place.
        reserved: sentences kept back for Key numbers, by place.
    """

    story: Story
    pool: tuple[Candidate, ...]
    conflicts: tuple[Conflict, ...]
    title: str = ""
    several: frozenset[str] = frozenset()
    evidence: EvidenceIndex | None = None
    ledger: Ledger = field(default_factory=Ledger)
    used: set[tuple[str, int]] = field(default_factory=set)
    reserved: set[tuple[str, int]] = field(default_factory=set)

    def free(self) -> list[Candidate]:
        """Sentences that are neither printed nor kept back; sources take turns."""
        taken = self.used | self.reserved
        left = [one for one in self.pool if place(one) not in taken]
        return sorted(left, key=lambda one: -self.worth(one))

    def worth(self, one: Candidate) -> float:
        """Importance, less the more its document has said already, and less for each
        figure that would be told a second time.
        """
        said = sum(self.ledger.has_said(figure) for figure in one.quantities)
        unsaid = len(one.quantities) - said
        turn: float = _TURN ** (self.ledger.heard(one.document.id) / 20)
        again: float = _AGAIN**said
        return one.score * turn * again * (1 + _FIGURE * min(unsaid, 3))

    def _is_introduced(self, text: str) -> bool:
        """A bare "the fund", "in the trial" was spoken of before."""
        return is_introduced(
            text, self.ledger.stems, title=self.title, many=self.several
        )

    def say(self, made: Claim, *, is_summary: bool = False) -> Claim | None:
        """A sentence of our own, printed when it may join the brief."""
        if not self.ledger.admits(made.text, (), is_summary=is_summary, is_ours=True):
            return None
        if not self.holds(made):
            return None
        self.ledger.add(made.text, (), is_summary=is_summary)
        return made

    def take(
        self,
        one: Candidate,
        limit: int,
        *,
        is_summary: bool = False,
        checks: Callable[[str], bool] = bool,
    ) -> Claim | None:
        """`one` printed in at most `limit` words, None if it cannot join the brief.

        `checks` must still hold for the shortened text.
        """
        fresh = without_told(one.text, self.ledger.has_told)
        text = shorten(without_told_tail(fresh, self._knows), limit)
        if text is None or not checks(text) or not self._is_introduced(text):
            return None
        if not is_quoted(text):
            text = self.ledger.harmonise(text)
        if not self.ledger.admits(text, one.citations, is_summary=is_summary):
            return None
        made = claim(text, one.citations)
        if not self.holds(made):
            return None
        self.ledger.add(text, one.citations, is_summary=is_summary)
        self.used.add(place(one))
        return made

    def _knows(self, clause: str) -> bool:
        """Every figure of the clause was told, and it has one."""
        figures = [one for one in read(clause).quantities if not is_minor(one)]
        return bool(figures) and all(map(self.ledger.has_said, figures))

    def holds(self, made: Claim) -> bool:
        """The checker will find the sentence in its citations."""
        if self.evidence is None:
            return True
        return verify(made, self.evidence).status is Status.SUPPORTED


def place(one: Candidate) -> tuple[str, int]:
    """Where the sentence stands: document and number."""
    return one.document.id, one.source.number


def claim(text: str, citations: Sequence[Citation]) -> Claim:
    """A reported or quoted sentence."""
    kind = ClaimKind.QUOTED if is_quoted(text) else ClaimKind.REPORTED
    return Claim(text=text, kind=kind, citations=tuple(citations))


def items(claims: Iterable[Claim]) -> tuple[Item, ...]:
    """One item a claim."""
    return tuple(Item(claims=(one,)) for one in claims)


_LONG_QUOTE = re.compile(r"[“\"][^“”\"]{60,}[”\"]")


def is_speech(text: str) -> bool:
    """Mostly somebody's words: good colour, a bad event."""
    return bool(_LONG_QUOTE.search(text))
