"""HTML as plain text with its paragraphs; runs in a worker, on strangers' markup."""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from briefing.errors import ParseError
from briefing.logic.cleaning import MAX_TEXT, clean_text

# Parsers take time in the square of the depth (100,000 levels: 31 s, INGEST 5.1) and
# minutes for 100,000 paragraphs; the largest real pages measured hold 20,000 tags.
MAX_TAGS = 60_000
MAX_DEPTH = 1_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that never nest by being left open: void, or closed by the parser.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd "
    "option optgroup tr td th thead tbody tfoot colgroup rp rt html head body".split()
)
_BLOCKS = (
    "p,div,section,article,header,footer,main,aside,blockquote,pre,ul,ol,li,dl,dt,dd,"
    "h1,h2,h3,h4,h5,h6,table,tr,figure,hr,address,details,summary"
)
# What is not said to a reader: code, forms, captions.
_UNSAID = (
    "script,style,noscript,template,iframe,object,svg,math,form,button,select,textarea,"
    "nav,figcaption"
)
# What is hidden from sight, where instructions to models are kept. "font-size:0.9em" is
# not hidden, so the style itself must be read.
_HIDDEN = (
    "[hidden],[aria-hidden=true],.sr-only,.visually-hidden,.screen-reader-text,[style]"
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text)(?:\s|$)"
)
_BREAK, _LINE = "\ue000", "\ue001"  # private use: taken out of the input first
_SPACE = re.compile(r"\s+")
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-f]+);")


def check_markup(markup: str) -> None:
    """Raises ParseError for markup that would keep a parser busy for minutes."""
    if markup.count("<") > MAX_TAGS:
        raise ParseError(
            f"the page holds more than {MAX_TAGS:,} tags",
            hint="Leave this page out.",
            reason="too_complex",
        )
    depth = 0
    for match in _TAG.finditer(markup):
        if match.group(2).lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > MAX_DEPTH:
            raise ParseError(
                f"the page nests more than {MAX_DEPTH:,} levels deep",
                hint="Leave this page out.",
                reason="too_complex",
            )


def html_to_text(markup: str) -> str:
    """Cleaned text, paragraphs separated by a blank line; plain text passes through.

    Hidden elements, scripts, forms and captions are left out. Raises ParseError for
    markup that is too large or too deep.
    """
    check_markup(markup)
    if not _LOOKS_LIKE_MARKUP.search(markup):
        return clean_text(markup)
    plain = markup.replace(_BREAK, "").replace(_LINE, "").replace("\0", "")
    tree = LexborHTMLParser(plain)
    body = tree.body
    if body is None:
        return clean_text(html.unescape(plain))
    drop_hidden(tree)
    for node in body.css(_UNSAID):
        node.decompose()
    for node in body.css("br"):
        node.replace_with(_LINE)
    for node in body.css("td,th"):
        node.insert_after(" ")
    for node in body.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    text = _SPACE.sub(" ", body.text(deep=True))
    text = text.replace(_BREAK, "\n\n").replace(_LINE, "\n")
    return clean_text(text, limit=MAX_TEXT)


def drop_hidden(tree: LexborHTMLParser) -> bool:
    """Takes out what a reader cannot see; whether there was any."""
    doomed = [node for node in tree.css(_HIDDEN) if _is_hidden(node)]
    for node in doomed:
        # Not `decompose`: one hidden element may stand inside another.
        node.remove()
    return bool(doomed)


def _is_hidden(node: LexborNode) -> bool:
    if node.tag in {"html", "body"}:
        return False  # shown by a script, as on AMP pages
    style = node.attributes.get("style")
    named = {"hidden", "aria-hidden"} & node.attributes.keys()
    classes = node.attributes.get("class") or ""
    return bool(
        (style and _HIDING_STYLE.search(style))
        or (named and node.attributes.get("aria-hidden") != "false")
        or _HIDING_CLASS.search(classes)
    )


def decode(body: bytes, media_type: str, charset: str | None) -> str:
    """The text of an HTML body: UTF-8 if the bytes are, whatever is declared; else as
    browsers decide (BOM, header, meta). Lossy, never fails.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        header = f"{media_type or 'text/html'}; charset={charset}" if charset else None
        # Undeclared bytes that are no UTF-8 are Windows's Latin, as browsers take them.
        return str(html_to_unicode(header, body, default_encoding="cp1252")[1])
