"""The text of a PDF file, in a worker; needs the extra "pdf"."""

from __future__ import annotations

import io

from briefing.errors import ParseError

# Chosen: a brief is written from an article or a report, not from a book.
_MOST_PAGES = 200


def pdf_text(body: bytes, name: str) -> str:
    """The pages' text, a blank line between them. Raises ParseError (reason "no_pdf"
    without the extra and for a file that cannot be read, "no_text" for pictures alone).
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ParseError(
            f"{name}: reading PDF needs pypdf",
            hint="Install briefing[pdf].",
            reason="no_pdf",
        ) from error
    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ParseError(
                f"{name}: the file is locked with a password",
                hint="Save it without one.",
                reason="no_pdf",
            )
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    # What a damaged file makes pypdf raise is not all its own.
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ParseError(
            f"{name}: the file is no readable PDF ({error})"[:300],
            hint="Open it and save it anew.",
            reason="no_pdf",
        ) from error
    text = "\n\n".join(one.strip() for one in pages if one.strip())
    if not text:
        raise ParseError(
            f"{name}: the file holds pictures and no text",
            hint="Run a text recognition over it first.",
            reason="no_text",
        )
    return text
