"""A plain main clause taken apart: who, does, what. Anything tangled gives None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.logic.extractive.verbs import AUXILIARIES, Form, Verb, verb_of
from briefing.logic.name_words import ORDINARY
from briefing.logic.names import read_names

_LEAD = re.compile(
    r"^(?:On|In|At|By|From|Since|After|Before|During|Under|For|With|Last|Next|As|Among|"
    r"Of|Across|Over|Within|Despite|Between|"
    # "Spread over 15 years, the cable adds ..."
    r"(?:Spread|[A-Z][a-z]+ed) (?:to|over|by|with|at|against|from|on|in))"
    r"\b[^,“”\"]{2,60},\s+"
)
_ASIDE = re.compile(r"^([^,]{2,60}), [^,“”\"]{3,90}, (?=[a-z])")
_TOKEN = re.compile(r"[^\s]+")
_NOT_A_SUBJECT = frozenset(
    "he she it they we i you this that these those there here if when while because "
    "although though whether what who which how and but or to not one such both "
    "asked being having according including among of across over within despite "
    "between on in at by from since after before during under for with as yet once "
    "then".split()
)
_INSIDE = frozenset(
    "that who which whose where when if because and or after before until while".split()
)
_DETERMINERS = frozenset(
    "a an the its their his her this that these those some any no each every more "
    "most new of for in on at by with from to and or".split()
)
_CHAIN = frozenset(
    "be been being not also now already to expected due scheduled set likely planned "
    "planning projected going long never always recently just still often once "
    "so far".split()
)
# What news measures; not names however they are printed at a sentence's start.
_MEASURED = frozenset(
    "revenue profit profits sales inflation prices wages exports imports "
    "traffic  output unemployment turnover shares growth investment demand "
    "total average production  spending earnings income losses costs rents "
    "shipments orders deliveries consumer  membership shareholders employment "
    "interest power water food".split()
)
_MAX_SUBJECT_WORDS = 12


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence's main clause.

    Attributes:
        lead: the adverbial in front of the subject, comma included, or "".
        subject: as printed.
        auxiliary: everything between subject and main verb ("will", "has been"), or "".
        verb: main verb as printed.
        known: the verb.
        form: in which form it is printed.
        rest: after the verb, without the final mark.
    """

    lead: str
    subject: str
    auxiliary: str
    verb: str
    known: Verb
    form: Form
    rest: str


@lru_cache(maxsize=4096)
def parse(sentence: str) -> Clause | None:
    """The main clause when it begins with a simple subject and a known verb."""
    body = sentence.rstrip(".!… ")
    lead = ""
    if match := _LEAD.match(body):
        lead, body = match.group(), body[match.end() :]
    if match := _ASIDE.match(body):
        body = f"{match.group(1)} {body[match.end() :]}"
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(body)]
    place = _verb_place(tokens)
    if place is None:
        return None
    main = _main_verb(tokens, place)
    if main is None:
        return None
    index, verb, form = main
    return Clause(
        lead=lead,
        subject=body[: tokens[place][1]].strip(),
        auxiliary=body[tokens[place][1] : tokens[index][1]].strip(),
        verb=tokens[index][0],
        known=verb,
        form=form,
        rest=body[tokens[index][2] :].strip(),
    )


def _verb_place(tokens: list[tuple[str, int, int]]) -> int | None:
    """Index of the first finite verb, None if no plain subject is before it."""
    for index, (token, _, _) in enumerate(tokens[: _MAX_SUBJECT_WORDS + 1]):
        word = token.lower()
        if index == 0 and word.strip("“\"'(") in _NOT_A_SUBJECT:
            return None
        if index and token in AUXILIARIES:
            return index
        if index and word in _INSIDE and word != "and":
            return None
        if index and token.islower() and _is_finite(tokens, index):
            return index
        if token[-1] in ',;:—–”"' or token in {"-", "–", "—"}:
            return None
    return None


def _is_finite(tokens: list[tuple[str, int, int]], index: int) -> bool:
    found = verb_of(tokens[index][0])
    if found is not None and found[1] is Form.BASE:
        return _is_plural_verb(tokens, index)
    if found is None or found[1] is Form.PARTICIPLE:
        return False
    before = tokens[index - 1][0].lower()
    if before in _DETERMINERS or before.endswith(("'s", "’s", "s'", "s’")):
        return False
    following = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
    # "A fire started by lightning ...": a reduced clause, the main verb comes later.
    is_reduced = following == "by" and not _moves(found[0])
    return not (found[1] is Form.PAST and (is_reduced or _is_followed(tokens, index)))


def _is_followed(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """ "The strike called for 28 May is suspended": its own verb comes behind."""
    if index + 1 == len(tokens) or tokens[index + 1][0] not in {
        "for",
        "on",
        "in",
        "at",
    }:
        return False
    for token, _, _ in tokens[index + 2 : index + 8]:
        if token in {"is", "are", "was", "were", "will", "has", "have"}:
            return True
        if token[-1] in ",;:—–" or token.lower() in _INSIDE | {"but", "as", "than"}:
            return False
    return False


def _is_plural_verb(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """ "Winners receive the price": a plural in front, an object or phrase behind."""
    # "The dams normally supply ..."
    is_adverb = index > 1 and tokens[index - 1][0].endswith("ly")
    before = tokens[index - 2 if is_adverb else index - 1][0]
    following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
    is_plural = before.lower() in _PEOPLE or (
        before.endswith("s") and not before.endswith(("ss", "us", "is", "'s", "’s"))
    )
    return is_plural and (following.lower() in _AFTER_A_VERB or following[:1].isdigit())


_PEOPLE = frozenset("people children women men police staff".split())
_AFTER_A_VERB = frozenset(
    "the a an its their this that these those no more less about only up to".split()
)


def _moves(verb: Verb) -> bool:
    return verb.base in {
        "rise", "fall", "grow", "drop", "increase", "decline", "jump", "shrink",
        "climb", "decrease", "surge", "slip", "expand",
    }  # fmt: skip


def _main_verb(
    tokens: list[tuple[str, int, int]], place: int
) -> tuple[int, Verb, Form] | None:
    index = place
    if tokens[place][0] not in AUXILIARIES:
        found = verb_of(tokens[place][0])
        return (place, *found) if found else None
    while index + 1 < len(tokens) and index - place < 5:
        following = tokens[index + 1][0].lower()
        found = verb_of(following)
        if following in _CHAIN or _is_perfect(tokens, index + 1):
            index += 1
        elif found is not None and following not in AUXILIARIES:
            return (index + 1, *found)
        elif following.endswith("ly"):
            index += 1
        else:
            break
    found = verb_of(tokens[place][0])
    return (place, *found) if found and index == place else None


def _is_perfect(tokens: list[tuple[str, int, int]], place: int) -> bool:
    """ "have" of "would have cost", not of "would have three members"."""
    if tokens[place][0] != "have" or place + 1 >= len(tokens):
        return False
    found = verb_of(tokens[place + 1][0])
    return found is not None and found[1] in {Form.PAST, Form.PARTICIPLE}


def question_subject(subject: str) -> str:
    """The subject as it stands inside a question: a leading article in lower case."""
    first, _, rest = subject.partition(" ")
    is_word = first.lower() in ORDINARY or verb_of(first.lower()) is not None
    is_word = is_word or first.lower() in _MEASURED
    is_word = is_word or first.endswith(("ing", "ment", "tion"))
    if first.istitle() and (is_word or not read_names(subject)):
        return f"{first.lower()} {rest}".strip()
    if first in {"The", "A", "An", "Some", "Its", "Their", "Most", "All", "Many"}:
        return f"{first.lower()} {rest}"
    return subject
