"""H2, H3 and Q2: no padding, few hedges, no scare quotes."""

from __future__ import annotations

import re

from briefing.domain.brief import Level, Violation
from briefing.domain.claim import ClaimKind
from briefing.logic.rules.page import Page, broken, lines, prose, reported
from briefing.logic.rules.reading import quotations, read
from briefing.logic.text import plain_marks, words

# One hedge in 60 words: BRIEF.md H2. The words are chosen, from reporting usage.
HEDGES_EVERY = 60
_HEDGES = re.compile(
    r"\b(?:(?-i:may)|might|could|perhaps|possibly|probably|likely|unlikely|apparently|"
    r"seemingly|reportedly|allegedly|arguably|presumably|seems?|appears? to|"
    r"suggests?|potentially|somewhat|relatively)\b",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|told|tells?|wr(?:ites?|ote)|call(?:s|ed|ing)?|"
    r"ask(?:s|ed)|add(?:s|ed)|describ|nam(?:e|es|ed)\b|titled|dubbed|known as|accord|"
    r"term|label|quot|argu|warn|call|state)",
    re.IGNORECASE,
)


def filler(page: Page) -> tuple[Violation, ...]:
    """H3: a sentence with a phrase that says nothing goes; quotations are exempt."""
    phrases = [(phrase, " " + " ".join(words(phrase)) + " ") for phrase in page.filler]
    found: list[Violation] = []
    for line in (page.title, *lines(page)):
        text = " " + " ".join(words(plain_marks(read(line.text).unquoted))) + " "
        phrase = next((shown for shown, form in phrases if form in text), "")
        if phrase:
            found.append(broken("H3", line, f"{phrase!r} says nothing."))
    return tuple(found)


def hedge_density(page: Page) -> float:
    """Hedging words per 60 words of prose."""
    count = sum(len(_HEDGES.findall(read(one.text).unquoted)) for one in prose(page))
    total = sum(len(words(line.text)) for line in prose(page))
    return count * HEDGES_EVERY / total if total else 0.0


def hedged(page: Page) -> tuple[Violation, ...]:
    """H2: more than one hedge in 60 words."""
    density = hedge_density(page)
    if density <= 1:
        return ()
    return (reported("H2", f"{density:.1f} hedging words in {HEDGES_EVERY}."),)


def scare_quotes(page: Page) -> tuple[Violation, ...]:
    """Q2: one or two quoted words in a sentence in which nobody speaks."""
    return tuple(
        broken("Q2", line, "Quotation marks without a speaker.", level=Level.W)
        for line in prose(page)
        if line.claim.kind is not ClaimKind.QUOTED
        and not _SPEAKING.search(read(line.text).unquoted)
        and any(
            len(words(line.text[span.start : span.end])) <= 2
            for span in quotations(line.text)
        )
    )
