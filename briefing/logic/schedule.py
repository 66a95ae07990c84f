"""The crontab lines, systemd units or launchd agent for a run at a local time."""

from __future__ import annotations

import plistlib
import re
import shlex
from collections.abc import Sequence

from briefing.errors import InputError

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVERY_DAY = tuple(range(7))


def daily(
    kind: str,
    *,
    at: str,
    timezone: str,
    command: str,
    folder: str,
    days: Sequence[int] = _EVERY_DAY,
) -> str:
    """Text for `crontab`, for two files of systemd, or for one of launchd.

    `at` is HH:MM in `timezone`, `days` weekdays from 0 for Monday. All keep the local
    time over a change to summer time; launchd knows only the zone of its machine.
    Raises InputError for another kind, no time of day or no weekday.
    """
    match = _CLOCK.fullmatch(at)
    if match is None:
        raise InputError(f"--at {at!r} is no time", hint="Write it like 06:30.")
    if not days:
        raise InputError(
            "[schedule] names no weekday", hint="Name the days of the run in `days`."
        )
    hour, minute = (int(part) for part in match.groups())
    if kind == "cron":
        # A % starts standard input in a crontab, unless a backslash stands before it.
        line = command.replace("%", r"\%")
        # Sunday is 0 there.
        numbers = ",".join(str(one) for one in sorted((day + 1) % 7 for day in days))
        weekdays = numbers if len(days) < len(_EVERY_DAY) else "*"
        return f"CRON_TZ={timezone}\n{minute} {hour} * * {weekdays} {line}\n"
    if kind == "systemd":
        names = ",".join(_NAMES[day] for day in days)
        weekdays = f"{names} " if len(days) < len(_EVERY_DAY) else ""
        clock = f"{weekdays}*-*-* {hour:02}:{minute:02}:00 {timezone}"
        return _units(clock, command, folder)
    if kind == "launchd":
        return _agent((hour, minute), days, timezone, command, folder)
    raise InputError(
        f"--print {kind!r} is not known", hint="Take systemd, cron or launchd."
    )


def _units(clock: str, command: str, folder: str) -> str:
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
OnCalendar={clock}
# A morning that was slept through is caught up.
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user enable --now briefing.timer
"""


def _agent(
    clock: tuple[int, int],
    days: Sequence[int],
    timezone: str,
    command: str,
    folder: str,
) -> str:
    hour, minute = clock
    moment = {"Hour": hour, "Minute": minute}
    # Sunday is 0 there. A morning that was slept through is caught up by launchd.
    moments = [{**moment, "Weekday": (day + 1) % 7} for day in days]
    agent = {
        "Label": "briefing",
        "ProgramArguments": shlex.split(command),
        "WorkingDirectory": folder,
        "StartCalendarInterval": moment if len(days) == len(_EVERY_DAY) else moments,
        "StandardOutPath": f"{folder}/briefing.log",
        "StandardErrorPath": f"{folder}/briefing.log",
    }
    head, doctype, rest = plistlib.dumps(agent).decode().split("\n", 2)
    # Two hyphens end a comment.
    zone = timezone.replace("--", "")
    return f"""\
{head}
{doctype}
<!-- ~/Library/LaunchAgents/briefing.plist
     launchd goes by the clock of this machine: its zone should be {zone}.
     Then: launchctl load ~/Library/LaunchAgents/briefing.plist -->
{rest}"""
