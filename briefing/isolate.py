"""Worker processes for hostile bytes: limits on time and memory, replaced when broken.

Config: WorkerIsolate(workers, memory_bytes, tasks_per_worker).
Yields: what the function returned in a worker.
Raises: ParseError (reason "timeout", "memory", "crash" or the function's own); a
BriefingError raised inside comes out as it is.

A worker is a plain `python -c` child with one pipe: no fork of a process with threads
and no second import of the program's main module, as multiprocessing would do. It gets
hardly anything of our environment, so no key can leak from it, and ends by itself when
the pipe closes.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from briefing.errors import BriefingError, ParseError

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

MAX_RESULT_BYTES = 64_000_000
_START_S = 60.0
_READY = b"ready"
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
_CHILD = (
    "import sys; sys.path[:] = {path!r}; "
    "from briefing.isolate import serve; serve({fd})"
)


class WorkerIsolate:
    """Implements ports.Isolate; shared by threads, each task waits for a free worker.

    Workers start when first needed, and import a task's module before its limit counts,
    with the modules that its WORKER_LOADS names: a parser's library alone can take half
    a second, and the process that asks should not load it. `tasks_per_worker` bounds
    what a leaking parser can pile up. Close it, or use it as a context manager.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        memory_bytes: int = 1_500_000_000,
        tasks_per_worker: int = 500,
    ) -> None:
        self._memory_bytes = memory_bytes
        self._tasks_per_worker = tasks_per_worker
        # Last in, first out: a quiet run warms up one worker, not all.
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._slots = workers
        self._closed = threading.Event()
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Waits for running tasks, then ends all workers. Again does nothing."""
        if self._closed.is_set():
            return
        self._closed.set()
        for _ in range(self._slots):
            worker = self._idle.get()
            if worker is not None:
                worker.end()

    def run(
        self, function: Callable[[*Args], Result], *args: *Args, limit_s: float = 5.0
    ) -> Result:
        """See ports.Isolate. The limit counts from when a warm worker has the task."""
        if self._closed.is_set():
            raise RuntimeError("this WorkerIsolate is closed")
        task = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        module = getattr(function, "__module__", None) or "builtins"
        worker = self._idle.get()
        kept: _Worker | None = None
        try:
            if worker is None:
                worker = _Worker(self._memory_bytes)
            worker.prepare(module)
            answer = worker.ask(task, limit_s)
            if worker.tasks < self._tasks_per_worker and answer.is_sound:
                kept = worker
        finally:
            if worker is not None and kept is None:
                worker.end()
            self._idle.put(kept)
        return answer.value()  # type: ignore[no-any-return]


class _Answer:
    """What came back: a result, an error, and whether the worker may go on."""

    def __init__(
        self, result: object, error: BaseException | None, *, is_sound: bool = True
    ) -> None:
        self._result = result
        self._error = error
        self.is_sound = is_sound

    def value(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._result


class _Worker:
    """One child process and its pipe; used by one thread at a time."""

    def __init__(self, memory_bytes: int) -> None:
        self.tasks = 0
        self._imported: set[str] = set()
        self._pipe, theirs = Pipe(duplex=True)
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    _CHILD.format(path=sys.path, fd=theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={
                    name: os.environ[name]
                    for name in _KEPT_ENVIRONMENT
                    if name in os.environ
                },
            )
        try:
            self._await_ready(memory_bytes)
        except ParseError:
            self.end()
            raise

    def prepare(self, module: str) -> None:
        """Has the child import `module`, once. Raises ParseError if it does not answer;
        what fails inside the import fails again, and is told, in the task itself.
        """
        if module not in self._imported:
            self._await_ready(module)
            self._imported.add(module)

    def _await_ready(self, message: object) -> None:
        try:
            self._pipe.send(message)
            if not self._pipe.poll(_START_S):
                raise _broken("crash", "a parsing process did not start")
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise _broken("crash", "a parsing process could not start") from error

    def ask(self, task: bytes, limit_s: float) -> _Answer:
        """The answer to one pickled task, or the ParseError it came to."""
        self.tasks += 1
        try:
            self._pipe.send_bytes(task)
            if not self._pipe.poll(limit_s):
                return self._failed("timeout", f"parsing took more than {limit_s:g} s")
            is_ok, payload = pickle.loads(  # noqa: S301 - made by our own function
                self._pipe.recv_bytes(MAX_RESULT_BYTES)
            )
        except (EOFError, OSError, pickle.UnpicklingError):
            return self._failed("crash", "the parsing process died")
        if is_ok:
            return _Answer(payload, None)
        error = _rebuilt(payload)
        is_sound = getattr(error, "reason", "") != "memory"
        return _Answer(None, error, is_sound=is_sound)

    def _failed(self, reason: str, message: str) -> _Answer:
        return _Answer(None, _broken(reason, message), is_sound=False)

    def end(self) -> None:
        """Kills the child (it holds nothing worth saving) and collects it."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


def _broken(reason: str, message: str) -> ParseError:
    return ParseError(
        message,
        hint="Leave this page or feed out, or report it with its address.",
        reason=reason,
    )


def serve(fd: int) -> None:
    """The child's life: limits, imports, then one task after another until the end."""
    import logging
    import signal
    import warnings

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when we end
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # parsers' complaints about the pages they read
    with Connection(fd) as pipe:
        _limit_memory(pipe.recv())
        pipe.send_bytes(_READY)
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                pipe.send_bytes(_done(pipe.recv_bytes()))


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not POSIX: the time limit alone must do
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _done(task: bytes) -> bytes:
    try:
        asked = pickle.loads(task)  # noqa: S301 - sent by our own parent
        if isinstance(asked, str):
            with contextlib.suppress(Exception):
                module = importlib.import_module(asked)
                for name in getattr(module, "WORKER_LOADS", ()):
                    importlib.import_module(name)
            return _READY
        function, args = asked
        return pickle.dumps((True, function(*args)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return _packed(_broken("memory", "parsing took too much memory"))
    except BriefingError as error:
        return _packed(error)
    except Exception as error:  # the border: parsers raise anything
        return _packed(unexpected(error))


def unexpected(error: Exception) -> ParseError:
    """A parser's own crash on hostile bytes, as the error of that input alone."""
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = (
        f" ({os.path.basename(where[0].filename)}:{where[0].lineno})" if where else ""
    )
    made = _broken("crash", f"the parser failed: {type(error).__name__}{place}")
    made.add_note("".join(traceback.format_exception(error))[-4000:])
    return made


def _packed(error: BriefingError) -> bytes:
    # An exception with keyword-only arguments cannot be pickled as it is.
    kind = type(error)
    state = {name: value for name, value in vars(error).items() if name != "__notes__"}
    notes = getattr(error, "__notes__", [])
    return pickle.dumps((False, (kind, error.args, state, notes)))


def _rebuilt(payload: Any) -> BriefingError:
    kind, args, state, notes = payload
    error: BriefingError = kind.__new__(kind, *args)
    vars(error).update(state)
    for note in notes:
        error.add_note(note)
    return error
