"""How good a brief is: the measures of BRIEF.md section 5, as docs/checker.md defines
them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from briefing.domain.brief import Scores
from briefing.domain.claim import Claim, Quantity, QuantityKind
from briefing.domain.document import Document
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.reading_time import reading_time_s
from briefing.logic.rules.citations import is_single_source
from briefing.logic.rules.limits import word_count
from briefing.logic.rules.numbers import disputes
from briefing.logic.rules.page import Line, Page, lines, prose
from briefing.logic.rules.reading import Reading, is_minor, read
from briefing.logic.rules.repetition import alike
from briefing.logic.rules.wording import hedge_density
from briefing.logic.text import sentences

# A bare count from here on is news by itself; smaller ones need a unit.
LARGE_COUNT = 1000


def score(page: Page, *, claims: int, repaired: int, struck: int) -> Scores:
    """The scores of a page as it is printed; the counts are the check stage's."""
    every = (page.title, *lines(page))
    facts = [line for line in every if not line.is_ours]
    salient = salient_numbers(page.documents, page.copies)
    printed = tuple(_printed(page))
    used = sum(
        any(equal(one, number) or same_thing(one, number) for one in printed)
        or _in_tables(page, number)
        for number in salient
    )
    return Scores(
        evidence_coverage=_share(
            sum(bool(line.claim.citations) for line in facts), len(facts)
        ),
        number_precision=_precision(page, facts),
        number_recall=_share(used, len(salient)),
        salient_numbers=len(salient),
        novelty=novelty(prose(page)),
        conflicts_shown=sum(1 for _ in disputes(page)),
        single_source=is_single_source(page),
        hedge_density=round(hedge_density(page), 3),
        words=word_count(page),
        reading_time_s=reading_time_s(page.headline.text, page.sections),
        claims=claims,
        repaired=repaired,
        struck=struck,
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def novelty(spoken: Sequence[Line]) -> float:
    """Words of sentences that do not repeat an earlier one (R1, R2), of all words."""
    kept: list[Reading] = []
    fresh = total = 0
    for line in spoken:
        reading = read(line.text)
        size = len(reading.words)
        total += size
        if any(reading.normal == one.normal for one in kept) or alike(reading, kept):
            continue
        kept.append(reading)
        fresh += size
    return _share(fresh, total)


def salient_numbers(
    documents: Sequence[Document], copies: Sequence[tuple[str, str]] = ()
) -> tuple[Quantity, ...]:
    """The numbers that a brief of these texts should know, each once.

    Money, percentages, points, multiples, measures, counts with a unit and counts of
    1,000 and more, which stand in the first third of a text or in the texts of two
    houses. Copies are left out.
    """
    copied = {copy for copy, _ in copies}
    found: list[tuple[Quantity, set[str], bool]] = []
    for document in documents:
        if document.id in copied:
            continue
        lead = len(document.text) / 3
        for quantity in read_quantities(document.text):
            if not is_salient(quantity):
                continue
            is_early = quantity.span.start < lead
            _note(found, quantity, document.house, is_early=is_early)
    return tuple(
        quantity for quantity, houses, is_early in found if is_early or len(houses) > 1
    )


def _note(
    found: list[tuple[Quantity, set[str], bool]],
    quantity: Quantity,
    house: str,
    *,
    is_early: bool,
) -> None:
    for position, (other, houses, was_early) in enumerate(found):
        if same_thing(quantity, other):
            houses.add(house)
            found[position] = (other, houses, was_early or is_early)
            return
    found.append((quantity, {house}, is_early))


def is_salient(quantity: Quantity) -> bool:
    """A number that could be somebody's answer."""
    if is_minor(quantity):
        return False
    if quantity.kind is QuantityKind.COUNT and not quantity.unit:
        return abs(quantity.value) >= LARGE_COUNT
    return True


def _printed(page: Page) -> Iterable[Quantity]:
    for line in (page.title, *lines(page)):
        yield from read_quantities(line.text)
    for section in page.sections:
        for item in section.items:
            if item.figure is not None:
                cells = (item.figure.value, item.figure.comparison)
                for cell in cells:
                    yield from read_quantities(cell)


def _in_tables(page: Page, number: Quantity) -> bool:
    return any(
        number.unit in {section.table.unit, ""} and line.value == number.value
        for section in page.sections
        if section.table is not None
        for line in section.table.lines
    )


def _precision(page: Page, facts: Sequence[Line]) -> float:
    total = resolved = 0
    for line in facts:
        evidence = tuple(_evidence(page, line.claim))
        for quantity in read_quantities(line.text):
            total += 1
            resolved += _resolves(quantity, line.claim, evidence)
    return _share(resolved, total)


def _resolves(quantity: Quantity, claim: Claim, evidence: Sequence[Quantity]) -> bool:
    if any(equal(quantity, one) for one in evidence):
        return True
    if claim.derivation is None:
        return False
    off = abs(abs(claim.derivation.result) - abs(quantity.value))
    return off <= max(quantity.precision, Decimal(0)) / 2


def _evidence(page: Page, claim: Claim) -> Iterable[Quantity]:
    inputs = claim.derivation.citations if claim.derivation else ()
    for citation in claim.citations + inputs:
        document = page.document(citation.document_id)
        if document is None:
            continue
        for span in sentences(document.text):
            if span.start < citation.end and citation.start < span.end:
                yield from read_quantities(document.text[span.start : span.end])
