"""C3: what the evidence plans, allows, charges or denies is not told as done."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.logic.verification.alignment import Alignment, are_synonyms
from briefing.logic.verification.findings import Finding, refuted
from briefing.logic.verification.frames import Frame, Told, frame_of
from briefing.logic.verification.negation import is_negator
from briefing.logic.verification.polarity import is_anchored
from briefing.logic.verification.reading import Kind, Passage, Token, stem
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.speakers import SAYS

# A passage that holds less of the claim speaks of something else.
_LEAST_SHARE = 0.4
# The claim's own word of doubt stands so near its verb: "may", in the words before, or
# "allegedly", right behind it.
_BEFORE, _BEHIND = 8, 3
_DOUBTS = frozenset(
    stem(word)
    for word in "may might could would should plan expect expectation aim intend "
    "intention promise pledge vow hope want seek try attempt propose proposal consider "
    "threat threaten deny refuse fail accuse allege allegedly reportedly suspect "
    "charge claim possible possibly potential potentially perhaps if unless whether "
    "unlikely bid believe think project predict agree agreement".split()
) | {"likely"}
# Behind the verb only these say so: a noun there ("confirmed the claims") does not.
_DOUBTS_BEHIND = frozenset(
    "allegedly reportedly possibly potentially perhaps if unless whether".split()
)
_OF_TIME = frozenset("will shall due scheduled set".split())
_SETTLED = frozenset(stem(word) for word in "agree decide choose sign".split())
_WORDS = {
    Told.COMING: "only as something to come",
    Told.PLANNED: "only as planned or expected",
    Told.POSSIBLE: "only as possible or asked for",
    Told.CHARGED: "only as a charge or a report",
    Told.DENIED: "as denied or not done",
}


def check_modality(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first act that the claim tells as surer, or as still to come, or None.

    An act that any of the passages (without citations: any sentence of the documents)
    tells as the claim does is left alone.
    """
    for number, alignment in enumerate(evidence.alignments):
        if alignment.share < _LEAST_SHARE:
            continue
        for mine, theirs in alignment.pairs:
            finding = _check(alignment, mine, theirs, evidence, number)
            if finding is not None:
                return finding
    return None


def _check(
    alignment: Alignment, mine: int, theirs: int, evidence: Evidence, number: int
) -> Finding | None:
    claim, passage = alignment.claim, alignment.passage
    told = frame_of(claim, mine)
    there = frame_of(passage, theirs) if told is not None else None
    if told is None or there is None:
        return None
    if not is_anchored(alignment, mine, alignment.partner):
        return None
    said = _words(claim, told, mine)
    found = _words(passage, there, theirs)
    if _is_agreed(claim, mine, told, passage, there):
        return None
    if _is_too_sure(told.told, there.told):
        if _is_doubted(claim, mine, told.told) or any(
            not _is_too_sure(told.told, other)
            for other in _others(claim.tokens[mine], evidence)
        ):
            return None
        how = _WORDS[there.told]
        reason = f"The cited text tells this {how} (“{found}”), not as “{said}”."
        return refuted("C3", reason, number)
    if told.told in {Told.COMING, Told.PLANNED} and there.told is Told.DONE:
        if told.told in _others(claim.tokens[mine], evidence):
            return None
        reason = f"The cited text tells this as done (“{found}”), not as “{said}”."
        return refuted("C3", reason, number)
    return None


def _is_agreed(
    claim: Passage, mine: int, told: Frame, passage: Passage, there: Frame
) -> bool:
    """ "Is buying" of "agreed to buy": news tells a settled matter as under way."""
    is_under_way = told.told is Told.NOW and claim.tokens[mine].word.endswith("ing")
    return is_under_way and passage.tokens[there.first].stem in _SETTLED


def _is_too_sure(claim: Told, evidence: Told) -> bool:
    """Whether the claim is surer of an act than the evidence allows."""
    if claim is Told.DONE:
        return evidence >= Told.COMING
    if claim is Told.NOW:
        return evidence >= Told.PLANNED
    return claim is Told.COMING and evidence >= Told.POSSIBLE


def _others(verb: Token, evidence: Evidence) -> Iterator[Told]:
    """How every other sentence with the verb tells of it; a noun of the same stem
    ("after the closure") counts as done.
    """
    for passage in _sentences(verb, evidence):
        for index, token in enumerate(passage.tokens):
            is_same = token.stem == verb.stem or (
                # "Claims" is near to "confirmed", but not the same act.
                verb.stem not in SAYS and are_synonyms(token.stem, verb.stem)
            )
            if token.kind is Kind.WORD and is_same:
                frame = frame_of(passage, index)
                if frame is not None:
                    yield frame.told


def _sentences(verb: Token, evidence: Evidence) -> tuple[Passage, ...]:
    if evidence.is_cited:
        return (*evidence.passages, *evidence.context)
    return (*evidence.passages, *evidence.index.sentences_with(verb.stem))


def _is_doubted(claim: Passage, index: int, told: Told) -> bool:
    """A word near the verb already says that it is no fact."""
    before = claim.tokens[max(0, index - _BEFORE) : index]
    behind = claim.tokens[index + 1 : index + 1 + _BEHIND]
    return (
        any(token.stem in _DOUBTS or token.word in _DOUBTS for token in before)
        or any(token.word in _DOUBTS_BEHIND for token in behind)
        or any(
            is_negator(token) or (told is not Told.COMING and token.word in _OF_TIME)
            for token in (*before, *behind)
        )
    )


def _words(passage: Passage, frame: Frame, verb: int) -> str:
    tokens = passage.tokens
    first, last = min(frame.first, verb), max(frame.first, verb)
    start, end = tokens[first].start, tokens[last].end
    return " ".join(passage.reading.text[start:end].split())
