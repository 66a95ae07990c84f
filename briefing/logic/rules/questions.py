"""G1 to G4: a question that somebody would ask, and an answer to it.

The grammar rules of G1 are listed in docs/checker.md; a change goes there too.
"""

from __future__ import annotations

import re
from itertools import pairwise

from briefing.domain.brief import Action, Item, Level, Violation
from briefing.logic.rules.page import Page, questions
from briefing.logic.rules.reading import read
from briefing.logic.text import content_words, plain_marks, words

INTERROGATIVES = frozenset("what why how who whom whose when where which".split())
BE = frozenset("is are was were isn't aren't wasn't weren't".split())
DO = frozenset("do does did don't doesn't didn't".split())
MODALS = frozenset(
    "can could will would should may might must has have had can't couldn't won't "
    "wouldn't shouldn't hasn't haven't hadn't".split()
)
AUXILIARIES = BE | DO | MODALS
# "Who pays?", "What changed?": a question word may be the subject of its own verb.
_FINITE = frozenset(
    "happened happens changed changes makes made means meant comes came goes went "
    "pays paid benefits benefited gains gained loses lost wins won owns owned runs ran "
    "uses used decides decided decide says said stands stood explains explained drives "
    "drove caused causes follows followed leads led remains remained matters mattered "
    "counts counted works worked wrote began begins started starts ends ended needs "
    "needed supports opposes backs backed makes takes took gets got holds held sets "
    "set become becomes became belongs depends sells sold buys bought builds built use "
    "pay lose gain benefit own run make get need work live take come go "
    "depend rely fell became got".split()
)
# Third-person verbs of headlines that are hardly ever nouns: a second predicate in a
# question means that a headline was glued into it.
_GLUED = frozenset(
    "tops beats overtakes unveils launches announces warns seeks says becomes raises "
    "sues buys sells opens wins hits loses slashes acquires approves rejects faces "
    "urges vows unveiled overtook topped announced".split()
)
_OPENS_CLAUSE = frozenset(
    "that which who whom whose what how why when where if whether because after before "
    "while as and or but since until though although than".split()
)
# "The Hague", "Will", "May" and "US" may stand inside a question.
_GLUED_START = re.compile(
    r"(?<=\w )(?:Among|Amid|After|Before|Although|Because|Despite|During|If|In|On|At|"
    r"By|For|From|When|While|With|Under|As|But|And|However|More|Most|Some|About|It|This|"
    r"That|These|Those|They|There|He|She|We|Its|Their|His|Her|According)\b(?! [A-Z])"
)
_INSIDE = re.compile(r"[.!?:;](?=\s)|[\n…]|--| [-–—|] ")


def bad_grammar(page: Page) -> tuple[Violation, ...]:
    """G1: the question's form; a question that fails goes with its answer."""
    return tuple(
        _fault("G1", section, item, text, fault)
        for section, item, text in questions(page)
        if (fault := grammar_fault(text))
    )


def grammar_fault(question: str) -> str:
    """Why this is no question that a person would ask, "" if it is one."""
    text = plain_marks(question.strip())
    tokens = words(text)
    if not text.endswith("?") or text.endswith("??"):
        return "It does not end with one question mark."
    if not 4 <= len(tokens) <= 14:
        return f"It has {len(tokens)} words; a question has 4 to 14."
    if tokens[0] not in INTERROGATIVES | AUXILIARIES:
        return f"It begins with {tokens[0]!r}, no question word and no auxiliary."
    if _INSIDE.search(text[:-1]):
        return "It holds more than one sentence."
    if any(a == b for a, b in pairwise(tokens)):
        return "A word stands twice in a row."
    if match := _GLUED_START.search(text):
        return f"A sentence is glued in: {match.group()!r} begins one."
    predicate = _predicate(tokens)
    if predicate is None:
        return "It has no verb where a question needs one."
    return _second_predicate(tokens, predicate)


def _predicate(tokens: tuple[str, ...]) -> int | None:
    """Where the finite verb stands; None if the word order is no question's."""
    if tokens[0] in AUXILIARIES:
        return 0
    # "How many more paying customers does": a phrase may come before the verb.
    reach = 3 if tokens[0] in {"why", "when", "where"} else 8
    for position, token in enumerate(tokens[1:reach], start=1):
        if token in AUXILIARIES:
            return position
        if token in _FINITE and tokens[0] not in {"why", "when", "where"}:
            return position
    return None


def _second_predicate(tokens: tuple[str, ...], predicate: int) -> str:
    for position in range(predicate + 1, len(tokens)):
        token = tokens[position]
        between = tokens[predicate + 1 : position]
        if token in _GLUED and not _OPENS_CLAUSE.intersection(between):
            return f"A headline is glued in: {token!r} is a second verb."
    return ""


def headlines_inside(page: Page) -> tuple[Violation, ...]:
    """G2: five words of the headline in a row, or most of it, are no question."""
    headline = words(page.headline.text)
    return tuple(
        _fault("G2", section, item, text, "The headline stands inside the question.")
        for section, item, text in questions(page)
        if holds_headline(text, headline)
    )


def holds_headline(question: str, headline: tuple[str, ...]) -> bool:
    """A run of the headline's words: five, or 70 % of them (three at least)."""
    needed = min(5, max(3, round(0.7 * len(headline))))
    tokens = words(question)
    runs = {tokens[i : i + needed] for i in range(len(tokens) - needed + 1)}
    return any(
        headline[i : i + needed] in runs for i in range(len(headline) - needed + 1)
    )


def unanswered(page: Page) -> tuple[Violation, ...]:
    """G3, where it can be seen: how many wants a figure, who a name."""
    found: list[Violation] = []
    for section in page.sections:
        for number, item in enumerate(section.items):
            if item.question is not None and not _answers(item):
                message = "The first sentence does not answer it."
                found.append(_fault("G3", section.name, number, item.question, message))
    return tuple(found)


def _answers(item: Item) -> bool:
    if item.question is None or not item.claims:
        return False
    asked = words(item.question)
    answer = item.claims[0].text
    if asked[:2] in {("how", "many"), ("how", "much")}:
        return bool(read(answer).quantities) or bool(re.search(r"\d", answer))
    if asked[:1] in {("who",), ("whose",)}:
        return bool(read(answer).names)
    return True


def same_questions(page: Page) -> tuple[Violation, ...]:
    """G4: of two questions that ask the same, the later one goes."""
    kept: list[str] = []
    found: list[Violation] = []
    for section, item, text in questions(page):
        if any(asks_same(text, other) for other in kept):
            found.append(
                _fault("G4", section, item, text, "The brief asks this already.")
            )
        else:
            kept.append(text)
    return tuple(found)


def asks_same(left: str, right: str) -> bool:
    """Same question word, and content words that overlap by 0.7 or more."""
    if read(left).normal == read(right).normal:
        return True
    if _kind(left) != _kind(right):
        return False
    a, b = _stems(left), _stems(right)
    return bool(a | b) and len(a & b) / len(a | b) >= 0.7


def _kind(question: str) -> tuple[str, ...]:
    tokens = words(question)
    return tokens[:2] if tokens[:1] == ("how",) else tokens[:1]


def _stems(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"(?:'s|es|s|ed|ing)$", "", w) for w in content_words(text))


def _fault(rule: str, section: str, item: int, text: str, message: str) -> Violation:
    return Violation(rule, Level.E, section, text, message, Action.STRUCK, item)
