"""The quantities of shown sentences under ids, and such ids back into print.

A model copies `{q7}` more safely than it copies digits: what stands in the brief is
inserted here, as the evidence prints it (BRIEF.md N1 and N2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.domain.document import Span
from briefing.logic.rules.reading import is_minor, read

# "{q7}", and "{q7: 3.43 trillion tokens}" as the evidence has it: the id counts.
_ID = re.compile(r"\{\s*[qQ](\d{1,4})\s*(?::[^{}]*)?\}")
_PER_CENT = re.compile(r"\s*(?:%|per ?cent\b)", re.IGNORECASE)
_WORD_GOES_ON = re.compile(r"(?:-?\w)+")
_SIGNS = "$€£¥"


@dataclass(frozen=True, slots=True)
class Listed:
    """A quantity that a model may name; its id is its place in the ledger, from 1.

    Attributes:
        text: as the evidence prints it.
        sentence: number of the sentence that it stands in, from 1.
    """

    text: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Words with their quantities in print.

    Attributes:
        text: ids that the ledger does not have stand there still, for rule F1.
        sentences: numbers of the sentences that the quantities came from, in order.
    """

    text: str
    sentences: tuple[int, ...]


def ledger(sentences: Sequence[str]) -> tuple[Listed, ...]:
    """Figures worth printing, outside quotations, in reading order."""
    return tuple(
        Listed(sentence[span.start : span.end], number)
        for number, sentence in enumerate(sentences, start=1)
        for span in _figures(sentence)
    )


def marked(sentence: str, first_id: int) -> str:
    """The sentence with its quantities as `{q7: 3.43 trillion tokens}`, in the order
    and with the choice of `ledger`.
    """
    parts, end = [], 0
    for number, span in enumerate(_figures(sentence), start=first_id):
        parts.append(sentence[end : span.start])
        parts.append(f"{{q{number}: {sentence[span.start : span.end]}}}")
        end = span.end
    return "".join((*parts, sentence[end:]))


def _figures(sentence: str) -> tuple[Span, ...]:
    """Where the quantities stand, each to the end of its last word: "€63 per
    megawatt-hour" without its "-hour" would be another price.
    """
    found: list[Span] = []
    for one in read(sentence).quantities:
        rest = _WORD_GOES_ON.match(sentence, one.span.end)
        end = rest.end() if rest else one.span.end
        if not is_minor(one) and (not found or found[-1].end <= one.span.start):
            found.append(Span(one.span.start, end))
    return tuple(found)


def filled(text: str, listed: Sequence[Listed]) -> Filled:
    """The text with each id replaced by its quantity.

    What a writer adds around an id in good faith is not printed twice: the number
    itself in front of it, its currency sign, its unit behind it.
    """
    made, end = "", 0
    sentences: dict[int, None] = {}
    for match in _ID.finditer(text):
        if match.start() < end:
            continue
        made += text[end : match.start()]
        end = match.end()
        number = int(match[1])
        if not 1 <= number <= len(listed):
            made += match.group()
            continue
        one = listed[number - 1]
        sentences[one.sentence] = None
        made = _before(made, one.text) + one.text
        end += _repeated(text[end:], one.text)
    return Filled(made + text[end:], tuple(sentences))


def _before(made: str, printed: str) -> str:
    bare = made.rstrip()
    if bare.casefold().endswith(printed.casefold()):
        return bare[: -len(printed)]
    if printed[0] in _SIGNS and bare.endswith(printed[0]):
        return bare[:-1]
    return made


def _repeated(rest: str, printed: str) -> int:
    """How many characters of `rest` say again how the quantity ends."""
    words = printed.split()
    for first in range(1, len(words)):
        tail = r"\s+".join(map(re.escape, words[first:]))
        again = re.match(rf"\s+{tail}(?!\w)", rest, re.IGNORECASE)
        if again:
            return again.end()
    again = _PER_CENT.match(rest) if printed.endswith("%") else None
    return again.end() if again else 0
