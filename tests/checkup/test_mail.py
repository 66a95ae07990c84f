"""The doctor looks at the mail server and at the records of the sender's domain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.domain.checkup import Health
from briefing.ports.delivery import Broken, Phase
from briefing.ports.names import Unasked
from tests.checkup.looking import GOOD, KEY, MAIL, NOW, SEEN, look

OK, WARN, BAD = Health.OK, Health.WARN, Health.BAD
RECORDS = ("mx", "spf", "dkim", "dmarc", "ptr")


def test_a_domain_in_order_is_ok_in_every_record(tmp_path: Path) -> None:
    found = look(tmp_path, MAIL)

    assert {found[part].health for part in ("smtp", *RECORDS)} == {OK}
    assert "s1._domainkey.mail.paper.news" in found["dkim"].says
    assert "(of paper.news)" in found["dmarc"].says
    assert "within 1 s of smtp.paper.news:587" in found["clock"].says


def test_an_empty_domain_gets_every_record_ready_to_paste(tmp_path: Path) -> None:
    found = look(tmp_path, MAIL, zone={("smtp.paper.news", "A"): ["192.0.2.5"]})

    assert {part: found[part].health for part in RECORDS} == {
        **dict.fromkeys(("mx", "spf", "dkim", "dmarc"), BAD),
        "ptr": WARN,
    }
    assert found["spf"].paste == (
        'mail.paper.news. 3600 IN TXT "v=spf1 a:smtp.paper.news ~all"'
    )
    assert found["dkim"].paste.startswith("s1._domainkey.mail.paper.news. ")
    assert found["dmarc"].paste.startswith("_dmarc.mail.paper.news. ")
    assert found["ptr"].paste == "192.0.2.5 -> smtp.paper.news"


def test_the_key_is_looked_for_in_the_domain_of_from(tmp_path: Path) -> None:
    elsewhere = {
        **{key: value for key, value in GOOD.items() if "_domainkey" not in key[0]},
        ("s1._domainkey.provider.example", "TXT"): [KEY],
    }

    found = look(tmp_path, MAIL, zone=elsewhere)["dkim"]

    assert (found.health, "s1._domainkey.mail.paper.news" in found.says) == (BAD, True)


def test_without_a_selector_only_the_presence_of_keys_is_told(tmp_path: Path) -> None:
    text = MAIL.replace('dkim_selector = "s1"', "")

    some = look(tmp_path, text)["dkim"]
    none = look(tmp_path, text, zone={})["dkim"]

    assert (some.health, none.health) == (WARN, BAD)


def test_includes_are_followed_and_counted(tmp_path: Path) -> None:
    ring = {
        **GOOD,
        ("mail.paper.news", "TXT"): ["v=spf1 include:a.news ~all"],
        ("a.news", "TXT"): ["v=spf1 include:b.news ~all"],
        ("b.news", "TXT"): ["v=spf1 include:a.news ~all"],
    }

    found = look(tmp_path, MAIL, zone=ring)["spf"]

    assert (found.health, "look-ups" in found.says) == (BAD, True)


def test_a_silent_name_server_leaves_the_verdict_open(tmp_path: Path) -> None:
    silent = {**GOOD, ("mail.paper.news", "TXT"): Unasked("timeout")}

    found = look(tmp_path, MAIL, zone=silent)

    assert (found["spf"].health, found["dmarc"].health) == (WARN, OK)
    assert "timeout" in found["spf"].says


def test_replies_to_another_domain_are_looked_after_too(tmp_path: Path) -> None:
    text = MAIL.replace("[smtp]", 'reply_to = "desk@desk.paper.news"\n[smtp]')

    found = look(tmp_path, text)["mx"]

    assert (found.health, "desk.paper.news" in found.says) == (BAD, True)


def test_a_name_that_leads_elsewhere_is_told(tmp_path: Path) -> None:
    rented = {**GOOD, ("192.0.2.5", "PTR"): ["host-5.provider.example"]}

    found = look(tmp_path, MAIL, zone=rented)["ptr"]

    assert (found.health, "host-5.provider.example" in found.says) == (WARN, True)


def test_a_local_mail_server_is_judged_only_from_outside(tmp_path: Path) -> None:
    text = MAIL.replace("smtp.paper.news", "localhost")

    assert look(tmp_path, text)["ptr"].health is OK


@pytest.mark.parametrize("reason", ["tls", "auth", "connect"])
def test_trouble_with_the_server_costs_only_its_own_line(
    tmp_path: Path, reason: str
) -> None:
    found = look(
        tmp_path, MAIL, seen=Broken(Phase.BEFORE_DOT, reason, 535, "no such luck")
    )

    assert found["smtp"].health is BAD
    assert "no such luck" in found["smtp"].says
    assert found["spf"].health is OK


def test_a_certificate_that_ends_soon_is_told(tmp_path: Path) -> None:
    ends = replace(SEEN, certificate_ends=NOW + timedelta(days=3))

    assert look(tmp_path, MAIL, seen=ends)["smtp"].health is WARN


def test_a_clock_that_is_off_is_told(tmp_path: Path) -> None:
    late = replace(SEEN, greeting="x ESMTP Tue, 24 Nov 2026 05:10:00 +0000")

    found = look(tmp_path, MAIL, seen=late)["clock"]

    assert (found.health, "600 seconds behind" in found.says) == (BAD, True)


def test_no_secret_is_printed(tmp_path: Path) -> None:
    secret = "hunter2-hunter2-hunter2"
    text = f'{MAIL}[[webhooks]]\nname = "team"\nkind = "slack"\n'
    environment = {
        "BRIEFING_SMTP_PASSWORD": secret,
        "BRIEFING_WEBHOOK_TEAM": f"http://chat.example/{secret}",
        "BRIEFING_SECRET_KEYS": secret,
    }

    found = look(tmp_path, text, environment=environment)

    assert secret not in repr(found)
    assert found["webhook team"].health is WARN
