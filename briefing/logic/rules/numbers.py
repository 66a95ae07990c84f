"""N6 and N8: one printed form a figure, and no figure that hides a dispute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.domain.brief import Section, Shape, Violation
from briefing.domain.claim import Citation, Conflict, Quantity
from briefing.domain.document import Document
from briefing.logic.quantities import equal, read_quantities, same_thing
from briefing.logic.rules.page import DISAGREEMENTS, Line, Page, broken, lines
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.text import plain_marks, sentences

# The parts of a printed figure that make its form; unit nouns are left out, since
# "3.43 trillion" and "3.43 trillion tokens" are one form.
_FORM = re.compile(
    r"\d[\d,.\s]*\d|\d|%|per cent|percent|percentage|pct|points?|pp\b|bps"
    r"|(?:thousand|million|billion|trillion|bn|tn|mn|[kmbt])\b"
    r"|[$€£¥]|\b(?:usd|eur|gbp|dollars?|euros?|pounds?)\b"
)

# "Label: value", the first word of the label apart.
_LABEL = re.compile(r"([A-Z][a-z]+)\b(?=[^:.!?]*:\s)")
_MEASURES = frozenset(
    "amount age area average budget capacity change context cost count date deal debt "
    "decline duration fee fine funding growth headcount height income increase "
    "investment length level limit loss margin number output parameters payment people "
    "percentage population price profit rate revenue salary sales share size speed "
    "stake sum target tax time tokens total turnover usage users value volume votes "
    "weight width window workers worth year".split()
)


def printed_forms(page: Page) -> tuple[Violation, ...]:
    """N6: a later sentence that prints a figure in another form goes.

    Quotations are exempt, and the headline, which may abbreviate. A row of figures may
    have the decimal mark, grouping and blanks of its readers beside English prose: one
    figure stays one figure in a table of another locale ("7,4 %" and "7.4%").
    """
    found: list[Violation] = []
    seen: list[tuple[Quantity, bool]] = []
    for line in lines(page):
        if line.shape is Shape.RANKING:
            continue
        quantities = [one for one in read(line.text).quantities if not is_minor(one)]
        is_row = line.shape is Shape.FIGURES
        clash = _clash(quantities, seen, is_row=is_row)
        if clash is None:
            seen.extend((one, is_row) for one in quantities)
        else:
            here, before = clash
            found.append(
                broken(
                    "N6",
                    line,
                    f"{here.text!r} is printed as {before.text!r} elsewhere.",
                )
            )
    return tuple(found)


def _clash(
    quantities: list[Quantity], seen: list[tuple[Quantity, bool]], *, is_row: bool
) -> tuple[Quantity, Quantity] | None:
    for quantity in quantities:
        for other, was_row in seen:
            if not same_thing(quantity, other):
                continue
            forms = printed_form(quantity), printed_form(other)
            if is_row != was_row:
                forms = _unmarked(forms[0]), _unmarked(forms[1])
            # "Six" begins a sentence where "6" may not: words and digits go together.
            if all(forms) and forms[0] != forms[1]:
                return quantity, other
    return None


def _unmarked(form: str) -> str:
    """A printed form without what a locale decides, marks and the place of a currency
    sign; both were read as one value.
    """
    digits = re.sub(r"\D", "", form)
    return digits + "".join(sorted(re.findall(r"[^\d.,'\s]+", form)))


def printed_form(quantity: Quantity) -> str:
    """How a figure is printed in digits, its sign, unit noun and spaces aside; "" when
    it is spelled out.
    """
    text = plain_marks(quantity.text).casefold()
    parts = [re.sub(r"\s", "", part) for part in _FORM.findall(text)]
    if not any(part[0].isdigit() for part in parts):
        return ""
    singular = {"dollars": "dollar", "euros": "euro", "pounds": "pound"}
    return "".join(singular.get(part, part) for part in parts)


def hidden_conflicts(page: Page) -> tuple[Violation, ...]:
    """N8: a disputed figure needs its dispute under Where sources disagree."""
    shown = page.section(DISAGREEMENTS)
    found: list[Violation] = []
    for conflict in page.conflicts:
        if is_shown(conflict, shown):
            continue
        for line in (page.title, *lines(page)):
            if line.section != DISAGREEMENTS and uses(conflict, line):
                found.append(
                    broken(
                        "N8",
                        line,
                        f"Sources disagree about {conflict.about}, and the brief "
                        "does not say so.",
                    )
                )
    return tuple(found)


def is_shown(conflict: Conflict, section: Section | None) -> bool:
    """The section cites, or prints the values of, at least two of the sides."""
    if section is None:
        return False
    claims = [claim for item in section.items for claim in item.claims]
    cited = [citation for claim in claims for citation in claim.citations]
    printed = [one for claim in claims for one in read(claim.text).quantities]
    sides = sum(
        any(overlaps(place, other) for place in places for other in cited)
        or any(_same_side(quantity, one) for one in printed)
        for quantity, places in conflict.sides
    )
    return sides >= 2


def uses(conflict: Conflict, line: Line) -> bool:
    """The sentence prints a disputed figure and rests on one of the disputed places."""
    printed = read(line.text).quantities
    return any(
        any(same_thing(quantity, one) for one in printed)
        and any(
            overlaps(place, other) for place in places for other in line.claim.citations
        )
        for quantity, places in conflict.sides
    )


def overlaps(left: Citation, right: Citation) -> bool:
    """Both point at the same characters of one text."""
    return (
        left.document_id == right.document_id
        and left.start < right.end
        and right.start < left.end
    )


def _same_side(side: Quantity, printed: Quantity) -> bool:
    """Same value and, where both say it, the same base ("on the week")."""
    if not same_thing(side, printed):
        return False
    return not side.base or not printed.base or side.base == printed.base


def disputes(page: Page) -> Iterator[Conflict]:
    """The conflicts that the page shows, for the score."""
    shown = page.section(DISAGREEMENTS)
    return (conflict for conflict in page.conflicts if is_shown(conflict, shown))


def loose_cells(page: Page) -> tuple[Violation, ...]:
    """N1 for key numbers: what a row prints rests on the places that it cites."""
    found: list[Violation] = []
    for line in lines(page):
        section = page.section(line.section)
        if section is None or line.item is None or line.index != 0:
            continue
        figure = section.items[line.item].figure
        if figure is None:
            continue
        known = _grounds(page, line)
        for cell in (figure.value, figure.comparison):
            loose = next(
                (
                    one.text
                    for one in read_quantities(cell)
                    if not any(equal(one, other) for other in known)
                ),
                "",
            )
            if loose:
                message = f"{loose!r} is in no place that the row cites."
                found.append(broken("N1", line, message))
                break
    return tuple(found)


def _grounds(page: Page, line: Line) -> list[Quantity]:
    """The quantities of the row's own sentence, which was verified, and its places."""
    known = list(read_quantities(line.text))
    for citation in line.claim.citations:
        document = page.document(citation.document_id)
        if document is None:
            continue
        for span in sentences(document.text):
            if span.start < citation.end and citation.start < span.end:
                known.extend(read_quantities(document.text[span.start : span.end]))
    return known


def as_sentence(text: str, documents: Sequence[Document]) -> str:
    """A row "Label: value" as it would stand inside a sentence; other text unchanged.

    A label begins with a capital, which would make a name of an ordinary word: it goes
    where the word measures something or the documents write it small.
    """
    match = _LABEL.match(text)
    if match is None:
        return text
    small = match.group(1).lower()
    word = re.compile(rf"\b{small}\b")
    if small in _MEASURES or any(word.search(one.text) for one in documents):
        return small + text[match.end(1) :]
    return text
