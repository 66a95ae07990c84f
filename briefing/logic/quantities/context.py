"""What the words around a number say of it: which way, how nearly, against what."""

from __future__ import annotations

import re

from briefing.domain.claim import Approximation, Direction, QuantityKind
from briefing.logic.quantities.found import Found
from briefing.logic.quantities.tokens import Token

# No look at the surroundings goes further than this many tokens or characters, so that
# the cost of a text grows with its length and nothing else.
_REACH = 10
_LOOK = 110

_UP = frozenset(
    "rise rises rose risen rising increase increases increased increasing grow "
    "grows grew grown growing climb climbs climbed climbing jump jumps jumped "
    "jumping surge surges surged surging gain gains gained gaining soar soars "
    "soared soaring advance advances advanced advancing add adds added adding up "
    "higher expand expands expanded expanding expansion rebound rebounds rebounded "
    "rally rallied rallies leap leaps leapt leaped boost boosts boosted boosting "
    "lift lifts lifted lifting raise raises raised raising hike hikes hiked hiking "
    "widen widens widened widening swell swelled spike spiked spikes improve "
    "improved improves improvement strengthen strengthened growth uptick upturn "
    "appreciated balloon ballooned".split()
)
_DOWN = frozenset(
    "fall falls fell fallen falling drop drops dropped dropping decline declines "
    "declined declining decrease decreases decreased decreasing slip slips slipped "
    "slipping slid slide slides sliding plunge plunges plunged plunging tumble "
    "tumbles tumbled tumbling sink sinks sank sunk sinking shrink shrinks shrank "
    "shrunk shrinking contract contracted contraction contracts lose loses lost "
    "losing lower lowers lowered lowering cut cuts cutting reduce reduces reduced "
    "reducing reduction slash slashes slashed slashing trim trims trimmed shed "
    "sheds shedding down dip dips dipped ease eases eased narrow narrows narrowed "
    "narrower slump slumps slumped retreat retreated retreats weaken weakened crash "
    "crashed plummet plummets plummeted plummeting dwindle dwindled downturn "
    "discount depreciated halved".split()
)
# Only a move where a size follows: "raised $5m" is a funding round, "added" a remark.
_ONLY_BY = frozenset(
    "raise raises raised raising lift lifts lifted lifting advance advances "
    "advanced contract contracts expansion boost boosts boosted boosting".split()
)
# Counts move by these only where "by" says so: "dropped 12 bombs" is no fall.
_PERCENT_ONLY = frozenset(
    "drop drops dropped dropping slide advance crash down".split()
)
_NOUNS_AFTER = frozenset(
    "rise increase growth climb jump surge gain advance rebound rally leap boost "
    "hike improvement uptick spike expansion higher up upturn more fall drop "
    "decline decrease slip slide plunge tumble contraction cut reduction dip slump "
    "retreat lower down downturn discount less fewer loss rises increases gains "
    "falls drops declines cuts hikes reductions losses".split()
)
_AFTER_COUNTS = frozenset({"higher", "lower", "down", "increase", "decrease"})
_FILLERS = frozenset(
    "by of about around some roughly approximately nearly almost over under just "
    "only a an another the as much many more less fewer than at least further "
    "additional in most up even another's more".split()
)
_BETWEEN_NOUN = frozenset(
    "weekly annual monthly yearly quarterly daily sharp year-on-year overall "
    "further average net sequential total record combined steep slight modest".split()
)


def direction(tokens: list[Token], found: Found) -> Direction:
    """Which way the number moved; NONE for a level ("rose to 5%", "5% of voters").

    "Rose 5% to 10" makes 5 a move UP and 10 a level.
    """
    if found.sign and (found.sign == "+" or _is_share(found)):
        return Direction.UP if found.sign == "+" else Direction.DOWN
    if found.kind is QuantityKind.ORDINAL:
        return Direction.NONE
    if found.kind is QuantityKind.MULTIPLE and found.after == found.first + 1:
        word = tokens[found.first].low
        if word.startswith(("doubl", "tripl", "quadrupl", "quintupl")):
            is_verb = word.endswith(("d", "ing", "s"))
            return Direction.UP if is_verb else Direction.NONE
        if word.startswith("halv"):
            return Direction.DOWN
    word = _verb_before(tokens, found) or _noun_after(tokens, found)
    if word in _UP or word == "more":
        return Direction.UP
    if word in _DOWN or word in {"less", "fewer", "loss", "losses", "cuts"}:
        return Direction.DOWN
    return Direction.NONE


def _is_share(found: Found) -> bool:
    return found.kind in {
        QuantityKind.PERCENT, QuantityKind.POINTS, QuantityKind.MULTIPLE,
    }  # fmt: skip


def _verb_before(tokens: list[Token], found: Found) -> str:
    """The word of movement that governs the number from the left, "" if none does."""
    place = found.first - 1
    lowest = max(0, found.first - _REACH)
    has_by = False
    while place >= lowest:
        low = tokens[place].low
        if low in {"up", "down", "higher", "lower"}:
            # "up to 5" is a limit; "is up 5%" and "edged lower 5%" are moves.
            return "" if tokens[place + 1].low in {"to", "than"} else low
        if low not in _FILLERS and not low.endswith("ly"):
            break
        if low == "as" and tokens[place + 1].low not in {"much", "many", "a"}:
            is_closing = tokens[place - 1].low in {"much", "many"}
            if not is_closing:
                return ""
        has_by = has_by or low == "by"
        place -= 1
    if place < lowest:
        return ""
    low = tokens[place].low
    is_move = low in _UP or low in _DOWN
    if is_move and (has_by or low not in _ONLY_BY):
        is_counted = not _is_share(found) and not has_by
        return "" if is_counted and low in _PERCENT_ONLY else low
    return _object_verb(tokens, place, lowest) if has_by else ""


def _object_verb(tokens: list[Token], place: int, lowest: int) -> str:
    """ "Cut its work force by 5%": the verb stands before its object."""
    while place >= max(0, lowest - _REACH // 2):
        token = tokens[place]
        if token.kind == "mark" and token.text in ",;:—()":
            return ""
        if token.low in _UP or token.low in _DOWN:
            return token.low
        place -= 1
    return ""


def _noun_after(tokens: list[Token], found: Found) -> str:
    """The word of movement right behind the number: "a 5% weekly rise"."""
    place = found.after
    is_size = _is_share(found) or found.kind is QuantityKind.MONEY
    if not is_size and tokens[place].low not in _AFTER_COUNTS:
        return ""
    if found.kind is QuantityKind.MULTIPLE:
        return ""
    if tokens[place].low in _BETWEEN_NOUN:
        place += 1
    low = tokens[place].low
    if low in {"more", "less", "fewer"} and not _is_share(found):
        return ""
    if low in {"up", "down"} and tokens[place + 1].low in {"to", "in", "on", "at"}:
        return ""
    return low if low in _NOUNS_AFTER else ""


_BEFORE = (
    (re.compile(r"(?:no|not|nor)\s+(?:more|higher|greater|larger)\s+than\s*$"),
     Approximation.AT_MOST),
    (re.compile(r"(?:no|not)\s+(?:less|fewer|lower)\s+than\s*$"),
     Approximation.AT_LEAST),
    (re.compile(r"(?:at\s+least|minimum\s+of|≥|>=)\s*$"), Approximation.AT_LEAST),
    # "Added up to 12" is a sum, no limit.
    (re.compile(r"(?:at\s+most|(?<!add\s)(?<!adds\s)(?<!added\s)up\s+to|as\s+(?:many|much|high)\s+as|maximum\s+of"
                r"|no\s+later\s+than|≤|<=)\s*$"), Approximation.AT_MOST),
    (re.compile(r"(?:(?:more|greater|higher|larger|better)\s+than|in\s+excess\s+of"
                r"|upwards?\s+of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)"
                r"|above|well\s+over|just\s+over|(?<!,\s)\bover|>|north\s+of)\s*$"),
     Approximation.OVER),
    (re.compile(r"(?:(?:less|fewer|lower|smaller)\s+than|under|below|nearly|almost"
                r"|close\s+to|just\s+shy\s+of|shy\s+of|approaching|<|south\s+of"
                r"|not\s+quite)\s*$"), Approximation.UNDER),
    (re.compile(r"(?:\babout|around|roughly|approximately|approx\.?|\bsome|circa|\bca?\."
                r"|~|≈|estimated|an\s+estimated|in\s+the\s+region\s+of|or\s+so|约|nearer"
                r"|somewhere\s+near)\s*(?:at\s+)?$"), Approximation.ABOUT),
)  # fmt: skip
_BEFORE_HINT = re.compile(
    r"(?:\b(?:than|least|to|as|over|above|under|below|nearly|almost|about|around"
    r"|roughly|approximately|some|estimated|of|exceed(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|approaching|circa|most|near|at|quite"
    r"|approx\.?)|ca?\.|[~≈<>≥≤=约])\s*$"
)
# "A strike over €640 million" is about the sum.
_ABOUT_WHAT = re.compile(
    r"\b(?:strikes?|rows?|disputes?|talks|protests?|anger|fight|battle|debate|clash|"
    r"conflict|lawsuits?|concerns?)\s+over\s*$"
)
_AFTER_MORE = re.compile(r"\s*(?:or|and)\s+(?:more|above|over|higher|older|longer)\b")
_AFTER_LESS = re.compile(r"\s*or\s+(?:less|fewer|lower|under|below|younger)\b")
_AFTER_ABOUT = re.compile(r"\s*(?:or\s+so\b|-?ish\b|or\s+thereabouts)")
_PLUS = re.compile(r"[\w%]\+(?!\d)|[\w]-plus\b")


def approximation(text: str, found: Found, floor: int) -> Approximation:
    """What the words next to the number make of it; `floor` is the sentence's start."""
    if found.is_vague:
        return Approximation.ABOUT
    after = text[found.end : found.end + 24]
    if _PLUS.search(text[found.start : found.end + 6]) or _AFTER_MORE.match(after):
        return Approximation.AT_LEAST
    if _AFTER_LESS.match(after):
        return Approximation.AT_MOST
    before = text[max(floor, found.start - 40) : found.start].lower()
    # The article in "about a dozen" and a range's "between" hide nothing.
    before = re.sub(r"\b(?:between|a|an|the)\s+$", "", before)
    if _ABOUT_WHAT.search(before):
        return Approximation.EXACT
    if _BEFORE_HINT.search(before):
        for pattern, meaning in _BEFORE:
            if pattern.search(before):
                return _unless_a_time(found, before, meaning)
    return Approximation.ABOUT if _AFTER_ABOUT.match(after) else Approximation.EXACT


def _unless_a_time(found: Found, before: str, meaning: Approximation) -> Approximation:
    """ "Over five years" is how long something took, not more than five years."""
    is_span = found.kind is QuantityKind.MEASURE and before.rstrip().endswith(" over")
    is_well = before.rstrip().endswith(("well over", "just over"))
    return Approximation.EXACT if is_span and not is_well else meaning


_ADVERBS = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "annual": "year", "annually": "year", "yearly": "year", "wow": "week",
    "mom": "month", "qoq": "quarter", "yoy": "year", "y/y": "year", "m/m": "month",
    "q/q": "quarter", "w/w": "week", "y-o-y": "year",
}  # fmt: skip
_UNIT = r"(?P<{}>day|week|month|quarter|year)"
_BASE = re.compile(
    rf"""
      \b{_UNIT.format("a")}[\s-](?:over|on|to)[\s-](?P=a)\b
    | \bon\s+(?:a|the|an)\s+{_UNIT.format("b")}\b
    | \b(?:a|an|one|the)\s+{_UNIT.format("c")}\s+(?:ago|earlier|before|prior)\b
    | \b(?:previous|prior|preceding|past)\s+{_UNIT.format("d")}\b
    | \b(?:from|than|versus|vs\.?|compared\s+(?:with|to)|against|on)\s+(?:the\s+)?
      (?:(?:same|corresponding)\s+(?:period|quarter|month|week|time)\s+
        (?:of|in|the|a)?\s*)?last\s+{_UNIT.format("e")}\b
    | \b(?:over|for|during|in)\s+the\s+(?:last\s+|past\s+)?{_UNIT.format("f")}
      (?!\s+(?:of|to|from|ended|ending|through))\b
    | \b(?:per|a)\s+{_UNIT.format("g")}\b
    | \bon\s+an?\s+(?P<h>daily|weekly|monthly|quarterly|annual|yearly)\s+basis
    | \b(?P<i>wow|mom|qoq|yoy|y/y|m/m|q/q|w/w|y-o-y)\b
    """,
    re.VERBOSE,
)
_BASE_HINT = re.compile(r"day|week|month|quarter|year|annual|oo?[wmqy]|[wmqy]/[wmqy]")


def base(text: str, found: Found, before_from: int, after_to: int) -> str:
    """The period a change is measured against, "" if the sentence does not say.

    Looks between the neighbouring changes only, nearest first, behind before ahead.
    """
    after = text[found.end : min(after_to, found.end + _LOOK)].lower()
    before = text[max(before_from, found.start - _LOOK) : found.start].lower()
    near = re.match(r"\s*(?:\w+ly\s+)?(\w+)", after)
    if near and near.group(1) in _ADVERBS:
        return _ADVERBS[near.group(1)]
    last = re.search(r"(\w+)\s+(?:\w+\s+(?:of|by)\s+)?$", before)
    if last and last.group(1) in _ADVERBS:
        return _ADVERBS[last.group(1)]
    for side in (after, before):
        if _BASE_HINT.search(side):
            match = _BASE.search(side)
            if match:
                named = match.group(match.lastgroup or 0)
                return _ADVERBS.get(named, named)
    return ""
