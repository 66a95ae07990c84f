"""What every channel for mail must do, the outbox and SMTP alike."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.deliver.outbox import Outbox
from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.domain.delivery import Refused, Sent
from briefing.ports import Channel
from tests import smtp_server
from tests.mails_sent import mail


@dataclass(frozen=True)
class Setup:
    """A channel, and the bodies that came out of it."""

    channel: Channel
    bodies: Callable[[], list[bytes]]


@contextmanager
def outbox(folder: Path) -> Iterator[Setup]:
    yield Setup(
        Outbox(folder), lambda: [one.read_bytes() for one in folder.glob("*.eml")]
    )


@contextmanager
def smtp(_folder: Path) -> Iterator[Setup]:
    with smtp_server.SmtpServer() as server:
        told = SmtpServer("127.0.0.1", server.port, "plaintext", timeout_s=5.0)
        yield Setup(Smtp(told), lambda: [one.body for one in server.received])


@pytest.fixture(params=[outbox, smtp], ids=["outbox", "smtp"])
def setup(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Setup]:
    with request.param(tmp_path) as made:
        yield made


def test_a_letter_comes_out_byte_for_byte(setup: Setup) -> None:
    letter = mail()

    with setup.channel.carrier() as carrier:
        answer = carrier.send(letter)

    assert isinstance(answer, Sent)
    assert answer.reply
    assert setup.bodies() == [letter.body]


def test_a_carrier_carries_letter_after_letter(setup: Setup) -> None:
    letters = [mail(f"reader{n}@post.example") for n in range(5)]

    with setup.channel.carrier() as carrier:
        answers = [carrier.send(one) for one in letters]

    assert all(isinstance(one, Sent) for one in answers)
    assert sorted(setup.bodies()) == sorted(one.body for one in letters)


def test_carriers_of_several_threads_do_not_meet(setup: Setup) -> None:
    letters = [mail(f"reader{n}@post.example") for n in range(40)]

    def carry(part: list[object]) -> None:
        with setup.channel.carrier() as carrier:
            for one in part:
                carrier.send(one)  # type: ignore[arg-type]

    threads = [
        threading.Thread(target=carry, args=(letters[n::2],))
        for n in range(setup.channel.connections)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert setup.channel.connections == 2
    assert sorted(setup.bodies()) == sorted(one.body for one in letters)


def test_a_carrier_that_sent_nothing_closes_quietly(setup: Setup) -> None:
    with setup.channel.carrier():
        pass

    assert setup.bodies() == []


def test_a_channel_has_a_name_for_reports(setup: Setup) -> None:
    assert setup.channel.name in {"outbox", "smtp"}


def test_an_answer_is_never_an_exception(setup: Setup) -> None:
    with setup.channel.carrier() as carrier:
        answer = carrier.send(mail("not an address"))

    assert isinstance(answer, Sent | Refused)
