"""A model file on this machine, without a server: llama.cpp through `xllamacpp`.

Config: `[model] embedded = "PATH.gguf"` in briefing.toml; the extra `briefing[local]`.
Raises: SettingsError without the extra; ModelError, `is_final` for a file that cannot
        be loaded.
Source: https://github.com/xorbitsai/xllamacpp (2026.10, read 2026-11).

llama.cpp's server runs in a child process and is asked like any other one, so the
protocol, its faults and the JSON schema are `openai.py`'s affair. In this process it
would load as well, but a fault of native code (a file that only looks whole, memory
that runs out) would take the run and its half-paid answers with it; so it takes the
child, and the next brief is written without the model. The child listens on loopback
alone, asks for a key that only we know, gets hardly anything of our environment and
ends by itself when we do: its standard input closes.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

from briefing.errors import ModelError, SettingsError
from briefing.llm.openai import OpenAiLlm
from briefing.ports import ModelAnswer, ModelRequest

_LIBRARY = "xllamacpp"
_CHILD = (
    "import sys; sys.path[:] = {path!r}; "
    "from briefing.llm.embedded import serve; serve({options!r})"
)
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
# Measured: 135 million parameters load in a second; ten billion from a slow disk take
# minutes.
_START_S = 300.0
_END_S = 5.0


class EmbeddedLlm:
    """Implements ports.Llm; the file is loaded at the first question. Thread-safe."""

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        timeout_s: float,
        context_tokens: int,
        workers: int = 1,
        library: str = _LIBRARY,
    ) -> None:
        """`context_tokens` hold for each of `workers` questions that are asked at once.
        Raises SettingsError when `library` is not installed.
        """
        if importlib.util.find_spec(library) is None:
            raise SettingsError(
                f"[model] embedded needs {library}, which is not installed",
                hint="Run: pip install 'briefing[local]'",
            )
        self._path = path
        self._name = name
        self._timeout_s = timeout_s
        self._options = {
            "path": str(path),
            "name": name,
            "context_tokens": context_tokens * workers,
            "workers": workers,
            # One core is left to what asks; two threads on one core wait for each
            # other (measured: a tenth of the speed).
            "threads": max(1, (os.cpu_count() or 1) - 1),
        }
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._client: OpenAiLlm | None = None

    @property
    def name(self) -> str:
        """The model's name, as configured."""
        return self._name

    def complete(self, request: ModelRequest) -> ModelAnswer:
        """The answer to one question. Raises ModelError."""
        return self._ready().complete(request)

    def known_models(self, *, timeout_s: float) -> tuple[tuple[str, ...], str]:
        """The one model, once it is loaded, and no date. Raises ModelError."""
        self._ready(timeout_s)
        return (self._name,), ""

    def close(self) -> None:
        """Ends the child and waits for it."""
        with self._lock:
            if self._client is not None:
                self._client.close()
            if self._child is not None:
                _end(self._child)
            self._client = self._child = None

    def _ready(self, start_s: float = _START_S) -> OpenAiLlm:
        """A client of the running child. Raises ModelError when there is none."""
        with self._lock:
            if self._client is None or self._child is None:
                self._start(start_s)
            elif self._child.poll() is not None:
                # Not started again: what broke it once would most likely do so again.
                raise ModelError(
                    f"the process of the model {self._name!r} has ended",
                    hint="Look whether memory ran out; a smaller model needs less.",
                )
            assert self._client is not None  # noqa: S101 - set by _start
            return self._client

    def _start(self, start_s: float) -> None:
        key = secrets.token_urlsafe(24)
        child = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _CHILD.format(path=sys.path, options=json.dumps(self._options)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={k: os.environ[k] for k in _KEPT_ENVIRONMENT if k in os.environ},
        )
        # Ends the wait below: what was killed closes its output.
        too_long = threading.Timer(start_s, child.kill)
        too_long.start()
        try:
            address = _first_line(child, key)
        finally:
            too_long.cancel()
        if not address:
            _end(child)
            raise ModelError(
                f"the model in {self._path} could not be loaded",
                hint="Check that it is a whole GGUF file and fits into memory.",
                is_final=True,
            )
        self._child = child
        self._client = OpenAiLlm(
            base_url=f"{address}/v1",
            name=self._name,
            api_key=key,
            timeout_s=self._timeout_s,
            obeys_proxies=False,
        )


def _first_line(child: subprocess.Popen[str], key: str) -> str:
    """The address that the child prints when it listens, "" if it ended before."""
    if child.stdin is None or child.stdout is None:
        return ""
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(f"{key}\n")
        child.stdin.flush()
    return child.stdout.readline().strip()


def _end(child: subprocess.Popen[str]) -> None:
    if child.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
    try:
        child.wait(_END_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def serve(options: str) -> None:
    """The child: serves the model until standard input ends.

    The first line of standard input is the key that requests must carry; the address
    is printed when the model is loaded.
    """
    xllamacpp = importlib.import_module(_LIBRARY)
    chosen = json.loads(options)
    params = xllamacpp.CommonParams()
    params.model.path = chosen["path"]
    params.model_alias = {chosen["name"]}
    params.n_ctx = chosen["context_tokens"]
    params.n_parallel = chosen["workers"]
    params.cpuparams.n_threads = chosen["threads"]
    params.cpuparams_batch.n_threads = chosen["threads"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [sys.stdin.readline().strip()]
    params.warmup = False
    params.ui = False
    params.verbosity = 0
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # Its threads may be in the middle of an answer that nobody waits for any more.
    os._exit(0)
