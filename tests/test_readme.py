"""README and guide tell the truth: commands exist and work, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from briefing.cli import app
from briefing.settings import parse

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "delivery.md").read_text(encoding="utf-8")
RANKINGS = (ROOT / "docs" / "rankings.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r"^```(?:sh|bash|console|text)\n(.*?)^```", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)")


def _calls(word: str, page: str = README) -> list[list[str]]:
    """Every call of a command in the code blocks, its pipes and comments cut off."""
    found = []
    for block in _BLOCK.findall(page):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            for part in _parts(words):
                if part[:1] == [word]:
                    found.append(part[1:])
    return found


def _parts(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in {"|", "&&", ";", "<", ">"}:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


BRIEFING = _calls("briefing")
GUIDED = _calls("briefing", GUIDE) + _calls("briefing", RANKINGS)
RUN = _calls("./run")


@pytest.mark.parametrize("words", [*BRIEFING, *GUIDED], ids=" ".join)
def test_a_command_and_its_options_exist(words: list[str]) -> None:
    command = get_command(app)
    rest = list(words)
    while isinstance(command, TyperGroup):
        assert rest[0] in command.commands, rest
        command = command.commands[rest.pop(0)]
    known = {option for one in command.params for option in one.opts}

    assert {word for word in rest if word.startswith("-")} <= known


def test_the_two_ways_in_are_shown() -> None:
    assert {tuple(words[:1]) for words in RUN} >= {("demo",), ("test",)}
    assert {words[0] for words in BRIEFING} >= {
        "init",
        "run",
        "topic",
        "brief",
        "check",
        "serve",
        "subscribers",
        "send",
        "deliveries",
        "doctor",
    }


@pytest.mark.parametrize("words", RUN, ids=" ".join)
def test_a_habit_exists(words: list[str]) -> None:
    script = (ROOT / "run").read_text(encoding="utf-8")

    assert re.search(rf"^  {re.escape(words[0])}\b[^\n]*\)", script, re.MULTILINE)


@pytest.mark.parametrize("text", _TOML.findall(README + GUIDE + RANKINGS))
def test_settings_that_are_shown_can_be_read(text: str) -> None:
    hook = {"BRIEFING_WEBHOOK_TEAM": "https://chat.example/hook"}

    assert parse(text, folder=Path(), environment=hook).folder == Path()


def test_every_variable_that_the_guide_names_is_read() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "briefing").rglob("*.py")
    )

    for name in set(re.findall(r"BRIEFING_[A-Z_]+[A-Z]", GUIDE)) - {
        "BRIEFING_WEBHOOK_TEAM",
        "BRIEFING_WEBHOOK_TEAM_FILE",
    }:
        assert name in code, name


@pytest.mark.parametrize("target", sorted(set(_LINK.findall(README))))
def test_what_is_linked_is_there(target: str) -> None:
    is_elsewhere = target.startswith(("http://", "https://", "mailto:"))

    assert is_elsewhere or (ROOT / target).exists()
