"""The crontab lines or systemd units for a daily run at a local time."""

from __future__ import annotations

import re

from briefing.errors import InputError

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def daily(kind: str, *, at: str, timezone: str, command: str, folder: str) -> str:
    """Text for `crontab` or for two files of systemd.

    `at` is HH:MM in `timezone`. Both keep the local time over a change to summer
    time. Raises InputError for another kind or no time of day.
    """
    match = _CLOCK.fullmatch(at)
    if match is None:
        raise InputError(f"--at {at!r} is no time", hint="Write it like 06:30.")
    hour, minute = match.groups()
    if kind == "cron":
        # A % starts standard input in a crontab, unless a backslash stands before it.
        line = command.replace("%", r"\%")
        return f"CRON_TZ={timezone}\n{int(minute)} {int(hour)} * * * {line}\n"
    if kind == "systemd":
        return _units(f"{hour}:{minute}:00", timezone, command, folder)
    raise InputError(f"--print {kind!r} is not known", hint="Take cron or systemd.")


def _units(clock: str, timezone: str, command: str, folder: str) -> str:
    escaped = command.replace("%", "%%")
    return f"""\
# ~/.config/systemd/user/briefing.service
[Unit]
Description=Briefing: today's edition
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder.replace("%", "%%")}
ExecStart={escaped}
# 1: done, but a source failed; the report says which.
SuccessExitStatus=1

# ~/.config/systemd/user/briefing.timer
[Unit]
Description=Briefing: every morning

[Timer]
OnCalendar=*-*-* {clock} {timezone}
# A morning that was slept through is caught up.
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user enable --now briefing.timer
"""
