"""Whole briefs of the writer without a model: what the checker had to do to them.

`python -m tests.evals.briefs FILE FIRST LAST` prints those rows' briefs as JSON Lines;
the measure of equal bytes runs it twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from briefing.domain.audience import Profile
from briefing.domain.brief import Action, Brief, Held, Level, Section
from briefing.domain.claim import Quantity
from briefing.domain.document import Document
from briefing.domain.story import Story
from briefing.logic.copies import find_copies
from briefing.logic.extractive import write
from briefing.logic.rules.page import DISAGREEMENTS, Page, prose
from briefing.logic.rules.reading import is_minor, read
from briefing.logic.rules.repetition import is_among
from briefing.pipeline.check import check
from briefing.prompts import data_folders, filler, sections
from tests.evals.rouge import names_kept, numbers_kept

# After every text of the set, so that nothing that was planned then is still ahead.
_DAY = date(2026, 11, 27)
# They ask for addresses and days, which the texts of the set do not have.
_NEEDS_A_PAGE = frozenset({"C2", "C5", "D1", "D3"})
_ACTED = frozenset({Action.REPAIRED, Action.STRUCK, Action.SECTION_DROPPED})
_SEEDS = ("1", "2")

Row = Mapping[str, object]


def story(texts: Sequence[str]) -> Story:
    """The texts as one story of as many houses, without titles, days and addresses."""
    documents = tuple(
        Document(id=f"d{number}", text=text) for number, text in enumerate(texts, 1)
    )
    return Story(
        id="s1",
        title="",
        documents=documents,
        copies=find_copies(documents),
        new_document_ids=tuple(one.id for one in documents),
    )


def brief(texts: Sequence[str]) -> Brief | Held:
    """The texts written up without a model, and checked."""
    folders = data_folders("prompts")
    specs = sections(folders)
    draft = write(story(texts), _DAY, specs, Profile())
    return check(draft, specs=specs, filler=filler(folders))


def measure(made: Sequence[Brief | Held], rows: Sequence[Row]) -> dict[str, float]:
    """Shares of all rows, and counts of sentences by the rule that they broke.

    `clean` briefs kept every sentence as it was written; `kept` is the share of
    sentences that did; `numbers` and `names` are the references', of printed briefs;
    `figures_once` is the share of the prose's figures that one sentence tells.
    """
    printed = [one for one in made if isinstance(one, Brief)]
    broken = [rule for one in made for rule in _broken(one)]
    claims = sum(one.scores.claims for one in printed)
    touched = sum(one.scores.repaired + one.scores.struck for one in printed)
    pairs = [
        (spoken(one), str(row["summary"]))
        for one, row in zip(made, rows, strict=True)
        if isinstance(one, Brief)
    ]
    return {
        "brief.clean": sum(not list(_broken(one)) for one in made) / len(made),
        "brief.printed": len(printed) / len(made),
        "brief.kept": 1 - touched / claims if claims else 0.0,
        "brief.numbers": ratio(numbers_kept(*pair) for pair in pairs),
        "brief.names": ratio(names_kept(*pair) for pair in pairs),
        "brief.figures_once": figures_once(printed),
        "brief.novelty": _mean([one.scores.novelty for one in printed]),
        "brief.words": _mean([float(one.scores.words) for one in printed]),
        **{f"brief.broke.{rule}": n for rule, n in sorted(Counter(broken).items())},
        **_sections(printed),
    }


def _broken(made: Brief | Held) -> Iterable[str]:
    for one in made.violations:
        is_act = one.action in _ACTED or one.action is Action.HELD
        if is_act and one.level is Level.E and one.rule not in _NEEDS_A_PAGE:
            yield one.rule
    if isinstance(made, Held) and not made.violations:
        yield "held"


def figures_once(printed: Iterable[Brief]) -> float:
    """The share of figures that stand in one sentence of their brief's prose only.

    Prose are In one line, bullets and answers; the headline, figures, tables and
    disagreements may say again what it says. Figures are typed quantities (R3).
    """
    return ratio(_once(one) for one in printed)


def _once(one: Brief) -> tuple[int, int]:
    told: list[tuple[Quantity, int]] = []
    page = Page(headline=one.headline, sections=one.sections)
    for line in prose(page):
        if line.section == DISAGREEMENTS:
            continue
        fresh = []
        for figure in read(line.text).quantities:
            if is_minor(figure):
                continue
            place = next(
                (n for n, (o, _) in enumerate(told) if is_among(figure, (o,))), None
            )
            if place is None:
                fresh.append(figure)
            else:
                told[place] = (told[place][0], told[place][1] + 1)
        told.extend((figure, 1) for figure in fresh)
    return sum(count == 1 for _, count in told), len(told)


def _sections(printed: Sequence[Brief]) -> dict[str, float]:
    """In how many of the printed briefs each section stands."""
    counts = Counter(part.name for one in printed for part in one.sections)
    return {f"brief.has.{n}": c / len(printed) for n, c in sorted(counts.items())}


def spoken(made: Brief) -> str:
    """All that the brief tells, headline first; questions are not told."""
    return " ".join([made.headline.text, *_told(made.sections)])


def _told(parts: Iterable[Section]) -> Iterable[str]:
    for part in parts:
        for item in part.items:
            for claim in item.claims:
                text = claim.text
                yield text if text[-1] in '.!?"”' else f"{text}."


def ratio(counts: Iterable[tuple[int, int]]) -> float:
    """All that was kept of all that was wanted, 0..1; 1.0 if nothing was."""
    pairs = list(counts)
    wanted = sum(total for _, total in pairs)
    return sum(kept for kept, _ in pairs) / wanted if wanted else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def same_bytes(path: Path, first: int, last: int) -> float:
    """1.0 when two processes with other hash seeds print the same bytes, else 0.0."""
    command = [sys.executable, "-m", __name__, str(path), str(first), str(last)]
    printed = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in _SEEDS
    }
    return float(len(printed) == 1 and all(printed))


def read_rows(path: Path, most: int | None = None) -> list[Row]:
    """The rows of the set, `most` of them at most."""
    lines = path.read_text(encoding="utf-8").splitlines()[:most]
    return [json.loads(line) for line in lines]


def texts_of(row: Row) -> list[str]:
    """The documents of a row."""
    texts = row["docs"]
    assert isinstance(texts, list)
    return [str(one) for one in texts]


def _printed(made: Brief | Held) -> str:
    parts = made.sections if isinstance(made, Brief) else made.draft.sections
    headline = made.headline if isinstance(made, Brief) else made.draft.headline
    return json.dumps(
        [headline.text, *(f"{part.heading}: {part.items!r}" for part in parts)]
    )


if __name__ == "__main__":
    for row in read_rows(Path(sys.argv[1]))[int(sys.argv[2]) : int(sys.argv[3])]:
        print(_printed(brief(texts_of(row))))
