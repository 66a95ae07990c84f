"""Questions made from a plain clause by moving its parts: when, how many, who."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.domain.claim import QuantityKind
from briefing.domain.document import Span
from briefing.logic.dates import read_dates
from briefing.logic.extractive.clauses import Clause, question_subject
from briefing.logic.extractive.verbs import MODALS, Form
from briefing.logic.names import read_names
from briefing.logic.quantities import read_quantities
from briefing.logic.rules.questions import grammar_fault

_BEFORE_DATE = re.compile(
    r",?\s*(?:(?:as )?early (?:in|on)|by the end of|at the end of|until|from|on|in|by|"
    r"for|of|before|after|since|between|during|around|from mid|in mid|in late|in early|"
    r"at)?\s*$"
)
_STOP = re.compile(
    r"[,;:(]| (?:after|before|because|which|who|where|when|while|as|that|and|but|"
    r"following|according|with|if|to help|so that|than|amid|despite|although)\b"
)
_BAD = re.compile(
    r"\b(?:it|he|she|his|her|they|this|that|these|those|him|them|said|says|"
    r"not|also)\b|[“”\"():;]",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\w (?:What|Who|When|Where|How|Why)\b")
_PARTICLE = re.compile(r"\b(?:up|out|off|to|on|down|over|in|from|of|with|by)\?$")
_VAGUE = frozenset(
    "say be tell expect think want see know mean have do show advise warn urge ask "
    "report announce".split()
)
_PLACED = frozenset(
    "build open hold locate happen occur arrest crash find land die store process "
    "base hit make discover start begin".split()
)
_MAKERS = frozenset(
    "develop make build found own operate publish compile design write lead win "
    "organise organize approve fund finance introduce".split()
)
_MOVES = frozenset(
    "rise fall grow drop increase decline decrease jump shrink climb slip surge gain "
    "lose".split()
)


def questions(clause: Clause) -> Iterator[str]:
    """Every grammatical question that the clause answers, the most wanted first."""
    for make in (_when, _how_many_subject, _how_many_object, _how_much, _where, _who):
        made = make(clause)
        if made is not None and is_sound(made):
            yield made


def is_sound(question: str) -> bool:
    """A person would ask it: its grammar, and no word that points elsewhere."""
    return (
        not grammar_fault(question)
        and not _BAD.search(question)
        and question[-2:-1].isalnum()
        and not _PARTICLE.search(question)
        and not _GLUED.search(question)
    )


def _helper(clause: Clause) -> str | None:
    """The auxiliary that goes in front of the subject: "will", "did", "does"."""
    first = clause.auxiliary.split()[0] if clause.auxiliary else ""
    if first in MODALS | {"is", "are", "was", "were", "has", "have", "had"}:
        return first
    if first:
        return None
    if clause.known.base == "be":
        return clause.verb
    if clause.form is Form.THIRD:
        return "does"
    if clause.form is Form.BASE:
        return "do"
    if clause.form is Form.PAST:
        return "did"
    return None


def turned(clause: Clause) -> str | None:
    """Helper, subject and verb as a question has them: "will the plant open"."""
    helper = _helper(clause)
    if helper is None:
        return None
    subject = question_subject(clause.subject)
    if clause.known.base == "be" and not clause.auxiliary:
        return f"{helper} {subject}"
    chain = " ".join(clause.auxiliary.split()[1:])
    verb = clause.verb if clause.auxiliary else clause.known.base
    return " ".join(part for part in (helper, subject, chain, verb) if part)


def short(rest: str, *, limit: int = 7) -> str | None:
    """What follows the verb up to the first break, None if that is too long."""
    match = _STOP.search(" " + rest)
    kept = (" " + rest)[: match.start()] if match else rest
    kept = kept.strip()
    return kept if len(kept.split()) <= limit else None


def _when(clause: Clause) -> str | None:
    asked = turned(clause)
    if asked is None or clause.known.base in _VAGUE:
        return None
    date = next(iter(read_dates(clause.rest, published=None)), None)
    if date is None:
        dated = read_dates(clause.lead, published=None)
        rest = short(clause.rest) if dated else None
    else:
        before = clause.rest[: date.span.start]
        rest = short(_BEFORE_DATE.sub("", before))
        if _STOP.search(f" {_BEFORE_DATE.sub('', before)} "):
            # The date belongs to a side clause: "Mr X, who took over in 2010, ...".
            return None
    if rest is None or read_quantities(rest) or dangles(rest):
        return None
    return f"When {asked} {rest}".strip() + "?"


def what_if(text: str) -> str | None:
    """ "What happens if the council fails?", of "If the council fails ..."."""
    match = re.match(r"^If (?P<condition>[^,“”\"]{10,80}), ", text)
    if match is None:
        return None
    if _UNREAL.search(match.group("condition")):
        return None
    condition = cut_date(match.group("condition"))
    made = f"What happens if {condition}?"
    return made if is_sound(made) else None


# "If it could ever be done": nobody waits for that to happen.
_UNREAL = re.compile(r"\b(?:could|would|were to|ever)\b")


def why(clause: Clause) -> str | None:
    """ "Why did the plant close?", when the clause goes on with "because"."""
    asked = turned(clause)
    match = _BECAUSE.search(clause.rest)
    if asked is None or match is None or clause.known.base in {"say", "tell"}:
        return None
    if _SIDE_CLAUSE.search(clause.rest[: match.start()].rstrip(", ")):
        # "It has a crew of men who were chosen because ...": the cause of the choice.
        return None
    rest = _plain_rest(
        clause.rest[: match.start()].rstrip(", "), is_move=clause.known.base in _MOVES
    )
    if rest is None:
        return None
    made = f"Why {asked} {rest}".strip() + "?"
    return made if is_sound(made) else None


_BECAUSE = re.compile(r"\b(?:because|due to|owing to|as a result of|thanks to)\b")


_SIDE_CLAUSE = re.compile(r",|\b(?:that|who|whom|whose|which|where|when)\b")


def _plain_rest(rest: str, *, is_move: bool) -> str | None:
    """A short predicate without figures: "Handling fell 6.8% to ..." keeps "fell"."""
    figures = read_quantities(rest)
    if figures and not is_move:
        return None
    if figures:
        rest = rest[: figures[0].span.start]
    rest = re.sub(r"\b(?:by|to|from|more than|about|at)\s*$", "", rest.strip()).strip()
    kept = short(cut_date(rest)) if rest else ""
    if rest and not kept:
        return None
    return None if kept is None or dangles(kept) else kept


def dangles(rest: str) -> bool:
    """The last word wants another behind it: "the", "of"."""
    last = rest.split()[-1].lower() if rest else ""
    return last in {"the", "a", "an", "of", "to", "in", "on", "by", "for", "and", "at"}


def _count(text: str) -> tuple[Span, str] | None:
    """The first bare count of the text and the noun phrase that is counted."""
    for quantity in read_quantities(text):
        if quantity.kind is not QuantityKind.COUNT or quantity.text[-1:] == "%":
            continue
        match = re.match(
            r"[\d.,]+(?: (?:thousand|million|billion|trillion))?\s*"
            r"(?P<in>[a-z][\w -]*)?$",
            quantity.text,
        )
        if match is None:
            continue
        after = re.match(r"(?: [a-z][\w-]*){0,3}", text[quantity.span.end :])
        inner = (match.group("in") or "").strip()
        noun = inner or _noun(after.group() if after else "")
        if noun and not noun.endswith(("day", "days", "week", "weeks")):
            begin = quantity.span.start
            end = text.find(noun, begin) + len(noun)
            return Span(begin, end), noun
    return None


_NOT_A_NOUN = frozenset(
    "to of in on at by for from with and or per a an the more less than people's "
    "is are was were have has had will would were that who which this times "
    "percent points degrees".split()
)


def _noun(after: str) -> str:
    """The counted noun right behind a number: "new jobs", "" if there is none."""
    kept: list[str] = []
    for word in after.split():
        if word in _NOT_A_NOUN:
            break
        kept.append(word)
        if word.endswith("s") or word in {"people", "staff", "children", "women"}:
            return " ".join(kept)
    return ""


def _how_many_subject(clause: Clause) -> str | None:
    found = _count(clause.subject)
    if found is None or clause.known.base in _VAGUE:
        return None
    span, noun = found
    lead = clause.subject[: span.start].strip().lower()
    if lead not in {"", "some", "about", "around", "more than", "at least", "nearly"}:
        return None
    if clause.subject[span.end :].strip() or (
        clause.form is Form.BASE and not clause.auxiliary
    ):
        return None
    rest = short(clause.rest)
    if rest is None:
        return None
    verb = " ".join(part for part in (clause.auxiliary, clause.verb) if part)
    return f"How many {noun} {verb} {rest}".strip() + "?"


def _how_many_object(clause: Clause) -> str | None:
    asked = turned(clause)
    found = _count(clause.rest)
    if asked is None or found is None or clause.known.base in {"be", "say", "tell"}:
        return None
    span, noun = found
    before = clause.rest[: span.start].strip().lower()
    if before not in {"", "some", "about", "around", "more than", "at least", "nearly",
                      "another", "fewer than", "almost", "over", "just",
                      "only"}:  # fmt: skip
        return None
    after = clause.rest[span.end :]
    if match := re.match(r" of (?:[\w-]+ ?){1,3}(?=$|,)", after):
        # "Cases of serotype 4" are counted, not cases.
        return f"How many {noun}{match.group().rstrip()} {asked}?"
    tail = short(cut_date(after), limit=5)
    if tail is None or read_quantities(tail) or dangles(tail):
        tail = ""
    return f"How many {noun} {asked} {tail}".strip() + "?"


def cut_date(text: str) -> str:
    """`text` up to its first date, without the preposition in front of it."""
    date = next(iter(read_dates(text, published=None)), None)
    if date is None:
        return text
    return _BEFORE_DATE.sub("", text[: date.span.start])


def _how_much(clause: Clause) -> str | None:
    asked = turned(clause)
    if asked is None:
        return None
    for quantity in read_quantities(clause.rest):
        before = clause.rest[: quantity.span.start].strip().lower()
        is_move = clause.known.base in _MOVES
        if quantity.kind is QuantityKind.PERCENT and is_move and before in {"", "by"}:
            return f"How much {asked}?"
        if quantity.kind is QuantityKind.MONEY and before in {
            "",
            "about",
            "around",
            "more than",
            "at least",
        }:
            if clause.known.base in {"be", "fine", *_MOVES}:
                return None
            after = re.sub(r"^-[\w-]+", "", clause.rest[quantity.span.end :])
            tail = short(cut_date(after), limit=6)
            if tail is None or read_quantities(tail) or dangles(tail):
                tail = ""
            return f"How much {asked} {tail}".strip() + "?"
        break
    return None


def _where(clause: Clause) -> str | None:
    asked = turned(clause)
    if asked is None or clause.known.base not in _PLACED:
        return None
    match = re.match(
        r"^(?P<what>[\w -]*?)\b(?:in|at|near) (?=(?:the )?[A-Z])", clause.rest
    )
    if match is None:
        return None
    names = read_names(clause.rest[match.end() :])
    if not names or names[0].span.start > len("the "):
        return None
    what = match.group("what").strip()
    if len(what.split()) > 5 or read_quantities(what):
        return None
    return f"Where {asked} {what}".strip() + "?"


def _who(clause: Clause) -> str | None:
    if clause.auxiliary or clause.known.base not in _MAKERS:
        return None
    if not read_names(clause.subject):
        return None
    rest = short(cut_date(clause.rest), limit=6)
    if not rest or (
        not rest.startswith(("the ", "a ", "an ")) and not rest[:1].isupper()
    ):
        return None
    if read_quantities(rest):
        return None
    return f"Who {clause.verb} {rest}?"
