"""Third-party text made harmless: cleaned for every format, escaped for Markdown."""

from __future__ import annotations

import re

from markupsafe import Markup

from briefing.logic import urls

# Controls other than tab and newline, marks that reorder or hide text, and lone
# surrogates, which no encoder takes.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_MD_ALWAYS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_MD_ENTITY = re.compile(r"&(?=#|\w+;)")
_MD_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*)://")
_MD_WWW = re.compile(r"(?i)\b(www)\.")
_MD_START = re.compile(r"^(?:([#>+\-=~|:])|(\d{1,9})([.)])(?=\s|$))")
_URL_CODES = str.maketrans({mark: f"%{ord(mark):02X}" for mark in ' "<>()[]`\\|^{}*'})


def clean(value: object) -> object:
    """`value` without characters that no reader should meet; other types untouched.

    Runs over everything that a template prints, so that no template can forget it.
    """
    if isinstance(value, Markup):
        return Markup(_UNPRINTABLE.sub("", value))  # noqa: S704 - it was safe before
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    return value


def one_line(text: str) -> str:
    """`text` cleaned, each run of white space as one space."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def web_url(url: str | None) -> str | None:
    """`url` if a browser may be sent there, else None: http or https, with a host."""
    return url if url is not None and urls.fault(url) is None else None


def md(text: str) -> str:
    """`text` as one line that every Markdown dialect prints as it is."""
    return _MD_START.sub(_escape_start, _md_middle(text))


def _md_middle(text: str) -> str:
    line = _MD_ENTITY.sub("&amp;", one_line(text))
    line = _MD_ALWAYS.sub(lambda match: "\\" + match.group(), line)
    # Entities, where a backslash is not understood by every dialect; raw HTML and bare
    # addresses must not come alive.
    line = line.replace("<", "&lt;")
    line = _MD_ADDRESS.sub(r"\1&#58;//", line)
    line = _MD_WWW.sub(r"\1&#46;", line)
    return line.replace("~", "&#126;") if line.count("~") > 1 else line


def _escape_start(match: re.Match[str]) -> str:
    if match.group(1):
        return f"&#{ord(match.group(1))};"
    return f"{match.group(2)}\\{match.group(3)}"


def md_part(text: str) -> str:
    """`md` for words inside a line: one space at either end is kept, and marks that
    mean something only at a line's start stay as they are.
    """
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + _md_middle(text) + trail


def md_cell(text: str) -> str:
    """`md` for a table cell."""
    return md(text).replace("|", "&#124;")


def md_url(url: str) -> str:
    """`url` for the brackets of a Markdown link: no mark that could end it."""
    return url.translate(_URL_CODES)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and ended by an ellipsis; no word
    that only leads to the next ("... on the") is left in front of it.
    """
    line = one_line(text)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    if not line[limit - 1].isspace() and " " in head:
        head = head[: head.rindex(" ")]
    shorter = _LEADS_ON.sub("", head.rstrip(" ,;:-–—"))
    return shorter.rstrip(" ,;:-–—") + "…"


_LEADS_ON = re.compile(
    r"(?: (?:a|an|the|its|their|of|to|in|on|at|by|for|from|with|than|and|or|but|as|"
    r"that|which|who|is|are|was|were))+$"
)
