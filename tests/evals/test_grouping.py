"""The measures of grouping give the figures that can be worked out by hand."""

from pathlib import Path

import pytest

from tests.evals.grouping import b_cubed, pairwise, run


def test_a_perfect_grouping_scores_one_whatever_the_groups_are_called() -> None:
    assert b_cubed("aabc", "xxyz") == 1.0
    assert pairwise("aabc", "xxyz") == 1.0


def test_everything_in_one_group_is_complete_but_not_pure() -> None:
    # Precision (2/4 + 2/4) / 2 = 0.5, recall 1; 2 right pairs of 6, 2 of 2.
    assert b_cubed("aabb", "xxxx") == pytest.approx(2 / 3)
    assert pairwise("aabb", "xxxx") == pytest.approx(0.5)


def test_everything_apart_is_pure_but_not_complete() -> None:
    assert b_cubed("aabb", "wxyz") == pytest.approx(2 / 3)
    assert pairwise("aabb", "wxyz") == 0.0


def test_without_data_there_is_nothing_to_measure(tmp_path: Path) -> None:
    assert run(tmp_path) == {}
