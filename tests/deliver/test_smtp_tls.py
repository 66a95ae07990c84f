"""Letters leave encrypted to a server that proved its name, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.domain.delivery import Broken, Phase, Sent
from tests.deliver import certificates
from tests.deliver.test_smtp import PASSWORD, send
from tests.smtp_server import Script


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificates.make(tmp_path_factory.mktemp("certificate"))


def test_a_verified_server_gets_login_and_letter_encrypted(certificate: Path) -> None:
    script = Script(
        certificate=certificates.server_side(certificate), login=("desk", PASSWORD)
    )

    answers, server = send(
        script,
        security="starttls",
        username="desk",
        password=PASSWORD,
        trust=lambda: certificates.trusting(certificate),
    )

    assert answers == [Sent("250 2.0.0 queued")]
    verbs = [one.split(" ")[0] for one in server.commands]
    assert verbs[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]


def test_tls_from_the_start_is_spoken_too(certificate: Path) -> None:
    script = Script(certificate=certificates.server_side(certificate), is_tls=True)

    answers, server = send(
        script, security="tls", trust=lambda: certificates.trusting(certificate)
    )

    assert answers == [Sent("250 2.0.0 queued")]
    assert "STARTTLS" not in server.commands


@pytest.mark.parametrize(("security", "is_tls"), [("starttls", False), ("tls", True)])
def test_a_self_signed_server_gets_neither_login_nor_letter(
    certificate: Path, security: str, is_tls: bool
) -> None:
    script = Script(
        certificate=certificates.server_side(certificate),
        is_tls=is_tls,
        login=("desk", PASSWORD),
    )

    answers, server = send(
        script, security=security, username="desk", password=PASSWORD
    )

    (answer,) = answers
    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "tls")
    assert "self-signed" in answer.text or "self signed" in answer.text
    assert "AUTH …" not in server.commands
    assert server.received == []


@pytest.mark.parametrize("offers_it", [True, False])
def test_a_server_without_starttls_gets_neither_login_nor_letter(
    certificate: Path, offers_it: bool
) -> None:
    script = Script(
        starttls="454 4.7.0 not available",
        certificate=certificates.server_side(certificate) if offers_it else None,
        login=("desk", PASSWORD),
    )

    answers, server = send(
        script, security="starttls", username="desk", password=PASSWORD
    )

    (answer,) = answers
    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "plaintext")
    assert "AUTH …" not in server.commands
    assert server.received == []
