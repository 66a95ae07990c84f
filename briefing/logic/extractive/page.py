"""What the section writers share: candidates, ledger, how claims are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.domain.brief import Item
from briefing.domain.claim import Citation, Claim, ClaimKind, Conflict, Status
from briefing.domain.ranking import Window
from briefing.domain.story import Story
from briefing.logic.extractive.candidates import Candidate, cite
from briefing.logic.extractive.full_names import in_full
from briefing.logic.extractive.introduced import is_introduced, is_strange
from briefing.logic.extractive.ledger import Ledger
from briefing.logic.extractive.reading import told
from briefing.logic.extractive.roles import is_quoted, tells_places_only
from briefing.logic.extractive.scoring import stems
from briefing.logic.extractive.trims import (
    shorten,
    without_told,
    without_told_days,
    without_told_tail,
)
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.verification.entry import verify
from briefing.logic.verification.search import EvidenceIndex

# Chosen: a document that gave a sentence of 20 words is worth a fifth less.
_TURN = 0.8
# Chosen: what one more figure is worth, so that the brief holds the salient numbers.
_FIGURE = 0.15
# Chosen: the same of one more name, which says who and where.
_NAME = 0.12
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
        listed: what the ranking under the headline lists; () without one.
        windows: days that the section in writing measures; it names them once.
        checked: whether a sentence holds, once asked; the drafts of a story share it.
        ranked: the pool by worth, and how many sentences were printed at that time.
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
    listed: tuple[str, ...] = ()
    windows: set[Window] = field(default_factory=set)
    checked: dict[Claim, bool] = field(default_factory=dict)
    ranked: tuple[int, tuple[Candidate, ...]] = (-1, ())

    def free(self) -> list[Candidate]:
        """Sentences that are neither printed nor kept back; sources take turns."""
        taken = self.used | self.reserved
        return [one for one in self._by_worth() if place(one) not in taken]

    def _by_worth(self) -> tuple[Candidate, ...]:
        """The pool, best first, weighed anew after each sentence that was printed."""
        printed, ranked = self.ranked
        if printed != self.ledger.printed:
            ranked = tuple(sorted(self.pool, key=lambda one: -self.worth(one)))
            self.ranked = (self.ledger.printed, ranked)
        return ranked

    def worth(self, one: Candidate) -> float:
        """Importance, less the more its document has said already and for each figure
        that would be told a second time, more for each new figure and name.
        """
        said = sum(self.ledger.has_said(figure) for figure in one.quantities)
        unsaid = len(one.quantities) - said
        turn: float = _TURN ** (self.ledger.heard(one.document.id) / 20)
        again: float = _AGAIN**said
        named = sum(not self.ledger.has_named(name) for name in one.names)
        new = 1 + _FIGURE * min(unsaid, 3) + _NAME * min(named, 3)
        return one.score * turn * again * new

    def _is_introduced(self, text: str) -> bool:
        """A bare "the fund", "in the trial" was spoken of before."""
        known = self.ledger.stems
        return is_introduced(
            text, known, title=self.title, many=self.several
        ) and not is_strange(text, known, title=self.title)

    def _is_listed(self, text: str) -> bool:
        """Nothing but places that the ranking shows: "A leads, and B is second"."""
        return bool(self.listed) and tells_places_only(text, self.listed)

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
        if self.takes_a_side(one):
            return None
        for wording in self._wordings(one):
            citations = wording.citations
            fresh = without_told(wording.text, self.ledger.has_told)
            fresh = without_told_days(fresh, self.windows)
            text = shorten(without_told_tail(fresh, self._knows), limit)
            if text is None or not checks(text) or not self._is_introduced(text):
                continue
            if self._is_listed(text):
                continue
            if not is_quoted(text):
                text = self.ledger.harmonise(text)
            if not self.ledger.admits(text, citations, is_summary=is_summary):
                continue
            made = claim(text, citations)
            if not self.holds(made):
                continue
            self.ledger.add(text, citations, is_summary=is_summary)
            self.used.add(place(one))
            return made
        return None

    def _wordings(self, one: Candidate) -> Iterator[Candidate]:
        """With the whole name of an office that nobody has met yet, then as it is."""
        full = self.in_full(one)
        if full is not one:
            yield full
        yield one

    def in_full(self, one: Candidate) -> Candidate:
        """`one` with the whole name of an office that the reader has not met; itself
        where it names none, or the name is not certain.
        """
        number = one.source.number
        earlier = [other for other in told(one.document) if other.number < number]
        known = self.ledger.stems | set(stems(self.title))
        full = in_full(one.text, earlier, known)
        if full is None:
            return one
        named = cite(one.document, full.antecedent.span)
        places = tuple(dict.fromkeys((*one.citations, named)))
        return replace(one, text=full.text, citations=places)

    def takes_a_side(self, one: Candidate) -> bool:
        """States of a disputed figure what fewer publishers state than another value:
        that has its own section.
        """
        for conflict in self.conflicts:
            most = max(len(_documents(places)) for _, places in conflict.sides)
            for _, places in conflict.sides:
                if len(_documents(places)) < most and one.citations[0] in places:
                    return True
        return False

    def _knows(self, clause: str) -> bool:
        """Every figure of the clause was told, and it has one."""
        figures = [one for one in read(clause).quantities if not is_minor(one)]
        return bool(figures) and all(map(self.ledger.has_said, figures))

    def holds(self, made: Claim) -> bool:
        """The checker will find the sentence in its citations."""
        if self.evidence is None:
            return True
        if made not in self.checked:
            verdict = verify(made, self.evidence)
            self.checked[made] = verdict.status is Status.SUPPORTED
        return self.checked[made]


def _documents(places: Iterable[Citation]) -> set[str]:
    return {place.document_id for place in places}


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
