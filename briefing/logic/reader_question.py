"""The question that a brief answers for one kind of reader."""

from __future__ import annotations

import re

from briefing.domain.audience import Profile
from briefing.logic.rules.questions import grammar_fault

# What people call their work; anything else stays out of a page that others may read.
_WORK = re.compile(r"[^\W_][\w &/'’.+-]*", re.UNICODE)
_SPELLED_WITH_AN = frozenset("AEFHILMNORSX")
_SOUNDS_LIKE_YOU = re.compile(r"(?:uni|use|usa|uk|eu|ut[io])", re.IGNORECASE)
_FIELD = re.compile(r"\b(?:industry|sector|business|trade)$", re.IGNORECASE)


def reader_question(profile: Profile) -> str:
    """ "What does this mean for a fintech product manager?"; "" for a reader who did
    not say what the work is, or said it in words that make no question.
    """
    role, industry = (" ".join(one.split()) for one in (profile.role, profile.industry))
    if not all(_WORK.fullmatch(one) for one in (role, industry) if one):
        return ""
    if role:
        who = f"{industry} {role}".strip()
        whom = f"{_article(who)} {who}"
    elif industry:
        whom = f"the {industry}" + ("" if _FIELD.search(industry) else " industry")
    else:
        return ""
    question = f"What does this mean for {whom}?"
    return "" if grammar_fault(question) else question


def _article(words: str) -> str:
    first = words.split()[0]
    if len(first) > 1 and first.isupper():
        return "an" if first[0] in _SPELLED_WITH_AN else "a"
    if _SOUNDS_LIKE_YOU.match(first):
        return "a"
    return "an" if first[0].lower() in "aeiou" else "a"
