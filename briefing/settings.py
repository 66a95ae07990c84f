"""briefing.toml, read once into frozen Settings; secrets come from the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from briefing.domain.audience import Digest, Profile
from briefing.domain.source import RankingSpec, Source
from briefing.errors import SettingsError

FILE_NAME = "briefing.toml"
_KEY_NAMES = ("BRIEFING_MODEL_API_KEY", "OPENAI_API_KEY")


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no IANA time zone, such as Europe/Berlin")
    return name


def _web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("write a whole address that begins with http:// or https://")
    return url


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Url = Annotated[str, Field(max_length=2083), AfterValidator(_web_address)]
Zone = Annotated[str, AfterValidator(_zone)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Ranking(_Table):
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


class _Source(_Table):
    id: Slug
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] = "feed"
    url: Url
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
    ranking: _Ranking | None = None


class _Digest(_Table):
    id: Slug = "daily"
    title: str = Field(default="Briefing", min_length=1, max_length=80)
    topics: tuple[Slug, ...] = ()
    # The writer and the checker read English; other languages come with their issue.
    language: Literal["en"] = "en"
    timezone: Zone = "UTC"
    reading_time_s: int = Field(default=900, ge=60, le=7200)
    max_briefs: int = Field(default=8, ge=1, le=40)


class _Profile(_Table):
    role: str = Field(default="", max_length=80)
    industry: str = Field(default="", max_length=80)
    interests: tuple[str, ...] = ()


class _Http(_Table):
    contact: str = Field(default="", max_length=200)
    timeout_s: float = Field(default=30.0, gt=0, le=300)
    spacing_s: float = Field(default=1.0, ge=0, le=60)
    connect_to: dict[str, str] = Field(default_factory=dict)
    allow_hosts: tuple[str, ...] = ()


class _Model(_Table):
    base_url: Url
    name: str = Field(min_length=1)
    timeout_s: float = Field(default=120.0, gt=0, le=3600)
    max_tokens: int = Field(default=2000, ge=100, le=100_000)
    context_tokens: int = Field(default=16_000, ge=1000)
    usd_per_million_in: Decimal | None = Field(default=None, ge=0)
    usd_per_million_out: Decimal | None = Field(default=None, ge=0)
    max_tokens_a_run: int = Field(default=500_000, ge=0)
    max_usd_a_run: Decimal | None = Field(default=None, ge=0)
    workers: int = Field(default=2, ge=1, le=32)


class _Place(_Table):
    store: str = "briefing.db"
    output: str = "output"


class _File(_Table):
    digest: _Digest = _Digest()
    profile: _Profile = _Profile()
    http: _Http = _Http()
    model: _Model | None = None
    place: _Place = _Place()
    sources: tuple[_Source, ...] = ()


@dataclass(frozen=True, slots=True)
class HttpPart:
    """How we ask.

    Attributes:
        contact: address or page in the User-Agent; "" only for runs by hand.
        timeout_s: for one whole request.
        spacing_s: between two requests to one site.
        connect_to: host name or "*.example" to "address:port".
        allow_hosts: private hosts that may be asked.
    """

    contact: str
    timeout_s: float
    spacing_s: float
    connect_to: Mapping[str, str]
    allow_hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelPart:
    """Which model writes.

    Attributes:
        base_url: of an OpenAI-compatible server.
        name: as the server knows it.
        api_key: secret; "unused" when the environment has none (local servers).
        timeout_s: for one answer.
        max_tokens: of one answer.
        context_tokens: that fit into one request, answer included.
        usd_per_million_in: price, or None.
        usd_per_million_out: price, or None.
        max_tokens_a_run: in and out together; beyond it briefs are written without it.
        max_usd_a_run: the same in money, None for no limit; needs both prices.
        workers: questions asked at once.
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


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user chose.

    Attributes:
        folder: where briefing.toml lies; relative paths start here.
        digest: the product.
        profile: the reader.
        sources: enabled ones, in the file's order.
        http: how we ask.
        model: who writes; None means the writer without a model.
        store: the database file.
        output: folder of the editions.
    """

    folder: Path
    digest: Digest
    profile: Profile
    sources: tuple[Source, ...]
    http: HttpPart
    model: ModelPart | None
    store: Path
    output: Path

    @property
    def timezone(self) -> ZoneInfo:
        """The zone whose calendar day an edition belongs to."""
        return ZoneInfo(self.digest.timezone)


def load(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings in `path`. Raises SettingsError naming the key that is wrong."""
    try:
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SettingsError(
            f"{path} does not exist", hint="Make one with `briefing init`."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}", hint="Check the file and its rights."
        ) from error
    return parse(raw, folder=path.parent, environment=environment, name=path.name)


def parse(
    text: str,
    *,
    folder: Path,
    environment: Mapping[str, str],
    name: str = FILE_NAME,
) -> Settings:
    """The settings in `text`, with paths relative to `folder`."""
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{name} is not TOML: {error}", hint="Mend the line that is named."
        ) from error
    except ValidationError as error:
        raise SettingsError(
            f"{name}: {_faults(error)}", hint="See the comments of `briefing init`."
        ) from error
    sources = tuple(_source(one, name) for one in file.sources if one.enabled)
    _refuse_twins(sources, name)
    return Settings(
        folder=folder,
        digest=Digest(**file.digest.model_dump()),
        profile=Profile(**file.profile.model_dump()),
        sources=sources,
        http=HttpPart(**file.http.model_dump()),
        model=_model(file.model, environment),
        store=folder / file.place.store,
        output=folder / file.place.output,
    )


def _source(table: _Source, name: str) -> Source:
    values: dict[str, Any] = table.model_dump(
        exclude={"primary", "cadence_hours", "enabled", "ranking"}
    )
    if table.kind.endswith("_ranking") and table.ranking is None:
        raise SettingsError(
            f"{name}: source {table.id!r} reads a ranking but has no rows named",
            hint="Add a [sources.ranking] table with rows, key, label and value.",
        )
    values["title"] = table.title or table.publisher
    return Source(
        **values,
        is_primary=table.primary,
        cadence=timedelta(hours=table.cadence_hours),
        ranking=RankingSpec(**table.ranking.model_dump()) if table.ranking else None,
    )


def _refuse_twins(sources: tuple[Source, ...], name: str) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise SettingsError(
                f"{name}: two sources have the id {source.id!r}",
                hint="Give each source an id of its own.",
            )
        seen.add(source.id)


def _model(table: _Model | None, environment: Mapping[str, str]) -> ModelPart | None:
    if table is None:
        return None
    prices = (table.usd_per_million_in, table.usd_per_million_out)
    if table.max_usd_a_run is not None and None in prices:
        raise SettingsError(
            "[model] max_usd_a_run limits nothing without prices",
            hint="Set usd_per_million_in and usd_per_million_out.",
        )
    return ModelPart(api_key=_secret(environment), **table.model_dump())


def _secret(environment: Mapping[str, str]) -> SecretStr:
    for name in _KEY_NAMES:
        if environment.get(name):
            return SecretStr(environment[name])
        file = environment.get(f"{name}_FILE")
        if file:
            try:
                return SecretStr(Path(file).read_text(encoding="utf-8").strip())
            except OSError as error:
                raise SettingsError(
                    f"the file named by {name}_FILE cannot be read: {error.strerror}",
                    hint="Correct the path, or set the key itself.",
                ) from error
    # Local servers ask for no key, but the client insists on having one.
    return SecretStr("unused")


def _faults(error: ValidationError) -> str:
    parts = []
    for fault in error.errors()[:3]:
        place = ".".join(str(part) for part in fault["loc"])
        message = (
            "is no key of this table"
            if fault["type"] == "extra_forbidden"
            else fault["msg"].removeprefix("Value error, ")
        )
        parts.append(f"{place}: {message}")
    return "; ".join(parts)
