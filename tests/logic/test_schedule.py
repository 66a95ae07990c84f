"""A run at a local time, as cron, systemd and launchd want it."""

from __future__ import annotations

import plistlib

import pytest

from briefing.errors import InputError
from briefing.logic.schedule import daily


def made(kind: str, **changes: object) -> str:
    wanted: dict[str, object] = {
        "at": "06:05",
        "timezone": "Europe/Berlin",
        "command": "python -m briefing.cli run --config '/srv/my news/100%/b.toml'",
        "folder": "/srv/my news/100%",
        **changes,
    }
    return daily(kind, **wanted)  # type: ignore[arg-type]


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


def test_some_weekdays_are_counted_as_each_program_counts_them() -> None:
    weekend = (5, 6)

    assert "\n5 6 * * 0,6 python" in made("cron", days=weekend)
    assert "OnCalendar=Sat,Sun *-*-* 06:05:00" in made("systemd", days=weekend)
    agent = plistlib.loads(made("launchd", days=weekend).encode())
    assert agent["StartCalendarInterval"] == [
        {"Hour": 6, "Minute": 5, "Weekday": 6},
        {"Hour": 6, "Minute": 5, "Weekday": 0},
    ]


def test_an_agent_is_a_property_list_that_names_its_zone() -> None:
    text = made("launchd")
    agent = plistlib.loads(text.encode())

    assert agent["ProgramArguments"][-2:] == ["--config", "/srv/my news/100%/b.toml"]
    assert agent["WorkingDirectory"] == "/srv/my news/100%"
    assert agent["StartCalendarInterval"] == {"Hour": 6, "Minute": 5}
    assert "its zone should be Europe/Berlin" in text


def test_no_weekday_is_refused() -> None:
    with pytest.raises(InputError, match="names no weekday"):
        made("cron", days=())


def test_another_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        made("anacron")

    assert "systemd, cron or launchd" in caught.value.hint
