"""What a figure is, as a noun phrase made from its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.dates import read_dates
from briefing.logic.extractive.clauses import Clause, parse, question_subject
from briefing.logic.names import read_names
from briefing.logic.quantities import read_quantities

_MOST_WORDS = 14
_SAYING = frozenset(
    "say announce report confirm estimate expect show find reveal add state note tell "
    "predict forecast project warn claim".split()
)
_MOVES = {
    "rise": "Rise", "fall": "Fall", "grow": "Growth", "drop": "Drop",
    "increase": "Increase", "decline": "Decline", "jump": "Jump", "slip": "Fall",
    "climb": "Rise", "shrink": "Fall", "surge": "Rise", "decrease": "Decrease",
}  # fmt: skip
_REACHES = frozenset("be reach total hit exceed become pass top".split())
_HEDGE = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|more than|at least|up to|over|roughly|"
    r"approximately|an estimated|estimated|as many as|as much as|a total of|"
    r"just over|just under|under|less than|fewer than)\s+)?$",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    "people workers employees residents passengers patients students customers users "
    "staff jobs-holders soldiers officers children women men families drivers "
    "protesters civilians migrants voters members doctors nurses teachers".split()
)
_NOT_NOUN = frozenset(
    "to of in on at by for from with and or per a an the more less than is are was "
    "were have has had will would were that who which this times on a".split()
)
_SCALES = frozenset("thousand million billion trillion".split())
_VAGUE = re.compile(
    r"\b(?:it|he|she|they|this|these|those|there|him|them|said|says|which|whose|his|"
    r"her|also|percent)\b|[“”\";:()]|%",
    re.IGNORECASE,
)
# Behind these another clause begins, with a subject of its own.
_BREAK = re.compile(
    r",? (?:and|but) (?=[a-z-]+(?:ed|s) )|, (?:and|but|while|whereas|which|who|with|as|"
    r"after|before|because|so|when|where)\b|;| (?:because|although|while|whereas) "
)
_STOP = re.compile(
    r"[,;:(]| (?:after|before|because|which|who|where|when|while|as|that|and|but|"
    r"following|according|with|if|so that|than|amid|despite|although|up from|down "
    r"from|compared|from|including|since)\b"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure ready for a row.

    Attributes:
        quantity: as read from the candidate's text.
        value: as printed there, with its hedge ("about 4,200").
        label: noun phrase of at most 14 words.
    """

    quantity: Quantity
    value: str
    label: str


def labelled(text: str) -> tuple[Labelled, ...]:
    """The figures of a sentence that can be named by a phrase of its own words."""
    clause = _innermost(text)
    if clause is None:
        return ()
    found = []
    for part in (clause.subject, _BREAK.split(clause.rest)[0]):
        for quantity in read_quantities(part):
            label = _label(clause, part, quantity)
            label = label and _without_unit(label, quantity)
            if label is not None and _is_sound(label) and _is_whole(part, quantity):
                value = _without_noun(_value(part, quantity), label)
                found.append(Labelled(quantity, value, label[:1].upper() + label[1:]))
    return tuple(found)


def _innermost(text: str) -> Clause | None:
    """The clause that tells: of "X said it would cut ..." the cutting."""
    clause = parse(text)
    if clause is None or clause.known.base not in _SAYING:
        return clause
    inner = clause.rest.removeprefix("that ")
    first, _, more = inner.partition(" ")
    if first in {"it", "they"}:
        inner = f"{clause.subject} {more}"
    return parse(inner[:1].upper() + inner[1:] + ".")


def _is_whole(part: str, quantity: Quantity) -> bool:
    """ "6 hours" of "6 hours and 40 minutes" is not the figure."""
    after = part[quantity.span.end :]
    return not re.match(r",? (?:and|or|to) (?:\w+ )?\d|[\w-]", after)


def _is_sound(label: str) -> bool:
    size = len(label.split())
    # "Bank's target", "List price": of what, a row by itself does not say.
    fewest = 2 if read_names(label) else 3
    return (
        fewest <= size <= _MOST_WORDS
        and not _VAGUE.search(label)
        and not _THE_ONLY.search(label)
        and not _IS_YEAR.match(label)
    )


# "Tokens that the model processed": which model, a row by itself does not say.
_THE_ONLY = re.compile(
    r"\b(?:that|who) (?:the|its|their) (?:model|company|firm|group|man|woman|"
    r"suspect|victim|report|study|two|three|four|piece|item|thing)s? "
    r"(?:(?:will|would|has|have|had|is|was|can|could|also) )*[a-z]+(?:ed|s)?$|"
    r"^(?:Last|Total|Bank|Part|Amount|List|First) (?:that|of) |includes? of\b|"
    r"\b(?:that|who) (?:the )?[\w ]+['’]s \d|^(?:volume|weight) that\b"
)
_IS_YEAR = re.compile(r"^(?:19|20)\d\d \w+$")


def _without_unit(label: str, quantity: Quantity) -> str:
    """ "Megawatts that the plant will need", of 110 megawatts: "Power that ..."."""
    if quantity.kind is not QuantityKind.MEASURE:
        return label
    first, _, rest = label.partition(" that ")
    if stuff := _OF_STUFF.fullmatch(first):
        return f"{stuff.group('what')} that {rest}" if rest else label
    what = _MEASURED_AS.get(first.lower())
    if what == "capacity" and _DRAWS.search(rest):
        what = "power"
    return f"{what} that {rest}" if what and rest else label


# "Cubic metres of water that the plant will draw": water.
_OF_STUFF = re.compile(r"[\w-]+(?: metres| kilometres)? of (?P<what>[a-z]+)")
_DRAWS = re.compile(r"\b(?:need|use|consume|draw|require)")
# What the units measure, for a row that prints the unit in its value already.
_MEASURED_AS = {
    "megawatts": "capacity", "gigawatts": "capacity", "kilowatts": "capacity",
    "megawatt-hours": "energy", "gigawatt-hours": "energy", "tonnes": "weight",
    "tons": "weight", "kilograms": "weight", "pounds": "weight", "inches": "length",
    "metres": "length", "meters": "length", "feet": "length", "miles": "distance",
    "kilometres": "distance", "kilometers": "distance", "acres": "area",
    "hectares": "area", "square metres": "area", "square kilometres": "area",
    "square miles": "area", "cubic metres": "volume", "cubic kilometres": "volume",
    "litres": "volume", "gallons": "volume", "barrels": "volume",
    "degrees celsius": "temperature", "hours": "time", "days": "time", "weeks": "time",
    "months": "time", "years": "time", "minutes": "time",
}  # fmt: skip


def _value(part: str, quantity: Quantity) -> str:
    hedge = _HEDGE.search(part[: quantity.span.start])
    before = hedge.group() if hedge else ""
    if quantity.text.lower().startswith(before.strip().lower()) and before.strip():
        before = ""
    if before.strip().lower() in {"some", "a total of"}:
        before = ""
    return f"{before}{quantity.text}".strip()


def _without_noun(value: str, label: str) -> str:
    """ "1,900" of "1,900 jobs" beside "Jobs that the plant will create"."""
    noun = label.partition(" that ")[0].partition(" who ")[0].lower()
    # Of "5.2 million containers a year" too.
    number = re.sub(rf" {re.escape(noun)}(?= (?:a|per) [a-z]+$|$)", "", value)
    return number if number != value and number[-1:].isalnum() else value


def _label(clause: Clause, part: str, quantity: Quantity) -> str | None:
    raw = part[: quantity.span.start]
    before = _HEDGE.sub("", raw).strip()
    after = part[quantity.span.end :]
    if part is clause.subject:
        return _of_subject(clause, quantity, before, after)
    base = clause.known.base
    if base in _MOVES and not clause.auxiliary.startswith(("is", "are")):
        return _of_move(clause, quantity, before, after)
    if base in {"price", "value"} and before == "at":
        return f"{base} of {question_subject(clause.subject)}"
    if _reaches(clause, before):
        return _of_measure(clause, quantity, after)
    if base == "cost" and before == "" and quantity.kind is QuantityKind.MONEY:
        return f"cost of {question_subject(clause.subject)}"
    return _of_object(clause, quantity, before, after)


def _reaches(clause: Clause, before: str) -> bool:
    if clause.known.base in _REACHES and before == "":
        return not clause.auxiliary.startswith(("is", "are", "was", "were"))
    return (clause.known.base, before) in {
        ("stand", "at"), ("amount", "to"), ("come", "to"), ("be", "at"),
        ("come", "in at"), ("end", "at"), ("close", "at"),
    }  # fmt: skip


def _article_off(subject: str) -> str:
    return re.sub(r"^(?:The|A|An|the|a|an) ", "", subject)


def _of_subject(
    clause: Clause, quantity: Quantity, before: str, after: str
) -> str | None:
    """ "4,200 workers will lose their jobs": workers who will lose their jobs."""
    if before not in {"", "Some", "A total of", "The"}:
        return None
    noun = _counted(quantity, after)
    verb = f"{clause.auxiliary} {clause.verb}".strip()
    rest = _short(clause.rest)
    if noun is None or rest is None:
        share = re.match(r"^ of (?P<whole>[\w’' -]+)$", after)
        if share and quantity.kind is QuantityKind.PERCENT and rest is not None:
            return f"share of {share.group('whole')} that {verb} {rest}".strip()
        return None
    left = after.replace(noun, "", 1).strip()
    who = "who" if noun.split()[-1] in _PEOPLE else "that"
    return " ".join(f"{noun} {left} {who} {verb} {rest}".split())


def _of_move(clause: Clause, quantity: Quantity, before: str, after: str) -> str | None:
    subject = question_subject(clause.subject)
    will = clause.auxiliary in {"will", "would"}
    if before in {"", "by"} and quantity.kind in {
        QuantityKind.PERCENT, QuantityKind.POINTS, QuantityKind.MONEY,
    }:  # fmt: skip
        expected = "expected " if will else ""
        return f"{expected}{_MOVES[clause.known.base].lower()} in {subject}"
    if re.search(r"(?:^|\s)to$", before) and not will:
        thing = _article_off(clause.subject)
        is_sum = quantity.kind is QuantityKind.MONEY
        # "Shares rose 4.6% to €18.20": what the sum is, is the price.
        is_share = is_sum and re.match(r"(?:shares?|stocks?)\b", thing, re.IGNORECASE)
        return f"price of {question_subject(thing)}" if is_share else thing
    return None


def _of_measure(clause: Clause, quantity: Quantity, after: str) -> str | None:
    subject = _article_off(clause.subject)
    noun = _counted(quantity, after)
    if quantity.kind is QuantityKind.MEASURE and _is_all_name(subject):
        return None
    if quantity.kind is QuantityKind.COUNT:
        is_named = noun and noun in subject.lower()
        # "US models reached 4.24 trillion": of what, the subject does not say.
        if not is_named and (noun or not _COUNTED.search(subject)):
            return None
    if quantity.kind is QuantityKind.MONEY and not _PRICED.search(subject):
        # "The 2024 tender came in at €66.50": a tender is no sum.
        return None
    if clause.auxiliary in {"will", "would"}:
        return f"{subject}, expected"
    return subject


_COUNTED = re.compile(
    r"\b(?:number|total|count|toll|traffic|membership|population|output|sales|"
    r"production|attendance|turnout|demand|use|usage|volume|capacity|level|record|"
    r"downloads|orders|exports|imports|deliveries|arrivals|handling|throughput|fleet|"
    r"circulation|visits?)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"\b(?:price|cost|fee|bill|loss|profit|revenue|sale|income|value|worth|investment|"
    r"spending|budget|debt|wage|salar|pay|tax|fine|damage|sum|total|fund|turnover|"
    r"earning|expense|saving|rent|charge|aid|order|export|import|surplus|deficit|"
    r"payment|credit|compensation|average|bid|offer|share|yield|need|gap|claim)",
    re.IGNORECASE,
)


def _is_all_name(subject: str) -> bool:
    """ "River Orvane: 14.6 degrees" does not say what was measured."""
    found = subject.split()
    return found[-1][:1].isupper() and not _NOT_NOUN.intersection(found)


def _of_object(
    clause: Clause, quantity: Quantity, before: str, after: str
) -> str | None:
    subject = question_subject(clause.subject)
    verb = f"{clause.auxiliary} {clause.verb}".strip()
    tail = _short(_cut_date(after)) or ""
    if re.search(r"\bin the (?:week|month|quarter|year)$", tail):
        return None
    if before == "":
        if quantity.kind is QuantityKind.MONEY:
            return f"amount that {subject} {verb} {tail}".strip()
        whole = re.match(r"^of (?:(?:the|its|all) )?(?:[\w-]+ ?){1,3}", tail)
        if quantity.kind is QuantityKind.PERCENT and whole:
            part = re.split(r" (?:in|on|at|for|from|by) ", whole.group())[0].strip()
            # "Sold 65% of the output in advance": when and where it holds.
            left = tail[len(part) :].strip()
            kept = left if re.match(r"(?:in|on|at|for|from) ", left) else ""
            return f"share {part} that {subject} {verb} {kept}".strip()
        noun = _counted(quantity, after)
        if noun is None:
            return None
        left = tail.replace(noun, "", 1).strip()
        stuff = re.match(r"^(?:(?:a|per) \w+ )?of (?P<what>[\w -]+)$", left)
        if stuff and quantity.kind is QuantityKind.MEASURE:
            return f"{stuff.group('what')} that {subject} {verb}"
        if clause.known.base == "have" and not clause.auxiliary:
            return f"{noun} of {subject}"
        return " ".join(f"{noun} that {subject} {verb} {left}".split())
    thing = re.match(r"^(?:a|an|the|its|their) (?P<np>[\w -]{3,40}) of$", before)
    if thing and not thing.group("np").endswith("est"):
        np = thing.group("np")
        if tail.startswith("in ") and np.split()[-1] in _CHANGES:
            # "A cut of 15% in water for irrigation": what is cut belongs to the cut.
            return f"{np} {tail} that {subject} {verb}"
        return " ".join(f"{np} that {subject} {verb} {tail}".split())
    return None


_CHANGES = frozenset(
    "cut rise increase fall drop reduction decrease growth investment".split()
)


def _counted(quantity: Quantity, after: str) -> str | None:
    """The counted noun, from the figure's own words or right behind it."""
    inner = re.match(
        r"[\d.,]+(?: ?(?:thousand|million|billion|trillion|[kmbtKMBT]|bn|mn))? "
        r"(?P<noun>[a-z][\w -]*)$",
        quantity.text,
    )
    if inner and inner.group("noun") not in _SCALES:
        return inner.group("noun").split(" a ")[0].split(" per ")[0]
    if quantity.kind is not QuantityKind.COUNT:
        return None
    kept: list[str] = []
    for word in after.split()[:4]:
        bare = word.strip(",.;")
        if bare.lower() in _NOT_NOUN or not bare[:1].islower():
            break
        kept.append(bare)
        if bare.endswith("s") or bare in _PEOPLE or bare != word:
            return " ".join(kept)
    return None


def _short(rest: str) -> str | None:
    match = _STOP.search(" " + rest)
    kept = ((" " + rest)[: match.start()] if match else rest).strip()
    words = kept.split()
    if len(words) > 8 or (words and words[-1].lower() in _NOT_NOUN):
        return None
    return "" if read_quantities(kept) else kept


def _cut_date(text: str) -> str:
    date = next(iter(read_dates(text, published=None)), None)
    if date is None:
        return text
    return re.sub(
        r",?\s*(?:on|in|by|until|from|since|during|for|of|before|after|between)?\s*$",
        "",
        re.sub(r"\b(?:mid|early|late)-$", "", text[: date.span.start]),
    )
