"""Wiring of `briefing doctor`: looks at every part, each within its own time.

A part that fails costs only its own line. Nothing is sent, written or upgraded, and no
line holds a secret. What the facts mean is decided in logic/ (health, mail_server,
dns_records).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from briefing import app
from briefing.checkup import house, mail, outside
from briefing.checkup.asking import Check, Look, run_all
from briefing.checkup.outside import Asks
from briefing.deliver.names import DnsNames
from briefing.deliver.probe import SmtpProbe
from briefing.domain.checkup import Finding
from briefing.logic import health
from briefing.ports.names import MailServerProbe, NameServer
from briefing.settings import ModelPart, Settings, SmtpPart
from briefing.writers import client_of

# Seconds for one part; those that ask others take their time side by side.
_LIMIT_S = 20.0
_MODEL_LIMIT_S = {Asks.NOTHING: _LIMIT_S, Asks.A_WORD: 90.0, Asks.A_BRIEF: 300.0}


@dataclass(frozen=True, slots=True)
class Tools:
    """What the checks look with; tests hand in their own.

    Attributes:
        names: the domain name system.
        mail_server: a probe of the configured server.
        model: a client of the configured model.
        wall: the clock.
        free_bytes: of the disk that a folder is on.
        zones: how many time zones are known.
        limit_s: for one part.
    """

    names: NameServer
    mail_server: Callable[[SmtpPart], MailServerProbe]
    model: Callable[[ModelPart], outside.Client]
    wall: Callable[[], datetime]
    free_bytes: Callable[[Path], int]
    zones: Callable[[], int]
    limit_s: float = _LIMIT_S


def tools() -> Tools:
    """The real ones."""
    return Tools(
        names=DnsNames(),
        mail_server=_probe,
        model=client_of,
        wall=app.now,
        free_bytes=lambda folder: shutil.disk_usage(folder).free,
        zones=lambda: len(available_timezones()),
    )


def _probe(part: SmtpPart) -> SmtpProbe:
    return SmtpProbe(
        host=part.host,
        port=part.port,
        security=part.security,
        username=part.username,
        password=part.password,
        timeout_s=min(part.timeout_s, _LIMIT_S / 2),
    )


def check_up(
    chosen: Settings,
    *,
    environment: Mapping[str, str],
    moment: datetime,
    with_tools: Tools | None = None,
    asks_model: Asks = Asks.NOTHING,
) -> tuple[Finding, ...]:
    """Every finding, in the order of the parts."""
    using = with_tools or tools()
    look = Look(chosen, moment, using.wall)
    model_s = max(using.limit_s, _MODEL_LIMIT_S[asks_model])
    checks = [
        Check("settings", lambda: house.settings(look)),
        Check("letters", lambda: house.letters(look)),
        Check("database", lambda: house.database(look)),
        Check("disk", lambda: house.disk(look, using.free_bytes)),
        Check("output", lambda: house.output(look)),
        Check(
            "model",
            lambda: outside.model(look, using.model, asks_model),
            limit_s=model_s,
        ),
        Check("site", lambda: outside.site(look)),
        Check("keys", lambda: house.keys(look, environment)),
        *mail.checks(look, using.mail_server, using.names),
        Check("webhooks", lambda: house.webhooks(look)),
        Check("zone", lambda: house.zone(look, using.zones)),
        Check("schedule", lambda: house.schedule(look)),
        Check("last run", lambda: house.last_run(look)),
        Check("rankings", lambda: house.rankings(look)),
        Check("deliveries", lambda: house.deliveries(look)),
    ]
    found = run_all(checks, limit_s=using.limit_s)
    # Last, because the others hear what time it is elsewhere.
    return (*found, health.clock(tuple(look.skews)))
