"""Every reply of a server has one meaning and one consequence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.domain.delivery import Broken, Phase, Refused
from briefing.logic.replies import Action, ReplyClass, Ruling, classify


def said(line: str, command: str = "rcpt") -> Ruling:
    """The ruling on "550 5.1.1 text", as the carrier would read it."""
    code, _, rest = line.partition(" ")
    first, _, text = rest.partition(" ")
    is_status = first.count(".") == 2
    return classify(
        Refused(
            int(code), first if is_status else "", text if is_status else rest, command
        )
    )


@pytest.mark.parametrize(
    ("line", "reply_class", "action"),
    [
        ("421 4.7.0 too fast", ReplyClass.THROTTLE, Action.SLOW_DOWN),
        ("421", ReplyClass.THROTTLE, Action.SLOW_DOWN),
        ("451 4.3.2 shutting down", ReplyClass.THROTTLE, Action.SLOW_DOWN),
        ("450 4.7.0 rate limited", ReplyClass.THROTTLE, Action.SLOW_DOWN),
        ("454 4.7.0 throttled", ReplyClass.THROTTLE, Action.SLOW_DOWN),
        ("450 4.2.0 greylisted", ReplyClass.SOFT, Action.DEFER),
        ("451 4.7.1 greylisted", ReplyClass.SOFT, Action.DEFER),
        ("450 4.2.1 busy", ReplyClass.SOFT, Action.DEFER),
        ("451 4.3.0 local error", ReplyClass.SOFT, Action.DEFER),
        ("452 4.3.1 disk full", ReplyClass.SOFT, Action.DEFER),
        ("452", ReplyClass.SOFT, Action.DEFER),
        ("550 5.1.1 no such user", ReplyClass.HARD, Action.SUPPRESS),
        ("550 5.1.2 no such host", ReplyClass.HARD, Action.SUPPRESS),
        ("553 5.1.3 bad address", ReplyClass.HARD, Action.SUPPRESS),
        ("550 5.1.6 moved", ReplyClass.HARD, Action.SUPPRESS),
        ("550 5.1.10 null MX", ReplyClass.HARD, Action.SUPPRESS),
        ("550 5.2.1 disabled", ReplyClass.HARD, Action.SUPPRESS),
        ("550 User unknown", ReplyClass.HARD, Action.SUPPRESS),
        ("550 No such user here", ReplyClass.HARD, Action.SUPPRESS),
        ("550 mailbox unavailable", ReplyClass.REJECTED, Action.FAIL),
        ("550 blocked, see our page", ReplyClass.REJECTED, Action.FAIL),
        ("550 5.4.1 access denied", ReplyClass.REJECTED, Action.FAIL),
        ("552 5.2.2 over quota", ReplyClass.FULL, Action.FAIL),
        ("552 over quota", ReplyClass.FULL, Action.FAIL),
        ("550 5.7.1 spam", ReplyClass.CONTENT, Action.FAIL),
        ("550 5.7.26 not authenticated", ReplyClass.CONTENT, Action.FAIL),
        ("550 5.7.515 DMARC", ReplyClass.CONTENT, Action.FAIL),
        ("554 no", ReplyClass.CONTENT, Action.FAIL),
        ("554 5.7.1 User unknown", ReplyClass.CONTENT, Action.FAIL),
        ("552 5.3.4 too large", ReplyClass.SIZE, Action.STOP_ISSUE),
        ("554 5.3.4 too large", ReplyClass.SIZE, Action.STOP_ISSUE),
        ("553 5.6.7 needs SMTPUTF8", ReplyClass.UNSUPPORTED, Action.FAIL),
        ("555 unknown parameter", ReplyClass.UNSUPPORTED, Action.FAIL),
        ("503 5.5.1 bad sequence", ReplyClass.REJECTED, Action.FAIL),
    ],
)
def test_a_reply_to_rcpt_means_what_the_table_says(
    line: str, reply_class: ReplyClass, action: Action
) -> None:
    ruling = said(line)

    assert (ruling.reply_class, ruling.action) == (reply_class, action)


@pytest.mark.parametrize(
    ("line", "reply_class"),
    [
        ("550 5.1.1 no such sender", ReplyClass.CONTENT),
        ("550 5.1.8 bad sender", ReplyClass.CONTENT),
        ("553 sender refused", ReplyClass.CONTENT),
        ("530 5.7.0 must issue STARTTLS", ReplyClass.OPERATOR),
        ("535 5.7.8 log in", ReplyClass.OPERATOR),
        ("552 5.3.4 too large", ReplyClass.SIZE),
        ("552 too large", ReplyClass.SIZE),
        ("452 4.3.1 disk full", ReplyClass.SOFT),
        ("421 4.7.0 later", ReplyClass.THROTTLE),
    ],
)
def test_a_reply_to_mail_is_never_about_the_reader(
    line: str, reply_class: ReplyClass
) -> None:
    assert said(line, "mail").reply_class is reply_class


@pytest.mark.parametrize("reason", ["connect", "dns", "tls", "timeout", "plaintext"])
def test_what_breaks_before_the_dot_is_the_transports(reason: str) -> None:
    ruling = classify(Broken(Phase.BEFORE_DOT, reason))

    assert ruling == Ruling(ReplyClass.TRANSPORT, Action.AGAIN, reason)


@pytest.mark.parametrize("code", [454, 535])
def test_a_refused_login_stops_the_run(code: int) -> None:
    ruling = classify(Broken(Phase.BEFORE_DOT, "auth", code))

    assert ruling == Ruling(ReplyClass.OPERATOR, Action.STOP_RUN, "login")


@pytest.mark.parametrize("reason", ["timeout", "closed", "protocol"])
def test_what_breaks_after_the_dot_is_uncertain(reason: str) -> None:
    ruling = classify(Broken(Phase.AFTER_DOT, reason))

    assert ruling == Ruling(ReplyClass.UNCERTAIN, Action.ASK_POLICY, "uncertain")


@given(
    code=st.integers(400, 599),
    subject=st.integers(0, 9),
    detail=st.integers(0, 999),
    command=st.sampled_from(["mail", "rcpt", "data"]),
)
def test_no_reply_about_us_or_the_letter_ends_an_address(
    code: int, subject: int, detail: int, command: str
) -> None:
    enhanced = f"{code // 100}.{subject}.{detail}"

    ruling = classify(Refused(code, enhanced, "User unknown", command))

    is_dead = ruling.action is Action.SUPPRESS
    assert not is_dead or (subject in (1, 2) and code >= 500 and command != "mail")
