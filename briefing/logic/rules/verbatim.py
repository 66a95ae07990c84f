"""C7: we report and link, we do not republish (decision 0003)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.domain.brief import Level, Violation
from briefing.domain.document import Document, DocumentKind
from briefing.logic.copies import independent_houses
from briefing.logic.rules.citations import cited_documents
from briefing.logic.rules.page import LEAD, SACRIFICE, Line, Page, broken, prose
from briefing.logic.text import words

RUN = 8
MOST_WORDS = 120
MOST_SHARE = 0.25
# A paragraph may be owed to one source whatever its share (decision 0003).
FREE_WORDS = 60
# Below this many independent houses a share of 25 % cannot hold (decision 0003).
HOUSES_FOR_SHARE = 4
FAIR_SHARES = 1.5


@dataclass(frozen=True, slots=True)
class Loan:
    """What the prose takes word for word from one source, its copies included.

    Attributes:
        publisher: of the first text.
        by_line: (line, words that stand in runs of eight or more) in reading order.
        total: words of all lines.
    """

    publisher: str
    by_line: tuple[tuple[Line, int], ...]
    total: int


def reprinted(page: Page) -> tuple[Violation, ...]:
    """C7: the sentences that are too much from one source, least needed first.

    At most 120 words from one source. A share above the limit is an error when enough
    independent sources are cited for it to hold, else it is reported.
    """
    all_words = sum(len(words(line.text)) for line in prose(page))
    share, is_error = _share_limit(page)
    found: list[Violation] = []
    taken: set[tuple[str, int | None, int | None]] = set()
    for loan in loans(page):
        surplus = loan.total - MOST_WORDS
        message = f"More than {MOST_WORDS} words are {loan.publisher}'s own."
        over_share = loan.total - share * all_words
        if surplus <= 0 and over_share > 0 and loan.total > FREE_WORDS:
            percent = round(100 * loan.total / all_words)
            message = f"{percent}% of the prose is {loan.publisher}'s own words."
            if not is_error:
                found.append(Violation("C7", Level.W, "", "", message))
                continue
            # Taking a sentence out makes the whole shorter as well.
            surplus = max(1, round(over_share / (1 - share)))
            surplus = min(surplus, loan.total - FREE_WORDS)
        for line in _least_needed(page, loan, surplus):
            place = (line.section, line.item, line.index)
            if place not in taken:
                taken.add(place)
                found.append(broken("C7", line, message))
    return tuple(found)


def _share_limit(page: Page) -> tuple[float, bool]:
    cited = set(cited_documents(page.sections))
    documents = [one for one in page.documents if one.id in cited]
    houses = independent_houses(documents, page.copies)
    if not page.is_extract:
        return MOST_SHARE, True
    if houses < HOUSES_FOR_SHARE:
        return MOST_SHARE, False
    return max(MOST_SHARE, FAIR_SHARES / houses), True


def loans(page: Page) -> tuple[Loan, ...]:
    """One Loan a source that lends anything, biggest first; rankings lend nothing."""
    sentences = prose(page)
    made: list[Loan] = []
    for documents in _sources(page.documents, dict(page.copies)):
        runs = frozenset[tuple[str, ...]]().union(
            *(_runs(words(document.text)) for document in documents)
        )
        by_line = tuple(
            (line, count) for line in sentences if (count := _borrowed(line.text, runs))
        )
        if by_line:
            total = sum(count for _, count in by_line)
            name = documents[0].publisher or documents[0].title or documents[0].id
            made.append(Loan(name, by_line, total))
    return tuple(sorted(made, key=lambda loan: -loan.total))


def _sources(
    documents: Iterable[Document], original: Mapping[str, str]
) -> list[list[Document]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        if document.kind is not DocumentKind.RANKING:
            first = original.get(document.id, document.id)
            groups.setdefault(first, []).append(document)
    return list(groups.values())


def _runs(tokens: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(tokens[start : start + RUN]) for start in range(len(tokens) - RUN + 1)
    )


def _borrowed(text: str, runs: frozenset[tuple[str, ...]]) -> int:
    tokens = words(text)
    covered: set[int] = set()
    for start in range(len(tokens) - RUN + 1):
        if tuple(tokens[start : start + RUN]) in runs:
            covered.update(range(start, start + RUN))
    return len(covered)


def _least_needed(page: Page, loan: Loan, surplus: int) -> list[Line]:
    """Longest loans of the least important sections, until the surplus is gone; two
    sentences of What happened stay whatever they borrow.
    """
    rank = {name: position for position, name in enumerate(SACRIFICE)}
    order = sorted(
        loan.by_line, key=lambda pair: (rank.get(pair[0].section, -1), -pair[1])
    )
    may_go = sum(line.section == LEAD for line in prose(page)) - 2
    struck: list[Line] = []
    for line, count in order:
        if surplus <= 0:
            break
        if line.section == LEAD:
            if may_go <= 0:
                continue
            may_go -= 1
        struck.append(line)
        surplus -= count
    return struck
