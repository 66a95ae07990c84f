"""briefing.toml, read once into frozen Settings; secrets come from the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr, ValidationError

from briefing.domain.audience import Digest, Profile
from briefing.domain.source import Fact, FanOut, Join, RankingSpec, Source
from briefing.errors import SettingsError
from briefing.settings.parts import (
    HttpPart,
    MailPart,
    ModelPart,
    SchedulePart,
    SitePart,
    SmtpPart,
    WebhookPart,
)
from briefing.settings.tables import (
    FactTable,
    File,
    HttpTable,
    MailTable,
    ModelTable,
    RankingTable,
    ScheduleTable,
    SiteTable,
    SmtpTable,
    SourceTable,
    WebhookTable,
)

__all__ = [
    "FILE_NAME",
    "HttpPart",
    "MailPart",
    "ModelPart",
    "SchedulePart",
    "Settings",
    "SitePart",
    "SmtpPart",
    "WebhookPart",
    "load",
    "parse",
]

FILE_NAME = "briefing.toml"
_KEY_NAMES = ("BRIEFING_MODEL_API_KEY", "OPENAI_API_KEY")
_SECRET_NAMES = ("BRIEFING_SECRET_KEYS",)
# What suits a model on this machine's own processor, where nothing else is said: it
# answers slowly, and each question at once takes its own memory for the context.
_EMBEDDED = {"timeout_s": 900.0, "context_tokens": 8192, "workers": 1}
_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


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
        site: pages.
        mail: how it looks and when it goes.
        smtp: which server sends; read only when `mail.channel` says so.
        schedule: when editions are made.
        webhooks: chats that get each edition.
        secret_keys: that sign tokens, newest first; () when the environment has none,
            then the key file beside the store counts.
    """

    folder: Path
    digest: Digest
    profile: Profile
    sources: tuple[Source, ...]
    http: HttpPart
    model: ModelPart | None
    store: Path
    output: Path
    site: SitePart
    mail: MailPart
    smtp: SmtpPart
    schedule: SchedulePart
    webhooks: tuple[WebhookPart, ...]
    secret_keys: tuple[SecretStr, ...]

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
        file = File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{name} is not TOML: {error}", hint="Mend the line that is named."
        ) from error
    except ValidationError as error:
        raise SettingsError(
            f"{name}: {_faults(error)}", hint="See the comments of `briefing init`."
        ) from error
    sources = _sources(file.sources, name, folder)
    return Settings(
        folder=folder,
        digest=Digest(**file.digest.model_dump()),
        profile=Profile(**file.profile.model_dump()),
        sources=sources,
        http=_http(file.http, environment),
        model=_model(file.model, folder, environment),
        store=folder / file.place.store,
        output=folder / file.place.output,
        site=_site(file.site),
        mail=_mail(file.mail),
        smtp=_smtp(file.smtp, environment),
        schedule=_schedule(file.schedule),
        webhooks=_webhooks(file.webhooks, environment),
        secret_keys=_keys(environment),
    )


def _sources(
    tables: tuple[SourceTable, ...], name: str, folder: Path
) -> tuple[Source, ...]:
    """The enabled ones; one that is not may still be another's fallback."""
    enabled = [one for one in tables if one.enabled]
    _refuse_twins(tuple(one.id for one in enabled), f"{name}: two sources have the id")
    spare = [one for one in tables if not one.enabled]
    made = {one.id: _source(one, name, folder) for one in (*spare, *enabled)}
    return tuple(
        replace(made[one.id], fallback=_fallbacks(one, made, name)) for one in enabled
    )


def _fallbacks(
    table: SourceTable, made: Mapping[str, Source], name: str
) -> tuple[Source, ...]:
    mine, found = made[table.id].ranking, []
    for other_id in table.fallback:
        other = made.get(other_id)
        its = other.ranking if other else None
        if other is None or its is None or mine is None or other_id == table.id:
            raise SettingsError(
                f"{name}: {other_id!r}, a fallback of {table.id!r}, is no ranking",
                hint="Name the id of a ranking; it may have enabled = false.",
            )
        if (mine.metric, mine.unit) != (its.metric, its.unit):
            raise SettingsError(
                f"{name}: {table.id!r} and its fallback {other_id!r} count different "
                "things",
                hint="Give both the same metric and unit, or leave the fallback out.",
            )
        found.append(other)
    return tuple(found)


def _source(table: SourceTable, name: str, folder: Path) -> Source:
    values: dict[str, Any] = table.model_dump(
        exclude={"path", "primary", "cadence_hours", "enabled", "ranking", "fallback"}
    )
    if table.path:
        values["url"] = str((folder / Path(table.path).expanduser()).absolute())
    if table.kind == "ranking" and table.ranking is None:
        raise SettingsError(
            f"{name}: source {table.id!r} reads a ranking but has no rows named",
            hint="Add a [sources.ranking] table with rows, key, label and value.",
        )
    values["title"] = table.title or table.publisher
    return Source(
        **values,
        is_primary=table.primary,
        cadence=timedelta(hours=table.cadence_hours),
        ranking=_ranking(table.ranking) if table.ranking else None,
    )


def _ranking(table: RankingTable) -> RankingSpec:
    values: dict[str, Any] = table.model_dump()
    values["aliases"] = tuple(table.aliases.items())
    values["groups"] = tuple(table.groups.items())
    values["facts"] = _facts(table.facts)
    values["join"] = None
    if table.join:
        joined = table.join.model_dump() | {"facts": _facts(table.join.facts)}
        values["join"] = Join(**joined)
    values["fan_out"] = FanOut(**table.fan_out.model_dump()) if table.fan_out else None
    return RankingSpec(**values)


def _facts(tables: tuple[FactTable, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(**one.model_dump()) for one in tables)


def _refuse_twins(names: tuple[str, ...], complaint: str) -> None:
    seen: set[str] = set()
    for one in names:
        if one in seen:
            raise SettingsError(
                f"{complaint} {one!r}", hint="Give each a name of its own."
            )
        seen.add(one)


def _model(
    table: ModelTable | None, folder: Path, environment: Mapping[str, str]
) -> ModelPart | None:
    if table is None:
        return None
    prices = (table.usd_per_million_in, table.usd_per_million_out)
    if table.max_usd_a_run is not None and None in prices:
        raise SettingsError(
            "[model] max_usd_a_run limits nothing without prices",
            hint="Set usd_per_million_in and usd_per_million_out.",
        )
    # Local servers ask for no key, but the client insists on having one.
    key = _secret(environment, _KEY_NAMES) or SecretStr("unused")
    values = table.model_dump(exclude={"embedded"})
    if not table.embedded:
        return ModelPart(api_key=key, **values)
    path = (folder / Path(table.embedded).expanduser()).absolute()
    if not path.is_file():
        raise SettingsError(
            f"[model] embedded: {path} is no file",
            hint="Name a model file in GGUF form, relative to briefing.toml.",
        )
    chosen = {one: values[one] for one in table.model_fields_set if one in values}
    values |= _EMBEDDED | {"name": path.stem} | chosen
    return ModelPart(api_key=key, embedded=path, **values)


def _http(table: HttpTable, environment: Mapping[str, str]) -> HttpPart:
    keys = {}
    for start, variable in table.keys.items():
        key = _secret(environment, (variable,))
        if key is None:
            raise SettingsError(
                f"[http.keys] {start!r} has no key",
                hint=f"Set {variable}, or take the line out of [http.keys].",
            )
        keys[start] = key
    return HttpPart(**{**table.model_dump(), "keys": keys})


def _site(table: SiteTable) -> SitePart:
    values = table.model_dump()
    values["base_url"] = table.base_url.rstrip("/")
    return SitePart(**values)


def _mail(table: MailTable) -> MailPart:
    values = table.model_dump(exclude={"ttl_hours"})
    values["weekly_on"] = _WEEKDAYS.index(table.weekly_on)
    return MailPart(ttl_s=table.ttl_hours * 3600, **values)


def _smtp(table: SmtpTable, environment: Mapping[str, str]) -> SmtpPart:
    password = _secret(environment, ("BRIEFING_SMTP_PASSWORD",)) or SecretStr("")
    return SmtpPart(password=password, **table.model_dump())


def _schedule(table: ScheduleTable) -> SchedulePart:
    days = sorted({_WEEKDAYS.index(one) for one in table.days})
    return SchedulePart(at=table.at, days=tuple(days))


def _webhooks(
    tables: tuple[WebhookTable, ...], environment: Mapping[str, str]
) -> tuple[WebhookPart, ...]:
    _refuse_twins(tuple(one.name for one in tables), "two [[webhooks]] have the name")
    return tuple(_webhook(one, environment) for one in tables)


def _webhook(table: WebhookTable, environment: Mapping[str, str]) -> WebhookPart:
    name = f"BRIEFING_WEBHOOK_{table.name.upper().replace('-', '_')}"
    url = _secret(environment, (name,))
    if url is None:
        raise SettingsError(
            f"[[webhooks]] {table.name!r} has no address",
            hint=f"Set {name} to the address that the chat gave you.",
        )
    # Whoever knows the address may post: the error does not print it.
    if not url.get_secret_value().startswith(("https://", "http://")):
        raise SettingsError(
            f"{name} is no web address",
            hint="Copy the whole address that the chat gave you, with https://.",
        )
    return WebhookPart(name=table.name, kind=table.kind, url=url)


def _keys(environment: Mapping[str, str]) -> tuple[SecretStr, ...]:
    said = _secret(environment, _SECRET_NAMES)
    parts = said.get_secret_value().replace(",", " ").split() if said else []
    return tuple(SecretStr(one) for one in parts)


def _secret(environment: Mapping[str, str], names: tuple[str, ...]) -> SecretStr | None:
    """The first of these variables, or of the files that NAME_FILE points at."""
    for name in names:
        if environment.get(name):
            return SecretStr(environment[name])
        file = environment.get(f"{name}_FILE")
        if file:
            try:
                return SecretStr(Path(file).read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "not UTF-8"
                raise SettingsError(
                    f"the file named by {name}_FILE cannot be read: {why}",
                    hint="Correct the path, or set the key itself.",
                ) from error
    return None


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
