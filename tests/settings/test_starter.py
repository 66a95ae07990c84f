"""`briefing init` writes a file that `briefing run` reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.settings import parse
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
