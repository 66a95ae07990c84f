"""Dockerfile and compose.yaml stay small, pinned, without root and without secrets."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from briefing.cli import app

ROOT = Path(__file__).parents[1]
SECRET = re.compile(r"(?i)(password|secret|token|api_?key)\b(?!_file|: file)")


def instructions() -> list[tuple[str, str]]:
    """(word, rest) of the Dockerfile, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [one for one in text.splitlines() if not one.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = (one.partition(" ") for one in joined.splitlines() if one.strip())
    return [(word, rest.strip()) for word, _, rest in found]


def of(word: str) -> list[str]:
    return [rest for one, rest in instructions() if one == word]


def compose() -> dict[str, Any]:
    """compose.yaml, which keeps to mappings, lists and scalars, two spaces a level."""
    lines = [
        (len(line) - len(line.lstrip()), line.strip())
        for line in (ROOT / "compose.yaml").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    made, rest = _block(lines, 0)
    assert rest == []
    assert isinstance(made, dict)
    return made


def _block(lines: list[tuple[int, str]], depth: int) -> tuple[Any, list[Any]]:
    if lines[0][1].startswith("- "):
        items = []
        while lines and lines[0][0] == depth and lines[0][1].startswith("- "):
            items.append(_scalar(lines.pop(0)[1][2:]))
        return items, lines
    table: dict[str, Any] = {}
    while lines and lines[0][0] == depth:
        key, colon, value = lines.pop(0)[1].partition(":")
        assert colon, key
        assert key not in table, key
        if value.strip():
            table[key] = _scalar(value.strip())
        else:
            assert lines[0][0] == depth + 2, key
            table[key], lines = _block(lines, depth + 2)
    assert not lines or lines[0][0] < depth
    return table, lines


def _scalar(text: str) -> Any:
    if text[0] in '"{[':
        return json.loads(text)
    assert text[0] not in "&*!|>%@`", text
    return {"true": True, "false": False}.get(text, text)


def test_every_instruction_is_one_of_docker() -> None:
    known = {
        *("FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE"),
        *("HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD"),
    }

    assert {word for word, _ in instructions()} <= known
    assert instructions()[0][0] == "FROM"


def test_the_base_is_pinned_to_a_small_python_under_its_plain_name() -> None:
    assert len(of("FROM")) == 2
    for base in of("FROM"):
        assert re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", base)


def test_what_is_copied_is_there_and_goes_into_the_context() -> None:
    kept = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }

    copied = [
        name
        for rest in of("COPY")
        if not rest.startswith("--from=")
        for name in shlex.split(rest)[:-1]
    ]

    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name in kept, name
    assert kept == set(copied)


def test_the_wheel_finds_in_the_image_what_it_packs() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packed = re.findall(r'^"(\w+)" = "briefing/_data/', settings, re.MULTILINE)

    assert packed
    assert {"briefing", *packed} <= {rest.split()[0] for rest in of("COPY")}


def test_it_does_not_run_as_root() -> None:
    words = [word for word, _ in instructions()]

    assert of("USER")[-1] not in {"root", "0"}
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert any("useradd" in rest and of("USER")[-1] in rest for rest in of("RUN"))


def test_its_health_is_asked_where_the_site_answers() -> None:
    (check,) = of("HEALTHCHECK")
    command = json.loads(check[check.index("CMD ") + 4 :])
    (port,) = of("EXPOSE")

    assert f"http://127.0.0.1:{port}/healthz" in command[-1]
    compile(command[-1], "HEALTHCHECK", "exec")


def test_it_starts_a_command_that_exists() -> None:
    (entry,), (words,) = of("ENTRYPOINT"), of("CMD")
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    name, *options = json.loads(words)

    assert json.loads(entry) == ["briefing"]
    command = group.commands[name]
    known = {one for given in command.params for one in given.opts}
    assert {one for one in options if one.startswith("-")} <= known


def test_one_service_keeps_its_data_and_gives_up_its_rights() -> None:
    table = compose()
    (service,) = table["services"].values()

    assert service["build"] == "."
    assert service["volumes"] == ["data:/data"]
    assert set(table["volumes"]) == {"data"}
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert all(one.startswith("127.0.0.1:") for one in service["ports"])
    assert "image" not in service


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml"])
def test_no_secret_stands_in_it(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    spoken = [line for line in text.splitlines() if not line.lstrip().startswith("#")]

    assert [line for line in spoken if SECRET.search(line)] == []
