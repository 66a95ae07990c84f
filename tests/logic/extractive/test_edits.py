"""Each change that the writer makes to a source's sentence is on record."""

import pytest

from briefing.logic.extractive.edits import edits


@pytest.mark.parametrize(
    ("cited", "printed", "kinds"),
    [
        ("The port closed on 5 May 2026.", "The port closed on 5 May 2026.", ()),
        (
            "The port closed on 5 May 2026, the authority said in a statement.",
            "The port closed on 5 May 2026.",
            ("shortened",),
        ),
        (
            "The port closed on Tuesday.",
            "The port closed on 5 May 2026.",
            ("date resolved",),
        ),
        (
            "It employs 420 people.",
            "Harbour Works employs 420 people.",
            ("reference resolved",),
        ),
        (
            "The port handled 3.4m containers.",
            "The port handled 3.4 million containers.",
            ("quantity normalised",),
        ),
    ],
)
def test_a_change_is_named(cited: str, printed: str, kinds: tuple[str, ...]) -> None:
    assert edits(printed, cited) == kinds
