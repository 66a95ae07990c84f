"""Settings become a channel and a policy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from briefing import settings
from briefing.deliver.outbox import Outbox
from briefing.deliver.smtp import Smtp
from briefing.errors import SettingsError
from briefing.mailing import Policy, Unsendable
from briefing.posting import make_channel, make_frame, make_mailroom, make_policy
from briefing.settings import Settings
from briefing.store import SqliteStore
from tests.blank import blank
from tests.builders import NOW
from tests.readers import delivery, reader

PASSWORD = "hunter2-of-the-desk"
SMTP = """
[mail]
channel = "smtp"
on_uncertain = "hold"
sender = "desk@daily.example"

[smtp]
host = "mail.daily.example"
username = "desk"
timeout_s = 10
messages_a_second = 3
messages_a_second_a_domain = 2
"""


def chosen(text: str = "", folder: Path = Path()) -> Settings:
    return settings.parse(
        text, folder=folder, environment={"BRIEFING_SMTP_PASSWORD": PASSWORD}
    )


def test_a_new_installation_mails_nobody(tmp_path: Path) -> None:
    assert isinstance(make_channel(chosen(folder=tmp_path)), Outbox)


def test_the_outbox_is_exact_so_it_knows_neither_hold_nor_limits() -> None:
    policy = make_policy(chosen('[mail]\non_uncertain = "hold"\n'), patience=None)

    assert policy == Policy()


def test_smtp_takes_rates_policy_and_a_lease_that_outlives_every_reply() -> None:
    policy = make_policy(chosen(SMTP), patience=None)

    assert policy == Policy(
        resends=False,
        a_second=3.0,
        a_second_a_domain=2.0,
        lease=timedelta(seconds=180),
    )


def test_no_form_of_the_wiring_shows_the_password(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        room = make_mailroom(chosen(SMTP, tmp_path), store)
        shown = f"{room!r} {room.kit!r}"

    assert isinstance(room.kit.channel, Smtp)
    assert PASSWORD not in shown


def test_a_frame_that_cannot_stand_in_a_letter_is_said_before_anything_is_sent() -> (
    None
):
    with pytest.raises(SettingsError):
        make_frame(chosen('[mail]\n[mail.headers]\nSubject = "x"\n'))


def test_a_row_of_an_edition_that_is_gone_fails_alone(tmp_path: Path) -> None:
    with SqliteStore(blank(tmp_path / "briefing.db")) as store:
        room = make_mailroom(chosen(folder=tmp_path), store, clock=lambda: NOW)
        row = delivery()

        made = room.correspondence.edition(
            row.id, row.edition_id, row.revision, reader(), NOW
        )

    assert made == Unsendable("no_edition")
