"""What looks like a number and is none: times, addresses, marks, names, versions."""

from __future__ import annotations

import re
from bisect import bisect_right

from briefing.domain.document import Span
from briefing.logic.quantities.tokens import Token

_NOT_NUMBERS = re.compile(
    r"""
      https?://\S+ | www\.\S+ | [\w.+-]{1,64}@[\w.-]{1,80}
    | \[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]
    | (?:^|(?<=\n))[ \t]{0,8}\(?\d{1,3}[.)](?=\s|$)
    | (?<![\d.,:])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:[:.]\d\d(?:[.,]\d+)?)?\s?
        (?:[ap]\.?\s?m\b\.?|GMT\b|BST\b|UTC\b|ET\b|EDT\b|EST\b|CET\b|h\b|hrs\b|local)
    | (?<![\d.,:$€£])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])
    | (?<![\d.,:$€£-])\d{1,2}\s?(?:-|–|to)\s?\d{1,2}\s?[ap]\.?m\b\.?
    | (?<![\d.,:$€£-])\d{1,2}\s?(?:[ap]\.m\.?|[ap]m\b|[AP]M\b|o['’]clock)
    | (?<![\d.,])[0-2]\d[0-5]\d\s?(?:GMT|BST|UTC|ET|EDT|EST|CET|hours|hrs|local)\b
    | \+\d{1,3}(?:[ -.]\(?\d{1,4}\)?){2,6}(?![\d,])
    | \(?\b\d{3}\)?[ .-]\d{3}[.-]\d{4}\b | \b1-8\d\d-[\w-]{6,12}
    | \b0\d{2,4}[ -]\d{3,4}(?:[ -]\d{3,4})?\b
    | (?<![\d/])\d{1,3}/\d{1,3}(?:/\d{2,4})?(?![\d/])
    | \b\d{1,2}(?:st|nd|rd|th)[- ]century\b
    | (?<!\w)['’]\d0s\b
    | \b(?:her|his|their|my|our|your|the|mid|late|early)[- ]\d0s\b
    | \b(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d{1,3}(?:\.\d{1,4}){2,8}[\w-]*
    | \b\d{3}-\d{2}-\d{4}\b | (?<![\d-])\d-\d-\d(?:-\d)?(?![\d-])
    """,
    re.VERBOSE | re.MULTILINE,
)

# A bare number behind one of these is part of its name ("Boeing 737", "Section 230").
_HEADS = frozenset(
    "version article articles section sections chapter page pages paragraph figure "
    "fig table appendix annex boeing airbus atr embraer cessna tupolev antonov "
    "windows android ios iphone ipad galaxy pixel playstation xbox gpt gemini "
    "claude llama formula channel apollo artemis route highway interstate flight "
    "room gate platform terminal phase level tier category grade class type mark "
    "model series season episode part volume vol psalm verse title resolution "
    "directive amendment proposition prop protocol catch zone precinct stage nasdaq "
    "ftse dow nikkei dax cac kospi russell fortune forbes covid sars ligue serie "
    "exit junction suite locker lane hangar falcon soyuz voyager ariane expo sukhoi "
    "photoshop python php bluetooth usb hdmi rfc iso schedule vitamin lap count".split()
)
_WORD_HEADS = frozenset(
    "phase level tier category grade class type stage season episode part chapter "
    "section article lap turn page volume day".split()
)
_TITLE_HEADS = frozenset(
    "week day game act form code unit number no psalm hole lap cell sol episode "
    "group top plan item studio pier line round rule act area turn game big bowl "
    "district division pool opus symphony agenda halo final genesis building".split()
)
# A capital letter at these does not make a name of the number behind.
_NOT_HEADS = frozenset(
    "the a an in on at of by for from to with and or but some about around nearly "
    "almost over under only just another all these those more than least most up "
    "between its his her their our if when while after before as i we they he she "
    "it there here now then since until also both either neither not no what which "
    "who how per is are was were has have had will can may must i'm".split()
)


def masked(text: str, dates: list[Span]) -> list[Span]:
    """Spans whose digits and number words are no quantities, ordered, disjoint."""
    spans = list(dates)
    spans.extend(Span(*match.span()) for match in _NOT_NUMBERS.finditer(text))
    spans.sort()
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def is_masked(position: int, starts: list[int], spans: list[Span]) -> bool:
    """Whether a position lies inside one of the spans; `starts` are their starts."""
    near = bisect_right(starts, position)
    return near > 0 and position < spans[near - 1].end


def is_glued_to_name(tokens: list[Token], index: int) -> bool:
    """Whether digits hang on letters or a mark of a name: V4, GPT-4, F-16, x_1, 1/2."""
    if index == 0 or tokens[index - 1].end != tokens[index].start:
        return False
    before = tokens[index - 1]
    if before.kind == "word":
        return True
    if before.text in "_@&\\=#":
        return True
    if before.text in "-‑/." and index > 1:
        earlier = tokens[index - 2]
        is_tight = earlier.end == before.start
        if is_tight and earlier.kind == "run" and index > 2:
            # Qwen3-235B: the name goes on behind its hyphen.
            name = tokens[index - 3]
            is_name = name.kind == "word" and name.end == earlier.start
            return is_name or before.text in "/."
        return is_tight and (earlier.kind == "word" or before.text in "/.")
    return False


def is_named(tokens: list[Token], index: int, *, is_bare: bool) -> bool:
    """Whether a number standing apart belongs to the name before it ("Llama 3.1").

    `is_bare` says that the numeral has no separators, scale, unit or counted noun.
    """
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.kind != "word" or tokens[index].start - before.end != 1:
        return _is_index_level(tokens, index)
    head = before.low
    if tokens[index].kind == "word":
        return head in _WORD_HEADS
    if head in _HEADS:
        return True
    is_capital = before.text[0].isupper()
    if head in _TITLE_HEADS and is_capital:
        return True
    if not is_bare or not is_capital or head in _NOT_HEADS or index == 1:
        return False
    return not is_headline(tokens, index)


def _is_index_level(tokens: list[Token], index: int) -> bool:
    """ "S&P 500": the sign inside the name parts its letters."""
    return tokens[index].text in {"500", "400", "600"} and tokens[index - 1].low == "p"


def is_headline(tokens: list[Token], index: int) -> bool:
    """Whether capitals around say nothing, as in a headline."""
    near = [
        token
        for token in tokens[max(0, index - 8) : index + 8]
        if token.kind == "word" and len(token.text) > 3
    ]
    capitals = sum(token.text[0].isupper() for token in near)
    return len(near) > 2 and capitals * 4 >= len(near) * 3
