"""The tables for readers: site, mail, smtp, schedule, webhooks; secrets stay secret."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest

from briefing.domain.audience import Visibility
from briefing.errors import SettingsError
from briefing.settings import Settings, parse

SECRET = "correct-horse-battery"
TEAM = '[[webhooks]]\nname = "team"\nkind = "slack"\n'


def read(text: str = "", environment: Mapping[str, str] | None = None) -> Settings:
    return parse(text, folder=Path("/x"), environment=environment or {})


def test_a_new_installation_mails_nobody() -> None:
    settings = read()

    assert settings.mail.channel == "outbox"
    assert settings.site.base_url == "http://127.0.0.1:8000"
    assert settings.site.host == "127.0.0.1"
    assert settings.site.visibility is Visibility.PUBLIC
    assert settings.mail.ttl_s == 12 * 3600
    assert settings.schedule.days == (0, 1, 2, 3, 4, 5, 6)
    assert settings.webhooks == ()


def test_what_is_written_is_what_the_parts_hold() -> None:
    settings = read("""
[site]
base_url = "https://news.example/"
trusted_proxies = ["10.0.0.0/8"]
[mail]
channel = "smtp"
sender = "digest@news.example"
send_at = "06:45"
weekly_on = "friday"
ttl_hours = 1.5
seeds = ["desk@news.example"]
[smtp]
host = "mail.news.example"
security = "tls"
port = 465
[schedule]
at = "05:30"
days = ["friday", "monday", "friday"]
""")

    assert settings.site.base_url == "https://news.example"
    assert settings.site.trusted_proxies == ("10.0.0.0/8",)
    assert settings.mail.send_at == time(6, 45)
    assert (settings.mail.weekly_on, settings.mail.ttl_s) == (4, 5400)
    assert settings.mail.seeds == ("desk@news.example",)
    assert (settings.smtp.security, settings.smtp.port) == ("tls", 465)
    assert (settings.schedule.at, settings.schedule.days) == (time(5, 30), (0, 4))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[site]\nbase_url = "news.example"', "site.base_url"),
        ("[site]\nport = 65536", "site.port"),
        ('[site]\nvisibility = "friends"', "site.visibility"),
        ('[site]\ntrusted_proxies = ["10.0.0.0/33"]', "site.trusted_proxies.0"),
        ('[mail]\nchannel = "sendmail"', "mail.channel"),
        ('[mail]\nsender = "news at example"', "mail.sender"),
        ('[mail]\nsender = "а@news.example"', "mail.sender"),  # Cyrillic
        ('[mail]\nsender = "News <a@news.example>"', "mail.sender"),
        ('[mail]\nseeds = ["a@news.example\\r\\nBcc: b@news.example"]', "mail.seeds"),
        ('[mail]\nsend_at = "24:00"', "06:30"),
        ('[mail]\nsend_at = "7:00"', "06:30"),
        ("[mail]\nsend_at = 7", "06:30"),
        ('[mail]\nweekly_on = "Freitag"', "mail.weekly_on"),
        ('[mail]\non_uncertain = "drop"', "mail.on_uncertain"),
        ("[mail]\nttl_hours = 0", "mail.ttl_hours"),
        ("[mail]\nttl_hours = 241", "mail.ttl_hours"),
        ('[mail]\ndkim_selector = "a..b"', "mail.dkim_selector"),
        ('[smtp]\nhost = ""', "smtp.host"),
        ("[smtp]\nport = 0", "smtp.port"),
        ('[smtp]\nsecurity = "none"', "smtp.security"),
        ("[smtp]\nconnections = 0", "smtp.connections"),
        ("[smtp]\nconnections = 65", "smtp.connections"),
        ("[smtp]\nmessages_a_connection = 0", "smtp.messages_a_connection"),
        ("[smtp]\nmessages_a_second = 0", "smtp.messages_a_second"),
        ("[smtp]\nmessages_a_second = inf", "smtp.messages_a_second"),
        ("[smtp]\ntimeout_s = 601", "smtp.timeout_s"),
        ('[schedule]\nat = "half past six"', "06:30"),
        ('[schedule]\ndays = ["mon"]', "schedule.days.0"),
        ('[[webhooks]]\nname = "Team!"\nkind = "slack"', "webhooks.0.name"),
        ('[[webhooks]]\nname = "team"\nkind = "teams"', "webhooks.0.kind"),
    ],
)
def test_a_value_out_of_bounds_is_named(text: str, named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text)

    assert named in caught.value.message


def test_a_sender_of_this_machine_is_taken() -> None:
    assert read('[mail]\nsender = "news@localhost"').mail.sender == "news@localhost"


def test_secrets_come_from_the_environment_or_from_files(tmp_path: Path) -> None:
    (tmp_path / "password").write_text(f"{SECRET}\n")
    (tmp_path / "hook").write_text("https://chat.example/filed\n")
    filed = {
        "BRIEFING_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
        "BRIEFING_WEBHOOK_NEWS_TEAM_FILE": str(tmp_path / "hook"),
    }
    hook = TEAM.replace("team", "news-team")

    settings = read(hook, filed)
    direct = read("", {"BRIEFING_SMTP_PASSWORD": SECRET})

    assert settings.smtp.password.get_secret_value() == SECRET
    assert direct.smtp.password.get_secret_value() == SECRET
    assert settings.webhooks[0].url.get_secret_value() == "https://chat.example/filed"


def test_secret_keys_are_a_list_newest_first() -> None:
    settings = read("", {"BRIEFING_SECRET_KEYS": "new,old  oldest"})

    keys = [one.get_secret_value() for one in settings.secret_keys]
    assert keys == ["new", "old", "oldest"]


def test_no_secret_is_printed_with_the_settings() -> None:
    settings = read(
        TEAM,
        {
            "BRIEFING_SMTP_PASSWORD": SECRET,
            "BRIEFING_WEBHOOK_TEAM": f"https://chat.example/{SECRET}",
            "BRIEFING_SECRET_KEYS": SECRET,
        },
    )

    assert SECRET not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        (f'[smtp]\npassword = "{SECRET}"', {}),
        (f'[[webhooks]]\nname = "team"\nkind = "slack"\nurl = "{SECRET}"', {}),
        (TEAM, {"BRIEFING_WEBHOOK_TEAM": SECRET}),
        (f'[smtp]\nhost = "{SECRET}', {}),
    ],
    ids=["a password", "an address", "an address without scheme", "an open string"],
)
def test_a_secret_in_the_wrong_place_is_refused_without_being_printed(
    text: str, environment: Mapping[str, str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text, environment)

    assert SECRET not in f"{caught.value.message} {caught.value.hint}"


def test_a_webhook_without_an_address_names_the_variable() -> None:
    with pytest.raises(SettingsError) as caught:
        read(TEAM)

    assert "BRIEFING_WEBHOOK_TEAM" in caught.value.hint


def test_two_webhooks_of_one_name_are_refused() -> None:
    with pytest.raises(SettingsError, match="team"):
        read(TEAM + TEAM, {"BRIEFING_WEBHOOK_TEAM": "https://chat.example/a"})


@pytest.mark.parametrize("body", [None, b"\xff\xfe"], ids=["missing", "no text"])
def test_an_unreadable_secret_file_is_named_by_its_variable(
    tmp_path: Path, body: bytes | None
) -> None:
    path = tmp_path / "password"
    if body is not None:
        path.write_bytes(body)

    with pytest.raises(SettingsError, match="BRIEFING_SMTP_PASSWORD_FILE"):
        read("", {"BRIEFING_SMTP_PASSWORD_FILE": str(path)})
