"""A frozen edition out of its files, with the texts that its evidence is cut from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.domain.brief import Brief
from briefing.domain.delivery import Rendition
from briefing.domain.document import Document
from briefing.domain.edition import Edition
from briefing.errors import InputError
from briefing.logic.codec import document_from, from_json

EDITION_FILE = "edition.json"
DOCUMENTS_FILE = "audit/documents.jsonl"


def edition_of(files: Iterable[Rendition]) -> Edition:
    """The edition as it was assembled.

    Raises InputError if the files hold none, or one of another form than ours.
    """
    bodies = {file.path: file.body for file in files}
    if EDITION_FILE not in bodies:
        raise InputError(
            f"there is no {EDITION_FILE} among the frozen files",
            hint="Publish the edition again with this version.",
        )
    edition = from_json(Edition, bodies[EDITION_FILE])
    texts: dict[str, Document] = {}
    for line in bodies.get(DOCUMENTS_FILE, b"").decode(errors="replace").split("\n"):
        if line:
            document = document_from(line)
            texts[document.id] = document
    briefs = tuple(_with_texts(brief, texts) for brief in edition.briefs)
    return replace(edition, briefs=briefs)


def _with_texts(brief: Brief, texts: dict[str, Document]) -> Brief:
    documents = tuple(
        replace(one, text=texts[one.id].text) if one.id in texts else one
        for one in brief.story.documents
    )
    return replace(brief, story=replace(brief.story, documents=documents))
