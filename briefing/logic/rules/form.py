"""F1: nothing that only a machine should see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.domain.brief import Action, Level, Shape, Violation
from briefing.logic.rules.page import HEADLINE, Page, broken, lines, questions
from briefing.logic.text import plain_marks

# (what it is, how it looks); the first that matches is named in the message.
_LEAKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an HTML tag", re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)),
    ("an HTML entity", re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.I)),
    ("a Markdown mark", re.compile(r"#{2,}|^#\s|```|\*\*|__\w|\]\(|^\s*>\s|!\[")),
    ("a citation mark", re.compile(r"\[\^?\d+\]|【|†")),
    ("a template mark", re.compile(r"\{\{|\}\}|\{%|%\}|\$\{|<%")),
    ("the id of a quantity", re.compile(r"\{\s*[qQ]\d+[^{}]*\}?")),
    (
        "a stand-in for text",
        re.compile(
            r"\bTK(?:TK)*\b|\bTBD\b|\bXXX+\b|\blorem ipsum\b|"
            r"\[(?:insert|your|name|date|source|number|todo)\b[^\]]*\]|"
            r"\bFIXME\b|\bTODO\b|\[object Object\]",
        ),
    ),
    (
        "an empty value",
        re.compile(
            r"\bNaN\b|[$€£:=(]\s*(?:None|null|nil|undefined)\b|"
            r"^(?:None|null|nil|undefined)\W*$|"
            r"\b(?:by|of|to|from|at|than|with|reached|hit) (?:None|null|undefined)\b|"
            r"\b(?:is|was) (?:None|null)\b|"
            r"\b(?:None|null|undefined)\s?(?:%|percent|tokens?|million|billion|trillion)"
        ),
    ),
    (
        "an internal id",
        re.compile(
            r"\b[dsr][0-9a-f]{16}\b|\b[0-9a-f]{32,64}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-|"
            r"\b(?:document|source|story|claim|span|evidence|snapshot)_ids?\b|"
            r"\[?\b(?:doc|document|evidence|chunk)[ _#-]?\d+\]|\[E\d+\]|"
            r"\b(?:in_one_line|what_happened|key_numbers|why_it_matters|quick_answers)\b"
        ),
    ),
    ("a broken character", re.compile("\ufffd|â€|Ã[\u0080-\u00bf]|[\u0000-\u0008]")),
)  # fmt: skip
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("«", "»"))
# BRIEF.md section 2.
MOST_HEADLINE = 90
_LIST_MARK = re.compile(r"^\s*\(?\w{1,3}\)\s")
_EMOTICON = re.compile(r"[:;]-?[()]")


def leaks(page: Page) -> tuple[Violation, ...]:
    """F1 in sentences, figure rows, questions and the ranking's words."""
    found = [
        broken("F1", line, fault)
        for line in (page.title, *lines(page))
        if (fault := leak(line.text))
    ]
    found.extend(
        Violation("F1", Level.E, section, text, fault, Action.STRUCK, item)
        for section, item, text in questions(page)
        if (fault := leak(text))
    )
    found.extend(_figure_leaks(page))
    for section in page.sections:
        words = (section.heading, *_table_words(page, section.name))
        fault = next((one for text in words if (one := leak(text))), "")
        if fault:
            found.append(
                Violation(
                    "F1",
                    Level.E,
                    section.name,
                    section.heading,
                    fault,
                    Action.SECTION_DROPPED,
                )
            )
    return tuple(found)


def _figure_leaks(page: Page) -> Iterator[Violation]:
    for section in page.sections:
        if section.shape is not Shape.FIGURES:
            continue
        for number, item in enumerate(section.items):
            cells = item.figure
            if cells is None:
                continue
            words = (cells.value, cells.label, cells.window, cells.comparison)
            for text in words:
                if fault := leak(text):
                    yield Violation(
                        "F1", Level.E, section.name, text, fault, Action.STRUCK, number
                    )
                    break


def _table_words(page: Page, name: str) -> tuple[str, ...]:
    section = page.section(name)
    if section is None or section.table is None:
        return ()
    table = section.table
    labels = tuple(line.label for line in table.lines)
    return (table.title, table.as_of, *labels)


def leak(text: str) -> str:
    """What a reader should not see in this text, as a sentence; "" if nothing."""
    for what, pattern in _LEAKS:
        if match := pattern.search(text):
            return f"It holds {what}: {match.group().strip()!r}."
    return _unbalanced(text)


def _unbalanced(text: str) -> str:
    bare = _EMOTICON.sub("", _LIST_MARK.sub("", text))
    for opening, closing in _PAIRS:
        if not _is_nested(bare, opening, closing):
            return f"{opening} and {closing} do not match."
    # A mark behind a digit may be inches ("a 27" screen").
    if plain_marks(re.sub(r"[“”«»„]", "", bare)).count('"') % 2:
        return "" if re.search(r"\d\"", bare) else "A quotation mark has no partner."
    return ""


def _is_nested(text: str, opening: str, closing: str) -> bool:
    # „German“ closes with the mark that opens in English.
    if opening == "“" and "„" in text:
        return text.count("„") == text.count("“") + text.count("”")
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0


def headline_fault(text: str) -> str:
    """Why these words cannot stand as a headline, "" if they can (F1 and F2)."""
    fault = leak(text)
    if fault:
        return fault
    if not text.strip():
        return "There is no headline."
    if len(text) > MOST_HEADLINE:
        return f"The headline has {len(text)} characters; {MOST_HEADLINE} fit."
    return ""


def long_headline(page: Page) -> tuple[Violation, ...]:
    """F2: a headline of 90 characters at most."""
    fault = headline_fault(page.headline.text)
    if not fault or leak(page.headline.text):
        return ()
    return (Violation("F2", Level.E, HEADLINE, page.headline.text, fault, Action.HELD),)
