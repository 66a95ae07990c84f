"""briefing.toml is read strictly, and a wrong key is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import SettingsError
from briefing.settings import load, parse

SOURCE = """
[[sources]]
id = "ledger"
url = "https://ledger.example/feed.xml"
publisher = "The Ledger"
"""
MODEL = '[model]\nbase_url = "http://127.0.0.1:1/v1"\nname = "small"\n'


def test_an_empty_file_means_defaults_and_no_model() -> None:
    settings = parse("", folder=Path("/x"), environment={})

    assert settings.model is None
    assert settings.digest.title == "Briefing"
    assert settings.store == Path("/x/briefing.db")


def test_a_source_needs_only_id_address_and_publisher() -> None:
    settings = parse(SOURCE, folder=Path(), environment={})

    (source,) = settings.sources
    assert (source.kind, source.title, source.topics) == ("feed", "The Ledger", ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[digest]\ncolour = 1", "digest.colour: is no key"),
        ('[digest]\ntimezone = "Berlin"', "IANA"),
        ('[digest]\nlanguage = "de"', "digest.language"),
        ("[digest\n", "not TOML"),
        (SOURCE.replace("https", "ftp"), "http://"),
        (SOURCE + SOURCE, "two sources have the id 'ledger'"),
        (SOURCE + 'kind = "ranking"', "no rows named"),
        (SOURCE + "weight = 11", "sources.0.weight"),
    ],
)
def test_a_wrong_key_is_named(text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named.replace("[", r"\[")):
        parse(text, folder=Path(), environment={})


def test_a_source_can_be_switched_off() -> None:
    settings = parse(SOURCE + "enabled = false", folder=Path(), environment={})

    assert settings.sources == ()


def test_the_key_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-file\n")
    named = {"BRIEFING_MODEL_API_KEY_FILE": str(tmp_path / "key")}

    direct = parse(MODEL, folder=Path(), environment={"OPENAI_API_KEY": "direct"}).model
    filed = parse(MODEL, folder=Path(), environment=named).model
    none = parse(MODEL, folder=Path(), environment={}).model

    keys = [one.api_key.get_secret_value() for one in (direct, filed, none) if one]
    assert keys == ["direct", "from-file", "unused"]
    assert "direct" not in repr(direct)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "briefing.toml", {})

    assert "briefing init" in caught.value.hint
