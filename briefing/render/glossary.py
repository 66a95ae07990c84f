"""The glossary of the templates: the user's own, else ours."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefing.errors import RenderError
from briefing.logic.glossary import Term

FILE = "glossary.toml"
# The language that our glossary is written in; a user's copy may name another.
_LANGUAGE = "en"
_LISTS = ("forms", "beside")
_KEYS = {"name", "meaning", *_LISTS}


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms and the language that they are explained in.

    Attributes:
        language: ISO 639-1.
        terms: in the order of the file.
    """

    language: str = _LANGUAGE
    terms: tuple[Term, ...] = ()

    def of(self, language: str) -> tuple[Term, ...]:
        """The terms for a brief in `language`, () if they are in another."""
        return self.terms if language.partition("-")[0] == self.language else ()


def glossary_of(folders: Sequence[Path]) -> Glossary:
    """The glossary of the first folder that has one, empty without. It is read anew
    each time, so that an edited one counts at once. Raises RenderError where the file
    is out of form.
    """
    place = next((one / FILE for one in folders if (one / FILE).is_file()), None)
    return Glossary() if place is None else _read(place)


def spellings(folders: Sequence[Path]) -> frozenset[str]:
    """Every spelling that the glossary explains, lower case. Raises RenderError."""
    return frozenset(
        spelling.casefold()
        for term in glossary_of(folders).terms
        for spelling in (term.name, *term.forms)
    )


def _read(place: Path) -> Glossary:
    try:
        return _parsed(place.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise RenderError(
            f"{FILE}: {error}",
            hint="A term has a name, a meaning and, if you like, forms and beside.",
        ) from error


# By its words: every format of every edition asks for the same file.
@lru_cache(maxsize=4)
def _parsed(text: str) -> Glossary:
    held = tomllib.loads(text)
    return Glossary(
        str(held.get("language", _LANGUAGE)),
        tuple(_term(one) for one in held.get("terms", [])),
    )


def _term(entry: object) -> Term:
    """Raises ValueError for anything but a table of the known keys."""
    if not isinstance(entry, dict) or not {"name", "meaning"} <= set(entry) <= _KEYS:
        raise ValueError(f"{str(entry)[:60]} is no term")
    lists = [entry.get(key, []) for key in _LISTS]
    if not all(isinstance(one, list) for one in lists):
        raise ValueError(f"{str(entry)[:60]} is no term")
    texts = [entry["name"], entry["meaning"], *(word for one in lists for word in one)]
    if not all(isinstance(one, str) and one.strip() for one in texts):
        raise ValueError(f"{str(entry)[:60]} is no term")
    forms, beside = lists
    return Term(entry["name"], entry["meaning"], tuple(forms), tuple(beside))
