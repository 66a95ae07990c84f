"""The text under judgment: a Page, its Lines, and how a rule says what it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from briefing.domain.brief import Action, Level, Section, SectionSpec, Shape, Violation
from briefing.domain.claim import Claim, ClaimKind, Conflict
from briefing.domain.document import Document
from briefing.domain.ranking import RankingChange, RankingHistory, RankingSnapshot

HEADLINE = "headline"
# Sections that BRIEF.md treats apart; every other decision goes by shape.
SUMMARY = "in_one_line"
LEAD = "what_happened"
# BRIEF.md section 3: fewer claims of What happened are no story.
FEWEST_CLAIMS = 2
DISAGREEMENTS = "where_sources_disagree"
# What explains terms is no section, and is judged as if it were one.
TERMS = "terms"
# Space and repeats are taken from here first, the lead last.
SACRIFICE = (
    "quick_answers",
    "what_happens_next",
    "why_it_matters",
    DISAGREEMENTS,
    LEAD,
    SUMMARY,
)
PROSE = frozenset({Shape.PROSE, Shape.BULLETS, Shape.ANSWERS})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a page and where it stands.

    Attributes:
        section: name of its section, "headline" for the headline.
        shape: of the section; PROSE for the headline.
        item: index in the section, None for the headline.
        index: of the claim in its item, None for the headline.
        claim: the sentence.
    """

    section: str
    shape: Shape
    item: int | None
    index: int | None
    claim: Claim

    @property
    def text(self) -> str:
        """The sentence as readers see it."""
        return self.claim.text

    @property
    def is_ours(self) -> bool:
        """Our own reading: needs no citation, adds no fact."""
        return self.claim.kind is ClaimKind.INFERENCE


@dataclass(frozen=True, slots=True)
class Page:
    """A headline and sections as they stand now, with what rules compare them to.

    Attributes:
        headline: one claim.
        sections: in reading order.
        documents: the evidence, oldest first.
        copies: (copy id, original id) pairs.
        snapshots: newest first.
        changes: what moved between them.
        histories: what was kept of the rankings.
        conflicts: what the documents disagree about.
        specs: limits a section; a section without one has no limit.
        told: sentences that earlier editions printed about this story.
        told_on: day of the newest of those editions.
        filler: phrases that say nothing, lower case (prompts/filler.txt).
        edition_date: day it is written for, None for a text that was handed in.
        is_cited: False for a text without citations: exempt from rules that need them.
        is_extract: sentences are taken from the sources, not phrased by a model.
    """

    headline: Claim
    sections: tuple[Section, ...]
    documents: tuple[Document, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    snapshots: tuple[RankingSnapshot, ...] = ()
    changes: tuple[RankingChange, ...] = ()
    histories: tuple[RankingHistory, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    specs: tuple[SectionSpec, ...] = ()
    told: tuple[str, ...] = ()
    told_on: date | None = None
    filler: tuple[str, ...] = ()
    edition_date: date | None = None
    is_cited: bool = True
    is_extract: bool = True

    @property
    def title(self) -> Line:
        """The headline as a Line."""
        return Line(HEADLINE, Shape.PROSE, None, None, self.headline)

    def section(self, name: str) -> Section | None:
        """The section of that name, None if it is absent."""
        return next((one for one in self.sections if one.name == name), None)

    def document(self, document_id: str) -> Document | None:
        """The stored text of that id, None if the story does not hold it."""
        return next((one for one in self.documents if one.id == document_id), None)


def lines(page: Page) -> tuple[Line, ...]:
    """Every sentence of the sections in reading order, figure rows included."""
    return tuple(
        Line(section.name, section.shape, number, index, claim)
        for section in page.sections
        for number, item in enumerate(section.items)
        for index, claim in enumerate(item.claims)
    )


def prose(page: Page) -> tuple[Line, ...]:
    """The sentences of prose, bullets and answers: what limits and repeats count."""
    return tuple(line for line in lines(page) if line.shape in PROSE)


def questions(page: Page) -> Iterator[tuple[str, int, str]]:
    """Section name, item index and text of every question, in reading order."""
    for section in page.sections:
        for number, item in enumerate(section.items):
            if item.question is not None:
                yield section.name, number, item.question


def broken(
    rule: str,
    line: Line,
    message: str,
    *,
    level: Level = Level.E,
    action: Action = Action.STRUCK,
) -> Violation:
    """What a rule found wrong with one sentence; a headline can only be held."""
    wanted = action
    if line.section == HEADLINE and action is Action.STRUCK:
        wanted = Action.HELD
    if level is Level.W:
        wanted = Action.REPORTED
    return Violation(
        rule, level, line.section, line.text, message, wanted, line.item, line.index
    )


def reported(
    rule: str, message: str, *, section: str = "", text: str = ""
) -> Violation:
    """A warning about a section or the whole brief; nothing is taken out for it."""
    return Violation(rule, Level.W, section, text, message, Action.REPORTED)
