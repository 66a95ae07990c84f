"""An edition is for good, so a dead network or a bad key does not make an empty one."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from briefing import app, settings
from briefing.errors import BriefingError
from briefing.run import Made
from briefing.sample.content import sample_days
from briefing.sample.server import SampleServer
from tests.conftest import quiet
from tests.model_server import ModelServer, Reply
from tests.parsers import parsers
from tests.short_days import settings_text

DAY = sample_days()[0]


def make(folder: Path, text: str, *, late: timedelta = timedelta()) -> Made:
    chosen = settings.parse(text, folder=folder, environment={})
    made, _ = app.make_edition(
        chosen,
        moment=DAY.now + late,
        edition_date=DAY.date,
        progress=quiet,
        isolate=parsers(),
    )
    return made


def free_address() -> str:
    """Where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_a_dead_network_is_no_quiet_day_and_the_next_run_asks_again(
    tmp_path: Path,
) -> None:
    with pytest.raises(BriefingError, match="no source could be read") as caught:
        make(tmp_path, settings_text(free_address()))
    with pytest.raises(BriefingError, match="no source could be read"):
        make(tmp_path, settings_text(free_address()), late=timedelta(minutes=5))
    with SampleServer(DAY.date) as server:
        made = make(tmp_path, settings_text(server.address), late=timedelta(hours=2))

    assert "briefing status" in caught.value.hint
    assert not made.was_frozen
    assert any(one.outcome == "published" for one in made.report.stories)
    assert not (tmp_path / ".briefing.lock").exists()


def test_a_bad_key_makes_no_edition_and_the_right_one_goes_on(tmp_path: Path) -> None:
    keys = [401]

    def script(_request: object) -> Reply:
        return Reply("no JSON", status=keys[0])

    with SampleServer(DAY.date) as server, ModelServer(script) as model:
        named = f'[model]\nbase_url = "{model.base_url}"\nname = "small"\n'
        text = f"{settings_text(server.address)}\n{named}"
        with pytest.raises(BriefingError, match="HTTP 401") as caught:
            make(tmp_path, text)
        keys[0] = 200
        made = make(tmp_path, text)

    assert "BRIEFING_MODEL_API_KEY" in caught.value.hint
    assert any(one.outcome == "published" for one in made.report.stories)
