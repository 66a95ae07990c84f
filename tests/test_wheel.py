"""The built wheel works away from the checkout: words and templates come with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.pipeline.scripted import CAPACITY, OPENING

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing else of ours."""
    place = tmp_path_factory.mktemp("wheel")
    # A copy of what is packed: the build must not write into the checkout.
    checkout = place / "checkout"
    for name in ("briefing", "prompts", "templates"):
        shutil.copytree(
            ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout)
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(place)]
    done = subprocess.run(
        [sys.executable, *build, str(checkout)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(checkout)
    (wheel,) = place.glob("briefing-*.whl")
    site = place / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run_installed(
    site: Path, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """`briefing` of the wheel, with our libraries but without the checkout."""
    libraries = sysconfig.get_paths()["purelib"]
    # -S and -I leave out the editable install, which would bring the checkout back.
    start = (
        f"import sys; sys.path[1:1] = [{str(site)!r}, {libraries!r}]; "
        "from briefing.cli import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", start, *arguments],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_writes_a_brief_in_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    documents = ({"id": "a", "text": OPENING}, {"id": "b", "text": CAPACITY})
    lines = "".join(f"{json.dumps(one)}\n" for one in documents)
    (tmp_path / "documents.jsonl").write_text(lines, encoding="utf-8")

    done = run_installed(installed, tmp_path, "brief", "documents.jsonl")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# ")
    assert "What happened" in done.stdout


def test_the_wheel_carries_words_templates_migrations_and_the_sample(
    installed: Path,
) -> None:
    held = {
        path.relative_to(installed).as_posix()
        for path in installed.rglob("*")
        if path.is_file()
    }

    for name in ("prompts", "templates"):
        for path in (ROOT / name).rglob("*.*"):
            assert f"briefing/_data/{path.relative_to(ROOT).as_posix()}" in held
    assert "briefing/store/migrations/versions/v0001_first.py" in held
    assert "briefing/starter/sources.toml" in held
    assert "briefing/sample/expected.json" in held
    assert not any(path.startswith(("tests/", "docs/")) for path in held)


def test_the_wheel_starts_from_nothing(installed: Path, tmp_path: Path) -> None:
    asked = ("--topics", "ai", "--contact", "me@paper.example")

    made = run_installed(installed, tmp_path, "init", *asked)
    status = run_installed(installed, tmp_path, "status", "--json")

    assert (made.returncode, status.returncode) == (0, 0), status.stderr
    assert json.loads(status.stdout)["runs"] == []
