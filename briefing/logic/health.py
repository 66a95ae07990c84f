"""What the facts of an installation mean: each is ok, or what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from briefing.domain.checkup import Finding, bad, ok, warn
from briefing.domain.delivery import Tally

# 43 characters of token below /u/: DELIVERY.md T3.
LONGEST_LINK = 74
_LINK_TAIL = 46
_MIB = 1024 * 1024
_LITTLE_DISK = 1024 * _MIB
_NO_DISK = 200 * _MIB
_MOST_SKEW_S = 30.0
_SHORTEST_KEY = 16
_FEWEST_ZONES = 400  # of about 600 in the IANA database
_LATE = timedelta(hours=36)


def settings(
    *, title: str, sources: int, contact: str, writer: str, channel: str
) -> Finding:
    """Whether there is something to read, and somebody to ask about it."""
    says = f"{title!r}, {sources} sources, written by {writer}, mail by {channel}"
    if not sources:
        return bad("settings", "no source is switched on", "Add [[sources]].")
    if not contact:
        return warn(
            "settings",
            f"{says}; no contact",
            "Set `contact` in [http], so that a server's owner can reach you.",
        )
    return ok("settings", says)


def site(base_url: str, *, is_local: bool, mails: bool) -> tuple[Finding, ...]:
    """The address that stands in every mail."""
    found: list[Finding] = []
    if mails and is_local:
        found.append(
            bad(
                "site",
                f"{base_url} is an address of this machine alone",
                "Set [site] base_url to the address that readers see.",
            )
        )
    elif mails and not base_url.startswith("https://"):
        found.append(
            bad(
                "site",
                f"{base_url} is not https: mail programs show no unsubscribe button, "
                "which large providers ask of senders",
                "Put the site behind https and set [site] base_url.",
            )
        )
    length = len(base_url) + _LINK_TAIL
    if length > LONGEST_LINK:
        found.append(
            (bad if mails else warn)(
                "site",
                f"links to unsubscribe have {length} characters, "
                f"{LONGEST_LINK} are sure to stay whole in a header",
                f"Take a [site] base_url of {LONGEST_LINK - _LINK_TAIL} characters at "
                "most.",
            )
        )
    return tuple(found) or (ok("site", f"readers see {base_url}"),)


def secret_keys(
    lengths: Sequence[int], *, file: str, mode: int | None, is_readable: bool
) -> Finding:
    """The keys that sign readers' links; `lengths` are of those in the environment,
    `mode` the rights of the file beside the store, None if there is none.
    """
    short = [one for one in lengths if one < _SHORTEST_KEY]
    if short:
        return bad(
            "keys",
            f"a key in BRIEFING_SECRET_KEYS has {short[0]} characters",
            "Take 32 random characters and more; put the new key first, so that links "
            "in mails that are out stay valid.",
        )
    if mode is None:
        where = "BRIEFING_SECRET_KEYS" if lengths else "none yet"
        return ok("keys", f"{where}; {file} is made when it is first needed")
    if mode & 0o077:
        return bad(
            "keys",
            f"{file} can be read by others (mode {mode & 0o777:o})",
            f"Run: chmod 600 {file}",
        )
    if not is_readable:
        return bad(
            "keys",
            f"{file} cannot be read",
            "Give it to the user that runs Briefing; without it every link in mails "
            "that are out is dead.",
        )
    return ok("keys", f"{file} is readable by its owner alone; keep a copy of it")


def database(
    name: str,
    *,
    revision: str,
    head: str,
    size_bytes: int,
    faults: Sequence[str],
    is_whole: bool,
    mode: int,
) -> Finding:
    """The store: its schema, its health, and who may read the readers' addresses."""
    size = f"{max(1, round(size_bytes / _MIB)):,} MB"
    if faults:
        return bad(
            "database",
            f"{name} is damaged: {faults[0][:200]}",
            "Stop Briefing and restore the file from a copy.",
        )
    if revision > head:
        return bad(
            "database",
            f"{name} was written by a newer Briefing (schema {revision})",
            "Upgrade Briefing, or use another file in [place].",
        )
    if not revision:
        return bad(
            "database",
            f"{name} is no database of Briefing",
            "Use another file in [place].",
        )
    if mode & 0o007:
        return warn(
            "database",
            f"{name} can be read by everybody on this machine (mode {mode & 0o777:o}) "
            "and holds readers' addresses",
            f"Run: chmod 600 {name}",
        )
    if revision < head:
        return ok("database", f"{name}, {size}; the next run upgrades it to {head}")
    if not is_whole:
        return ok("database", f"{name}, {size}; too large to check in this time")
    return ok("database", f"{name}, {size}, schema {revision}, no fault found")


def disk(folder: str, *, free_bytes: int, store_bytes: int) -> Finding:
    """Room for the next editions; a full disk stops the ledger."""
    free = f"{free_bytes // _MIB:,} MB are free at {folder}"
    # A migration or VACUUM writes the whole file again.
    if free_bytes < max(_NO_DISK, store_bytes):
        return bad("disk", free, "Make room: a full disk stops sending.")
    if free_bytes < max(_LITTLE_DISK, 2 * store_bytes):
        return warn("disk", free, "Make room soon.")
    return ok("disk", free)


def sent_at(text: str) -> datetime | None:
    """The moment in a Date header, or at the end of a mail server's greeting."""
    found = re.search(r"[A-Z][a-z]{2}, ?\d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} \S+", text)
    try:
        moment = parsedate_to_datetime(found[0]) if found else None
    except (ValueError, TypeError):
        return None
    if moment is None or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)


def clock(said: Sequence[tuple[str, float]]) -> Finding:
    """How far others' clocks are from ours: (who, their seconds less ours)."""
    if not said:
        return ok("clock", "no server told its time")
    who, skew_s = min(said, key=lambda one: abs(one[1]))
    if abs(skew_s) > _MOST_SKEW_S:
        way = "behind" if skew_s > 0 else "ahead of"
        return bad(
            "clock",
            f"this machine is {abs(skew_s):,.0f} seconds {way} {who}",
            "Switch on time synchronisation (NTP).",
        )
    return ok("clock", f"within {max(1, abs(skew_s)):.0f} s of {who}")


def zone(name: str, *, zones: int, now: datetime) -> Finding:
    """Whether the zone's rules are here; without them readers get mail at odd times."""
    if zones < _FEWEST_ZONES:
        return bad(
            "zone",
            f"this machine knows {zones} time zones",
            "Install the tzdata package.",
        )
    return ok("zone", f"{name}, where it is {now.astimezone(ZoneInfo(name)):%H:%M}")


def next_run(moment: datetime | None, *, zone_name: str, now: datetime) -> Finding:
    """When the schedule makes an edition next."""
    if moment is None:
        return warn(
            "schedule", "no day of the week is set", "Set `days` in [schedule]."
        )
    local = moment.astimezone(ZoneInfo(zone_name))
    hours = (moment - now).total_seconds() / 3600
    return ok(
        "schedule", f"next at {local:%a %d %b %H:%M} {zone_name}, in {hours:.0f} h"
    )


def last_run(
    started_at: datetime | None,
    *,
    edition_id: str,
    is_finished: bool,
    failures: int,
    now: datetime,
) -> Finding:
    """What became of the newest run."""
    if started_at is None:
        return ok("last run", "none yet", "Make the first edition: briefing run")
    said = f"{edition_id}, {started_at:%Y-%m-%d %H:%M} UTC"
    if not is_finished:
        return warn(
            "last run",
            f"{said} is not finished",
            "If nothing runs now, start `briefing run`: it goes on where it was.",
        )
    if now - started_at > _LATE:
        return warn(
            "last run", f"{said} is long ago", "See that `briefing schedule` runs."
        )
    if failures:
        return warn(
            "last run",
            f"{said}: {failures} sources or stories failed",
            "See `briefing status`.",
        )
    return ok("last run", said)


def rankings(count: int, stale_since: Mapping[str, datetime]) -> Finding:
    """Whether the rankings still move."""
    if not stale_since:
        return ok("rankings", f"{count} configured, none stands still")
    named = [f"{name} (stale since {at:%Y-%m-%d})" for name, at in stale_since.items()]
    return warn(
        "rankings",
        ", ".join(named),
        "See `briefing sources check` for what these pages give now.",
    )


def deliveries(tally: Tally | None) -> Finding:
    """What became of the newest issue's letters."""
    if tally is None:
        return ok("deliveries", "none yet")
    failed = sum(number for _, number in tally.failed)
    said = f"{tally.issue_id}: {tally.sent} of {tally.frozen} sent"
    hint = f"See `briefing deliveries {tally.issue_id} --who failed`."
    if tally.uncertain:
        return warn(
            "deliveries",
            f"{said}, {tally.uncertain} uncertain, {failed} failed",
            f"See `briefing deliveries {tally.issue_id} --who uncertain`; send them "
            "again with --retry, or leave them.",
        )
    if tally.expired:
        return warn(
            "deliveries",
            f"{said}, {tally.expired} too late",
            "Raise [smtp] messages_a_second, or [mail] ttl_hours.",
        )
    # Two dead addresses of forty are a normal day.
    if failed > max(2, tally.frozen // 20):
        return bad("deliveries", f"{said}, {failed} failed", hint)
    if failed:
        return ok("deliveries", f"{said}, {failed} failed", hint)
    waiting = f", {tally.pending} waiting" if tally.pending else ""
    return ok("deliveries", f"{said}{waiting}")
