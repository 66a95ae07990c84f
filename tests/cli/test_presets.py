"""briefing rankings presets | add | read: ready definitions, tried and taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.settings import load
from briefing.starter.presets import presets
from tests.cli.calling import call
from tests.web import Page, web

PAYLOADS = Path(__file__).parents[1] / "ingest" / "presets"
NOW = ("--now", "2026-05-26T06:00:00Z")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "briefing.toml"
    path.write_text('# Mine.\n[digest]\ntitle = "The Daily"\n', encoding="utf-8")
    return path


def payload(name: str) -> Path:
    (path,) = (PAYLOADS / name).glob("body.*")
    return path


def test_the_list_says_traps_and_when_a_shape_was_seen() -> None:
    said = call("rankings", "presets")
    names = [one["name"] for one in call("rankings", "presets", "--json").json]

    assert names == sorted(one.name for one in presets())
    assert "openrouter-weekly" in said.out
    assert "Shape seen" in " ".join(said.out.split())


def test_every_preset_can_be_added_beside_the_others(config: Path) -> None:
    for one in presets():
        assert call("rankings", "add", one.name, "--config", config).code == 0

    chosen = load(config, {})
    assert [one.id for one in chosen.sources] == [one.name for one in presets()]
    assert chosen.digest.title == "The Daily"
    assert config.read_text(encoding="utf-8").startswith("# Mine.\n")
    assert [one.name for one in config.parent.iterdir()] == ["briefing.toml"]


def test_what_is_there_already_or_unknown_changes_nothing(config: Path) -> None:
    call("rankings", "add", "pypi-top", "--config", config)
    before = config.read_bytes()

    again = call("rankings", "add", "pypi-top", "--config", config)
    unknown = call("rankings", "add", "pypi", "--config", config)

    assert (again.code, unknown.code) == (2, 2)
    assert "already" in again.err
    assert "pypi-top" in unknown.err
    assert config.read_bytes() == before


def test_without_a_settings_file_nothing_is_added(tmp_path: Path) -> None:
    said = call("rankings", "add", "pypi-top", "--config", tmp_path / "none.toml")

    assert said.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_read_as_a_preset_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = payload("openrouter-weekly")

    said = call(
        "rankings", "read", file, "--preset", "openrouter-weekly", "--top", 2, *NOW
    )

    assert said.code == 0
    assert "lab0/model-0  80,807" in said.out
    assert "20 more." in said.out
    assert "as of 26 May 2026." in said.out
    assert "own tokenizer" in said.out


def test_an_address_is_read_by_the_preset_of_its_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    body = payload("pypi-top").read_bytes()
    url = "http://hugovk.dev/top-pypi-packages/top-pypi-packages.min.json"
    served = Page(body, headers={"Content-Type": "application/json"})
    with web({url: served}) as net:
        (tmp_path / "briefing.toml").write_text(
            "[http]\nspacing_s = 0\n[http.connect_to]\n"
            f'"hugovk.dev" = "127.0.0.1:{net.port}"\n',
            encoding="utf-8",
        )
        said = call("rankings", "read", url, "--json", *NOW)

    assert said.code == 0, said.err
    assert said.json["rows"][0]["label"] == "package-0"
    assert said.json["taken_at"].startswith("2026-05-01")


def test_a_file_that_no_preset_reads_gives_a_definition_to_paste(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(config.parent)

    said = call("rankings", "read", payload("github-trending"), "--top", 2, *NOW)

    assert said.code == 0, said.err
    assert "owner1 / repo1" in said.out
    assert "5 more." in said.out
    assert "their order was taken" in " ".join(said.out.split())
    config.write_text(said.out[said.out.index("[[sources]]") :], encoding="utf-8")
    (source,) = load(config, {}).sources
    assert source.ranking is not None
    assert source.ranking.unit == "star"


def test_an_address_that_no_preset_reads_is_proposed_with_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = "http://board.example/top"
    served = Page(payload("box-office").read_bytes())
    with web({url: served}) as net:
        (tmp_path / "briefing.toml").write_text(
            "[http]\nspacing_s = 0\n[http.connect_to]\n"
            f'"*.example" = "127.0.0.1:{net.port}"\n',
            encoding="utf-8",
        )
        said = call("rankings", "read", url, "--json", *NOW)

    assert said.code == 0, said.err
    assert said.json["snapshot"]["rows"][0]["label"] == "Film 1"
    assert f'url = "{url}"' in said.json["toml"]
    assert 'id = "board-example"' in said.json["toml"]


def test_what_holds_no_ranking_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    login = tmp_path / "login.html"
    login.write_text("<!doctype html><title>Log in</title><form><input></form>")

    said = call("rankings", "read", login)

    assert said.code == 3
    assert "nothing in the document reads as a ranking" in said.err
    assert "docs/rankings.md" in said.err


def test_a_file_that_is_not_there_or_no_ranking_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    login = tmp_path / "login.html"
    login.write_text("<!doctype html><title>Log in</title>")

    missing = call("rankings", "read", "none.json", "--preset", "pypi-top")
    wrong = call("rankings", "read", login, "--preset", "pypi-top")

    assert (missing.code, wrong.code) == (2, 3)
    assert "none.json cannot be read" in missing.err
    assert "a web page, not JSON" in wrong.err
