"""A start loads what it needs: what is waited for at every key is kept small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# What only the commands need. (pydantic is not named: typer reads options with it.)
HEAVY = frozenset(
    {
        "alembic",
        "babel",
        "briefing.app",
        "briefing.logic",
        "briefing.settings",
        "briefing.store",
        "css_inline",
        "dateparser",
        "feedparser",
        "httpx2",
        "jinja2",
        "lxml",
        "matplotlib",
        "openai",
        "rich.progress",
        "sqlalchemy",
        "starlette",
        "trafilatura",
        "uvicorn",
    }
)
_LISTED = """
import sys
from briefing.cli import main
try:
    main(sys.argv[1:])
finally:
    sys.stderr.write("loaded: " + " ".join(sys.modules))
"""


def loaded(*arguments: object, cwd: Path, **environment: str) -> frozenset[str]:
    """The modules that a process of `briefing ARGUMENTS` held at its end."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTED, *map(str, arguments)],
        cwd=cwd,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return frozenset(done.stderr.rpartition("loaded: ")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["subscribers", "add", "--help"], ["run", "--fast"]],
    ids=" ".join,
)
def test_help_and_wrong_usage_do_not_load_the_program(
    arguments: list[str], tmp_path: Path
) -> None:
    modules = loaded(*arguments, cwd=tmp_path)

    assert "briefing.cli.editions" in modules
    assert modules & HEAVY == set()


def test_the_completion_of_a_shell_does_not_load_the_program(tmp_path: Path) -> None:
    modules = loaded(
        cwd=tmp_path,
        _BRIEFING_COMPLETE="complete_bash",
        COMP_WORDS="briefing rankings ",
        COMP_CWORD="2",
    )

    assert modules & HEAVY == set()
