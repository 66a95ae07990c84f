"""A checkup with tools of its own: fake names, a scripted mail server, a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.checkup import Tools, check_up, tools
from briefing.checkup.outside import Asks
from briefing.domain.checkup import Finding
from briefing.ports.delivery import Broken
from briefing.ports.names import MailServerSeen
from briefing.settings import parse
from tests.fake_names import FakeNames, Zone

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
KEY = "v=DKIM1; k=rsa; p=" + "A" * 392
MAIL = """
[mail]
channel = "smtp"
sender = "digest@mail.paper.news"
dkim_selector = "s1"
[smtp]
host = "smtp.paper.news"
username = "digest"
"""
GOOD: Zone = {
    ("mail.paper.news", "MX"): ["10 mx.paper.news"],
    ("mail.paper.news", "TXT"): ["v=spf1 include:_spf.paper.news ~all"],
    ("_spf.paper.news", "TXT"): ["v=spf1 a:smtp.paper.news -all"],
    ("s1._domainkey.mail.paper.news", "TXT"): [KEY],
    ("_dmarc.paper.news", "TXT"): ["v=DMARC1; p=none; rua=mailto:a@paper.news"],
    ("smtp.paper.news", "A"): ["192.0.2.5"],
    ("192.0.2.5", "PTR"): ["smtp.paper.news"],
}
SEEN = MailServerSeen(
    greeting="smtp.paper.news ESMTP Tue, 24 Nov 2026 05:00:01 +0000",
    extensions=("8BITMIME", "SIZE 35882577"),
    tls="TLSv1.3",
    certificate_ends=NOW + timedelta(days=60),
    is_logged_in=True,
)


@dataclass(frozen=True)
class Probe:
    """ports.MailServerProbe that says what it was told."""

    says: MailServerSeen | Broken

    def look(self) -> MailServerSeen | Broken:
        return self.says


def look(
    folder: Path,
    text: str = "",
    *,
    zone: Zone | None = None,
    seen: MailServerSeen | Broken = SEEN,
    environment: Mapping[str, str] | None = None,
    asks_model: Asks = Asks.NOTHING,
    **changes: object,
) -> dict[str, Finding]:
    """The last finding of each part."""
    site = "" if "[site]" in text else '[site]\nbase_url = "http://127.0.0.1:1"\n'
    using: Tools = replace(
        tools(),
        names=FakeNames(GOOD if zone is None else zone),
        mail_server=lambda _part: Probe(seen),
        wall=lambda: NOW,
        **changes,  # type: ignore[arg-type]
    )
    found = check_up(
        parse(site + text, folder=folder, environment=environment or {}),
        environment=environment or {},
        moment=NOW,
        with_tools=using,
        asks_model=asks_model,
    )
    return {one.part: one for one in found}
