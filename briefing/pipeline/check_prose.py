"""Anybody's text against given sources: `briefing check FILE --source ...`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.domain.brief import Action, Level, SectionSpec, Violation
from briefing.domain.claim import Claim, ClaimKind, Status, Verdict
from briefing.domain.document import Document
from briefing.logic.copies import find_copies
from briefing.logic.prose_reader import Prose
from briefing.logic.rules.dates import posing_dates
from briefing.logic.rules.families import TEXT_RULES
from briefing.logic.rules.marks import mark_faults
from briefing.logic.rules.numbers import as_sentence
from briefing.logic.rules.page import HEADLINE, Line, Page, lines
from briefing.logic.rules.verbatim import reprinted
from briefing.logic.verification import index, verify


@dataclass(frozen=True, slots=True)
class ProseFindings:
    """What was found in a text that was handed in.

    Attributes:
        claims: every sentence and row with its verdict, in reading order.
        violations: broken rules, those of the evidence first; nothing was changed.
    """

    claims: tuple[tuple[str, Verdict], ...]
    violations: tuple[Violation, ...]

    @property
    def is_supported(self) -> bool:
        """Every claim is: about the evidence rules alone."""
        return all(verdict.status is Status.SUPPORTED for _, verdict in self.claims)

    @property
    def is_clean(self) -> bool:
        """No rule that stops publication is broken."""
        return not any(one.level is Level.E for one in self.violations)


def check_prose(
    prose: Prose,
    documents: Sequence[Document],
    *,
    specs: Sequence[SectionSpec] = (),
    filler: Sequence[str] = (),
) -> ProseFindings:
    """Verdicts of all sentences, each against all documents, and all broken rules.

    A text without marks or links is exempt from C1, C2, C4 and C5, one against
    documents without a date from D1, and every text from the rules about snapshots,
    earlier editions and labels.
    """
    page = Page(
        headline=Claim(prose.headline, ClaimKind.REPORTED),
        sections=prose.sections,
        documents=tuple(documents),
        copies=find_copies(documents),
        specs=tuple(specs),
        filler=tuple(filler),
        is_cited=False,
    )
    evidence = index({document.id: document for document in documents})
    verdicts = [
        (line, verify(_as_sentence(line, documents), evidence))
        for line in _claims(page)
    ]
    rules = (*TEXT_RULES, posing_dates, reprinted)
    found = [
        *(_unsupported(line, one) for line, one in verdicts if _fails(one)),
        *(one for rule in rules for one in rule(page)),
        *mark_faults(prose, documents),
    ]
    return ProseFindings(
        claims=tuple((line.text, verdict) for line, verdict in verdicts),
        violations=tuple(
            replace(one, action=Action.REPORTED) for one in found if _applies(page, one)
        ),
    )


def _claims(page: Page) -> tuple[Line, ...]:
    title = (page.title,) if page.headline.text else ()
    return (*title, *lines(page))


def _as_sentence(line: Line, documents: Sequence[Document]) -> Claim:
    return replace(line.claim, text=as_sentence(line.text, documents))


def _fails(verdict: Verdict) -> bool:
    return verdict.status is not Status.SUPPORTED


def _unsupported(line: Line, verdict: Verdict) -> Violation:
    return Violation(
        verdict.rule,
        Level.E,
        line.section,
        line.text,
        verdict.reason,
        Action.REPORTED,
        line.item,
        line.index,
    )


def _applies(page: Page, violation: Violation) -> bool:
    """A text without a headline is not faulted for having none."""
    return bool(page.headline.text) or violation.section != HEADLINE
