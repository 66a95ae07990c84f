"""Which terms of a glossary a text uses without saying what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# More is a lesson, not a help (chosen).
MOST = 4

# "X, a maker of pumps, said", but not a list: "an ant, a bee, a cow".
_ASIDE = re.compile(
    r", (?:(?:which|who|whose) |an? (?:(?! and an? )[^,]){8,120}"
    r"(?:,(?= (?!an?\b|the\b|and\b|or\b)[a-z])|\.$))"
)


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


@dataclass(frozen=True, slots=True)
class Use:
    """Where a text first uses a term.

    Attributes:
        term: which.
        number: of the sentence, from 0.
        start: of the term in it.
        end: of the term in it.
    """

    term: Term
    number: int
    start: int
    end: int


def used(texts: Sequence[str], glossary: Iterable[Term]) -> tuple[Use, ...]:
    """Terms that the sentences use, in the order of their first use, four at most; one
    that a sentence explains itself ("A basis point is ...", "basis points (hundredths
    of ...)") is left out. Whole words; abbreviations in capitals only as they are.
    """
    found: list[Use] = []
    for term in glossary:
        if term.beside and not _has_one(term.beside, texts):
            continue
        spellings = (term.name, *term.forms)
        place = _first(_pattern(spellings), texts)
        if place is not None and not is_explained(spellings, texts):
            found.append(Use(term, *place))
    ordered = sorted(found, key=lambda one: (one.number, one.start, -one.end))
    return tuple(_without_shorter(ordered))[:MOST]


def first_use(
    spellings: Sequence[str], texts: Sequence[str]
) -> tuple[int, int, int] | None:
    """Where one of the spellings first stands: sentence, first character, end."""
    return _first(_pattern(tuple(spellings)), texts)


def is_explained(spellings: Sequence[str], texts: Sequence[str]) -> bool:
    """One of the sentences says what it is."""
    spelled = _pattern(tuple(spellings))
    return any(_explains(spelled, one) for one in texts)


def _first(
    spelled: re.Pattern[str], texts: Sequence[str]
) -> tuple[int, int, int] | None:
    for number, text in enumerate(texts):
        if match := spelled.search(text):
            return number, match.start(), match.end()
    return None


def _has_one(spellings: tuple[str, ...], texts: Sequence[str]) -> bool:
    return _first(_pattern(spellings), texts) is not None


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
    return (
        (is_subject and says is not None)
        or behind.startswith(" (")
        or _ASIDE.match(behind) is not None
    )


def _without_shorter(found: list[Use]) -> list[Use]:
    """A term inside a longer one is not meant there ("rate" in "key rate")."""
    kept: list[Use] = []
    for use in found:
        last = kept[-1] if kept else None
        if last and use.number == last.number and use.start < last.end:
            continue
        kept.append(use)
    return kept
