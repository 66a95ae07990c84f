"""Sentences that a model is shown under numbers, and claims that name such numbers.

The model never cites by itself: a number stands for the citations of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefing.domain.claim import Citation, Claim, ClaimKind
from briefing.logic.extractive.candidates import Candidate
from briefing.pipeline.model_answer import Said

_OPEN, _CLOSE = "<<<EVIDENCE", "EVIDENCE>>>"
_MARKS = re.compile("[<>]{3,}")
# What a line has beside its sentence: number, publisher and day.
_CHARS_A_LINE = 60


def fitting(found: Iterable[Candidate], room: float) -> tuple[Candidate, ...]:
    """The most important sentences of `room` characters, in the order of their texts;
    `found` begins with the most important one.
    """
    chosen = []
    for one in found:
        room -= len(one.text) + _CHARS_A_LINE
        if room < 0:
            break
        chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: (one.document.id, one.source.number)))


def shown(evidence: Sequence[Candidate]) -> str:
    """The sentences between our marks, numbered from 1."""
    lines = "\n".join(
        f"[{number}] ({_said_by(one)}) {unmarked(one.text)}"
        for number, one in enumerate(evidence, start=1)
    )
    return f"{_OPEN}\n{lines}\n{_CLOSE}"


def unmarked(text: str) -> str:
    """On one line and without our own marks: a text cannot end its quotation, and
    cannot number a sentence of its own, by itself.
    """
    return _MARKS.sub("", " ".join(text.split()))


def claim_of(said: Said, evidence: Sequence[Candidate]) -> Claim:
    """A claim that cites what the model named; numbers that do not exist cite nothing
    and so fail the check.
    """
    cited: dict[Citation, None] = {}
    for number in said.evidence:
        if 1 <= number <= len(evidence):
            cited.update(dict.fromkeys(evidence[number - 1].citations))
    text = " ".join(said.text.split())
    is_quoted = "“" in text or '"' in text
    kind = ClaimKind.QUOTED if is_quoted else ClaimKind.REPORTED
    return Claim(text, kind, tuple(cited))


def _said_by(candidate: Candidate) -> str:
    document = candidate.document
    when = document.published_at
    day = f", {when.day} {when:%B %Y}" if when else ""
    return unmarked((document.publisher or "source") + day)
