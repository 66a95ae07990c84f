"""Sentences that a model is shown under numbers, and claims that name such numbers.

The model never cites by itself: a number stands for the citations of its sentence, the
id of a quantity for the quantity and for the sentence that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.domain.brief import Item, Shape
from briefing.domain.claim import Citation, Claim, ClaimKind
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.roles import looks_ahead
from briefing.logic.rules.reading import quotations
from briefing.pipeline.model_answer import Answered, Said
from briefing.pipeline.quantity_ledger import Listed, filled, ledger, marked

_OPEN, _CLOSE = "<<<EVIDENCE", "EVIDENCE>>>"
_MARKS = re.compile("[<>]{3,}|[{}]")
# What a line has beside its sentence: number, publisher and day, marks of quantities.
_CHARS_A_LINE = 70


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a model is shown.

    Attributes:
        evidence: the sentences; the first one has the number 1.
        listed: their quantities; the first one has the id q1.
    """

    evidence: tuple[Candidate, ...]
    listed: tuple[Listed, ...]

    @property
    def text(self) -> str:
        """The sentences between our marks, with their numbers, kinds and quantities."""
        lines = []
        for number, one in enumerate(self.evidence, start=1):
            first = 1 + sum(each.sentence < number for each in self.listed)
            about = "; ".join(part for part in (_said_by(one), _kind(one)) if part)
            lines.append(f"[{number}] ({about}) {marked(unmarked(one.text), first)}")
        return _between_marks(lines)


def numbered(evidence: Sequence[Candidate]) -> Numbered:
    """The sentences under numbers, their quantities under ids."""
    listed = ledger([unmarked(one.text) for one in evidence])
    return Numbered(tuple(evidence), listed)


def fitting(found: Iterable[Candidate], room: float) -> tuple[Candidate, ...]:
    """The most important sentences of `room` characters, in the order of their texts;
    `found` begins with the most important one.
    """
    chosen = []
    for one in found:
        room -= len(one.text) + _CHARS_A_LINE
        if room < 0:
            break
        chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: (one.document.id, one.source.number)))


def shown(evidence: Sequence[Candidate]) -> str:
    """The sentences between our marks, numbered from 1, as they are."""
    return _between_marks(
        f"[{number}] ({_said_by(one)}) {unmarked(one.text)}"
        for number, one in enumerate(evidence, start=1)
    )


def unmarked(text: str) -> str:
    """On one line and without our own marks: a text cannot end its quotation, number
    a sentence of its own or name a quantity by itself.
    """
    return _MARKS.sub("", " ".join(text.split()))


def items_of(
    given: Sequence[Said | Answered], shape: Shape, under: Numbered
) -> tuple[Item, ...]:
    """The body of a section; sentences of prose stand in one item."""
    items: list[Item] = []
    for one in given:
        if isinstance(one, Answered):
            answer = tuple(claim_of(part, under) for part in one.answer)
            question = filled(" ".join(one.question.split()), under.listed).text
            items.append(Item(answer, question=question))
        elif shape is Shape.PROSE and items:
            items[0] = Item((*items[0].claims, claim_of(one, under)))
        else:
            items.append(Item((claim_of(one, under),)))
    return tuple(items)


def claim_of(said: Said, under: Numbered) -> Claim:
    """A claim that cites what the model named, and the sentence of each quantity that
    it named; numbers that do not exist cite nothing and so fail the check.
    """
    words = filled(" ".join(said.text.split()), under.listed)
    cited: dict[Citation, None] = {}
    for number in (*said.evidence, *words.sentences):
        if 1 <= number <= len(under.evidence):
            cited.update(dict.fromkeys(under.evidence[number - 1].citations))
    is_quoted = "“" in words.text or '"' in words.text
    kind = ClaimKind.QUOTED if is_quoted else ClaimKind.REPORTED
    return Claim(words.text, kind, tuple(cited))


def _between_marks(lines: Iterable[str]) -> str:
    return "\n".join((_OPEN, *lines, _CLOSE))


def _said_by(candidate: Candidate) -> str:
    document = candidate.document
    when = document.published_at
    day = f", {when.day} {when:%B %Y}" if when else ""
    return unmarked((document.publisher or "source") + day)


def _kind(candidate: Candidate) -> str:
    """What a writer must know of a sentence before using it; "" for plain news."""
    if candidate.is_background:
        return "background"
    if looks_ahead(candidate):
        return "outlook"
    return "quotation" if quotations(candidate.text) else ""
