"""A start loads what it needs: what is waited for at every key is kept small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
AND = "and"
_LISTED = """
import sys
from briefing.cli import main
calls = [[]]
for word in sys.argv[1:]:
    if word == "and":
        calls.append([])
    else:
        calls[-1].append(word)
for number, words in enumerate(calls, 1):
    try:
        main(words)
    except SystemExit:
        if number == len(calls):
            raise
    finally:
        if number == len(calls):
            sys.stderr.write("loaded: " + " ".join(sys.modules))
"""


def loaded(*arguments: object, cwd: Path, **environment: str) -> frozenset[str]:
    """The modules that a process of `briefing ARGUMENTS` held at its end; `AND` between
    the arguments of several calls.
    """
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


# A sample of two reports of one event, as files: no server is needed to make a brief.
REPORTS = {
    "ledger.txt": "Orrin Energy opened a wind farm off Sarvia on 25 May 2026. "
    "The farm has 40 turbines and cost 1.2 billion euros, the company said. "
    "It will supply 300,000 homes from July.",
    "courier.txt": "A wind farm of Orrin Energy off Sarvia began work on 25 May 2026. "
    "Its 40 turbines will supply 300,000 homes, according to the company. "
    "Building it took three years.",
}
FOLDER = """
[digest]
title = "Morning"

[[sources]]
id = "files"
kind = "folder"
path = "reports"
publisher = "The Ledger (sample)"
"""


def test_help_and_wrong_usage_do_not_load_the_program(tmp_path: Path) -> None:
    modules = loaded(
        *("--help", AND, "subscribers", "add", "--help", AND, "run", "--fast"),
        cwd=tmp_path,
    )

    assert "briefing.cli.editions" in modules
    assert "briefing.cli.subscribers" in modules
    assert modules & HEAVY == set()


def test_the_completion_of_a_shell_does_not_load_the_program(tmp_path: Path) -> None:
    modules = loaded(
        cwd=tmp_path,
        _BRIEFING_COMPLETE="complete_bash",
        COMP_WORDS="briefing rankings ",
        COMP_CWORD="2",
    )

    assert modules & HEAVY == set()


def test_a_first_settings_file_is_written_without_store_client_or_writer(
    tmp_path: Path,
) -> None:
    modules = loaded("init", "--topics", "ai", "--contact", "", cwd=tmp_path)

    assert (tmp_path / "briefing.toml").is_file()
    assert modules & HEAVY == {"briefing.app", "briefing.settings"}


def test_a_stored_edition_is_looked_at_without_store_client_or_template(
    tmp_path: Path,
) -> None:
    modules = loaded("explain", ".", "turbines", cwd=tmp_path)

    assert "briefing.explaining" in modules
    assert (
        modules & {"sqlalchemy", "httpx2", "jinja2", "trafilatura", "openai"} == set()
    )


def test_a_run_without_a_model_loads_no_model_client_and_no_parser_of_pages(
    tmp_path: Path,
) -> None:
    (tmp_path / "briefing.toml").write_text(FOLDER, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    for name, text in REPORTS.items():
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")

    modules = loaded("run", cwd=tmp_path)

    assert list((tmp_path / "output").glob("*/index.html"))
    assert modules & {"openai", "trafilatura", "feedparser", "matplotlib"} == set()
    assert modules & {"dateparser", "starlette", "uvicorn"} == set()
