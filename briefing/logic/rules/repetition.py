"""R1 to R5: nothing is said twice, and every sentence brings something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.domain.brief import Action, Item, Level, Section, Shape, Violation
from briefing.domain.claim import ClaimKind, Quantity
from briefing.logic.names import same_name
from briefing.logic.quantities import same_amount
from briefing.logic.rules.page import (
    DISAGREEMENTS,
    LEAD,
    SUMMARY,
    Line,
    Page,
    broken,
    lines,
    prose,
)
from briefing.logic.rules.reading import Reading, is_minor, read
from briefing.logic.text import jaccard

# BRIEF.md R2 and R4; chosen there.
MOST_ALIKE = 0.6
FRESH_SHARE = 0.4
MENTIONS = 2


def repeated_sentences(page: Page) -> tuple[Violation, ...]:
    """R1 and R2: of two sentences that say the same, the later one goes."""
    found: list[Violation] = []
    kept: list[Reading] = [read(page.headline.text)]
    for line in lines(page):
        reading = read(line.text)
        if any(reading.normal == other.normal for other in kept):
            found.append(broken("R1", line, "The brief says this sentence twice."))
        elif line.shape is not Shape.FIGURES and alike(reading, kept):
            found.append(
                broken("R2", line, "An earlier sentence says nearly the same.")
            )
        else:
            kept.append(reading)
    return tuple(found)


def alike(reading: Reading, others: Iterable[Reading]) -> bool:
    """Five-word runs overlap by 0.6 or more with one of the others."""
    return any(jaccard(reading.grams, other.grams) >= MOST_ALIKE for other in others)


def repeated_quantities(page: Page) -> tuple[Violation, ...]:
    """R3: the third sentence that brings the same figure goes."""
    found: list[Violation] = []
    seen: list[tuple[Quantity, int]] = []
    for line in prose(page):
        if line.section == DISAGREEMENTS or line.claim.kind is ClaimKind.DERIVED:
            continue
        quantities = [one for one in read(line.text).quantities if not is_minor(one)]
        counts = [_mentions(one, seen) for one in quantities]
        if max(counts, default=0) >= MENTIONS:
            figure = quantities[counts.index(max(counts))]
            found.append(
                broken("R3", line, f"{figure.text!r} stands in two sentences already.")
            )
            continue
        for quantity in _distinct(quantities):
            _count(quantity, seen)
    return tuple(found)


def same_figure(left: Quantity, right: Quantity) -> bool:
    """One value of one thing, as far as both sentences say what they measure."""
    if not same_amount(left, right):
        return False
    if left.window and right.window and left.window != right.window:
        return False
    if is_distinctive(left):
        return True
    parts = ((left.subject, right.subject), (left.metric, right.metric))
    return all(not a or not b or a.casefold() == b.casefold() for a, b in parts)


def is_distinctive(quantity: Quantity) -> bool:
    """Three digits that count: no two things of a story share such a figure by chance,
    whatever the grammar of their sentences makes the subject.
    """
    return len(re.sub(r"\D", "", quantity.text).strip("0")) >= 3


def _mentions(quantity: Quantity, seen: list[tuple[Quantity, int]]) -> int:
    return next((n for other, n in seen if same_figure(quantity, other)), 0)


def _count(quantity: Quantity, seen: list[tuple[Quantity, int]]) -> None:
    for position, (other, count) in enumerate(seen):
        if same_figure(quantity, other):
            seen[position] = (other, count + 1)
            return
    seen.append((quantity, 1))


def _distinct(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    kept: list[Quantity] = []
    for quantity in quantities:
        if not any(same_figure(quantity, other) for other in kept):
            kept.append(quantity)
            yield quantity


class _Known:
    """What the sentences so far have said."""

    def __init__(self) -> None:
        self.quantities: list[Quantity] = []
        self.names: list[str] = []
        self.windows: set[object] = set()
        self.words: set[str] = set()

    def add(self, reading: Reading) -> None:
        self.quantities.extend(reading.quantities)
        self.names.extend(reading.names)
        self.windows.update(one.window or one.text for one in reading.dates)
        self.words.update(reading.content)

    def is_new(self, reading: Reading) -> bool:
        """A quantity, name or date more, or 40 % content words more."""
        return (
            any(
                not any(same_figure(one, other) for other in self.quantities)
                for one in reading.quantities
            )
            or any(
                not any(same_name(name, other) for other in self.names)
                for name in reading.names
            )
            or any(
                (one.window or one.text) not in self.windows for one in reading.dates
            )
            or self._fresh_share(reading) >= FRESH_SHARE
        )

    def _fresh_share(self, reading: Reading) -> float:
        content = set(reading.content)
        return len(content - self.words) / len(content) if content else 0.0


def empty_sentences(page: Page) -> tuple[Violation, ...]:
    """R4 in running text: a sentence that adds nothing goes.

    The headline and In one line sum the body up, so they do not count as said before.
    """
    found: list[Violation] = []
    known = _Known()
    for line in prose(page):
        if line.section in {SUMMARY, DISAGREEMENTS}:
            continue
        reading = read(line.text)
        if known.is_new(reading):
            known.add(reading)
        else:
            found.append(
                broken(
                    "R4",
                    line,
                    "It adds no figure, name or date, and few words that are new.",
                )
            )
    return tuple(found)


def stale_figures(page: Page) -> tuple[Violation, ...]:
    """R4 in Key numbers: at least half of the rows bring what the prose does not."""
    said = [one for line in prose(page) for one in read(line.text).quantities]
    found: list[Violation] = []
    for section in page.sections:
        if section.shape is Shape.FIGURES:
            found.extend(_double_rows(section) or _stale_rows(section, said))
    return tuple(found)


def _double_rows(section: Section) -> list[Violation]:
    """Rows whose value an earlier row gives; a unit that one of them omits aside."""
    found: list[Violation] = []
    seen: list[Quantity] = []
    for number, item in enumerate(section.items):
        if item.figure is None:
            continue
        quantities = read(item.figure.value).quantities
        if quantities and all(is_among(one, seen) for one in quantities):
            message = "An earlier row gives this figure."
            text = item.claims[0].text
            found.append(
                Violation(
                    "R4", Level.E, section.name, text, message, Action.STRUCK, number
                )
            )
        seen.extend(quantities)
    return found


def is_among(quantity: Quantity, seen: Sequence[Quantity]) -> bool:
    """Whether one of `seen` is the same figure, also where one of both has no unit:
    "3.43 trillion tokens", "2.07 trillion of the week before", or half of a rate's:
    "€61.20 per megawatt-hour", "an average of €61.20". Other units of one dimension are
    one figure: "2.4 gigawatts", "2,400 megawatts".
    """
    if any(same_amount(quantity, one) for one in seen):
        return True
    return any(
        (quantity.value, quantity.kind) == (one.value, one.kind)
        and _units_meet(quantity.unit, one.unit, may_miss=is_distinctive(quantity))
        for one in seen
    )


def _units_meet(left: str, right: str, *, may_miss: bool) -> bool:
    """Equal, or one of them left out, or of a rate only what it is a rate of."""
    if not left or not right:
        return may_miss
    is_short = "/" not in left or "/" not in right
    return is_short and left.partition("/")[0] == right.partition("/")[0]


def _stale_rows(section: Section, said: list[Quantity]) -> Iterator[Violation]:
    rows = len(section.items)
    stale = [n for n, item in enumerate(section.items) if not _brings(item, said)]
    if 2 * len(stale) <= rows:
        return
    message = "The prose says it already; half of the key numbers must be new."
    if len(stale) == rows:
        yield Violation(
            "R4", Level.E, section.name, "", message, Action.SECTION_DROPPED
        )
        return
    fresh = rows - len(stale)
    for number in stale[fresh:]:
        text = section.items[number].claims[0].text
        yield Violation(
            "R4", Level.E, section.name, text, message, Action.STRUCK, number
        )


def _brings(item: Item, said: list[Quantity]) -> bool:
    """The value or the comparison of the row is a figure that the prose lacks."""
    cells = (
        (item.figure.value, item.figure.comparison)
        if item.figure
        else tuple(claim.text for claim in item.claims)
    )
    return any(
        not any(same_amount(one, other) for other in said)
        for cell in cells
        for one in read(cell).quantities
    )


def news_since(page: Page) -> tuple[Line, ...]:
    """R5: the sentences that no earlier edition printed, all of them on a first day."""
    told = [read(text) for text in page.told]
    known = _Known()
    for reading in told:
        known.add(reading)
    return tuple(
        line
        for line in prose(page)
        if line.section != SUMMARY
        and not any(read(line.text).normal == other.normal for other in told)
        and not alike(read(line.text), told)
        and (not told or known.is_new(read(line.text)))
    )


def nothing_new(page: Page) -> tuple[Violation, ...]:
    """R5: a story comes back only with news in What happened."""
    if not page.told or any(line.section == LEAD for line in news_since(page)):
        return ()
    since = f" since {page.told_on.isoformat()}" if page.told_on else ""
    return (
        Violation(
            "R5",
            Level.E,
            LEAD,
            page.headline.text,
            f"Nothing new{since}: every sentence of What happened was told before.",
            Action.HELD,
        ),
    )


def _leads_with_headline(page: Page) -> bool:
    """The first bullet has half of a new headline's words and was not printed before:
    "chooses a site" is news of names that were all told when two were left.
    """
    head = read(page.headline.text)
    first = next((line for line in prose(page) if line.section == LEAD), None)
    if first is None:
        return False
    reading = read(first.text)
    told = [read(text) for text in page.told]
    wanted = {word for word in head.content if not word[:1].isdigit()}
    return (
        not any(one.normal in {head.normal, reading.normal} for one in told)
        and not alike(head, told)
        and not alike(reading, told)
        and 0 < len(wanted) <= 2 * len(wanted & set(reading.content))
    )


def lead_with_news(page: Page) -> Page:
    """R5: the same page with the first new bullet of What happened on top, unless the
    bullet there tells a headline that is new itself.
    """
    fresh = [line.item for line in news_since(page) if line.section == LEAD]
    if not page.told or not fresh or fresh[0] is None or fresh[0] == 0:
        return page
    if _leads_with_headline(page):
        return page
    first = fresh[0]
    return replace(
        page,
        sections=tuple(
            replace(
                section,
                items=(
                    section.items[first],
                    *section.items[:first],
                    *section.items[first + 1 :],
                ),
            )
            if section.name == LEAD
            else section
            for section in page.sections
        ),
    )
