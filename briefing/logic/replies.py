"""What an answer of a mail server means, and what to do about it.

Source: the reply table of DELIVERY.md 4.5; RFC 5321 (codes), RFC 3463 and 5248
(enhanced status). An enhanced status says more than its code and is read first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from briefing.domain.delivery import Broken, Phase, Refused


class ReplyClass(StrEnum):
    """Whose trouble it is."""

    TRANSPORT = "transport"
    THROTTLE = "throttle"
    UNCERTAIN = "uncertain"
    OPERATOR = "operator"
    SOFT = "soft"
    FULL = "full"
    HARD = "hard"
    CONTENT = "content"
    SIZE = "size"
    UNSUPPORTED = "unsupported"
    REJECTED = "rejected"


class Action(StrEnum):
    """What is done about it.

    AGAIN: back to pending, no attempt counted, the breaker opens. SLOW_DOWN: the same,
    and the rate is halved. ASK_POLICY: resend or hold. STOP_RUN: nobody can be mailed.
    DEFER: this reader later. FAIL: this reader not. SUPPRESS: this reader never again.
    STOP_ISSUE: nobody can get this issue.
    """

    AGAIN = "again"
    SLOW_DOWN = "slow_down"
    ASK_POLICY = "ask_policy"
    STOP_RUN = "stop_run"
    DEFER = "defer"
    FAIL = "fail"
    SUPPRESS = "suppress"
    STOP_ISSUE = "stop_issue"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an answer means.

    Attributes:
        reply_class: whose trouble.
        action: what to do.
        reason: short stable word for the ledger.
    """

    reply_class: ReplyClass
    action: Action
    reason: str


_ACTIONS = {
    ReplyClass.TRANSPORT: Action.AGAIN,
    ReplyClass.THROTTLE: Action.SLOW_DOWN,
    ReplyClass.UNCERTAIN: Action.ASK_POLICY,
    ReplyClass.OPERATOR: Action.STOP_RUN,
    ReplyClass.SOFT: Action.DEFER,
    ReplyClass.FULL: Action.FAIL,
    ReplyClass.HARD: Action.SUPPRESS,
    ReplyClass.CONTENT: Action.FAIL,
    ReplyClass.SIZE: Action.STOP_ISSUE,
    ReplyClass.UNSUPPORTED: Action.FAIL,
    ReplyClass.REJECTED: Action.FAIL,
}
_REASONS = {
    ReplyClass.OPERATOR: "login",
    ReplyClass.SOFT: "deferred",
    ReplyClass.FULL: "mailbox_full",
    ReplyClass.HARD: "no_such_address",
    ReplyClass.CONTENT: "policy",
    ReplyClass.SIZE: "too_large",
}
# The address does not exist, for good. 5.1.7 and 5.1.8 are about our own address.
_HARD = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# The server asks us to slow down or to come back, whoever the reader is.
_THROTTLES = frozenset({"4.3.2", "4.7.0"})
# Needs SMTPUTF8 (RFC 6531, section 3.5), which our addresses never do.
_UNSUPPORTED = frozenset({"5.6.7", "5.6.3"})
_LOGIN = frozenset({454, 530, 534, 535, 538})
# A plain 550 says nothing: only these words end an address (Sendmail, Exim, qmail,
# Postfix and Exchange of before enhanced status codes say one of them).
_UNKNOWN_WORDS = re.compile(
    r"\b(user|recipient|address|mailbox|account)\s+(is\s+)?(unknown|not found|invalid|"
    r"does(n'?t| not) exist)|\bunknown (user|recipient|address|mailbox|account)\b|"
    r"\bno such (user|recipient|address|mailbox|account|person)\b|"
    r"\bno mailbox (here )?by that name\b",
    re.IGNORECASE,
)


def classify(answer: Refused | Broken) -> Ruling:
    """What the answer means; one of every table row for any answer there can be."""
    if isinstance(answer, Broken):
        return _broken(answer)
    found = _temporary(answer) if answer.code < 500 else _permanent(answer)
    return _ruling(found)


def _broken(answer: Broken) -> Ruling:
    if answer.phase is Phase.AFTER_DOT:
        return _ruling(ReplyClass.UNCERTAIN)
    if answer.reason == "auth":
        return _ruling(ReplyClass.OPERATOR)
    return Ruling(ReplyClass.TRANSPORT, Action.AGAIN, answer.reason)


def _ruling(reply_class: ReplyClass) -> Ruling:
    reason = _REASONS.get(reply_class, reply_class.value)
    return Ruling(reply_class, _ACTIONS[reply_class], reason)


def _temporary(answer: Refused) -> ReplyClass:
    if answer.code in (421, 454) or answer.enhanced in _THROTTLES:
        return ReplyClass.THROTTLE
    return ReplyClass.SOFT


def _permanent(answer: Refused) -> ReplyClass:
    by_status = _by_status(answer.enhanced)
    if answer.command == "mail":
        # Nobody was named yet: what is refused is us, or a letter of this size.
        if answer.code in _LOGIN:
            return ReplyClass.OPERATOR
        is_size = by_status is ReplyClass.SIZE or (
            answer.code == 552 and by_status is not ReplyClass.CONTENT
        )
        return ReplyClass.SIZE if is_size else _sender(by_status)
    return by_status or _by_code(answer)


def _sender(by_status: ReplyClass | None) -> ReplyClass:
    return by_status if by_status is ReplyClass.UNSUPPORTED else ReplyClass.CONTENT


def _by_status(enhanced: str) -> ReplyClass | None:
    if enhanced in _HARD:
        return ReplyClass.HARD
    if enhanced == "5.2.2":
        return ReplyClass.FULL
    if enhanced == "5.3.4":
        return ReplyClass.SIZE
    if enhanced in _UNSUPPORTED:
        return ReplyClass.UNSUPPORTED
    if enhanced.startswith("5.7."):
        return ReplyClass.CONTENT
    return ReplyClass.REJECTED if enhanced.startswith("5.") else None


def _by_code(answer: Refused) -> ReplyClass:
    if answer.code == 554:
        return ReplyClass.CONTENT
    if answer.code == 552:
        return ReplyClass.FULL
    if answer.code in (553, 555):
        return ReplyClass.UNSUPPORTED
    if (
        answer.code in (550, 551)
        and answer.command == "rcpt"
        and _UNKNOWN_WORDS.search(answer.text)
    ):
        return ReplyClass.HARD
    return ReplyClass.REJECTED
