"""The order in which the check stage asks the rules: what must not be printed at all,
then what a sentence or question lacks, then repeats, then length.
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.domain.brief import Violation
from briefing.logic.rules import (
    citations,
    dates,
    form,
    limits,
    numbers,
    questions,
    rankings,
    repetition,
    safety,
    shares,
    streaks,
    verbatim,
    wording,
)
from briefing.logic.rules.page import Page

Rule = Callable[[Page], tuple[Violation, ...]]

# About the text alone: these hold for anybody's text.
TEXT_RULES: tuple[Rule, ...] = (
    safety.orders,
    form.leaks,
    form.long_headline,
    questions.bad_grammar,
    questions.headlines_inside,
    questions.unanswered,
    questions.same_questions,
    dates.relative_dates,
    wording.filler,
    repetition.repeated_sentences,
    repetition.repeated_quantities,
    repetition.empty_sentences,
    repetition.stale_figures,
    numbers.printed_forms,
    limits.over_limits,
    limits.over_length,
    limits.short,
    limits.long_sentences,
    wording.hedged,
    wording.scare_quotes,
)
# These need citations, snapshots or dated documents as well.
FAMILIES: tuple[Rule, ...] = (
    safety.addresses,
    citations.uncited,
    citations.unresolved,
    rankings.wrong_tables,
    streaks.wrong_charts,
    dates.undated_rankings,
    rankings.computed_comparisons,
    rankings.told_moves,
    streaks.wrong_streaks,
    shares.mixed_shares,
    dates.posing_dates,
    *TEXT_RULES,
    numbers.loose_cells,
    numbers.hidden_conflicts,
    verbatim.reprinted,
    repetition.nothing_new,
    citations.unused_primary,
)
