"""A text file as a Document: its first line is the title, if it can be one."""

from __future__ import annotations

from briefing.domain.document import Document, document_id
from briefing.errors import InputError
from briefing.logic.cleaning import clean_text, clean_title

# A longer first line is a paragraph (chosen).
_LONGEST_TITLE = 200


def decoded(body: bytes) -> str:
    """UTF-8, with or without a mark; else the bytes as Windows writes them."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def text_document(text: str, name: str) -> Document:
    """The text as a Document; `name` stands in for a title. Raises InputError when
    there is none.
    """
    whole = clean_text(text)
    first, _, rest = whole.partition("\n")
    is_title = len(first) <= _LONGEST_TITLE
    title = clean_title(first.lstrip("# ")) if is_title else ""
    kept = rest.strip() if title and rest.strip() else whole
    if not kept:
        raise InputError(f"{name} holds no text", hint="Leave the file out.")
    return Document(id=document_id(None, kept), text=kept, title=title or name)
