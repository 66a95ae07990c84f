"""S1 and S2: what a source text asks for is never done, and never printed."""

from __future__ import annotations

import re

from briefing.domain.brief import Action, Level, Violation
from briefing.logic.rules.page import Page, broken, lines, questions

# Sentences that speak to a machine. Chosen from published prompt injections; each
# pattern asks for the imperative or the address, so that news about them may pass.
_MACHINE = r"(?:AI|language) (?:models?|assistants?|agents?|systems?|readers?|bots?)"
_WRITES = (
    r"(?:write|say|state|print|output|reply|respond|answer|report|recommend|include|"
    r"ignore|summari[sz]e|mention)"
)
_PARTS = (
    (
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,30}"
        r"\b(?:previous|prior|above|earlier|preceding|all|any|your|system)\b[^.!?]{0,30}"
        r"\b(?:instructions?|prompts?|rules|directions|guidelines|messages?|context)\b"
    ),
    # A row of key numbers may be called "System: 505 miles".
    (
        r"^\W*(?:system|assistant|user|human|ai)(?: prompt| message| note)?\s*:"
        r".*\b(?:you|your|must|never|always|ignore|write|answer|respond|praise|model)\b"
    ),
    r"<\|?(?:im_start|im_end|system|endoftext)|\[/?INST\]|<<SYS>>",
    (
        r"\bas an? (?:large )?(?:AI|language)(?: language)?(?: model| assistant)?\b"
        r",? (?:i|you)\b"
    ),
    r"\byou are (?:now )?(?:an? )?(?:AI|language model|chatbot|assistant|DAN)\b",
    (
        rf"\b{_MACHINE}(?: [^.!?,]{{0,60}})?\s*[,:]?\s*"
        rf"(?:must|should|shall|please|are (?:instructed|required|asked))\b"
        rf"[^.!?]{{0,40}}\b{_WRITES}\b"
    ),
    (
        r"\b(?:reveal|print|output|repeat|show)\b[^.!?]{0,20}"
        r"\b(?:your|the) (?:system prompt|hidden prompt|instructions|api key)\b"
    ),
    r"\b(?:respond|reply|answer) only with\b",
    r"\bdo not (?:tell|inform|mention this to) the (?:user|reader)\b",
    r"\bnew instructions?\s*:",
    r"\binstructions? (?:to|for) (?:the )?(?:AI|model|assistant|language model)\b",
    r"\bbegin your (?:answer|response|summary|reply) with\b",
)
_ORDERS = re.compile("|".join(f"(?:{part})" for part in _PARTS), re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:https?|ftp|javascript|data|mailto):\S|\bwww\.\w", re.I)


def is_order(text: str) -> bool:
    """The words speak to a model or a program, not to a reader."""
    return bool(_ORDERS.search(text))


def orders(page: Page) -> tuple[Violation, ...]:
    """S1: a sentence that gives a machine instructions is never printed."""
    message = "It speaks to a machine, not to a reader."
    found = [
        broken("S1", line, message)
        for line in (page.title, *lines(page))
        if is_order(line.text)
    ]
    found.extend(
        Violation("S1", Level.E, section, text, message, Action.STRUCK, item)
        for section, item, text in questions(page)
        if is_order(text)
    )
    return tuple(found)


def addresses(page: Page) -> tuple[Violation, ...]:
    """S2: links stand under Sources; a sentence prints no address."""
    message = "An address stands in the text; links belong under Sources."
    found = [
        broken("S2", line, message)
        for line in (page.title, *lines(page))
        if _ADDRESS.search(line.text)
    ]
    found.extend(
        Violation("S2", Level.E, section, text, message, Action.STRUCK, item)
        for section, item, text in questions(page)
        if _ADDRESS.search(text)
    )
    return tuple(found)
