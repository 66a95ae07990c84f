"""What several folders of tests share: the sample days, run once."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from briefing import byhand, folder
from briefing.byhand import DemoDay
from tests.shared import once

DATES = ("2026-05-18", "2026-05-25", "2026-05-26", "2026-05-27")


# Every run draws other examples, so that few in each are many in a month. Before a
# release: ./run test --hypothesis-profile deep
settings.register_profile("suite", max_examples=30)
settings.register_profile("deep", max_examples=1000, deadline=None)
settings.load_profile("suite")

# What takes longest begins first, so that no worker is left alone with it at the end;
# the first makes the sample days, and the next do not wait for them.
_FIRST = (
    "order/test_sample_days.py",
    "browser/test_archive.py",
    "browser/test_subscribing.py",
    "order/test_model_demo.py",
    "flow",
    "browser",
    "order",
    "test_",
    "cli",
    "deliver",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: browsers and servers are often waited for."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        place = item.path.relative_to(here).as_posix()
        starts = (at for at, one in enumerate(_FIRST) if place.startswith(one))
        return next(starts, len(_FIRST))

    items.sort(key=rank)


def pytest_configure() -> None:
    """Looking for cycles among all that was imported took a fifth of the suite."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--model",
        action="store_true",
        help="the tests with a real small language model (./run test --model)",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A real model is slow: its tests run when they are asked for."""
    if collection_path == Path(__file__).parent / "model":
        return None if config.getoption("--model") else True
    return None


@dataclass(frozen=True)
class Demo:
    """The sample days, run in this process."""

    output: Path
    days: tuple[DemoDay, ...]

    def files(self, date: str) -> dict[str, bytes]:
        return folder.read(self.output / date)


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A progress that shows nothing."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return once(tmp_path_factory, "demo", _demo)


def _demo(place: Path) -> Demo:
    output = place / "demo" / "output"
    days = byhand.run_demo(output, model_url=None, model="", progress=quiet)
    return Demo(output, days)
