"""Whose words a sentence tells: "What does the League say?"."""

from __future__ import annotations

import re

from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.clauses import parse, question_subject
from briefing.logic.extractive.what_happens_next import names_coming_day
from briefing.logic.names import read_names
from briefing.logic.rules.questions import grammar_fault

_SPEAKING = frozenset(
    "say warn argue call criticise criticize welcome estimate expect deny reject urge "
    "condemn want demand".split()
)
_ASKED_WITH = {"want": "want", "demand": "want", "expect": "expect"}
# "Trump said to cheers" tells nothing of what was said.
_FEWEST_SAID = 5
# Of these a state or a house has one.
_OFFICE = re.compile(
    r"The (?:[a-z]+ )?(?:ministry|government|opposition|union|regulator|council|"
    r"central bank|statistics office|presidency)"
)
_BODY = (
    r"(?:Association|Union|Society|Institute|Council|Guild|Federation|League|Club|"
    r"Authority|Board|Chamber|Alliance|Trust|Fund)"
)
# "The Growers' Guild", which is read as "Growers" and a word behind it.
_OWNED = re.compile(rf"The (?:[A-Z][\w-]+ ){{0,3}}[A-Z]\w+s['’] {_BODY}")
# "The chain Greenleaf": a kind and one name of it.
_KIND = r"(?:chain|provider|operator|group|company|maker|carrier|airline|bank|agency)"
_OF_A_KIND = re.compile(rf"The {_KIND} (?:[A-Z][\w-]+)(?: [A-Z][\w-]+){{0,2}}")
# A relative clause stands between who speaks and what is said.
_WITH_ASIDE = re.compile(
    rf"(?P<who>The (?:{_KIND} )?[A-Z][\w-]*(?: [A-Z][\w-]*){{0,3}}), which "
    r"(?:[^,“”\"]|,(?=\d)){3,60}, (?:says|said) (?:that )?(?P<said>.+)"
)
# "..., Calder Airport said.": of one word nobody would know whose name it is.
_BEHIND = re.compile(
    r"(?P<said>[^“”\"]+), (?P<who>(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+){1,4}) "
    r"(?:said|says|warned)\.?"
)


def who_says(one: Candidate) -> str | None:
    """ "What does the League say?" of a sentence in which somebody named speaks, None
    of any other.
    """
    if names_coming_day(one):
        return None
    return _asked(_behind_an_aside(one.text)) or _asked(_plain(one.text))


def who_adds(one: Candidate) -> str | None:
    """The same of a name that closes the sentence: "..., Calder Airport said."."""
    match = _BEHIND.fullmatch(one.text)
    if match is None or len(match.group("said").split()) < _FEWEST_SAID:
        return None
    if names_coming_day(one):
        return None
    names = read_names(match.group("who"))
    is_one = (
        len(names) == 1 and names[0].text in match.group("who")[-len(names[0].text) :]
    )
    return _asked((match.group("who"), "say")) if is_one else None


def introduces_speaker(text: str) -> bool:
    """ "The chain Greenleaf, which runs 90 shops, said ..."."""
    return _WITH_ASIDE.fullmatch(text) is not None


def institution(text: str) -> str | None:
    """ "The Growers' Guild" of a sentence that begins with it; None where the subject
    is no such body.
    """
    clause = parse(text)
    if clause is None or clause.lead or "“" in text or '"' in text:
        return None
    found = _INSTITUTION.fullmatch(clause.subject)
    return clause.subject if found and text.startswith(clause.subject) else None


_INSTITUTION = re.compile(rf"The (?:[A-Z][\w'’-]+ ){{1,4}}{_BODY}")


def _asked(found: tuple[str, str] | None) -> str | None:
    if found is None:
        return None
    made = f"What does {found[0]} {found[1]}?"
    return None if grammar_fault(made) else made


def _behind_an_aside(text: str) -> tuple[str, str] | None:
    match = _WITH_ASIDE.fullmatch(text)
    if match is None or len(match.group("said").split()) < _FEWEST_SAID:
        return None
    return _lowered(match.group("who")), "say"


def _plain(text: str) -> tuple[str, str] | None:
    """(speaker, how it is asked) of a plain clause."""
    clause = parse(text)
    if clause is None or clause.auxiliary or clause.known.base not in _SPEAKING:
        return None
    if len(clause.rest.split()) < _FEWEST_SAID:
        return None
    says = _ASKED_WITH.get(clause.known.base, "say")
    subject = clause.subject
    if _OFFICE.fullmatch(subject):
        return question_subject(subject), says
    if _OWNED.fullmatch(subject) or _OF_A_KIND.fullmatch(subject):
        return _lowered(subject), says
    name = read_names(subject)
    article = subject[: name[0].span.start] if name else ""
    if not name or article.lower() not in {"", "the "}:
        return None
    if article and name[0].text.endswith("s"):
        # "the Jets" are many; "the Institutes" too.
        return None
    if subject[name[0].span.end :].strip():
        return None
    return f"{article.lower()}{name[0].text}", says


def _lowered(subject: str) -> str:
    return subject[:1].lower() + subject[1:]
