"""The parts of frozen Settings, as the wiring takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path

from pydantic import SecretStr

from briefing.domain.audience import Visibility


@dataclass(frozen=True, slots=True)
class HttpPart:
    """How we ask.

    Attributes:
        contact: address or page in the User-Agent; "" only for runs by hand.
        timeout_s: for one whole request.
        spacing_s: between two requests to one site.
        connect_to: host name or "*.example" to "address:port".
        allow_hosts: private hosts that may be asked.
        keys: beginning of an address to the secret that its requests carry.
    """

    contact: str
    timeout_s: float
    spacing_s: float
    connect_to: Mapping[str, str]
    allow_hosts: tuple[str, ...]
    keys: Mapping[str, SecretStr]


@dataclass(frozen=True, slots=True)
class ModelPart:
    """Which model writes.

    Attributes:
        base_url: of an OpenAI-compatible server, "" where the model is embedded.
        name: as the server knows it; an embedded one's file without its ending.
        api_key: secret; "unused" when the environment has none (local servers).
        timeout_s: for one answer.
        max_tokens: of one answer.
        context_tokens: that fit into one request, answer included.
        usd_per_million_in: price, or None.
        usd_per_million_out: price, or None.
        max_tokens_a_run: in and out together; beyond it briefs are written without it.
        max_usd_a_run: the same in money, None for no limit; needs both prices.
        workers: questions asked at once.
        embedded: a GGUF file that is run here instead of asking a server, or None.
        judge: it also reads what passed the check, and may refuse it.
    """

    base_url: str
    name: str
    api_key: SecretStr
    timeout_s: float
    max_tokens: int
    context_tokens: int
    usd_per_million_in: Decimal | None
    usd_per_million_out: Decimal | None
    max_tokens_a_run: int
    max_usd_a_run: Decimal | None
    workers: int
    embedded: Path | None = None
    judge: bool = False


@dataclass(frozen=True, slots=True)
class SitePart:
    """The pages that people read.

    Attributes:
        base_url: public address without a trailing slash; one-click unsubscribing needs
            https.
        host: to listen on.
        port: to listen on, 0 for a free one.
        visibility: who may read the archive.
        trusted_proxies: networks whose X-Forwarded-For is believed.
        keeps_ip: the consent log keeps addresses of readers.
    """

    base_url: str
    host: str
    port: int
    visibility: Visibility
    trusted_proxies: tuple[str, ...]
    keeps_ip: bool


@dataclass(frozen=True, slots=True)
class MailPart:
    """How mail looks and when it goes.

    Attributes:
        channel: "outbox" writes files, "smtp" sends.
        sender: address in From.
        reply_to: address in Reply-To, "" for the sender.
        postal_address: printed in every mail, "" for none.
        help: address or page for List-Help, "" for the site's front page.
        headers: further ones, reserved names refused, at most 30.
        send_at: local time that the subscribe form proposes.
        weekly_on: weekday that it proposes, Monday is 0.
        on_uncertain: "resend" or "hold" what broke off after the last byte.
        ttl_s: an edition that could not be sent for so long after its time expires.
        seeds: addresses of the house that get every edition.
        dkim_selector: of the key that the mail server signs with, "" if not said; only
            `briefing doctor` reads it.
    """

    channel: str
    sender: str
    reply_to: str
    postal_address: str
    help: str
    headers: Mapping[str, str]
    send_at: time
    weekly_on: int
    on_uncertain: str
    ttl_s: float
    seeds: tuple[str, ...]
    dkim_selector: str = ""


@dataclass(frozen=True, slots=True)
class SmtpPart:
    """Which server sends.

    Attributes:
        host: name or address.
        port: of it.
        security: "starttls", "tls", or "plaintext" for a server on this machine.
        username: "" for no login.
        password: secret, from BRIEFING_SMTP_PASSWORD.
        connections: at once.
        messages_a_connection: then it is renewed.
        messages_a_second: all connections together.
        messages_a_second_a_domain: to one recipient domain.
        timeout_s: for one reply.
    """

    host: str
    port: int
    security: str
    username: str
    password: SecretStr
    connections: int
    messages_a_connection: int
    messages_a_second: float
    messages_a_second_a_domain: float
    timeout_s: float


@dataclass(frozen=True, slots=True)
class SchedulePart:
    """When editions are made.

    Attributes:
        at: local time in the digest's zone.
        days: weekdays on which one is made, Monday is 0.
    """

    at: time
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WebhookPart:
    """A chat that gets each edition.

    Attributes:
        name: slug; its address comes from BRIEFING_WEBHOOK_<NAME>.
        kind: "slack", "discord", "mattermost" or "json".
        url: secret: whoever knows it may post.
    """

    name: str
    kind: str
    url: SecretStr
