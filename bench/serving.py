"""Servers in processes of their own, so that their work is not counted as ours."""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_START_S = 30.0


@contextmanager
def served(target: Callable[..., None], *arguments: Any) -> Iterator[tuple[int, int]]:
    """`target(socket, *arguments)` in a new process; the port and the process id.

    The socket listens on loopback already, so nobody has to wait for the server.
    """
    # Named TCP, else asyncio leaves Nagle's algorithm on for what it accepts, and each
    # answer of two writes waits 40 ms for an acknowledgement.
    with socket.socket(
        socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    ) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(256)
        port = listening.getsockname()[1]
        context = multiprocessing.get_context("spawn")
        process = context.Process(
            target=target, args=(listening, *arguments), daemon=True
        )
        process.start()
    try:
        _wait(port)
        yield port, process.pid or 0
    finally:
        process.terminate()
        process.join()


def _wait(port: int) -> None:
    ends_at = time.monotonic() + _START_S
    while time.monotonic() < ends_at:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=_START_S),
        ):
            return
        time.sleep(0.05)
    raise TimeoutError("the server of a benchmark did not start")
