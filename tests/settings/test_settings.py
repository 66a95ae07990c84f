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
        ('[digest]\nlocale = "klingon"', "no locale"),
        ("[profile]\nwords_a_minute = 20", "words_a_minute"),
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


def test_a_model_file_needs_no_server_and_has_defaults_of_its_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "tiny.gguf").write_bytes(b"GGUF")
    table = '[model]\nembedded = "tiny.gguf"\nworkers = 3\n'

    model = parse(table, folder=tmp_path, environment={}).model

    assert model is not None
    assert (model.embedded, model.name) == (tmp_path / "tiny.gguf", "tiny")
    assert (model.base_url, model.workers, model.context_tokens) == ("", 3, 8192)


def test_a_model_file_may_be_given_a_name(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(b"GGUF")
    table = f'[model]\nembedded = "{tmp_path}/tiny.gguf"\nname = "ours"\n'

    model = parse(table, folder=Path("/elsewhere"), environment={}).model

    assert model is not None
    assert (model.embedded, model.name) == (tmp_path / "tiny.gguf", "ours")


def test_nobody_judges_unless_it_is_said() -> None:
    plain = parse(MODEL, folder=Path(), environment={}).model
    judged = parse(f"{MODEL}judge = true\n", folder=Path(), environment={}).model

    assert plain is not None
    assert judged is not None
    assert (plain.judge, judged.judge) == (False, True)


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ('embedded = "none.gguf"', "none.gguf is no file"),
        ('embedded = "a.gguf"\nbase_url = "http://127.0.0.1:1/v1"', "one of the two"),
        ('name = "small"', "one of the two"),
        ('base_url = "http://127.0.0.1:1/v1"', "name the model"),
    ],
)
def test_a_model_is_a_server_or_a_file(tmp_path: Path, table: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        parse(f"[model]\n{table}\n", folder=tmp_path, environment={})


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
