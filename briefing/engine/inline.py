"""The default engine: threads of this process, finished steps kept in the store.

Resume: a step that an earlier process finished under the same run id is not done
again; a step that was cut off is. One run of an edition at a time is held by a lock
file beside the store (`only_one`).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import BriefingError, StoreError
from briefing.ports import StepLedger, StepResult


class InlineEngine:
    """Implements ports.Engine with a thread pool and a ledger of finished steps."""

    def __init__(self, ledger: StepLedger) -> None:
        self._ledger = ledger

    def map(
        self,
        run_id: str,
        name: str,
        step: Callable[[str], str],
        keys: Sequence[str],
        *,
        workers: int = 1,
        on_done: Callable[[StepResult], None] | None = None,
    ) -> tuple[StepResult, ...]:
        """Results in the order of `keys`; see ports.Engine."""
        finished = self._ledger.finished_steps(run_id, name)
        results = {
            key: StepResult(key, finished[key], was_done=True)
            for key in keys
            if key in finished
        }
        todo = [key for key in dict.fromkeys(keys) if key not in results]
        with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
            futures = {
                pool.submit(self._do, run_id, name, step, key): key for key in todo
            }
            try:
                for future in as_completed(futures):
                    result = future.result()
                    results[result.key] = result
                    if on_done is not None:
                        on_done(result)
            except BaseException:
                # A bug or Ctrl-C: what has not begun must not begin any more.
                _cancel(futures)
                raise
        return tuple(results[key] for key in keys)

    def _do(
        self, run_id: str, name: str, step: Callable[[str], str], key: str
    ) -> StepResult:
        try:
            value = step(key)
        except BriefingError as error:
            return StepResult(key, None, error=error.message, hint=error.hint)
        self._ledger.save_step(run_id, name, key, value)
        return StepResult(key, value)


def _cancel(futures: dict[Future[StepResult], str]) -> None:
    for future in futures:
        future.cancel()


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Holds the lock file `path` until the end; the kernel frees it after a crash.

    Raises StoreError if another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"another run holds {path.name}",
                hint="Wait until it is done, or end that process.",
            ) from error
        yield
    finally:
        os.close(handle)
