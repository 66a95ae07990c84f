"""`briefing init` writes a file that `briefing run` reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.settings import parse
from briefing.settings.tables import (
    MailTable,
    ScheduleTable,
    SiteTable,
    SmtpTable,
    WebhookTable,
)
from briefing.starter.writing import settings_text, topics


@pytest.mark.parametrize("topic", topics())
def test_each_topic_gives_settings_with_at_least_three_sources(topic: str) -> None:
    text = settings_text(wanted=[topic], contact="me@a.example", timezone="UTC")

    settings = parse(text, folder=Path(), environment={})

    assert len(settings.sources) >= (2 if topic == "health" else 3)
    assert settings.digest.topics == (topic,)
    assert settings.http.contact == "me@a.example"


def test_what_a_user_types_cannot_break_the_file() -> None:
    text = settings_text(wanted=["ai"], contact='a"\n[model]\n', timezone="UTC")

    settings = parse(text, folder=Path(), environment={})

    assert settings.http.contact == 'a"\n[model]\n'
    assert settings.model is None


def test_an_unknown_topic_names_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        settings_text(wanted=["sports"], contact="", timezone="UTC")

    assert "business" in caught.value.hint


_COMMENTED = re.compile(r"^# (?=\w+ = |\[)", re.MULTILINE)
# Shown by an example, because an empty default would show no form.
_EXAMPLES = {"trusted_proxies", "headers", "seeds"}


def test_every_commented_key_for_readers_is_known_and_shows_its_default() -> None:
    text = settings_text(wanted=["ai"], contact="", timezone="UTC")
    start, end = text.index("[site]"), text.index("# Sources:")
    uncommented = _COMMENTED.sub("", text[start:end])
    hook = {"BRIEFING_WEBHOOK_TEAM": "https://chat.example/hook"}

    written = parse(uncommented, folder=Path(), environment=hook)
    default = parse("", folder=Path(), environment={})

    assert [(one.name, one.kind) for one in written.webhooks] == [("team", "slack")]
    for part in ("site", "mail", "smtp", "schedule"):
        mine, other = getattr(written, part), getattr(default, part)
        differing = {
            name
            for name in type(mine).__slots__
            if getattr(mine, name) != getattr(other, name)
        }
        assert differing <= _EXAMPLES, part


def test_every_key_for_readers_is_told_of() -> None:
    text = settings_text(wanted=["ai"], contact="", timezone="UTC")
    told = set(re.findall(r"^# (\w+) = ", text, re.MULTILINE))

    for table in (SiteTable, MailTable, SmtpTable, ScheduleTable, WebhookTable):
        assert set(table.model_fields) <= told, table.__name__
