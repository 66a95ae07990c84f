"""The README's lines from `briefing init` to the first confirmed subscriber, run."""

from __future__ import annotations

import email
import email.policy
import http.client
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from briefing.sample.server import SampleServer
from tests.cli.calling import call
from tests.short_days import settings_text
from tests.test_readme import BRIEFING

# The shortest day: the lines are the matter here, and briefs take their time.
DAY = date(2026, 5, 18)


def lines() -> list[list[str]]:
    """From the second `init`, which begins the block, to `subscribers list`."""
    start = [at for at, words in enumerate(BRIEFING) if words[0] == "init"][1]
    end = BRIEFING.index(["subscribers", "list"])
    return BRIEFING[start : end + 1]


def confirmed(folder: Path, served: list[str]) -> int:
    """Serves until the confirmation is written, opens its link and presses the button;
    the status of the answer.
    """
    command = [sys.executable, "-m", "briefing.cli", *served, "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if "mail.sent sent=1" in line:
                    break
            (file,) = (folder / "outbox").glob("*.eml")
            letter = email.message_from_bytes(
                file.read_bytes(), policy=email.policy.default
            )
            text = letter.get_body(("plain",))
            assert text is not None
            (link,) = re.findall(r"http://\S+/c/\S+", text.get_content())
            return pressed(link)
        finally:
            process.terminate()


def pressed(link: str) -> int:
    parts = urlsplit(link)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("POST", parts.path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_five_lines_lead_to_a_confirmed_subscriber(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with SampleServer(DAY) as server:
        init, run, add, serve, listed = lines()
        assert call(*init).code == 0
        # The public feeds of the starter list are far away: the sample stands in.
        Path("briefing.toml").write_text(settings_text(server.address))
        assert call(*run, "--now", f"{DAY}T06:00:00Z").code in {0, 1}
        added = call(*add)
        waiting = call(*listed)
        status = confirmed(tmp_path, serve)
        done = call(*listed)

    assert (added.code, status) == (0, 200)
    assert "1 not confirmed yet" in waiting.out
    assert "1 active" in done.out
