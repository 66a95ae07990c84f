"""The glossary of the templates, and the terms of it that a brief uses."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.errors import RenderError
from briefing.logic.glossary import Term, used
from briefing.render.view import BriefPage

FILE = "glossary.toml"
# The language that our glossary is written in; a user's copy may name another.
_LANGUAGE = "en"
_LISTS = ("forms", "beside")
_KEYS = {"name", "meaning", *_LISTS}


def terms_of(folders: Sequence[Path]) -> Callable[[BriefPage], tuple[Term, ...]]:
    """Gives the terms that a brief uses and does not explain, from the first folder
    that has a glossary; none without one, or for a brief in another language than the
    glossary's. The file is read anew each time, so that an edited one counts at once.

    What is returned raises RenderError where the file is out of form.
    """

    def terms(brief: BriefPage) -> tuple[Term, ...]:
        place = next((one / FILE for one in folders if (one / FILE).is_file()), None)
        if place is None:
            return ()
        language, entries = _read(place)
        if brief.language.partition("-")[0] != language:
            return ()
        return used([one.text for one in brief.sentences], entries)

    return terms


def _read(place: Path) -> tuple[str, tuple[Term, ...]]:
    try:
        held = tomllib.loads(place.read_text(encoding="utf-8"))
        return str(held.get("language", _LANGUAGE)), tuple(
            _term(one) for one in held.get("terms", [])
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise RenderError(
            f"{FILE}: {error}",
            hint="A term has a name, a meaning and, if you like, forms and beside.",
        ) from error


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
