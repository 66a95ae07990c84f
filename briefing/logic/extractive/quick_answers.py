"""Quick answers: what a searcher would type and the brief has not answered above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefing.domain.brief import Item
from briefing.logic.extractive.asking import what_if
from briefing.logic.extractive.asking_what import asked_of
from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.definitions import definition, main_names
from briefing.logic.extractive.page import Page, is_speech
from briefing.logic.extractive.roles import names_gap
from briefing.logic.extractive.scoring import stems
from briefing.logic.names import read_names
from briefing.logic.rules.questions import holds_headline
from briefing.logic.text import words

_LOOKED_AT = 70
# Questions that a kind of sentence answers whatever its subject is.
_TYPED = (
    (re.compile(r"\b(?:exempt|exceptions?|need not (?!be\b)|not apply|fewer than \d+ "
                r"employees)\b"), "Are there any exceptions?"),
    (re.compile(r"\b(?:lasted|outage of|closure of|strike of|delay of) (?:\w+ ){0,3}?"
                r"[\d.]+ (?:minutes|hours|days|weeks|months)"),
     "How long did it last?"),
    (re.compile(r"\b(?:compensation|credit of|pay back|refund|severance)\b"),
     "Is there any compensation?"),
    (re.compile(r"\b(?:fines?|penalt(?:y|ies)|sentence[sd]?|prison)\b.*\d"),
     "What penalties are there?"),
)  # fmt: skip
_ALIKE = 0.6
_DEFINING = ("What is ", "Who is ", "What are ", "Who was ", "What was ")


def quick_answers(page: Page, limit: int, max_items: int) -> tuple[Item, ...]:
    """Questions with one-sentence answers of at most `limit` words, in order of worth.

    No two begin with the same subject and verb; kinds of question take turns.
    """
    made: list[Item] = []
    kinds: list[str] = []
    for repeats in (0, 1):
        for one in list(page.free())[:_LOOKED_AT]:
            if len(made) >= max_items:
                return tuple(made)
            for question in _questions(page, one):
                kind = " ".join(question.split()[:2])
                is_when = question.startswith("When ")
                if is_when and page.ledger.has_told_days(one.text):
                    continue
                if kinds.count(kind) > repeats or _is_asked(page, question):
                    continue
                answer = page.take(one, limit, checks=_answers(question))
                if answer is None:
                    break
                page.ledger.questions.append(question)
                kinds.append(kind)
                made.append(Item(claims=(answer,), question=question))
                break
    return tuple(made)


def _questions(page: Page, one: Candidate) -> Iterator[str]:
    if is_speech(one.text) or names_gap(one) or one.is_background:
        return
    known = main_names(page.pool)
    defined = definition(one, known)
    if defined is not None:
        yield defined
    condition = what_if(one.text)
    if condition is not None:
        yield condition
    yield from (question for fits, question in _TYPED if fits.search(one.text))
    # A subject without a name ("the company") leaves a searcher none the wiser.
    yield from (one for one in asked_of(one.text) if read_names(one[5:]))


def _answers(question: str) -> Callable[[str], bool]:
    """Whether a shortened sentence still answers the question."""

    def still(text: str) -> bool:
        if question.startswith(_DEFINING) or question == what_if(text):
            return True
        typed = next((fits for fits, asked in _TYPED if asked == question), None)
        if typed is not None:
            return typed.search(text) is not None
        return question in asked_of(text)

    return still


def _is_asked(page: Page, question: str) -> bool:
    if holds_headline(question, words(page.title)):
        return True
    ours = set(stems(question))
    return any(
        len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))
        for other in page.ledger.questions
        if (theirs := set(stems(other))) and ours
    )
