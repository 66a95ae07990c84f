"""The outbox writes each letter exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.deliver.outbox import Outbox
from briefing.domain.delivery import Broken, Phase, Sent
from tests.mails_sent import mail


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_letter_is_a_file_named_after_its_delivery(tmp_path: Path) -> None:
    letter = mail()
    place = tmp_path / "made" / "outbox"

    answer = Outbox(place).send(letter)

    assert answer == Sent(f"{letter.delivery_id}.eml")
    assert names(place) == [f"{letter.delivery_id}.eml"]
    assert (place / f"{letter.delivery_id}.eml").read_bytes() == letter.body


def test_a_letter_that_is_there_is_sent_and_not_written_again(tmp_path: Path) -> None:
    first = mail()
    Outbox(tmp_path).send(first)

    answer = Outbox(tmp_path).send(mail(body=b"another text\r\n"))

    assert answer == Sent(f"{first.delivery_id}.eml")
    assert (tmp_path / f"{first.delivery_id}.eml").read_bytes() == first.body


def test_what_a_killed_writer_left_is_overwritten(tmp_path: Path) -> None:
    letter = mail()
    (tmp_path / f".{letter.delivery_id}.part").write_bytes(b"From: Da")

    Outbox(tmp_path).send(letter)

    assert names(tmp_path) == [f"{letter.delivery_id}.eml"]
    assert (tmp_path / f"{letter.delivery_id}.eml").read_bytes() == letter.body


def test_a_kill_between_link_and_unlink_leaves_one_letter(tmp_path: Path) -> None:
    letter = mail()
    for name in (f"{letter.delivery_id}.eml", f".{letter.delivery_id}.part"):
        (tmp_path / name).write_bytes(letter.body)

    Outbox(tmp_path).send(letter)

    assert names(tmp_path) == [f"{letter.delivery_id}.eml"]


def test_letters_are_for_the_owner_alone(tmp_path: Path) -> None:
    letter = mail()
    Outbox(tmp_path).send(letter)

    mode = (tmp_path / f"{letter.delivery_id}.eml").stat().st_mode

    assert mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_breaks_before_the_dot(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file, no folder")

    answer = Outbox(tmp_path / "outbox").send(mail())

    assert isinstance(answer, Broken)
    assert (answer.phase, answer.reason) == (Phase.BEFORE_DOT, "disk")


@pytest.mark.parametrize("name", ["", "../x", "A" * 32, "0" * 31, "0" * 32 + "/x"])
def test_an_id_that_is_no_deliverys_names_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="names no delivery"):
        Outbox(tmp_path).send(mail(delivery_id=name))

    assert names(tmp_path) == []
