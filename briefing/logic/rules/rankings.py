"""K1 to K4: a ranking is printed as its snapshot says, and told as it moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.domain.brief import (
    Action,
    Level,
    RankedLine,
    RankingTable,
    Section,
    Violation,
)
from briefing.domain.claim import ClaimKind, Formula
from briefing.domain.ranking import (
    ChangeKind,
    RankingChange,
    RankingRow,
    RankingSnapshot,
)
from briefing.logic.ranking_match import base_of, step_before
from briefing.logic.ranking_text import compared_line
from briefing.logic.rules.page import Line, Page, broken, lines

# Computed cells are exact; a writer may keep fewer digits than Decimal does.
_ROUNDING = Decimal("0.005")
_FIRST = re.compile(
    r"\b(?:tops?|topped|leads?|led|took first|takes first|first place|no\. 1|"
    r"number one|ranked first|ranks first|overtakes?|overtook|moved ahead)\b",
    re.IGNORECASE,
)
_PASSED = re.compile(r"\b(?:overtakes?|overtook|passed|moved ahead of)\b", re.I)
_DOWN = re.compile(
    r"\b(?:falls?|fell|drops?|dropped|slips?|slipped|declined?|lost)\b", re.I
)
_UP = re.compile(
    r"\b(?:rises?|rose|climbs?|climbed|gains?|gained|jumps?|jumped|grew)\b", re.I
)


def comparable(left: RankingSnapshot, right: RankingSnapshot) -> bool:
    """K1: both count the same thing over windows of one length."""
    if (left.metric, left.unit) != (right.metric, right.unit):
        return False
    if left.window is None or right.window is None:
        return left.window is right.window
    span = left.window.end - left.window.start
    return span == right.window.end - right.window.start


def computed_comparisons(page: Page) -> tuple[Violation, ...]:
    """K1: a change that we compute is between snapshots that can be compared."""
    held = {snapshot.id: snapshot for snapshot in page.snapshots}
    found: list[Violation] = []
    for line in (page.title, *lines(page)):
        derivation = line.claim.derivation
        if derivation is None or derivation.formula not in {
            Formula.CHANGE,
            Formula.DIFFERENCE,
            Formula.RATIO,
            Formula.PASSED,
            Formula.SHARE_CHANGE,
            Formula.SHARE_OF_CHANGE,
        }:
            continue
        used = [
            held[one.document_id]
            for one in derivation.citations
            if one.document_id in held
        ]
        if any(not comparable(used[0], other) for other in used[1:]):
            found.append(
                broken(
                    "K1", line, "The two rankings do not measure the same: no change."
                )
            )
    return tuple(found)


def told_moves(page: Page) -> tuple[Violation, ...]:
    """K2: our own "tops", "overtakes", "falls" are what the snapshots say."""
    if not page.snapshots:
        return ()
    return tuple(
        broken("K2", line, message)
        for line in (page.title, *lines(page))
        if _is_about_ranking(page, line) and (message := _wrong_move(page, line.text))
    )


def _is_about_ranking(page: Page, line: Line) -> bool:
    if line.claim.kind not in {ClaimKind.DERIVED, ClaimKind.INFERENCE}:
        return False
    ids = {snapshot.id for snapshot in page.snapshots}
    derivation = line.claim.derivation
    citations = line.claim.citations + (derivation.citations if derivation else ())
    return line.is_ours or any(one.document_id in ids for one in citations)


def _wrong_move(page: Page, text: str) -> str:
    subject = _subject(page, text)
    if subject is None:
        return ""
    newest = page.snapshots[0]
    row = next((one for one in newest.rows if one.label == subject), None)
    if _FIRST.search(text) and not _PASSED.search(text) and (not row or row.rank != 1):
        return f"The newest snapshot does not have {subject} first."
    if _PASSED.search(text) and not _did_pass(page, subject):
        return f"The snapshots do not show {subject} moving ahead."
    moves = [one for one in page.changes if one.label == subject]
    if _DOWN.search(text) and moves and not any(_went(one, down=True) for one in moves):
        return f"The snapshots do not show {subject} falling."
    if _UP.search(text) and moves and not any(_went(one, down=False) for one in moves):
        return f"The snapshots do not show {subject} rising."
    return ""


def _subject(page: Page, text: str) -> str | None:
    """The ranked item that is named first."""
    labels = [row.label for row in page.snapshots[0].rows]
    labels += [change.label for change in page.changes]
    places = sorted(
        (text.find(label), -len(label), label) for label in labels if label in text
    )
    return places[0][2] if places else None


def _did_pass(page: Page, subject: str) -> bool:
    return any(
        change.label == subject
        and change.kind in {ChangeKind.TOOK_FIRST, ChangeKind.ROSE, ChangeKind.ENTERED}
        for change in page.changes
    )


def _went(change: RankingChange, *, down: bool) -> bool:
    if change.value_before is not None and change.value_after is not None:
        by_value = change.value_after < change.value_before
        if by_value is down and change.value_after != change.value_before:
            return True
    kinds = (
        {ChangeKind.FELL, ChangeKind.LEFT}
        if down
        else {ChangeKind.ROSE, ChangeKind.ENTERED, ChangeKind.TOOK_FIRST}
    )
    return change.kind in kinds


def wrong_tables(page: Page) -> tuple[Violation, ...]:
    """K3 and K4: a table that does not reproduce its snapshot is dropped."""
    found: list[Violation] = []
    for section in page.sections:
        if section.table is not None:
            found.extend(_table_faults(page, section, section.table))
    return tuple(found)


def _table_faults(
    page: Page, section: Section, table: RankingTable
) -> Iterator[Violation]:
    snapshot = next(
        (one for one in page.snapshots if one.id == table.snapshot_id), None
    )
    if snapshot is None:
        yield _dropped("K3", section, table.title, "Its snapshot is not held.")
        return
    own = [one for one in page.snapshots if one.source_id == snapshot.source_id]
    before, base = step_before(own), base_of(own)
    if table.compared != (compared_line(base) if base else ""):
        yield _dropped("N7", section, table.title, "Its base period is another.")
    for line in table.lines:
        if fault := _row_fault(line, snapshot, before, base):
            yield _dropped("K3", section, line.label, fault)
            return
    if hidden := _hidden_tie(table, snapshot):
        yield _dropped(
            "K3", section, hidden, f"{hidden} shares a rank but is left out."
        )
    if table.attribution != snapshot.attribution or table.caveats != snapshot.caveats:
        yield _dropped(
            "K4", section, table.title, "The source's own notes are missing."
        )


def _dropped(rule: str, section: Section, text: str, message: str) -> Violation:
    return Violation(rule, Level.E, section.name, text, message, Action.SECTION_DROPPED)


def _row_fault(
    line: RankedLine,
    snapshot: RankingSnapshot,
    before: RankingSnapshot | None,
    base: RankingSnapshot | None,
) -> str:
    row = next(
        (
            one
            for one in snapshot.rows
            if (one.label, one.rank, one.value) == (line.label, line.rank, line.value)
        ),
        None,
    )
    if row is None:
        return f"The snapshot has no row {line.rank}, {line.label}, {line.value}."
    earlier = _row_of(before, row.key)
    if line.rank_before != (earlier.rank if earlier else None):
        return f"The rank before of {line.label} is not the earlier snapshot's."
    if not _agree(line.change_percent, _change(row, _row_of(base, row.key))):
        return f"The change of {line.label} does not recompute."
    if not _agree(line.share_percent, _share(row, snapshot.total)):
        return f"The share of {line.label} does not recompute."
    return ""


def _row_of(snapshot: RankingSnapshot | None, key: str) -> RankingRow | None:
    if snapshot is None:
        return None
    return next((one for one in snapshot.rows if one.key == key), None)


def _change(row: RankingRow, earlier: RankingRow | None) -> Decimal | None:
    if earlier is None or row.value is None or not earlier.value:
        return None
    return (row.value - earlier.value) / earlier.value * 100


def _share(row: RankingRow, total: Decimal | None) -> Decimal | None:
    return row.value / total * 100 if row.value is not None and total else None


def _agree(printed: Decimal | None, computed: Decimal | None) -> bool:
    """A cell may be left empty, never be filled with something else."""
    if printed is None:
        return True
    return computed is not None and abs(printed - computed) <= _ROUNDING


def _hidden_tie(table: RankingTable, snapshot: RankingSnapshot) -> str:
    shown = {line.label for line in table.lines}
    ranks = {line.rank for line in table.lines}
    return next(
        (
            row.label
            for row in snapshot.rows
            if row.rank in ranks and row.label not in shown
        ),
        "",
    )
