"""briefing.toml as it is written: the keys, their bounds and their defaults."""

from __future__ import annotations

import ipaddress
import re
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from briefing.domain.audience import WORDS_A_MINUTE, Visibility
from briefing.domain.source import RankingFormat

_PLACE = re.compile(r"\{\w*\}")
_DAY_PLACES = frozenset({"{yyyy}", "{mm}", "{dd}", "{day}", "{first_day}"})
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


# Walks through a thousand files.
_known_zones = lru_cache(maxsize=1)(available_timezones)


def _zone(name: str) -> str:
    if name not in _known_zones():
        raise ValueError(f"{name!r} is no IANA time zone, such as Europe/Berlin")
    return name


def _locale(tag: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return tag and str(Locale.parse(tag, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{tag!r} is no locale, such as en-GB, de or pt-BR") from error


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("write a whole address that begins with http:// or https://")
    return url


def _mail_address(address: str) -> str:
    if not address:
        return address
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            address, strict=True, allow_smtputf8=False, check_deliverability=False
        )
    except EmailNotValidError as error:
        # A machine without a domain still sends to its own mail server.
        if re.fullmatch(r"[a-z0-9._+-]{1,64}@localhost", address):
            return address
        raise ValueError(f"{address!r} is no e-mail address: {error}") from error
    return found.ascii_email or found.normalized


def _clock(text: object) -> object:
    if isinstance(text, time):  # TOML has times of its own: 06:30:00
        return text.replace(second=0, microsecond=0)
    # A number would pass as seconds after midnight.
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("write a time of day like 06:30")
    return time(int(found[1]), int(found[2]))


def _network(text: str) -> str:
    ipaddress.ip_network(text, strict=False)
    return text


def _pattern(text: str | None) -> str | None:
    try:
        re.compile(text or "")
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from error
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Url = Annotated[str, Field(max_length=2083), AfterValidator(_web_address)]
Zone = Annotated[str, AfterValidator(_zone)]
LocaleTag = Annotated[str, AfterValidator(_locale)]
Clock = Annotated[time, BeforeValidator(_clock)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
Network = Annotated[str, AfterValidator(_network)]
Pattern = Annotated[str | None, AfterValidator(_pattern)]
Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactTable(_Table):
    value: str = Field(min_length=1)
    says: str = Field(pattern=r"^[^{}]*\{value\}[^{}]*$", max_length=120)
    times: Decimal = Field(default=Decimal(1), gt=0)


class JoinTable(_Table):
    url: Url
    rows: str
    on: str
    label: str | None = None
    group: str | None = None
    format: RankingFormat = RankingFormat.JSON
    has: tuple[str, ...] = ()
    each: str = Field(default="{key}", pattern=r"\{key\}")
    facts: tuple[FactTable, ...] = Field(default=(), max_length=6)


class FanOutTable(_Table):
    url: Annotated[Url, Field(pattern=r"\{id\}")]
    limit: int = Field(default=30, ge=1, le=100)


class RankingTable(_Table):
    rows: str
    key: str
    label: str
    value: str
    metric: str
    unit: str
    group: str | None = None
    as_of: str | None = None
    window_start: str | None = None
    window_end: str | None = None
    total: str | None = None
    attribution: str = ""
    caveats: tuple[str, ...] = ()
    min_rows: int = Field(default=3, ge=1)
    format: RankingFormat = RankingFormat.JSON
    has: tuple[str, ...] = ()
    drop: str | None = None
    rank: str | None = None
    order: Literal["value", "document"] = "value"
    sums: bool = False
    exclude: Pattern = None
    key_strip: Pattern = None
    aliases: dict[str, str] = Field(default_factory=dict)
    low: str | None = None
    high: str | None = None
    groups: dict[str, str] = Field(default_factory=dict)
    facts: tuple[FactTable, ...] = Field(default=(), max_length=6)
    max_unknown: float = Field(default=0.6, ge=0, le=1)
    join: JoinTable | None = None
    fan_out: FanOutTable | None = None
    days: int = Field(default=1, ge=1, le=366)
    day: str | None = None
    blanks: str = Field(default="", max_length=4)
    decimal: Literal[".", ","] | None = None

    @model_validator(mode="after")
    def _both_ends(self) -> Self:
        if bool(self.low) != bool(self.high):
            raise ValueError("low and high belong together")
        return self


class SourceTable(_Table):
    id: Slug
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] = "feed"
    url: Url = ""
    path: str = Field(default="", max_length=1000)
    title: str = ""
    publisher: str = Field(min_length=1, max_length=120)
    family: str | None = None
    topics: tuple[Slug, ...] = ()
    weight: float = Field(default=1.0, ge=0, le=10)
    language: str | None = Field(default=None, pattern=r"^[a-z]{2}$")
    primary: bool = False
    cadence_hours: float = Field(default=24, gt=0, le=24 * 366)
    max_documents: int = Field(default=50, ge=1, le=500)
    reads_pages: bool = True
    enabled: bool = True
    ranking: RankingTable | None = None
    fallback: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        wanted = "path" if self.kind == "folder" else "url"
        if not getattr(self, wanted):
            raise ValueError(f"a source of kind {self.kind!r} needs {wanted!r}")
        if self.url and self.path:
            raise ValueError("a folder has a path, everything else a url")
        if self.kind == "search" and "{query}" not in self.url:
            raise ValueError("the address of a search holds {query}")
        return self

    @model_validator(mode="after")
    def _days_of_the_address(self) -> Self:
        if self.ranking is None:
            return self
        unknown = sorted(set(_PLACE.findall(self.url)) - _DAY_PLACES)
        if unknown:
            raise ValueError(f"{unknown[0]} is nothing an address can be filled with")
        if self.ranking.days > 1 and "{first_day}" not in self.url:
            raise ValueError("more than one of days needs {first_day} in the address")
        return self


class DigestTable(_Table):
    id: Slug = "daily"
    title: str = Field(default="Briefing", min_length=1, max_length=80)
    topics: tuple[Slug, ...] = ()
    # The writer and the checker read English; other languages come with their issue.
    language: Literal["en"] = "en"
    locale: LocaleTag = ""
    timezone: Zone = "UTC"
    reading_time_s: int = Field(default=900, ge=60, le=7200)
    max_briefs: int = Field(default=8, ge=1, le=40)


class ProfileTable(_Table):
    role: str = Field(default="", max_length=80)
    industry: str = Field(default="", max_length=80)
    interests: tuple[str, ...] = ()
    words_a_minute: int = Field(default=WORDS_A_MINUTE, ge=60, le=1000)


class HttpTable(_Table):
    contact: str = Field(default="", max_length=200)
    timeout_s: float = Field(default=30.0, gt=0, le=300)
    spacing_s: float = Field(default=1.0, ge=0, le=60)
    connect_to: dict[str, str] = Field(default_factory=dict)
    allow_hosts: tuple[str, ...] = ()
    # Beginning of an address -> the environment variable that holds its key.
    keys: dict[str, Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]] = Field(
        default_factory=dict
    )


class ModelTable(_Table):
    base_url: Url = ""
    embedded: str = Field(default="", max_length=1000)
    name: str = ""
    timeout_s: float = Field(default=120.0, gt=0, le=3600)
    max_tokens: int = Field(default=2000, ge=100, le=100_000)
    context_tokens: int = Field(default=16_000, ge=1000)
    usd_per_million_in: Decimal | None = Field(default=None, ge=0)
    usd_per_million_out: Decimal | None = Field(default=None, ge=0)
    max_tokens_a_run: int = Field(default=500_000, ge=0)
    max_usd_a_run: Decimal | None = Field(default=None, ge=0)
    workers: int = Field(default=2, ge=1, le=32)
    judge: bool = False

    @model_validator(mode="after")
    def _one_model(self) -> Self:
        if bool(self.base_url) == bool(self.embedded):
            raise ValueError(
                "set base_url for a server, or embedded for a file, one of the two"
            )
        if self.base_url and not self.name:
            raise ValueError("name the model as its server knows it")
        return self


class PlaceTable(_Table):
    store: str = "briefing.db"
    output: str = "output"


class SiteTable(_Table):
    base_url: Url = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    visibility: Visibility = Visibility.PUBLIC
    trusted_proxies: tuple[Network, ...] = ()
    keeps_ip: bool = False


class MailTable(_Table):
    channel: Literal["outbox", "smtp"] = "outbox"
    sender: MailAddress = "briefing@localhost"
    reply_to: MailAddress = ""
    postal_address: str = Field(default="", max_length=300)
    help: str = Field(default="", max_length=300)
    headers: dict[str, str] = Field(default_factory=dict)
    send_at: Clock = time(7, 0)
    weekly_on: Weekday = "monday"
    on_uncertain: Literal["resend", "hold"] = "resend"
    ttl_hours: float = Field(default=12.0, gt=0, le=240)
    seeds: tuple[MailAddress, ...] = ()
    dkim_selector: str = Field(
        default="", pattern=r"^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$", max_length=63
    )


class SmtpTable(_Table):
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "plaintext"] = "starttls"
    username: str = ""
    connections: int = Field(default=2, ge=1, le=64)
    messages_a_connection: int = Field(default=100, ge=1, le=100_000)
    messages_a_second: float = Field(default=10.0, gt=0, le=100_000)
    messages_a_second_a_domain: float = Field(default=5.0, gt=0, le=100_000)
    timeout_s: float = Field(default=60.0, gt=0, le=600)


class ScheduleTable(_Table):
    at: Clock = time(6, 0)
    days: tuple[Weekday, ...] = (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )


class WebhookTable(_Table):
    name: Slug
    kind: Literal["slack", "discord", "mattermost", "json"]


class File(_Table):
    digest: DigestTable = DigestTable()
    profile: ProfileTable = ProfileTable()
    http: HttpTable = HttpTable()
    model: ModelTable | None = None
    place: PlaceTable = PlaceTable()
    site: SiteTable = SiteTable()
    mail: MailTable = MailTable()
    smtp: SmtpTable = SmtpTable()
    schedule: ScheduleTable = ScheduleTable()
    webhooks: tuple[WebhookTable, ...] = ()
    sources: tuple[SourceTable, ...] = ()
