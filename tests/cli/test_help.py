"""Help teaches, errors say what to do, streams are kept apart."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from briefing import __version__
from briefing.cli import app
from tests.cli.calling import call


def commands(
    group: TyperGroup, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*path, name))
        elif isinstance(command, TyperCommand):
            yield (*path, name), command


ROOT = get_command(app)
assert isinstance(ROOT, TyperGroup)
COMMANDS = dict(commands(ROOT))


def test_every_command_of_the_contract_is_there() -> None:
    assert {" ".join(path) for path in COMMANDS} == {
        "run",
        "topic",
        "brief",
        "status",
        "demo",
        "sources list",
        "sources check",
        "sources add",
        "sources remove",
        "sources import",
        "sources export",
        "rankings list",
        "rankings show",
        "rankings history",
        "rankings diff",
        "rankings export",
        "rankings gather",
        "rankings plot",
        "rankings presets",
        "rankings add",
        "rankings read",
        "stage",
        "check",
        "doctor",
        "explain",
        "extract",
        "init",
        "schedule",
        "serve",
        "send",
        "deliveries",
        "subscribers add",
        "subscribers list",
        "subscribers import",
        "subscribers export",
        "subscribers remove",
        "subscribers suppress",
        "subscribers lift",
        "subscribers suppressions",
    }


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_says_what_a_command_does_and_what_each_option_means(
    path: tuple[str, ...],
) -> None:
    said = call(*path, "--help")

    assert said.code == 0
    assert "Usage:" in said.out
    for parameter in COMMANDS[path].params:
        if parameter.name == "help":
            continue
        assert parameter.help, parameter.name  # type: ignore[attr-defined]
        for option in parameter.opts:
            if option.startswith("--"):
                assert option in said.out
    assert len((COMMANDS[path].help or "").split()) >= 4


def test_the_first_page_lists_commands_and_exit_codes() -> None:
    said = call("--help")

    assert said.code == 0
    assert "briefing init" in said.out
    assert "Exit codes" in said.out
    assert call("-h").out == said.out


def test_without_a_command_the_help_is_shown() -> None:
    said = call()

    assert said.code == 2
    assert "Usage:" in said.out + said.err


def test_the_version_is_printed() -> None:
    assert call("--version").out == f"briefing {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["run"], "briefing.toml", "briefing init"),
        (["run", "--config", "nowhere.toml"], "nowhere.toml", "briefing init"),
        (["status"], "briefing.toml", "briefing init"),
        (["sources", "list"], "briefing.toml", "briefing init"),
        (["topic", "DeepSeek"], "briefing.toml", "briefing init"),
        (["stage", "bake"], "no stage 'bake'", "gather, group, choose, write"),
        (["stage", "group", "--known", "no.jsonl"], "no.jsonl", "Check the name"),
        (["stage", "group", "--now", "noon"], "--now 'noon'", "2026-05-26T06:00"),
        (["stage", "group", "--date", "today"], "--date 'today'", "2026-05-26"),
        (["brief", "nowhere.jsonl"], "nowhere.jsonl", "spelling"),
        (["brief", "."], "no document", "at least one text"),
        (["check"], "nothing to check", "--jsonl"),
        (["check", "--jsonl", "no.jsonl"], "no.jsonl", "Check the name"),
        (["check", "no.md"], "no source", "--source"),
        (["check", "no.md", "--source", "x"], "no.md", "text file in UTF-8"),
        (["check", "."], "no edition", "output/2026-05-25"),
        (["init", "--topics", "ai"], "nobody to ask", "--contact"),
        (["schedule", "--print", "cron"], "briefing.toml", "briefing init"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_error_is_a_message_and_a_hint_on_standard_error(
    arguments: list[str],
    message: str,
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)

    said = call(*arguments)

    assert said.code == 2
    assert said.out == ""
    first, second = said.err.splitlines()
    assert first.startswith("error: ")
    assert message in first
    assert second.startswith("hint: ")
    assert hint in second


def test_a_setting_in_square_brackets_is_printed_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call("init", "--topics", "ai", "--contact", "")

    said = call("schedule", "--print", "cron")

    assert said.code == 2
    assert "in [http]" in said.err


@pytest.mark.parametrize(
    "arguments", [["brew"], ["run", "--fast"], ["topic"], ["stage"]], ids=" ".join
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    said = call(*arguments)

    assert (said.code, said.out) == (2, "")
    assert "Usage:" in said.err


def test_colour_is_for_terminals_and_never_against_the_readers_will(
    tmp_path: Path,
) -> None:
    def errors(**environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "briefing.cli", "status"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.getcwd(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    plain = errors()
    assert "\x1b" not in plain
    assert "Traceback" not in plain
    assert "\x1b[1;31m" not in errors(NO_COLOR="1", FORCE_COLOR="1", TERM="xterm")
