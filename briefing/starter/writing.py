"""A first briefing.toml, commented, from the starter list."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from briefing.errors import InputError

_HEAD = """\
# Briefing's settings. Every key that is commented out shows its default.
# After a change: briefing sources check

[digest]
title = {title}
topics = {topics}
# Figures and dates beside the sentences as your readers write them: "de", "en-IN" ...
# locale = "en"
# The zone whose calendar day an edition belongs to.
timezone = {timezone}
# Seconds of reading that one edition may take, and stories at most.
# reading_time_s = 900
# max_briefs = 8

# The reader. Changes which stories come and in which order, never the facts.
[profile]
# role = "product manager"
# industry = "fintech"
# interests = ["open models", "chips"]
# words_a_minute = 238               # how fast you read: most people 175 to 300

[http]
# Goes into the User-Agent, so that a server's owner can reach you; needed for
# scheduled runs.
contact = {contact}
# timeout_s = 30
# spacing_s = 1.0                    # between two requests to one site
# allow_hosts = ["rsshub.lan"]       # private hosts that may be read

# A model is optional: without this table briefs are written from the sources' own
# sentences. Any OpenAI-compatible server will do. The key is read from
# BRIEFING_MODEL_API_KEY (or the file named by BRIEFING_MODEL_API_KEY_FILE).
# [model]
# base_url = "http://127.0.0.1:11434/v1"
# name = "qwen2.5:7b"
# context_tokens = 16000
# usd_per_million_in = 0.14
# usd_per_million_out = 0.28
# max_tokens_a_run = 500000          # beyond it briefs are written without the model
# max_usd_a_run = 0.50
# judge = true                       # it also reads what passed the check
# Or no server at all: pip install 'briefing[local]', and in place of base_url and name
# embedded = "models/small-instruct.gguf"

[place]
# store = "briefing.db"
# output = "output"

# The web site: archive, feeds, subscribing. `briefing serve`
[site]
# The address that readers see. Mail programs show their unsubscribe button only if it
# begins with https; 28 characters and less keep its link whole in every mail program.
# base_url = "http://127.0.0.1:8000"
# host = "127.0.0.1"                 # where to listen; 0.0.0.0 for all of this machine
# port = 8000
# visibility = "public"              # or "subscribers", or "off": who reads the archive
# trusted_proxies = ["127.0.0.1/32"] # networks whose X-Forwarded-For is believed
# keeps_ip = false                   # the consent log keeps the readers' addresses

# Mail. "outbox" writes .eml files into a folder and mails nobody; "smtp" sends.
[mail]
# channel = "outbox"
# sender = "briefing@localhost"      # in From; of a domain that may send for you
# reply_to = ""                      # the sender if left out
# postal_address = ""                # printed in every mail; some laws ask for it
# help = ""                          # address or page for List-Help
# headers = {{ X-Team = "news" }}      # further ones, at most 30
# send_at = "07:00"                  # local time that the form proposes to readers
# weekly_on = "monday"               # and the weekday
# on_uncertain = "resend"            # or "hold": a mail that broke off at its very end
# ttl_hours = 12                     # an edition later than this is not mailed at all
# seeds = ["you@example.org"]        # addresses of the house that get every edition
# dkim_selector = ""                 # s= of your server's signature, for the doctor

# The server that sends, where [mail] channel = "smtp". The password is read from
# BRIEFING_SMTP_PASSWORD (or the file named by BRIEFING_SMTP_PASSWORD_FILE).
# Then: briefing doctor
[smtp]
# host = "127.0.0.1"
# port = 587
# security = "starttls"              # or "tls"; "plaintext" for this machine only
# username = ""
# connections = 2
# messages_a_connection = 100
# messages_a_second = 10
# messages_a_second_a_domain = 5     # to one recipient domain
# timeout_s = 60

# When editions are made, in the digest's zone. `briefing schedule`
[schedule]
# at = "06:00"
# days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# Chats that get each edition's headlines. The address is a secret: it is read from
# BRIEFING_WEBHOOK_<NAME> (here BRIEFING_WEBHOOK_TEAM), or the file in ..._FILE.
# [[webhooks]]
# name = "team"
# kind = "slack"                     # or "discord", "mattermost", "json"

# Sources: kind is "feed" (the default), "page", "sitemap", "ranking", "folder" (with
# `path` instead of `url`) or "search" (asked by `briefing topic --search` alone).
# A `family` makes publishers of one house count as one; `primary` marks who reports on
# itself; `enabled = false` switches a source off.
"""


def _starter() -> list[dict[str, Any]]:
    text = files("briefing.starter").joinpath("sources.toml").read_text("utf-8")
    sources: list[dict[str, Any]] = tomllib.loads(text)["sources"]
    return sources


def topics() -> tuple[str, ...]:
    """Every topic of the starter list, in its order."""
    found = dict.fromkeys(one for source in _starter() for one in source["topics"])
    return tuple(found)


def settings_text(*, wanted: Sequence[str], contact: str, timezone: str) -> str:
    """A briefing.toml for these topics. Raises InputError for an unknown topic."""
    known = topics()
    unknown = [one for one in wanted if one not in known]
    if unknown or not wanted:
        raise InputError(
            f"the starter list has no topic {unknown[0]!r}"
            if unknown
            else "no topic was named",
            hint=f"Choose from {', '.join(known)}.",
        )
    head = _HEAD.format(
        title=_toml("Briefing"),
        topics=_toml(list(wanted)),
        timezone=_toml(timezone),
        contact=_toml(contact),
    )
    chosen = [one for one in _starter() if set(one["topics"]) & set(wanted)]
    return head + "".join(source_table(one) for one in chosen)


def source_table(source: Mapping[str, Any]) -> str:
    """A `[[sources]]` table of TOML with these keys, a blank line above it."""
    lines = [f"{key} = {_toml(value)}" for key, value in source.items()]
    return "\n[[sources]]\n" + "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Strings, numbers, booleans, lists and flat tables as TOML writes them."""
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {_toml(part)}" for key, part in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return _list(value)
    # JSON's strings, numbers and booleans are written alike in TOML.
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[object]) -> str:
    return "[" + ", ".join(_toml(one) for one in values) + "]"
