"""N9: part and whole of a share are of one snapshot."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefing.domain.claim import Claim, ClaimKind, Derivation, Formula
from briefing.logic.quantities import read_quantities
from briefing.logic.rules.shares import mixed_shares
from tests.builders import citation
from tests.logic.rules.pages import bullets, page
from tests.logic.rules.test_rankings import AFTER, BEFORE, EARLIER, TEXT

FIVE, TWO = (read_quantities(f"{n} tokens")[0] for n in (5, 2))


def share(formula: Formula, *documents: object) -> Claim:
    places = tuple(citation(one) for one in documents)
    inputs = tuple((FIVE, TWO)[n % 2] for n in range(len(places)))
    made = Derivation(formula, inputs, places, Decimal(1))
    return Claim("A share.", ClaimKind.DERIVED, places, made)


@pytest.mark.parametrize(
    ("formula", "documents", "is_mixed"),
    [
        (Formula.SHARE, (TEXT, TEXT), False),
        (Formula.SHARE, (TEXT, EARLIER), True),
        (Formula.TOP_SHARE, (TEXT, TEXT, TEXT), False),
        (Formula.TOP_SHARE, (TEXT, TEXT, EARLIER), True),
        (Formula.SHARE_CHANGE, (TEXT, TEXT, EARLIER, EARLIER), False),
        (Formula.SHARE_CHANGE, (TEXT, EARLIER, TEXT, EARLIER), True),
        (Formula.SHARE_OF_CHANGE, (TEXT, EARLIER, TEXT, EARLIER), False),
        (Formula.SHARE_OF_CHANGE, (TEXT, TEXT, EARLIER, EARLIER), True),
        (Formula.CHANGE, (TEXT, EARLIER), False),
    ],
)
def test_a_part_and_its_whole_are_of_one_snapshot(
    formula: Formula, documents: tuple[object, ...], is_mixed: bool
) -> None:
    made = replace(
        page(bullets(share(formula, *documents)), snapshots=(AFTER, BEFORE)),
        documents=(TEXT, EARLIER),
    )

    assert [one.rule for one in mixed_shares(made)] == (["N9"] if is_mixed else [])
