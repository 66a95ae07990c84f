"""A chat by its incoming webhook.

Config: [[webhooks]] name and kind; the address from BRIEFING_WEBHOOK_<NAME>.
Yields: Sent, Refused (with the wait that was asked for), or Broken.
Source: api.slack.com/messaging/webhooks (errors, 429 with Retry-After),
        discord.com/developers/docs/topics/rate-limits, docs.mattermost.com; read
        2026-11.
"""

from __future__ import annotations

from briefing.ports.delivery import Broken, Refused, Sent
from briefing.ports.posting import PostHttp

_MEDIA_TYPE = "application/json; charset=utf-8"


class Webhook:
    """Implements ports.Poster; its address is in no answer, message or repr."""

    def __init__(self, *, name: str, kind: str, url: str, http: PostHttp) -> None:
        self._name = name
        self._kind = kind
        self._url = url
        self._http = http

    @property
    def name(self) -> str:
        """Of the webhook."""
        return self._name

    @property
    def kind(self) -> str:
        """Which form its posts have."""
        return self._kind

    def post(self, body: bytes) -> Sent | Refused | Broken:
        """See ports.Poster."""
        answer = self._http.post(self._url, body, media_type=_MEDIA_TYPE)
        if isinstance(answer, Broken):
            return answer
        if 200 <= answer.status < 300:
            return Sent(f"HTTP {answer.status}")
        # An answer may repeat the address it was asked for.
        text = answer.text.replace(self._url, "…")
        return Refused(answer.status, "", text, "post", answer.retry_after_s)
