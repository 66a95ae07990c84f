"""Markdown or plain text as a row of blocks: headings, bullets, rows, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_GLUED_HEADING = re.compile(r"^\s{0,3}(#{1,6})(?=[A-Za-z])(.*?)\s*#*\s*$")
_INLINE = re.compile(r"(?<=\S)[ \t]+#{2,6}[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"^\s{0,3}(?:={2,}|-{2,})\s*$")
_RULE = re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$")
_BULLET = re.compile(r"^\s*(?:[-•*–+▪‣·]|\d{1,2}[.)])\s+(.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_BETWEEN = re.compile(r"^[\s|:-]+$")
_REFERENCE = re.compile(r"^\s*\[\^?(\d{1,3})\]:?\s*(\S.*)$")
_NUMBERED = re.compile(r"^\s*(?:\[\^?(\d{1,3})\]:?|(\d{1,3})[.)])\s*(\S.*)$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
# What our Markdown says that a term means, below the paragraph that uses it.
_GLOSS = re.compile(r"^\s*>\s*\*\*([^*]{2,60})\*\*:\s")
_MARKED = re.compile(r"\[\d{1,3}\]\s*$")
_LENGTH = re.compile(r"^\s*\W{0,3}\d{1,3} min(?:ute)?s? read\b[^.!?]*$", re.IGNORECASE)
_FENCED = re.compile(r"^\s*(?:```|~~~)")


class BlockKind(StrEnum):
    """What a stretch of lines is."""

    HEADING = "heading"
    BULLET = "bullet"
    ROW = "row"
    REFERENCE = "reference"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a bullet, a table row, a line of the source list or a paragraph.

    Attributes:
        kind: which.
        text: without the marks that made it one.
        number: of a reference, else None.
    """

    kind: BlockKind
    text: str
    number: int | None = None


def title_key(text: str) -> str:
    """A heading as section names are compared: letters only, lower case."""
    return " ".join(re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("’", "'")))


def inline_headings(text: str) -> tuple[str, ...]:
    """Lines in which a heading mark stands behind other words: leaked markup."""
    return tuple(
        line.strip() for line in text.splitlines() if _INLINE.search(line.rstrip())
    )


def blocks(text: str, known: Set[str]) -> tuple[Block, ...]:
    """The blocks in order; `known` are the title keys of section names, which make a
    heading of a line on which they stand alone. A quoted line that explains a word of
    the text above it without a source is left out, as a list of terms is.
    """
    lines = [
        line
        for raw in _told(text.replace("\r\n", "\n").replace("\r", "\n"))
        for line in _split(raw, known)
        if not _FENCED.match(line)
    ]
    return tuple(_blocks(lines, known))


def _told(text: str) -> Iterator[str]:
    """The lines without what is about the text: how long it takes to read, and what a
    word means where no source is cited for it; with one it is a sentence.
    """
    above = ""
    for line in text.split("\n"):
        gloss = _GLOSS.match(line)
        word = rf"\b{re.escape(gloss[1])}" if gloss else ""
        if gloss and re.search(word, above, re.IGNORECASE):
            if _MARKED.search(line):
                yield f"{gloss[1]} is {line[gloss.end() :]}"
        elif not _LENGTH.match(line):
            yield line
            above += line + "\n"


def _split(line: str, known: Set[str]) -> Iterator[str]:
    """The line cut before each inline heading, and behind a known name in one."""
    parts = _INLINE.split(line)
    yield parts[0]
    for part in parts[1:]:
        words = part.split(" ")
        cut = next(
            (
                size
                for size in range(min(6, len(words)), 0, -1)
                if title_key(" ".join(words[:size])) in known
            ),
            0,
        )
        if not cut:
            end = part.find("?") + 1 or len(part)
            yield f"### {part[:end]}"
            yield part[end:].strip()
            continue
        yield f"### {' '.join(words[:cut])}"
        yield " ".join(words[cut:])


def _blocks(lines: list[str], known: Set[str]) -> Iterator[Block]:
    held: list[str] = []
    in_bullet = False
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else ""
        block = _single(line, following, known, has_text=bool(held))
        if block is not None or not line.strip() or _is_mark(line):
            yield from _paragraph(held, is_bullet=in_bullet)
            held, in_bullet = [], False
            bullet = block if block and block.kind is BlockKind.BULLET else None
            if bullet is not None:
                held, in_bullet = [bullet.text], True
            elif block is not None:
                yield block
            continue
        held.append(line.strip().removeprefix(">").strip())
    yield from _paragraph(held, is_bullet=in_bullet)


def _paragraph(held: list[str], *, is_bullet: bool) -> Iterator[Block]:
    text = " ".join(one for one in held if one)
    if text:
        yield Block(BlockKind.BULLET if is_bullet else BlockKind.PARAGRAPH, text)


def _is_mark(line: str) -> bool:
    return bool(_RULE.match(line) or _UNDERLINE.match(line))


def _single(
    line: str, following: str, known: Set[str], *, has_text: bool
) -> Block | None:
    """The block that this line is by itself, None if it belongs to a paragraph."""
    heading = _HEADING.match(line) or _GLUED_HEADING.match(line)
    if heading:
        return Block(BlockKind.HEADING, heading[2])
    if not line.strip() or _is_mark(line):
        return None
    if title_key(line) in known and not _BULLET.match(line):
        return Block(BlockKind.HEADING, line.strip(" *_:\t"))
    if _UNDERLINE.match(following) and not has_text and not _ROW.match(line):
        return Block(BlockKind.HEADING, line.strip())
    reference = _REFERENCE.match(line)
    if reference:
        return Block(BlockKind.REFERENCE, reference[2], int(reference[1]))
    row = _ROW.match(line)
    if row:
        is_head = bool(_BETWEEN.match(following)) and "-" in following
        text = "" if is_head or _BETWEEN.match(line) else row[1]
        return Block(BlockKind.ROW, text)
    bullet = _BULLET.match(line)
    if bullet:
        return Block(BlockKind.BULLET, bullet[1])
    bold = _BOLD.match(line)
    if bold and not has_text:
        return Block(BlockKind.HEADING, bold[1])
    return None


def reference(text: str) -> tuple[int | None, str]:
    """A line of a source list as its number, None if it has none, and the rest."""
    match = _NUMBERED.match(text)
    if match is None:
        return None, text.strip()
    return int(match[1] or match[2]), match[3]
