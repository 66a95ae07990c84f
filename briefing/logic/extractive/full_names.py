"""The first mention of an office in full: "the council" is the Council of Regions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefing.logic.extractive.reading import Told
from briefing.logic.extractive.scoring import stem

# What a text calls by its whole name once and by its last word afterwards.
_OFFICE = re.compile(
    r"\b[Tt]he (?P<what>agency|assembly|association|authority|board|commission|"
    r"committee|council|court|department|exchange|foundation|fund|institute|"
    r"ministry|office|regulator|society|union|university)\b"
    r"(?! of\b| [A-Z]|['’-])"
)
_FEWEST_WORDS = 2
# "the River Basin Office", "the Institute for Cold Regions"; one name to the reader.
_WHOLE = (
    r"\b[Tt]he (?P<name>(?:[A-Z][\w’'-]+ ){{0,4}}{what}"
    r"(?: (?:for|of) (?:the )?[A-Z][\w’'-]+(?: (?:and )?[A-Z][\w’'-]+){{0,3}})?)"
    r"(?!['’]| [A-Z])"
)


@dataclass(frozen=True, slots=True)
class InFull:
    """A sentence whose first office has its whole name.

    Attributes:
        text: with the name.
        antecedent: the sentence that has it.
    """

    text: str
    antecedent: Told


def in_full(
    text: str, earlier: Sequence[Told], known: Collection[str]
) -> InFull | None:
    """`text` with the whole name of the first office that it calls by its last word;
    None where the reader has met it (`known` are stems), or the name is not certain.

    `earlier` are the sentences in front of it, in order. Certain is the only name of
    all that ends or begins with the word.
    """
    if any(mark in text for mark in '“”"'):
        return None
    for match in _OFFICE.finditer(text):
        what = match.group("what")
        if stem(what) in known or re.search(rf"\b{what.title()}\b", text):
            continue
        found = _named(what, earlier)
        if found is None:
            continue
        name, place = found
        the = match.group()[:4]
        return InFull(f"{text[: match.start()]}{the}{name}{text[match.end() :]}", place)
    return None


def _named(what: str, earlier: Sequence[Told]) -> tuple[str, Told] | None:
    """The one name of the kind that stands behind "the", with its first sentence."""
    whole = re.compile(_WHOLE.format(what=what.title()))
    found = [
        (match.group("name"), sentence)
        for sentence in earlier
        for match in whole.finditer(sentence.text)
        if len(match.group("name").split()) >= _FEWEST_WORDS
    ]
    if not found:
        return None
    longest, place = max(found, key=lambda one: len(one[0]))
    return (longest, place) if all(name in longest for name, _ in found) else None
