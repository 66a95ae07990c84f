"""Letters as they go over the wire, for tests of sending."""

from __future__ import annotations

import hashlib

from briefing.domain.delivery import Mail

SENDER = "desk@news.example"


def mail(recipient: str = "ada@post.example", **changes: object) -> Mail:
    """A small letter to one reader."""
    name = hashlib.blake2b(recipient.encode(), digest_size=16).hexdigest()
    values: dict[str, object] = {
        "delivery_id": name,
        "sender": SENDER,
        "recipient": recipient,
        "body": body_of(name, recipient),
        **changes,
    }
    return Mail(**values)  # type: ignore[arg-type]


def body_of(delivery_id: str, recipient: str, text: str = "Good morning.") -> bytes:
    """Header and body with CRLF ends."""
    lines = (
        f"From: Daily <{SENDER}>",
        f"To: {recipient}",
        "Subject: Daily",
        f"Message-ID: <{delivery_id}@news.example>",
        "",
        text,
        "",
    )
    return "\r\n".join(lines).encode()
