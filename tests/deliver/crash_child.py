"""A sending process that a test kills: one run of `send_due` on a store."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.deliver.smtp import Smtp, SmtpServer
from briefing.mailing import MailKit, Policy, send_due
from briefing.store import SqliteStore
from tests.builders import NOW
from tests.readers import compose, key_of

LEASE = timedelta(minutes=15)


def run(store_path: str, port: int, connections: int, start_number: int) -> None:
    """Sends until nothing is due; each start is an hour after the one before, so that
    the leases of a killed one have run out.
    """
    began = datetime.now(UTC)
    now = NOW + timedelta(hours=start_number)
    told = SmtpServer(
        "127.0.0.1", port, "plaintext", connections=connections, timeout_s=20.0
    )
    with SqliteStore(Path(store_path)) as store:
        kit = MailKit(
            store=store,
            channel=Smtp(told),
            compose=compose,
            policy=Policy(lease=LEASE, a_second=2000.0, a_second_a_domain=2000.0),
            suppression_key_of=key_of,
            clock=lambda: now + (datetime.now(UTC) - began),
            sleep=time.sleep,
        )
        send_due(kit)
