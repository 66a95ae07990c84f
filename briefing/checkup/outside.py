"""Looks at the model's endpoint and at the site from outside."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from briefing.checkup.asking import Look
from briefing.domain.checkup import Finding, bad, ok, warn
from briefing.errors import FetchError, ModelError
from briefing.http import HttpSettings, PoliteHttp
from briefing.llm.embedded import EmbeddedLlm
from briefing.llm.openai import OpenAiLlm
from briefing.logic import health
from briefing.logic.model_trial import verdict
from briefing.ports import ModelRequest
from briefing.settings import ModelPart

Client = OpenAiLlm | EmbeddedLlm
_WAIT_S = 8.0
_MEGABYTE = 1_000_000
_QUESTION = ModelRequest(system="", user="Say: ok", max_tokens=200)


class Asks(StrEnum):
    """What may be asked of a model, since it may cost money."""

    NOTHING = "nothing"
    A_WORD = "a word"
    A_BRIEF = "a brief"


# For one answer: the client tries three times, and the part has a limit of its own.
_ANSWER_S = {Asks.NOTHING: _WAIT_S, Asks.A_WORD: 30.0, Asks.A_BRIEF: 140.0}


def model(
    look: Look, client_of: Callable[[ModelPart], Client], asks: Asks
) -> tuple[Finding, ...]:
    """Whether the endpoint answers, takes the key and knows the model; when asked for,
    whether it answers a tiny question, or how good it is at writing a brief.
    """
    part = look.chosen.model
    if part is None:
        return (ok("model", "none is set: briefs are the sources' own sentences"),)
    limit_s = min(part.timeout_s, _ANSWER_S[asks])
    client = client_of(replace(part, timeout_s=limit_s))
    try:
        if part.embedded is None:
            listed = _listed(look, part, client)
            if asks is Asks.NOTHING or any(one.health == "bad" for one in listed):
                return listed
        elif asks is Asks.NOTHING:
            return (_file(part.embedded),)
        if asks is Asks.A_BRIEF:
            return (_tried(look, part, client),)
        return (_asked(part, client),)
    finally:
        client.close()


def _file(path: Path) -> Finding:
    """The embedded model, which only a question would load."""
    size = path.stat().st_size / _MEGABYTE
    return ok(
        "model",
        f"{path.name} ({size:,.0f} MB) is run here by llama.cpp",
        "To load it and see how well it writes: briefing doctor --try-model",
    )


def _listed(look: Look, part: ModelPart, client: Client) -> tuple[Finding, ...]:
    try:
        names, date = client.known_models(timeout_s=_WAIT_S)
    except ModelError as error:
        made = bad if error.is_final else warn
        hint = error.hint
        if not error.is_final:
            hint += " Or try one question: briefing doctor --ask-model"
        return (made("model", error.message, hint),)
    look.hears_time(part.base_url, date)
    if part.name in names:
        return (ok("model", f"{_place(part)} answers and knows {part.name}"),)
    some = ", ".join(names[:5]) or "none"
    return (
        warn(
            "model",
            f"{part.base_url} does not list {part.name} (it lists {some})",
            "Correct [model] name, or try one question: briefing doctor --ask-model",
        ),
    )


def _asked(part: ModelPart, client: Client) -> Finding:
    try:
        answer = client.complete(_QUESTION)
    except ModelError as error:
        return bad("model", error.message, error.hint)
    tokens = answer.tokens_in + answer.tokens_out
    return ok(
        "model",
        f"{part.name} at {_place(part)} answered in {answer.seconds:.1f} s "
        f"({tokens} tokens)",
    )


def _tried(look: Look, part: ModelPart, client: Client) -> Finding:
    from briefing.checkup.trial import tried

    try:
        trial = tried(look.chosen, client)
    except ModelError as error:
        return bad("model", error.message, error.hint)
    return verdict(f"{part.name} at {_place(part)}", trial)


def _place(part: ModelPart) -> str:
    return str(part.embedded) if part.embedded else part.base_url


def site(look: Look) -> tuple[Finding, ...]:
    """The address that readers see, and whether somebody answers there."""
    base_url = look.chosen.site.base_url
    host = urlsplit(base_url).hostname or ""
    mails = look.chosen.mail.channel == "smtp"
    found = health.site(base_url, is_local=is_local(host), mails=mails)
    # Our own address may be a private one; nobody else's page is asked for.
    asking = HttpSettings(
        contact=look.chosen.http.contact,
        connect_to=look.chosen.http.connect_to,
        allow_hosts=(host,),
        total_s=_WAIT_S,
        connect_s=_WAIT_S / 2,
        retry_wait_s=0.0,
        spacing_s=0.0,
    )
    try:
        with PoliteHttp(asking) as http:
            http.get(f"{base_url}/healthz", obeys_robots=False, max_bytes=10_000)
    except FetchError as error:
        return (
            *(one for one in found if one.health != "ok"),
            warn(
                "site",
                f"nobody answers at {base_url}/healthz ({error.reason})",
                "Start it with `briefing serve`, and check the proxy before it.",
            ),
        )
    return found


def is_local(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
