"""Markup that repeats: siblings of one tag and class, and the texts inside of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.ingest.ranking_documents import css_value

_MIN = 3
_MOST_GROUPS = 12
_SAMPLE = 100
_MOST_INSIDE = 60
_CLASS = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TAGS = "li,tr,article,div,section,a,p"
_ADVERTS = ("a[href*='/sponsors/']", "[class*='sponsored']", "[class*='promoted']")

# Expression of a field -> what each row says.
Texts = dict[str, list[str | None]]


def repeated_rows(
    tree: LexborHTMLParser,
) -> Iterator[tuple[str, str | None, Texts]]:
    """(selector, selector of advertisements or None, columns), most rows first."""
    groups: Counter[str] = Counter()
    for node in tree.css(_TAGS):
        selector = _selector(node)
        # An element without a class is known by its parent's.
        if selector and ("." in selector or " > " in selector):
            groups[selector] += 1
    likely = [one for one, count in groups.most_common() if count >= _MIN]
    for selector in likely[:_MOST_GROUPS]:
        rows = tree.css(selector)
        drop = _adverts(tree, selector, len(rows))
        if drop:
            gone = {one.mem_id for one in tree.css(drop)}
            rows = [one for one in rows if one.mem_id not in gone]
        yield selector, drop, _texts(rows[:_SAMPLE])


def _selector(node: LexborNode) -> str:
    named = _first_class(node)
    if named:
        return f"{node.tag}.{named}"
    parent = node.parent
    if parent is None or not parent.tag or parent.tag.startswith("-"):
        return ""
    above = _first_class(parent)
    identity = parent.attributes.get("id") or ""
    if _CLASS.fullmatch(identity):
        return f"{parent.tag}#{identity} > {node.tag}"
    return f"{parent.tag}.{above} > {node.tag}" if above else ""


def _first_class(node: LexborNode) -> str:
    names = (node.attributes.get("class") or "").split()
    return next((one for one in names if _CLASS.fullmatch(one)), "")


def _adverts(tree: LexborHTMLParser, selector: str, count: int) -> str | None:
    for mark in _ADVERTS:
        drop = f"{selector}:has({mark})"
        if 0 < len(tree.css(drop)) * 3 < count:
            return drop
    return None


def _texts(rows: Sequence[LexborNode]) -> Texts:
    """What the rows say, by expressions that most of them answer."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen.update(_expressions(row).keys())
    likely = [one for one, count in seen.items() if count * 2 >= len(rows)]
    found: Texts = {}
    for expression in likely[:_MOST_INSIDE]:
        values = [css_value(row, expression) or None for row in rows]
        if any(values):
            found[expression] = values
    return found


def _expressions(row: LexborNode) -> dict[str, None]:
    made: dict[str, None] = {}
    for name in ("id", "href", "title"):
        if row.attributes.get(name):
            made[f"@{name}"] = None
    for name in row.attributes:
        if re.fullmatch(r"data-[a-z-]{1,40}", name):
            made[f"@{name}"] = None
    for node in row.css("[class],a,h1,h2,h3,h4,td,strong,b")[:_MOST_INSIDE]:
        named = _first_class(node)
        if node.mem_id == row.mem_id:
            continue
        expression = f"{node.tag}.{named}" if named else node.tag or ""
        parent = node.parent
        if not named and parent is not None and parent.mem_id != row.mem_id:
            above = _first_class(parent)
            expression = f"{f'.{above}' if above else parent.tag} {node.tag}"
        made[expression] = None
        if node.tag == "a":
            made[f"{expression}@href"] = None
    made.update(_of_the_next(row))
    return made


def _of_the_next(row: LexborNode) -> dict[str, None]:
    """What stands in the row below, where that is no row itself."""
    following = row.next
    while following is not None and (following.tag or "-").startswith("-"):
        following = following.next
    if following is None or _first_class(following) == _first_class(row):
        return {}
    named = map(_first_class, following.css("[class]")[:10])
    return {f"+ .{one}": None for one in named if one}
