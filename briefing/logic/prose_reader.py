"""Anybody's Markdown or plain text in the shapes of a brief, for `briefing check`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.domain.brief import Figure, Item, Section, SectionSpec, Shape
from briefing.domain.claim import Claim, ClaimKind
from briefing.logic.prose_lines import (
    Block,
    BlockKind,
    blocks,
    inline_headings,
    reference,
    title_key,
)
from briefing.logic.prose_marks import Mark, place_in, without_marks
from briefing.logic.text import sentences

# Headings that others give to the sections of BRIEF.md; keys as `title_key` makes them.
_NAMES: dict[str, tuple[str, Shape]] = {
    "in one line": ("in_one_line", Shape.PROSE),
    "in brief": ("in_one_line", Shape.PROSE),
    "tl dr": ("in_one_line", Shape.PROSE),
    "tldr": ("in_one_line", Shape.PROSE),
    "summary": ("in_one_line", Shape.PROSE),
    "what happened": ("what_happened", Shape.BULLETS),
    "the news": ("what_happened", Shape.BULLETS),
    "why it matters": ("why_it_matters", Shape.ANSWERS),
    "why this matters": ("why_it_matters", Shape.ANSWERS),
    "key numbers": ("key_numbers", Shape.FIGURES),
    "key figures": ("key_numbers", Shape.FIGURES),
    "by the numbers": ("key_numbers", Shape.FIGURES),
    "what happens next": ("what_happens_next", Shape.BULLETS),
    "what's next": ("what_happens_next", Shape.BULLETS),
    "what next": ("what_happens_next", Shape.BULLETS),
    "where sources disagree": ("where_sources_disagree", Shape.BULLETS),
    "quick answers": ("quick_answers", Shape.ANSWERS),
    "faq": ("quick_answers", Shape.ANSWERS),
    "frequently asked questions": ("quick_answers", Shape.ANSWERS),
    "the ranking": ("ranking", Shape.FIGURES),
}
_SOURCES = frozenset({"sources", "references", "source list", "links"})
# What is said here is ours, and rests on no source.
_AFTERWORD = frozenset(
    {"how it was made", "how this was made", "about this brief", "terms", "glossary"}
)
_ASKED = re.compile(r"^(?:Q(?:uestion)?\s*[:.]\s*)?(.{3,200}?\?)(?:\s+(\S.*))?$", re.S)
_ANSWER = re.compile(r"^A(?:nswer)?\s*[:.]\s+")
_LONGEST_TITLE = 150
_CELLS = re.compile(r"\s*(?::\s|\s[–—|-]\s)\s*")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation mark of the text and the place that it stands at.

    Attributes:
        section: name of the section, "headline" for the headline.
        item: index in the section, None at a heading.
        claim: index of the sentence, None at a question or heading.
        target: a number, or the address of a link.
        text: the sentence, question or heading.
    """

    section: str
    item: int | None
    claim: int | None
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that was handed in, in the shapes of a brief; its claims cite nothing.

    Attributes:
        headline: the first heading, or a first line that ends as no sentence does;
            "" if there is none.
        sections: in order; words before the first heading are a section "text".
        marks: every citation mark, in order.
        references: (number, address or words) of each line under Sources.
        leaks: lines with a heading mark behind other words.
    """

    headline: str
    sections: tuple[Section, ...]
    marks: tuple[Cited, ...] = ()
    references: tuple[tuple[int, str], ...] = ()
    leaks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    name: str
    heading: str
    shape: Shape
    items: list[Item] = field(default_factory=list)
    question: str | None = None
    answer: list[Claim] = field(default_factory=list)


def read_prose(text: str, specs: Sequence[SectionSpec] = ()) -> Prose:
    """The text's headline, sections, marks and source list.

    A heading is a Markdown heading, a line in bold, or a known section name alone on a
    line ("### " inside a line starts one too, and is kept as a leak). A heading or bold
    line that ends with "?" is a question, what follows it is its answer. Rows of tables
    are read as figures. Total: every text gives a Prose.
    """
    reader = _Reader(specs)
    for block in blocks(text, reader.known):
        reader.take(block)
    return reader.finish(inline_headings(text))


class _Reader:
    def __init__(self, specs: Sequence[SectionSpec]) -> None:
        self.names = dict(_NAMES)
        for spec in specs:
            is_drawn = spec.shape in {Shape.RANKING, Shape.CHART}
            shape = Shape.FIGURES if is_drawn else spec.shape
            self.names[title_key(spec.heading)] = (spec.name, shape)
        self.known = frozenset(self.names) | _SOURCES | _AFTERWORD
        self.headline: str | None = None
        self.sections: list[Section] = []
        self.marks: list[Cited] = []
        self.references: list[tuple[int, str]] = []
        self.is_list = False
        self.is_over = False
        self.open = _Open("text", "", Shape.PROSE)

    def take(self, block: Block) -> None:
        """One block more."""
        if block.kind is BlockKind.REFERENCE and (self.is_list or _is_entry(block)):
            self._refer(block.number, block.text)
        elif block.kind is BlockKind.HEADING:
            self._heading(block.text)
        elif self.is_list:
            number, rest = reference(block.text)
            self._refer(number, rest)
        elif self.headline is None and _is_title(block):
            self._heading(block.text)
        elif not self.is_over:
            # Words came first: this text has no headline.
            self.headline = self.headline or ""
            self._body(block)

    def _refer(self, number: int | None, text: str) -> None:
        used = len(self.references) + 1 if number is None else number
        self.references.append((used, place_in(text) or text))

    def _heading(self, text: str) -> None:
        plain, marks = without_marks(text)
        plain = plain.strip()
        key = title_key(plain)
        if self.headline is None and key not in self.known:
            self.headline = plain
            self._mark("headline", None, None, marks, plain)
            return
        self.headline = self.headline or ""
        if key not in self.known and plain.endswith("?"):
            self._ask(plain, marks)
            return
        self._close()
        self.is_list, self.is_over = key in _SOURCES, key in _AFTERWORD
        name, shape = self.names.get(
            key, ("_".join(key.split()) or "text", Shape.PROSE)
        )
        self.open = _Open(name, plain, shape)
        self._mark(name, None, None, marks, plain)

    def _ask(self, question: str, marks: tuple[Mark, ...]) -> None:
        self.is_list = self.is_over = False
        self._finish_answer()
        self.open.question = question
        if self.open.shape is not Shape.ANSWERS:
            self.open.shape = Shape.ANSWERS
        self._mark(self.open.name, len(self.open.items), None, marks, question)

    def _body(self, block: Block) -> None:
        plain, marks = without_marks(block.text)
        plain = plain.strip()
        if block.kind is BlockKind.ROW or self.open.shape is Shape.FIGURES:
            self._figure(plain, marks)
            return
        asked = _ASKED.match(plain)
        is_question = asked is not None and (
            self.open.shape is Shape.ANSWERS or plain.startswith("Q")
        )
        if asked is not None and is_question and _is_asking(asked[1]):
            self._ask(asked[1], ())
            rest = asked[2] or ""
            shift = len(plain) - len(rest)
            plain = rest
            marks = tuple(Mark(one.target, max(0, one.offset - shift)) for one in marks)
        plain = _ANSWER.sub("", plain)
        if plain:
            self._sentences(plain, marks)

    def _sentences(self, text: str, marks: tuple[Mark, ...]) -> None:
        spans = sentences(text)
        claims = [
            Claim(" ".join(text[span.start : span.end].split()), ClaimKind.REPORTED)
            for span in spans
        ]
        first = len(self.open.answer) if self.open.question else 0
        item = len(self.open.items)
        for mark in marks:
            index = next(
                (n for n, span in enumerate(spans) if mark.offset <= span.end),
                len(spans) - 1,
            )
            if claims:
                text_there = claims[index].text
                place = (self.open.name, item, first + index)
                self.marks.append(Cited(*place, mark.target, text_there))
        if self.open.question is not None:
            self.open.answer.extend(claims)
        elif claims:
            self.open.items.append(Item(tuple(claims)))

    def _figure(self, text: str, marks: tuple[Mark, ...]) -> None:
        cells = [cell.strip() for cell in text.split("|")]
        row = ": ".join(cell for cell in (cells[0], ", ".join(cells[1:])) if cell)
        if not row:
            return
        parts = _CELLS.split(row, maxsplit=1)
        digits = [bool(re.search(r"\d", part)) for part in parts]
        if len(parts) == 2 and digits == [True, False]:
            figure = Figure(value=parts[0], label=parts[1])
        elif len(parts) == 2:
            figure = Figure(value=parts[1], label=parts[0])
        else:
            figure = Figure(value=row, label="")
        claim = Claim(row, ClaimKind.REPORTED)
        self._mark(self.open.name, len(self.open.items), 0, marks, row)
        self.open.items.append(Item((claim,), figure=figure))
        # A table may stand in any section; its rows are figures wherever they are.
        if self.open.shape is Shape.PROSE and len(self.open.items) == 1:
            self.open.shape = Shape.FIGURES

    def _mark(
        self,
        section: str,
        item: int | None,
        claim: int | None,
        marks: tuple[Mark, ...],
        text: str,
    ) -> None:
        self.marks.extend(
            Cited(section, item, claim, one.target, text) for one in marks
        )

    def _finish_answer(self) -> None:
        if self.open.question is not None:
            item = Item(tuple(self.open.answer), question=self.open.question)
            self.open.items.append(item)
        self.open.question, self.open.answer = None, []

    def _close(self) -> None:
        self._finish_answer()
        made = self.open
        if made.items:
            self.sections.append(
                Section(made.name, made.heading, made.shape, tuple(made.items))
            )

    def finish(self, leaks: tuple[str, ...]) -> Prose:
        """What was read."""
        self._close()
        return Prose(
            headline=self.headline or "",
            sections=_distinct(self.sections),
            marks=tuple(self.marks),
            references=tuple(self.references),
            leaks=leaks,
        )


def _is_entry(block: Block) -> bool:
    """A line that begins with a mark is a source when it names an address."""
    return bool(place_in(block.text))


def _is_title(block: Block) -> bool:
    """One line that does not end as a sentence does."""
    text = without_marks(block.text)[0].strip()
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(text) <= _LONGEST_TITLE
        and not text.endswith((".", "!", ":", ";", '."', ".”"))
        and len(sentences(text)) == 1
    )


def _is_asking(text: str) -> bool:
    return len(sentences(text)) == 1


def _distinct(sections: list[Section]) -> tuple[Section, ...]:
    """Sections of one name as one: places are told by name and index."""
    merged: dict[str, Section] = {}
    for section in sections:
        held = merged.get(section.name)
        merged[section.name] = (
            section
            if held is None
            else Section(
                held.name, held.heading, held.shape, held.items + section.items
            )
        )
    return tuple(merged.values())
