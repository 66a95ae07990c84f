"""A daily run at a local time, as cron and systemd want it."""

from __future__ import annotations

import pytest

from briefing.errors import InputError
from briefing.logic.schedule import daily


def made(kind: str, **changes: str) -> str:
    wanted = {
        "at": "06:05",
        "timezone": "Europe/Berlin",
        "command": "python -m briefing.cli run --config '/srv/my news/100%/b.toml'",
        "folder": "/srv/my news/100%",
        **changes,
    }
    return daily(kind, **wanted)


def test_a_crontab_says_its_zone_and_escapes_percent_signs() -> None:
    assert made("cron") == (
        "CRON_TZ=Europe/Berlin\n"
        "5 6 * * * python -m briefing.cli run --config '/srv/my news/100\\%/b.toml'\n"
    )


def test_units_name_zone_folder_and_the_exit_code_that_is_no_failure() -> None:
    units = made("systemd")

    assert "OnCalendar=*-*-* 06:05:00 Europe/Berlin" in units
    assert "WorkingDirectory=/srv/my news/100%%" in units
    assert "--config '/srv/my news/100%%/b.toml'" in units
    assert "SuccessExitStatus=1" in units


@pytest.mark.parametrize("at", ["24:00", "6:30", "06:60", "noon", "06:30\n", ""])
def test_what_is_no_time_of_day_is_refused(at: str) -> None:
    with pytest.raises(InputError, match="is no time"):
        made("cron", at=at)


def test_another_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        made("launchd")

    assert "cron or systemd" in caught.value.hint
