"""F2 and F3: a brief that is read in two minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.domain.brief import (
    Action,
    Item,
    Level,
    Section,
    SectionSpec,
    Shape,
    Violation,
)
from briefing.logic.rules.page import SACRIFICE, Page, broken, prose, reported
from briefing.logic.text import words

# BRIEF.md F2 and F3.
MOST_WORDS = 480
SHORT = 150
LONG_SENTENCE = 28
LONG_ON_AVERAGE = 20


def over_limits(page: Page) -> tuple[Violation, ...]:
    """F2: what stands beyond a section's limit, struck from its end."""
    specs = {spec.name: spec for spec in page.specs}
    found: list[Violation] = []
    for section in page.sections:
        spec = specs.get(section.name)
        if spec is not None:
            found.extend(_beyond(section, spec))
    return tuple(found)


def _beyond(section: Section, spec: SectionSpec) -> Iterator[Violation]:
    if section.shape in {Shape.RANKING, Shape.CHART}:
        return
    for number in range(spec.max_items, len(section.items)):
        message = f"{section.heading} has room for {spec.max_items}."
        yield _item(section, number, message)
    items = section.items[: spec.max_items]
    if not spec.max_words:
        return
    if section.shape is Shape.FIGURES:
        yield from _long_labels(section, items, spec.max_words)
    elif spec.is_limit_per_item:
        for number, item in enumerate(items):
            yield from _surplus(section, [(number, item)], spec.max_words)
    else:
        yield from _surplus(section, list(enumerate(items)), spec.max_words)


def _long_labels(
    section: Section, items: tuple[Item, ...], most: int
) -> Iterator[Violation]:
    for number, item in enumerate(items):
        if item.figure is not None and len(words(item.figure.label)) > most:
            yield _item(section, number, f"A label has at most {most} words.")


def _surplus(
    section: Section, items: list[tuple[int, Item]], most: int
) -> Iterator[Violation]:
    """The sentences from the end that bring the words down to the limit."""
    places = [
        (number, index, claim)
        for number, item in items
        for index, claim in enumerate(item.claims)
    ]
    total = sum(len(words(claim.text)) for _, _, claim in places)
    for number, index, claim in reversed(places):
        if total <= most:
            return
        total -= len(words(claim.text))
        yield Violation(
            "F2",
            Level.E,
            section.name,
            claim.text,
            f"{section.heading} has room for {most} words.",
            Action.STRUCK,
            number,
            index,
        )


def _item(section: Section, number: int, message: str) -> Violation:
    item = section.items[number]
    text = item.question or (item.claims[0].text if item.claims else "")
    return Violation("F2", Level.E, section.name, text, message, Action.STRUCK, number)


def over_length(page: Page) -> tuple[Violation, ...]:
    """F2: at most 480 words of prose; the surplus goes from the least important end."""
    total = word_count(page)
    rank = {name: position for position, name in enumerate(SACRIFICE)}
    # A stable sort of the reversed lines: within a section the last goes first.
    backwards = prose(page)[::-1]
    order = sorted(backwards, key=lambda line: rank.get(line.section, -1))
    found: list[Violation] = []
    for line in order:
        if total <= MOST_WORDS:
            break
        total -= len(words(line.text))
        found.append(broken("F2", line, f"A brief has {MOST_WORDS} words of prose."))
    return tuple(found)


def word_count(page: Page) -> int:
    """Words of prose, bullets and answers; questions and figures aside."""
    return sum(len(words(line.text)) for line in prose(page))


def is_short(page: Page) -> bool:
    """F2: labelled so, since there was not more to say."""
    return word_count(page) < SHORT


def short(page: Page) -> tuple[Violation, ...]:
    """F2 as a warning: fewer than 150 words of prose."""
    if not is_short(page):
        return ()
    return (reported("F2", f"Only {word_count(page)} words; labelled short."),)


def long_sentences(page: Page) -> tuple[Violation, ...]:
    """F3: sentences of more than 28 words, or of more than 20 on average."""
    found = [
        broken("F3", line, f"{count} words; {LONG_SENTENCE} read well.", level=Level.W)
        for line in prose(page)
        if (count := len(words(line.text))) > LONG_SENTENCE
    ]
    mean = average(len(words(line.text)) for line in prose(page))
    if mean > LONG_ON_AVERAGE:
        found.append(reported("F3", f"Sentences have {mean:.0f} words on average."))
    return tuple(found)


def average(counts: Iterable[int]) -> float:
    """The mean, 0 of nothing."""
    held = list(counts)
    return sum(held) / len(held) if held else 0.0
