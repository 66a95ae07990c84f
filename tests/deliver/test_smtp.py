"""SMTP: the phase of every failure is known, and connections are kept and renewed."""

from __future__ import annotations

import pytest

from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.delivery import Broken, Mail, Phase, Refused, Sent
from tests import smtp_server
from tests.mails_sent import SENDER, mail
from tests.smtp_server import Plan, Script

PASSWORD = "hunter2-of-the-desk"


def at(server: smtp_server.SmtpServer, **changes: object) -> SmtpServer:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "plaintext",
        "timeout_s": 5.0,
        **changes,
    }
    return SmtpServer(**values)  # type: ignore[arg-type]


def send(
    script: Script, *mails: Mail, **changes: object
) -> tuple[list[Sent | Refused | Broken], smtp_server.SmtpServer]:
    """Answers to the letters over one carrier, and the server as it ended."""
    server = smtp_server.SmtpServer(script)
    with server, Smtp(at(server, **changes)).carrier() as carrier:
        answers = [carrier.send(one) for one in mails or (mail(),)]
    return answers, server


def plan(**changes: str | bool) -> Script:
    return Script(plans={"ada@post.example": [Plan(**changes)]})  # type: ignore[arg-type]


def test_a_letter_arrives_as_it_was_written() -> None:
    letter = mail(body=b"Message-ID: <x@y>\r\n\r\n.\r\n..two\r\nthe end")

    answers, server = send(Script(), letter)

    assert answers == [Sent("250 2.0.0 queued")]
    (arrived,) = server.received
    assert arrived.body == letter.body + b"\r\n"
    assert arrived.recipient == letter.recipient
    assert server.commands[1] == f"MAIL FROM:<{SENDER}> SIZE={len(letter.body)}"
    assert server.commands[-1] == "QUIT"


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        (
            plan(rcpt="550 5.1.1 <ada@post.example> User unknown"),
            Refused(550, "5.1.1", "<ada@post.example> User unknown", "rcpt"),
        ),
        (plan(rcpt="450 4.2.1 busy"), Refused(450, "4.2.1", "busy", "rcpt")),
        (plan(rcpt="550 no"), Refused(550, "", "no", "rcpt")),
        (plan(data="554 5.7.1 spam"), Refused(554, "5.7.1", "spam", "data")),
        (plan(dot="552 5.2.2 full"), Refused(552, "5.2.2", "full", "data")),
        (plan(dot="421 4.7.0 slow"), Refused(421, "4.7.0", "slow", "data")),
        (
            Script(mails=["550 5.7.1 sender"]),
            Refused(550, "5.7.1", "sender", "mail"),
        ),
    ],
)
def test_a_refusal_says_code_status_text_and_command(
    script: Script, answer: Refused
) -> None:
    answers, server = send(script)

    assert answers == [answer]
    assert server.received == []


@pytest.mark.parametrize(
    ("script", "phase", "reason"),
    [
        (plan(rcpt=""), Phase.BEFORE_DOT, "closed"),
        (plan(data=""), Phase.BEFORE_DOT, "closed"),
        (plan(dot=""), Phase.AFTER_DOT, "closed"),
        (plan(dot="nonsense"), Phase.AFTER_DOT, "protocol"),
        (plan(data="250 what"), Phase.BEFORE_DOT, "protocol"),
        (Script(greeting=""), Phase.BEFORE_DOT, "closed"),
        (Script(greeting="554 no service"), Phase.BEFORE_DOT, "greeting"),
    ],
)
def test_what_breaks_says_whether_the_dot_was_out(
    script: Script, phase: Phase, reason: str
) -> None:
    answers, _ = send(script)

    (answer,) = answers
    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (phase, reason)


def test_a_body_that_breaks_off_is_certainly_unsent() -> None:
    # Larger than all buffers on the way, else the break is noticed after the dot.
    large = mail(body=b"Subject: x\r\n\r\n" + b"line of text\r\n" * 1_500_000)

    answers, server = send(plan(breaks_body=True), large)

    assert answers == [Broken(Phase.BEFORE_DOT, "closed", 0, "during DATA")]
    assert server.received == []


@pytest.mark.parametrize(
    ("step", "phase"), [("rcpt", Phase.BEFORE_DOT), ("dot", Phase.AFTER_DOT)]
)
def test_a_server_that_never_answers_times_out(step: str, phase: Phase) -> None:
    answers, _ = send(plan(stalls=step), timeout_s=0.8)

    (answer,) = answers
    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (phase, "timeout")


def test_a_server_that_is_not_there_breaks_before_the_dot() -> None:
    with smtp_server.SmtpServer() as server:
        gone = at(server)

    with Smtp(gone).carrier() as carrier:
        answer = carrier.send(mail())

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "connect")


def test_one_connection_carries_many_letters_and_is_renewed() -> None:
    letters = [mail(f"reader{n}@post.example") for n in range(10)]

    answers, server = send(Script(), *letters, messages_a_connection=4)

    assert answers == [Sent("250 2.0.0 queued")] * 10
    assert [one.connection for one in server.received] == [1] * 4 + [2] * 4 + [3] * 2
    assert server.commands.count("QUIT") == 3


def test_a_refused_letter_is_taken_back_and_the_connection_kept() -> None:
    script = Script(plans={"bob@post.example": [Plan(rcpt="550 5.1.1 no")]})

    answers, server = send(script, mail("bob@post.example"), mail())

    assert [type(one) for one in answers] == [Refused, Sent]
    assert server.connections == 1
    assert server.commands.count("RSET") == 1


def test_a_connection_that_was_told_421_is_renewed_at_once() -> None:
    letters = [mail(f"reader{n}@post.example") for n in range(5)]

    answers, server = send(Script(most_a_connection=2), *letters)

    assert answers == [Sent("250 2.0.0 queued")] * 5
    assert server.connections == 3


def test_a_server_that_says_421_to_a_new_connection_is_believed() -> None:
    answers, server = send(Script(mails=["421 4.7.0 slow down"] * 9))

    assert answers == [Refused(421, "4.7.0", "slow down", "mail")]
    assert server.connections == 1


def test_a_connection_that_the_server_ended_meanwhile_is_renewed() -> None:
    with smtp_server.SmtpServer() as server, Smtp(at(server)).carrier() as carrier:
        carrier.send(mail("bob@post.example"))
        server.stop()
        server.start()

        answer = carrier.send(mail())

    assert answer == Sent("250 2.0.0 queued")
    assert server.recipients == ["bob@post.example", "ada@post.example"]


def test_a_letter_over_the_servers_limit_is_not_even_offered() -> None:
    answers, server = send(Script(extensions=["SIZE 100"]))

    (answer,) = answers
    assert isinstance(answer, Refused)
    assert (answer.code, answer.enhanced, answer.command) == (552, "5.3.4", "mail")
    assert not [one for one in server.commands if one.startswith("MAIL")]


def test_parameters_are_only_given_to_a_server_that_offers_them() -> None:
    _, server = send(Script(extensions=[]))

    assert server.commands[1] == f"MAIL FROM:<{SENDER}>"


def test_an_eight_bit_letter_is_announced_or_not_sent() -> None:
    letter = mail(body="Subject: é\r\n\r\n".encode())

    offered, server = send(Script(), letter)
    refused, _ = send(Script(extensions=[]), letter)

    assert offered == [Sent("250 2.0.0 queued")]
    assert server.received[0].options.endswith(" BODY=8BITMIME")
    assert isinstance(refused[0], Refused)
    assert refused[0].enhanced == "5.6.3"


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    letter = mail("jürgen@post.example")

    refused, _ = send(Script(), letter)
    taken, server = send(Script(extensions=["8BITMIME", "SMTPUTF8"]), letter)

    assert isinstance(refused[0], Refused)
    assert (refused[0].code, refused[0].enhanced) == (553, "5.6.7")
    assert taken == [Sent("250 2.0.0 queued")]
    assert server.recipients == ["jürgen@post.example"]


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@post.example>\r\nDATA", "a b@post.example", "a@b\x00"]
)
def test_an_address_that_would_break_a_command_is_never_spoken(address: str) -> None:
    answers, server = send(Script(), mail(address))

    assert isinstance(answers[0], Refused)
    assert server.connections == 0


def test_no_form_of_the_channel_shows_its_password() -> None:
    script = Script(login=("desk", "another"))

    answers, server = send(script, username="desk", password=PASSWORD)
    shown = f"{answers!r} {at(server, password=PASSWORD)!r} {server.commands!r}"

    assert isinstance(answers[0], Broken)
    assert (answers[0].reason, answers[0].code) == ("auth", 535)
    assert PASSWORD not in shown


def test_a_login_is_made_once_a_connection() -> None:
    script = Script(login=("desk", PASSWORD))

    answers, server = send(
        script, mail(), mail("bob@post.example"), username="desk", password=PASSWORD
    )

    assert answers == [Sent("250 2.0.0 queued")] * 2
    assert server.commands.count("AUTH …") == 1


def test_a_server_without_a_login_stops_who_has_one() -> None:
    answers, _ = send(Script(), username="desk", password=PASSWORD)

    assert isinstance(answers[0], Broken)
    assert answers[0].reason == "auth"


@pytest.mark.parametrize("code", [454, 535])
def test_a_refused_login_says_its_code(code: int) -> None:
    script = Script(login_reply=f"{code} 5.7.0 no {PASSWORD}")

    answers, _ = send(script, username="desk", password=PASSWORD)

    assert answers == [Broken(Phase.BEFORE_DOT, "auth", code, "the login is refused")]
