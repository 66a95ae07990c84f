"""What is left to tell, asked by the name it is about: "What else is known of ...?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.domain.document import Document
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse
from briefing.logic.extractive.definitions import main_names
from briefing.logic.extractive.page import Page, is_speech
from briefing.logic.extractive.verbs import AUXILIARIES, verb_of
from briefing.logic.extractive.what_happens_next import is_outlook
from briefing.logic.names import same_name
from briefing.logic.rules.questions import grammar_fault, holds_headline
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.text import words

_FEWEST_WORDS = 8
_LOOKED_AT = 90
# In the first words of a sentence the name is what it speaks of.
_EARLY = 40
_MOST_WORDS = 6
_FEWEST_LETTERS = 3
_ADVERBIAL = re.compile(
    r"(?:After|Ahead|Along|According|As|At|Before|By|During|For|From|Held|In|Of|On|"
    r"Since|To|Under|Unlike|Until|While|When|With|Without|It)\b"
)
# "St. Mary": the name was read up to the point.
_ABBREVIATED = re.compile(r"\b(?:St|Mt|Dr|Mr|Mrs|Ms|Jr|Sr|No)$")
# "Norwegian" says of what kind a thing is; nobody asks what is known about it.
_ADJECTIVE = re.compile(r"^\w+(?:ian|ean|ish|ese|ican|eli|aqi)s?$")
_BEHIND = re.compile(r"[.,;:]|['’]s\b|\s(?P<word>[a-z]+)")


def carries_weight(one: Candidate) -> bool:
    """A plain sentence with a figure or with two names."""
    is_plain = not (one.is_background or is_speech(one.text) or is_outlook(one))
    return (
        is_plain
        and one.size >= _FEWEST_WORDS
        and bool(one.quantities or len(one.names) >= 2)
    )


def has_figure(text: str) -> bool:
    """A figure worth printing stands in it."""
    return any(not is_minor(one) for one in read(text).quantities)


def topics(page: Page) -> Iterator[tuple[str, str]]:
    """(name, question) by how much of what is left speaks of the name, most first."""
    left = [one for one in page.free()[:_LOOKED_AT] if carries_weight(one)]
    worth = {
        name: sum(page.worth(one) for one in left if speaks_of(_head(one), name))
        for name in _distinct(main_names(page.pool))
    }
    for name in sorted(worth, key=lambda name: -worth[name]):
        question = ask(name, page.story.documents)
        if worth[name] and question and not holds_headline(question, words(page.title)):
            yield name, question


def about(page: Page, name: str) -> list[Candidate]:
    """What is left of a name, best first; () if no sentence has it for its subject."""
    left = [
        one
        for one in page.free()[:_LOOKED_AT]
        if carries_weight(one) and speaks_of(one.text, name)
    ]
    left.sort(key=lambda one: not speaks_of(_head(one), name))
    return left if left and speaks_of(_head(left[0]), name) else []


def _head(one: Candidate) -> str:
    """The subject, or the first words of a sentence that is no plain clause."""
    clause = parse(one.text)
    if clause is not None:
        return clause.subject
    return "" if _ADVERBIAL.match(one.text) else one.text[:_EARLY]


def speaks_of(text: str, name: str) -> bool:
    """The name, a short or a long form of it stands in the text."""
    return any(same_name(name, other) for other in read(text).names)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The longest form of each name, in the order of their first."""
    kept: list[str] = []
    for name in names:
        place = next((i for i, one in enumerate(kept) if same_name(one, name)), None)
        if place is None:
            kept.append(name)
        elif len(name) > len(kept[place]) and len(name.split()) <= _MOST_WORDS:
            kept[place] = name
    return tuple(kept)


def ask(name: str, documents: Sequence[Document]) -> str | None:
    """ "What else is known about the Tidal Bank?", None if nobody would ask that."""
    if _ADJECTIVE.match(name) or len(name) < _FEWEST_LETTERS or "-year-old" in name:
        return None
    if _ABBREVIATED.search(name) or not _is_thing(name, documents):
        return None
    article = "the " if _takes_article(name, documents) else ""
    made = f"What else is known about {article}{name}?"
    return None if grammar_fault(made) else made


def _is_thing(name: str, documents: Sequence[Document]) -> bool:
    """Somewhere a sentence ends, pauses or goes on with a verb behind the name."""
    for document in documents:
        for match in re.finditer(rf"\b{re.escape(name)}", document.text):
            behind = _BEHIND.match(document.text, match.end())
            word = behind.group("word") if behind else None
            if behind and (word is None or word in AUXILIARIES or verb_of(word)):
                return True
    return False


def _takes_article(name: str, documents: Sequence[Document]) -> bool:
    """Most of the texts' mentions have "the" in front."""
    pattern = re.compile(rf"(?P<the>\b[Tt]he )?(?<!\w){re.escape(name)}(?!\w| [A-Z])")
    mentions = [
        match.group("the") is not None
        for document in documents
        for match in pattern.finditer(document.text)
    ]
    return 2 * sum(mentions) > len(mentions)
