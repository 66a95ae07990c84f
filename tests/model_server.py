"""A real HTTP server that speaks the chat completions protocol from a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """What the server answers to one request.

    `text` is the model's words; `raw` replaces the whole body; `stalls` keeps the
    client waiting until the server closes.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    stalls: bool = False


Script = Callable[[dict[str, Any]], Reply]


class ModelServer:
    """Answers each POST with what `script(request)` returns; keeps the requests."""

    def __init__(self, script: Script) -> None:
        self.requests: list[dict[str, Any]] = []
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(script))
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self, script: Script) -> type[BaseHTTPRequestHandler]:
        requests, closing = self.requests, self._closing

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                request = json.loads(self.rfile.read(size))
                requests.append(request)
                reply = script(request)
                if reply.stalls:
                    closing.wait()
                    self.close_connection = True
                    return
                body = reply.raw if reply.raw is not None else _body(reply, request)
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Quiet: the test says what happened."""

        return Handler


def _body(reply: Reply, request: dict[str, Any]) -> bytes:
    if reply.status != 200:
        return json.dumps({"error": {"message": "scripted", "type": "x"}}).encode()
    said = sum(len(one["content"]) for one in request["messages"])
    return json.dumps(
        {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": request["model"],
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": reply.text},
                }
            ],
            "usage": {
                "prompt_tokens": said // 4,
                "completion_tokens": len(reply.text) // 4,
                "total_tokens": (said + len(reply.text)) // 4,
            },
        }
    ).encode()
