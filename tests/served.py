"""An ASGI application on a real server on loopback, for clients that need a socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn


@contextmanager
def served(make_app: Callable[[int], Any]) -> Iterator[int]:
    """The port that `make_app(port)` answers on while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        started = threading.Event()

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets=sockets)
                started.set()

        server = Server(
            uvicorn.Config(
                make_app(port),
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=2,
            )
        )
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            assert started.wait(10), "the server did not start"
            yield port
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()
