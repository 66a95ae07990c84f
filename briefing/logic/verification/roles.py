"""C3: who did it and to whom it was done are not exchanged, active or passive."""

from __future__ import annotations

from briefing.logic.names import same_name
from briefing.logic.verification.acts import Act, acts
from briefing.logic.verification.alignment import are_synonyms
from briefing.logic.verification.findings import Finding, refuted
from briefing.logic.verification.reading import Passage, stem
from briefing.logic.verification.search import Evidence
from briefing.logic.verification.seats import stands_for

# What two do together has no roles to exchange.
_MUTUAL = frozenset(
    stem(word)
    for word in "meet marry face play merge draw fight talk speak agree join share "
    "compete partner sign clash date divorce border".split()
)


def check_roles(claim: Passage, evidence: Evidence) -> Finding | None:
    """The first act whose doer and target the evidence has the other way, or None."""
    told = [
        (number, act)
        for number, passage in enumerate(evidence.passages)
        for act in acts(passage)
    ]
    for act in acts(claim):
        if any(_is_same(act, other) for _, other in told):
            continue
        for number, other in told:
            if _is_turned(act, other):
                reason = (
                    f"In the cited text it is the other way round: “{other.words}”."
                )
                return refuted("C3", reason, number)
        for number, other in told:
            if _is_anothers(act, other):
                reason = f"In the cited text {other.doer} does it: “{other.words}”."
                return refuted("C3", reason, number)
    return None


def confirms(claim: Passage, passage: Passage, left: str, right: str) -> bool:
    """Whether the passage holds an act of the claim between two names as it stands."""
    told = list(acts(passage))
    return any(
        _is_same(act, other)
        for act in acts(claim)
        if {act.doer, act.target} == {left, right}
        for other in told
    )


def told_alike(claim: Passage, evidence: Evidence) -> tuple[Act, ...]:
    """The claim's acts that the evidence holds, in whatever words, with both names in
    their parts.
    """
    mine = tuple(acts(claim))
    if not mine:
        return ()
    told = [other for passage in evidence.passages for other in acts(passage)]
    return tuple(act for act in mine if any(_is_same(act, other) for other in told))


def _does_alike(act: Act, other: Act) -> bool:
    is_one = act.verb == other.verb or are_synonyms(act.verb, other.verb)
    return is_one and act.link == other.link


def _is_same(act: Act, other: Act) -> bool:
    return (
        _does_alike(act, other)
        and same_name(act.doer, other.doer)
        and same_name(act.target, other.target)
    )


def _is_turned(act: Act, other: Act) -> bool:
    return (
        act.verb not in _MUTUAL
        and _does_alike(act, other)
        and same_name(act.doer, other.target)
        and same_name(act.target, other.doer)
        and not same_name(act.doer, act.target)
    )


def _is_anothers(act: Act, other: Act) -> bool:
    """The same is done to the same one, by somebody else."""
    return (
        act.verb not in _MUTUAL
        and _does_alike(act, other)
        and same_name(act.target, other.target)
        and not stands_for(act.doer, other.doer)
        and not same_name(act.target, act.doer)
    )
