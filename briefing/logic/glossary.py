"""Which terms of a glossary a text uses without saying what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# More is a lesson, not a help (chosen).
_MOST = 4


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a glossary.

    Attributes:
        name: as it is printed in the list of terms.
        meaning: a phrase that completes "is".
        forms: other spellings that stand for it: plural, abbreviation.
        beside: words one of which the text must have too, for a term that means other
            things elsewhere; () where it always means this.
    """

    name: str
    meaning: str
    forms: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def used(texts: Sequence[str], glossary: Iterable[Term]) -> tuple[Term, ...]:
    """Terms that the sentences use, in the order of their first use, four at most; one
    that a sentence explains itself ("A basis point is ...", "basis points (hundredths
    of ...)") is left out. Whole words; abbreviations in capitals only as they are.
    """
    found: list[tuple[int, int, int, Term]] = []
    for term in glossary:
        if term.beside and not _has_one(term.beside, texts):
            continue
        spelled = _pattern((term.name, *term.forms))
        for number, text in enumerate(texts):
            match = spelled.search(text)
            if match is None:
                continue
            if not any(_explains(spelled, one) for one in texts):
                found.append((number, match.start(), -match.end(), term))
            break
    return tuple(_without_shorter(sorted(found, key=lambda one: one[:3])))[:_MOST]


def _has_one(spellings: tuple[str, ...], texts: Sequence[str]) -> bool:
    wanted = _pattern(spellings)
    return any(wanted.search(text) for text in texts)


def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    forms = sorted(spellings, key=len, reverse=True)
    exact = "|".join(re.escape(one) for one in forms if one.isupper())
    loose = "|".join(re.escape(one) for one in forms if not one.isupper())
    parts = [exact] if exact else []
    parts += [f"(?i:{loose})"] if loose else []
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


def _explains(spelled: re.Pattern[str], text: str) -> bool:
    match = spelled.search(text)
    if match is None:
        return False
    before, behind = text[: match.start()], text[match.end() :]
    is_subject = re.fullmatch(r"(?:an?|the)?\s*", before, re.IGNORECASE) is not None
    says = re.match(r"\s*(?:is|are|means?|stands? for)\s+(?:an?|the|one)\b", behind)
    return (is_subject and says is not None) or behind.startswith(" (")


def _without_shorter(found: list[tuple[int, int, int, Term]]) -> list[Term]:
    """A term inside a longer one is not meant there ("rate" in "key rate")."""
    kept: list[Term] = []
    last = (-1, -1)
    for number, start, end, term in found:
        if number == last[0] and start < last[1]:
            continue
        kept.append(term)
        last = (number, -end)
    return kept
