"""Sentences that say who or what a named thing is, and the question they answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.logic.extractive.candidates import Candidate
from briefing.logic.extractive.resolve import looks_person
from briefing.logic.names import read_names, same_name
from briefing.logic.rules.questions import grammar_fault
from briefing.logic.text import words

_IS = re.compile(
    r"^(?: \([^)]{2,20}\))?(?P<verb>,| is| are| was)"
    r" (?:(?:a|an)\b(?! (?:few|lot|bit))|the (?:\w+['’]s |\w+ )?(?:largest|biggest|"
    r"oldest|second|main|only|country['’]s|world['’]s|company that|body that|agency "
    r"that|chief|head|maker|owner|operator|group that)|one of the)\b"
)
_PERSON = re.compile(
    r"^\W*(?:is|are|was)?\W*(?:a|an|the|one of the)\s+(?:[\w'’-]+\s+){0,4}"
    r"(?:minister|president|chief|chair(?:man|woman)?|director|spokes\w+|analyst|"
    r"professor|author|actor|actress|singer|senator|lawyer|judge|executive|founder|"
    r"economist|researcher|scientist|writer|journalist|officer|leader|mayor|governor|"
    r"coach|player|artist|designer|engineer|doctor|man|woman|year-old|teacher|"
    r"student|activist|inventor|captain|musician|rapper|comedian|politician)\b"
)


def definition(one: Candidate, known: Sequence[str]) -> str | None:
    """The question that `one` answers ("What is X?"), None if it defines no name.

    `known` are the names that matter in the story; others are not asked about.
    """
    names = read_names(one.text)
    if not names or names[0].span.start > len("The "):
        return None
    first = names[0]
    if "-year-old" in first.text:
        return None
    article = one.text[: first.span.start]
    if article not in {"", "The "} or not _matters(first.text, known):
        return None
    after = one.text[first.span.end :]
    match = _IS.match(after)
    if match is None:
        return None
    if match.group("verb") == "," and not re.search(r",[^,]{8,}?, \w", after):
        return None
    verb = {",": "is", " is": "is", " was": "was", " are": "are"}[match.group("verb")]
    who = "Who" if _PERSON.match(after.replace(",", " ", 1)) else "What"
    subject = article.lower() + first.text
    if who == "What" and (len(words(subject)) < 2 or looks_person(first.text)):
        # One bare word is a place or a household name, and too short a question.
        return None
    question = f"{who} {verb} {subject}?"
    return None if grammar_fault(question) else question


def defines(one: Candidate) -> bool:
    """Says what some named thing is; true on any day."""
    return definition(one, one.names) is not None


def _matters(name: str, known: Sequence[str]) -> bool:
    return any(same_name(name, other) for other in known)


def main_names(pool: Sequence[Candidate]) -> tuple[str, ...]:
    """Names that several of the best sentences hold, commonest first."""
    counts: Counter[str] = Counter()
    for one in pool[:60]:
        for name in dict.fromkeys(one.names):
            counts[name] += 1
    return tuple(name for name, count in counts.most_common(12) if count >= 2)
