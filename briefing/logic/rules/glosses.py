"""Which explanations of terms may be printed: checked like a last sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.domain.brief import (
    Action,
    Gloss,
    Item,
    Level,
    Section,
    Shape,
    Violation,
)
from briefing.domain.claim import Claim, Status, Verdict
from briefing.logic.glossary import first_use
from briefing.logic.rules.families import FAMILIES
from briefing.logic.rules.page import TERMS, Page, prose


def standing(
    page: Page, glosses: Sequence[Gloss], verify: Callable[[Claim], Verdict]
) -> tuple[tuple[Gloss, ...], tuple[Violation, ...]]:
    """The glosses with their verdicts that explain a term of the prose, are borne out,
    and would break no rule as last sentences of the brief, which gives up nothing for
    them; and what speaks against the others.
    """
    texts = [line.text for line in prose(page)]
    kept: list[Gloss] = []
    struck: list[Violation] = []
    for gloss in glosses:
        if first_use((gloss.term,), texts) is None:
            continue
        verdict = verify(gloss.claim)
        made = replace(gloss, claim=replace(gloss.claim, verdict=verdict))
        found = _against(page, (*kept, made), verdict)
        if found is None:
            kept.append(made)
        else:
            struck.append(
                replace(
                    found, section=TERMS, action=Action.STRUCK, item=None, claim=None
                )
            )
    return tuple(kept), tuple(struck)


def _against(
    page: Page, glosses: Sequence[Gloss], verdict: Verdict
) -> Violation | None:
    """The first thing that speaks against the last of them."""
    text = glosses[-1].claim.text
    if verdict.status is not Status.SUPPORTED:
        return Violation(verdict.rule, Level.E, TERMS, text, verdict.reason)
    if not _says(glosses[-1]):
        message = "What is printed is not in the sentence that was checked."
        return Violation("C3", Level.E, TERMS, text, message)
    items = tuple(Item((one.claim,)) for one in glosses)
    terms = Section(TERMS, "Terms", Shape.BULLETS, items)
    told = replace(page, sections=(*page.sections, terms))
    found = (one for rule in FAMILIES for one in rule(told))
    first = next((one for one in found if one.action is not Action.REPORTED), None)
    return replace(first, text=text) if first is not None else None


def _says(gloss: Gloss) -> bool:
    """The checked sentence is "TERM is MEANING."."""
    text = gloss.claim.text.casefold()
    before = text.removesuffix(f" {gloss.meaning.casefold()}.")
    term = gloss.term.casefold()
    return before != text and before.endswith((f"{term} is", f"{term} are"))
