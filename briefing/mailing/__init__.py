"""Mailing: the audience of an issue is frozen, then sent until nothing is due."""

from briefing.mailing.freezing import freeze, freeze_correction
from briefing.mailing.kit import (
    Composer,
    Ledger,
    MailKit,
    Policy,
    SendReport,
    Stopped,
    Unsendable,
)
from briefing.mailing.pauses import lift_pause, paused_issues
from briefing.mailing.sending import send_due

__all__ = [
    "Composer",
    "Ledger",
    "MailKit",
    "Policy",
    "SendReport",
    "Stopped",
    "Unsendable",
    "freeze",
    "freeze_correction",
    "lift_pause",
    "paused_issues",
    "send_due",
]
