"""N7 and K3: our own streaks, records and charts are what the kept history says."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.domain.brief import Action, Level, Violation
from briefing.domain.claim import Claim, Formula
from briefing.logic.history_claims import BY_THE_RANKING, history_claims
from briefing.logic.ranking_text import plain_line
from briefing.logic.rules.page import Line, Page, broken, lines

_TOLD_OF_HISTORIES = frozenset({Formula.FIRSTS, Formula.RISES, Formula.RECORD})


def wrong_streaks(page: Page) -> tuple[Violation, ...]:
    """N7: a streak or record that the history, made a sentence anew, does not give:
    over a gap, too long, or without the "at least" that an unknown beginning asks for.
    """
    known = {(one.text, one.derivation) for one in _known(page)}
    return tuple(
        broken("N7", line, "The kept history does not say so.")
        for line in (page.title, *lines(page))
        if line.claim.derivation is not None
        and line.claim.derivation.formula in _TOLD_OF_HISTORIES
        and not known
        & {(text, line.claim.derivation) for text in _wordings(page, line)}
    )


def _wordings(page: Page, line: Line) -> Iterator[str]:
    """As printed, and for an "It" that begins it the item that begins its answer."""
    own = _own_words(line.text)
    yield own
    if own.startswith("It ") and line.item is not None:
        before = page.section(line.section)
        claims = before.items[line.item].claims if before else ()
        for label in {one.label for kept in page.histories for one in kept.lines}:
            name = plain_line(label)
            if line.index and claims[0].text.startswith(f"{name} "):
                yield f"{name}{own[2:]}"


def _own_words(text: str) -> str:
    """What we say ourselves, behind what an article was found to state."""
    said, mark, ours = text.partition(f"; {BY_THE_RANKING}")
    return ours if mark and ";" not in said else text


def wrong_charts(page: Page) -> tuple[Violation, ...]:
    """K3: a chart draws the kept history and nothing else, or is dropped."""
    return tuple(
        Violation(
            "K3",
            Level.E,
            section.name,
            section.chart.title,
            "The kept history is another.",
            Action.SECTION_DROPPED,
        )
        for section in page.sections
        if section.chart is not None and section.chart not in page.histories
    )


def _known(page: Page) -> list[Claim]:
    made: list[Claim] = []
    for history in page.histories:
        document = page.document(history.id)
        if document is not None:
            made.extend(history_claims(history, document))
    return made
