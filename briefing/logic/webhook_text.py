"""An edition as a post for a chat: title, headlines with links, and their first lines.

Source: api.slack.com/reference/surfaces/formatting (escaping, `link_names`),
discord.com/developers/docs/resources/webhook and /message (2000 characters,
`allowed_mentions`, flag 4 hides previews), developers.mattermost.com/integrate/webhooks
(16383 characters); read 2026-11.

Nobody is called by a post: every @ is parted from its word, and the kinds that know
how are told to call nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from briefing.domain.brief import Brief
from briefing.domain.edition import Edition
from briefing.logic import site_paths

KINDS = ("slack", "discord", "mattermost", "json")
# Characters of one post. Slack cuts at 40,000, but asks for 4,000 and less.
_LONGEST = {"slack": 4_000, "discord": 2_000, "mattermost": 16_000}
_LONGEST_LEAD = 300
_QUIET = "A quiet day: nothing new was worth your time."

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Invisible, and ends a word: "@channel" behind it is no name any more.
_PART = "\u200b"
_AT = re.compile(r"[@＠](?=\S)")
_SLACK_MARKS = re.compile(r"([*_~`])")
_SLACK_CODES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKDOWN = re.compile(r"([\\`*_~\[\]()<>#|])")
_SCHEME = re.compile(r"(?i)\b(https?):(?=//)")
_URL_CODES = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' "<>()`\\|^{}*'})


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A brief in a post.

    Attributes:
        headline: as published.
        lead: its first line, "" if it has none.
        url: of its page.
    """

    headline: str
    lead: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a post tells of an edition.

    Attributes:
        title: of the digest.
        day: of the edition.
        url: of its page.
        edition_id: for programs.
        revision: for programs.
        lines: its briefs in reading order, empty on a quiet day.
    """

    title: str
    day: date
    url: str
    edition_id: str
    revision: int
    lines: tuple[NoticeLine, ...]


def notice(edition: Edition, base_url: str) -> Notice:
    """The post of a published edition; `base_url` has no slash at its end."""
    weekly = edition.digest.id.endswith(site_paths.WEEKLY_SUFFIX)
    url = base_url + site_paths.edition(edition.edition_date, is_weekly=weekly)
    return Notice(
        title=edition.digest.title,
        day=edition.edition_date,
        url=url,
        edition_id=edition.id,
        revision=edition.revision,
        lines=tuple(
            NoticeLine(_plain(one.headline.text), _lead(one), f"{url}{one.slug}")
            for one in edition.briefs
        ),
    )


def post(kind: str, about: Notice) -> bytes:
    """The JSON body that a webhook of this kind takes; equal input, equal bytes."""
    made = _json(about) if kind == "json" else _FORMS[kind](about)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _slack(about: Notice) -> dict[str, Any]:
    def link(url: str, words: str) -> str:
        return f"<{_url(url).translate(_SLACK_CODES)}|{_slack_words(words)}>"

    text = _fitted(about, "slack", link, _slack_words, strong="*")
    # link_names turns @channel into a call; previews would show the links again.
    return {
        "text": text,
        "mrkdwn": True,
        "link_names": 0,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _discord(about: Notice) -> dict[str, Any]:
    def link(url: str, words: str) -> str:
        return f"[{_markdown_words(words)}](<{_url(url)}>)"

    text = _fitted(about, "discord", link, _markdown_words, strong="**")
    return {"content": text, "allowed_mentions": {"parse": []}, "flags": 4}


def _mattermost(about: Notice) -> dict[str, Any]:
    def link(url: str, words: str) -> str:
        return f"[{_markdown_words(words)}]({_url(url)})"

    return {"text": _fitted(about, "mattermost", link, _markdown_words, strong="**")}


def _json(about: Notice) -> dict[str, Any]:
    return {
        "title": about.title,
        "date": about.day.isoformat(),
        "url": about.url,
        "edition": about.edition_id,
        "revision": about.revision,
        "briefs": [
            {"headline": one.headline, "lead": one.lead, "url": one.url}
            for one in about.lines
        ],
    }


_FORMS: dict[str, Callable[[Notice], dict[str, Any]]] = {
    "slack": _slack,
    "discord": _discord,
    "mattermost": _mattermost,
}


def _fitted(
    about: Notice,
    kind: str,
    link: Callable[[str, str], str],
    words: Callable[[str], str],
    *,
    strong: str,
) -> str:
    """The post within the kind's length: first leads go, from the last one up, then
    whole briefs, which are counted instead.
    """
    title = f"{about.title}, {about.day.day} {about.day:%B %Y}"
    top = f"{strong}{link(about.url, title)}{strong}"
    if not about.lines:
        return f"{top}\n{words(_QUIET)}"
    heads = [f"• {link(one.url, one.headline)}" for one in about.lines]
    leads = [words(one.lead) for one in about.lines]
    limit = _LONGEST[kind]
    for told in range(len(leads), -1, -1):
        text = _joined(top, heads, leads[:told])
        if _size(text) <= limit:
            return text
    for shown in range(len(heads) - 1, -1, -1):
        rest = link(about.url, f"and {len(heads) - shown} more")
        text = _joined(top, [*heads[:shown], f"• {rest}"], ())
        if _size(text) <= limit:
            return text
    return about.url


def _joined(top: str, heads: Sequence[str], leads: Sequence[str]) -> str:
    lines = [top]
    for index, head in enumerate(heads):
        lines.append(head)
        if index < len(leads) and leads[index]:
            lines.append(leads[index])
    return "\n".join(lines)


def _size(text: str) -> int:
    # As JavaScript counts, which the chats do: a character beyond the BMP is two.
    return len(text.encode("utf-16-le")) // 2


def _lead(brief: Brief) -> str:
    """The first line under the headline, cut at a word where it is long."""
    for section in brief.sections:
        for item in section.items:
            text = _plain(" ".join(one.text for one in item.claims))
            if text and item.figure is None and item.question is None:
                return _cut(text, _LONGEST_LEAD)
    return ""


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"


def _plain(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _calls_nobody(text: str) -> str:
    return _AT.sub(lambda found: found[0] + _PART, _plain(text))


def _slack_words(text: str) -> str:
    # Slack knows no escape for its marks; one that ends a word opens nothing.
    marked = _SLACK_MARKS.sub(rf"\1{_PART}", _calls_nobody(text))
    return marked.translate(_SLACK_CODES)


def _markdown_words(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", _calls_nobody(text))
    # A bare address would become a link of its own, inside ours even.
    return _SCHEME.sub(rf"\1{_PART}:", escaped)


def _url(url: str) -> str:
    return url.translate(_URL_CODES)
