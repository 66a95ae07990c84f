"""What follows from two snapshots and a history, beside the lead item's own change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefing.domain.brief import Figure
from briefing.domain.claim import (
    Citation,
    Claim,
    ClaimKind,
    Derivation,
    Formula,
    QuantityKind,
)
from briefing.domain.claim import Quantity as Amount
from briefing.domain.document import Document, Span
from briefing.domain.ranking import ChangeKind
from briefing.logic.extractive.key_numbers import Row
from briefing.logic.extractive.labels import Labelled, labelled
from briefing.logic.extractive.ranking import (
    Told,
    earlier_text,
    figure_in,
    percent_text,
    row_figure,
    share_text,
    window_text,
)
from briefing.logic.history_claims import (
    ended_firsts_claim,
    firsts_claim,
    record_claim,
    rises_claim,
    total_rises_claim,
)
from briefing.logic.quantities import read_quantities
from briefing.logic.ranking_diff import by_key, leaders, share_percent
from briefing.logic.ranking_groups import GroupChange, group_changes, top_share
from briefing.logic.ranking_history import overtaken
from briefing.logic.ranking_text import (
    cardinal,
    fact_spans,
    group_span,
    plain_line,
    rounded_text,
    row_span,
    total_span,
)

# Chosen: how many of the first rows concentration is told of.
_TOP = 3
_NAMED = 3


def unusual(told: Told) -> tuple[Claim, ...]:
    """How unusual the newest figures are: the item's record and streaks, its part of
    the growth, then the streak of all.
    """
    if told.history is None or told.document_history is None:
        part = part_of_change(told)
        return (part,) if part else ()
    held, document, key = told.history, told.document_history, told.row.key
    found = (
        record_claim(held, document, key),
        firsts_claim(held, document, key),
        rises_claim(held, document, key),
        part_of_change(told),
        total_rises_claim(held, document),
    )
    return tuple(one for one in found if one is not None)


def answers(told: Told) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
    """Questions that the snapshots answer, with the sentences that do."""
    groups = groups_moved(told)
    found = (
        ("How unusual is this?", unusual(told)),
        (_about_race(told), race(told)),
        (_about_groups(told, len(groups)), groups),
    )
    return tuple((question, claims) for question, claims in found if claims)


def _about_race(told: Told) -> str:
    """What the first sentence of `race` answers."""
    if _lead(told) is not None:
        return "How large is the lead?"
    return (
        "Which places in the ranking changed?"
        if _passed(told) is not None
        else "Who led before?"
    )


def _about_groups(told: Told, count: int) -> str:
    """ "How did the Chinese models and the US models fare?"."""
    names = [_group_name(one.name) for one in _moved(told)[:count]]
    asked = " and ".join(names).replace(f" and {_UNDER}", " and ")
    return f"How did {asked} fare?"


_UNDER = "the entries under "


def narrowed(question: str, said: Sequence[Claim]) -> str:
    """The question on groups for those of its sentences that are printed."""
    if not question.startswith(_ON_GROUPS):
        return question
    names = [one.text.partition(_LISTED)[0] for one in said]
    return f"{_ON_GROUPS}{' and '.join(f't{name[1:]}' for name in names)} fare?"


_ON_GROUPS, _LISTED = "How did ", " in the ranking "


def _group_name(name: str) -> str:
    """ "the Chinese models"; of a label that is no plural "the entries under MIT"."""
    label = _label(name)
    is_plural = label[-1:] == "s" and " " in label
    return f"the {label}" if is_plural else f"{_UNDER}{label}"


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moved(told: Told) -> list[GroupChange]:
    """The groups that moved by more than noise, the largest first."""
    if told.base is None or told.document_base is None:
        return []
    changes = group_changes(told.base, told.newest)
    return [one for one in changes if not one.is_noise]


def race(told: Told) -> tuple[Claim, ...]:
    """The others: by how much it leads, whom it passed, how long that one had led."""
    found = (_lead(told), _passed(told), _ended(told))
    return tuple(one for one in found if one is not None)


def part_of_change(told: Told) -> Claim | None:
    """How much of the whole ranking's growth is the item's own; None unless both grew
    and it is a tenth of it at least.
    """
    held = _figures(told)
    if held is None:
        return None
    inputs, citations = held
    a, b, c, d = (one.value for one in inputs)
    if a <= b or c <= d:
        return None
    result = (a - b) / (c - d) * 100
    if not 10 <= result <= 100:
        return None
    made = Derivation(Formula.SHARE_OF_CHANGE, inputs, citations, result)
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the whole ranking"
    text = (
        f"{_label(told.row.label)} alone accounts for {percent_text(result)} of the "
        f"growth in {unit}."
    )
    return Claim(text, ClaimKind.DERIVED, citations, made)


def groups_moved(told: Told) -> tuple[Claim, ...]:
    """The two largest groups that moved by more than noise, with their change."""
    if told.base is None or told.document_base is None:
        return ()
    made = (_group(told, told.document_base, one) for one in _moved(told))
    return tuple(one for one in made if one is not None)[:2]


def item_rows(told: Told) -> tuple[Row, ...]:
    """Key numbers: what the item's own card says of it."""
    made: list[Row] = []
    for span in fact_spans(told.newest, told.row.key):
        place = _cite(told.document, span)
        for found in labelled(told.document.text[span.start : span.end])[:1]:
            cells = Figure(value=found.value, label=found.label)
            made.append(Row(cells, found, (place,), None))
    return tuple(made)


def more_rows(told: Told) -> tuple[Row, ...]:
    """Key numbers: the change of its share, a group's share, concentration."""
    found = (_share_change(told), *_group_shares(told), _concentration(told))
    return tuple(one for one in found if one is not None)


def _lead(told: Told) -> Claim | None:
    """ "A leads B, now second, by 1.28 trillion tokens."; ties lead nobody."""
    rows = list(by_key(told.newest).values())
    if len(rows) < 2 or told.row.key != rows[0].key or len(leaders(told.newest)) > 1:
        return None
    first, place = row_figure(told)
    second, place_second = figure_in(told.document, row_span(told.newest, rows[1].key))
    if first is None or second is None or rows[0].value is None:
        return None
    gap = first.value - second.value
    if gap <= 0:
        return None
    text = (
        f"{_label(rows[0].label)} leads {_label(rows[1].label)} by "
        f"{rounded_text(told.newest.unit, gap)}."
    )
    citations = (place, place_second)
    made = Derivation(Formula.DIFFERENCE, (first, second), citations, gap)
    return Claim(text, ClaimKind.DERIVED, citations, made)


def _passed(told: Told) -> Claim | None:
    """ "A overtook B and C."; the ranks of both days are the evidence."""
    if told.before is None or told.document_before is None:
        return None
    names = overtaken(told.before, told.newest, told.row.key)
    if not names or told.change is None:
        return None
    if told.change.kind not in {ChangeKind.TOOK_FIRST, ChangeKind.ROSE}:
        return None
    passed = [row for row in by_key(told.before).values() if row.label in names]
    ranks = [
        _rank(document, row_span(snapshot, key))
        for key in (told.row.key, *(row.key for row in passed))
        for snapshot, document in (
            (told.newest, told.document),
            (told.before, told.document_before),
        )
    ]
    inputs = tuple(one for one, _ in ranks if one is not None)
    if len(inputs) != len(ranks):
        return None
    places = tuple(place for _, place in ranks)
    made = Derivation(Formula.PASSED, inputs, places, Decimal(len(passed)))
    labels = [_label(row.label) for row in passed]
    if len(labels) > _NAMED:
        who = f"{cardinal(len(labels))} others, {labels[0]} among them"
    else:
        who = " and ".join(
            part for part in (", ".join(labels[:-1]), labels[-1]) if part
        )
    text = f"{_label(told.row.label)} overtook {who}."
    return Claim(text, ClaimKind.DERIVED, (places[0], places[1]), made)


def _rank(document: Document, span: Span) -> tuple[Amount | None, Citation]:
    text = document.text[span.start : span.end]
    found = [one for one in read_quantities(text) if one.kind is QuantityKind.ORDINAL]
    return (found[0] if found else None), _cite(document, span)


def _ended(told: Told) -> Claim | None:
    if told.history is None or told.document_history is None:
        return None
    for line in told.history.lines:
        made = ended_firsts_claim(told.history, told.document_history, line.key)
        if made is not None:
            return made
    return None


def _group(told: Told, document_base: Document, moved: GroupChange) -> Claim | None:
    """ "The Chinese models in the ranking add up to 9.22 trillion tokens, 19.9% more
    than the week before."; None where one of both sums is unknown.
    """
    if told.base is None or moved.change_percent is None or not moved.change_percent:
        return None
    spans = (group_span(told.newest, moved.name), group_span(told.base, moved.name))
    now, place = figure_in(told.document, spans[0])
    was, place_was = figure_in(document_base, spans[1])
    if now is None or was is None:
        return None
    citations = (place, place_was)
    made = Derivation(Formula.CHANGE, (now, was), citations, moved.change_percent)
    more = "more" if moved.change_percent > 0 else "less"
    text = (
        f"{_sentence_case(_group_name(moved.name))}{_LISTED}add up to "
        f"{rounded_text(told.newest.unit, now.value)}, "
        f"{percent_text(moved.change_percent)} {more} than {earlier_text(told)}."
    )
    return Claim(text, ClaimKind.DERIVED, citations, made)


def _figures(
    told: Told,
) -> tuple[tuple[Amount, ...], tuple[Citation, ...]] | None:
    """The row's value now and then, and the total now and then, with their places."""
    if told.base is None or told.document_base is None:
        return None
    spans = (total_span(told.newest), total_span(told.base))
    if None in spans or told.row.key not in by_key(told.base):
        return None
    now, place = row_figure(told)
    held = (
        (now, place),
        figure_in(told.document_base, row_span(told.base, told.row.key)),
        figure_in(told.document, spans[0] or Span(0, 1)),
        figure_in(told.document_base, spans[1] or Span(0, 1)),
    )
    inputs = tuple(one for one, _ in held if one is not None)
    return (inputs, tuple(two for _, two in held)) if len(inputs) == len(held) else None


def _share_change(told: Told) -> Row | None:
    held = _figures(told)
    if held is None:
        return None
    (a, b, c, d), (p, q, r, s) = held
    result = a.value / c.value * 100 - b.value / d.value * 100
    if abs(result) < 1:
        return None
    made = Derivation(Formula.SHARE_CHANGE, (a, c, b, d), (p, r, q, s), result)
    sign = "+" if result > 0 else "−"
    return _row(
        f"{sign}{abs(result):.1f} percentage points",
        f"{_label(told.row.label)}, change of its share",
        told,
        made,
    )


def _group_shares(told: Told) -> Iterator[Row | None]:
    """The share of the largest group, where the ranking states a total."""
    span = total_span(told.newest)
    if span is None or told.base is None:
        return
    total, place_total = figure_in(told.document, span)
    for moved in group_changes(told.base, told.newest)[:1]:
        if moved.after is None or total is None:
            continue
        where = group_span(told.newest, moved.name)
        amount, place = figure_in(told.document, where)
        result = share_percent(moved.after.value, told.newest.total)
        if amount is None or result is None:
            continue
        made = Derivation(Formula.SHARE, (amount, total), (place, place_total), result)
        unit = f"all {told.newest.unit}s" if told.newest.unit else "the total"
        yield _row(
            share_text(result),
            f"{_sentence_case(_group_name(moved.name).removeprefix('the '))} in the "
            f"ranking, share of {unit}",
            told,
            made,
        )


def _concentration(told: Told) -> Row | None:
    span = total_span(told.newest)
    result = top_share(told.newest, _TOP)
    if span is None or result is None:
        return None
    rows = list(by_key(told.newest).values())[:_TOP]
    held = [
        *(figure_in(told.document, row_span(told.newest, row.key)) for row in rows),
        figure_in(told.document, span),
    ]
    inputs = tuple(one for one, _ in held if one is not None)
    if len(inputs) != len(held):
        return None
    citations = tuple(place for _, place in held)
    made = Derivation(Formula.TOP_SHARE, inputs, citations, result)
    unit = f"all {told.newest.unit}s" if told.newest.unit else "the total"
    return _row(share_text(result), f"Top three, share of {unit}", told, made)


def _row(value: str, label: str, told: Told, made: Derivation) -> Row | None:
    found = read_quantities(value)
    if not found:
        return None
    cells = Figure(value=value, label=label, window=window_text(told))
    return Row(cells, Labelled(found[0], value, label), made.citations, None, made)


def _label(label: str) -> str:
    return plain_line(label)


def _cite(document: Document, span: Span) -> Citation:
    return Citation(document.id, span.start, span.end, document.text_hash)
