"""serve and schedule on the command line, without the processes that stay."""

from __future__ import annotations

import plistlib
import socket
from pathlib import Path

from tests.cli.calling import call


def initialise(folder: Path, *more: str, contact: str = "me@paper.example") -> Path:
    said = call(
        *("init", "--topics", "ai, business", "--contact", contact),
        *("--folder", folder, *more),
    )
    assert said.code == 0, said.err
    return folder / "briefing.toml"


def test_a_crontab_line_runs_this_installation_at_the_local_time(
    tmp_path: Path,
) -> None:
    path = initialise(tmp_path, "--timezone", "Europe/Berlin")

    said = call("schedule", "--print", "cron", "--at", "07:05", "--config", path)

    zone, line = said.out.splitlines()
    assert zone == "CRON_TZ=Europe/Berlin"
    assert line.startswith("5 7 * * * ")
    assert line.endswith(f"-m briefing.cli run --config {path}")


def test_systemd_gets_a_service_and_a_timer(tmp_path: Path) -> None:
    path = initialise(tmp_path)

    said = call("schedule", "--print", "systemd", "--config", path)

    assert said.code == 0
    assert "OnCalendar=*-*-* 06:00:00 UTC" in said.out
    assert f"WorkingDirectory={tmp_path}" in said.out


def test_another_form_or_time_is_refused(tmp_path: Path) -> None:
    path = initialise(tmp_path)

    form = call("schedule", "--print", "anacron", "--config", path)
    time = call("schedule", "--print", "cron", "--at", "25:00", "--config", path)

    assert (form.code, time.code) == (2, 2)
    assert "systemd, cron or launchd" in form.err
    assert "06:30" in time.err


def test_the_time_and_days_of_the_settings_are_printed(tmp_path: Path) -> None:
    path = initialise(tmp_path)
    text = path.read_text(encoding="utf-8").replace('# at = "06:00"', 'at = "05:15"')
    text = text.replace('# days = ["monday", "tuesday"', 'days = ["monday", "tuesday"')
    path.write_text(text.replace(', "sunday"]', "]"), encoding="utf-8")

    said = call("schedule", "--print", "cron", "--config", path)

    assert said.out.splitlines()[1].startswith("15 5 * * 1,2,3,4,5,6 ")


def test_launchd_gets_a_property_list(tmp_path: Path) -> None:
    path = initialise(tmp_path)

    said = call("schedule", "--print", "launchd", "--config", path)

    agent = plistlib.loads(said.out.encode())
    assert agent["ProgramArguments"][-1] == str(path)
    assert agent["WorkingDirectory"] == str(tmp_path)


def test_who_runs_on_a_schedule_must_be_reachable(tmp_path: Path) -> None:
    path = initialise(tmp_path, contact="")

    for arguments in (
        ("schedule",),
        ("schedule", "--print", "cron"),
        ("serve", "--with-schedule"),
    ):
        said = call(*arguments, "--config", path)

        assert (said.code, said.out) == (2, "")
        assert "contact" in said.err


def test_a_time_without_a_form_is_refused(tmp_path: Path) -> None:
    said = call("schedule", "--at", "07:00", "--config", initialise(tmp_path))

    assert said.code == 2
    assert "[schedule]" in said.err


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    path = initialise(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = call("serve", "--port", port, "--config", path)

    assert said.code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in said.err
    assert "--port" in said.err
