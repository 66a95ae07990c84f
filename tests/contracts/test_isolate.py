"""What every Isolate does; and what only the one with worker processes can do."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefing.errors import FetchError, ParseError
from briefing.isolate import WorkerIsolate
from briefing.ports import Isolate
from tests.fakes import InlineIsolate

# For this file's own tasks; a module that nothing else imports.
WORKER_LOADS = ("colorsys",)


def double(number: int) -> int:
    return number * 2


def refuse(url: str) -> None:
    raise FetchError(url, 418, "refused", hint="Try tea.", reason="http_418")


def stumble() -> None:
    raise ValueError("a parser's own crash")


def recurse(depth: int) -> int:
    return recurse(depth + 1)


def hang() -> None:
    threading.Event().wait(30)


def take(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def die() -> None:
    os._exit(3)


def process_id() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def loaded() -> tuple[str, ...]:
    return tuple(name for name in WORKER_LOADS if name in sys.modules)


def shout() -> str:
    print("noise on stdout")
    return "heard"


class _ByName:
    """A function that only the process which calls it imports."""

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = module
        self._name = name

    def __call__(self) -> int:
        made: int = getattr(importlib.import_module(self.__module__), self._name)()
        return made


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerIsolate]:
    with WorkerIsolate(2, memory_bytes=600_000_000) as isolate:
        yield isolate


@pytest.fixture(params=["inline", "workers"])
def isolate(request: pytest.FixtureRequest, workers: WorkerIsolate) -> Isolate:
    return workers if request.param == "workers" else InlineIsolate()


def test_a_function_gives_what_it_returns(isolate: Isolate) -> None:
    assert isolate.run(double, 21) == 42


def test_an_error_of_ours_comes_out_as_it_was_raised(isolate: Isolate) -> None:
    with pytest.raises(FetchError) as caught:
        isolate.run(refuse, "http://a.example/")

    assert caught.value.message == "http://a.example/: refused"
    assert caught.value.hint == "Try tea."
    assert (caught.value.status, caught.value.reason) == (418, "http_418")


def test_a_crash_of_the_parser_is_a_parse_error_that_names_it(isolate: Isolate) -> None:
    with pytest.raises(ParseError, match="ValueError") as caught:
        isolate.run(stumble)

    assert caught.value.reason == "crash"
    assert "a parser's own crash" in "".join(caught.value.__notes__)


def test_endless_recursion_is_a_parse_error(isolate: Isolate) -> None:
    with pytest.raises(ParseError, match="RecursionError"):
        isolate.run(recurse, 0)


def test_a_task_over_its_time_is_killed_and_the_next_one_runs(
    workers: WorkerIsolate,
) -> None:
    with pytest.raises(ParseError) as caught:
        workers.run(hang, limit_s=0.1)

    assert caught.value.reason == "timeout"
    assert workers.run(double, 2) == 4


def test_a_task_over_its_memory_fails_alone(workers: WorkerIsolate) -> None:
    with pytest.raises(ParseError) as caught:
        workers.run(take, 2000)

    assert caught.value.reason == "memory"
    assert workers.run(take, 10) == 10 * 2**20


def test_a_worker_that_dies_is_replaced(workers: WorkerIsolate) -> None:
    with pytest.raises(ParseError) as caught:
        workers.run(die)

    assert caught.value.reason == "crash"
    assert workers.run(double, 3) == 6


def test_work_happens_in_another_process_that_holds_no_secrets(
    workers: WorkerIsolate,
) -> None:
    os.environ["BRIEFING_TEST_KEY"] = "secret"
    try:
        with WorkerIsolate(1) as isolate:
            held = isolate.run(environment)
    finally:
        del os.environ["BRIEFING_TEST_KEY"]

    assert "BRIEFING_TEST_KEY" not in held
    assert workers.run(process_id) != os.getpid()


def test_what_a_parser_prints_disturbs_nothing(workers: WorkerIsolate) -> None:
    assert workers.run(shout) == "heard"


def test_large_bodies_go_through(workers: WorkerIsolate) -> None:
    assert workers.run(len, b"x" * 10_000_000) == 10_000_000


def test_many_threads_share_the_workers(workers: WorkerIsolate) -> None:
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda n: workers.run(double, n), range(40)))

    assert results == [n * 2 for n in range(40)]


def test_the_import_of_a_parser_is_not_counted_against_its_limit(
    workers: WorkerIsolate,
) -> None:
    # By name only: imported here, its wait would be this process's.
    answer = _ByName("tests.contracts.slow_to_import", "answer")

    assert workers.run(answer, limit_s=2.0) == 42


def test_a_worker_loads_what_the_module_of_its_task_names(
    workers: WorkerIsolate,
) -> None:
    assert workers.run(loaded) == ("colorsys",)


def test_a_worker_is_replaced_after_its_share_of_tasks() -> None:
    with WorkerIsolate(1, tasks_per_worker=2) as isolate:
        seen = [isolate.run(process_id) for _ in range(4)]

    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert seen[0] != seen[2]


def test_nothing_is_left_behind_when_it_is_closed() -> None:
    isolate = WorkerIsolate(1)
    child = isolate.run(process_id)

    isolate.close()
    isolate.close()

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    with pytest.raises(RuntimeError, match="closed"):
        isolate.run(double, 1)
