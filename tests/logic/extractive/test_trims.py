"""A shorter form says nothing that the long one did not say."""

from briefing.logic.extractive.trims import shorten

LONG = (
    "Tidewell, which already runs two farms, bid the lowest price of the tender on "
    "Monday in the town hall."
)


def test_an_aside_between_commas_can_go() -> None:
    assert shorten(LONG, 16) == (
        "Tidewell bid the lowest price of the tender on Monday in the town hall."
    )


def test_an_aside_that_a_relative_clause_speaks_of_stays() -> None:
    text = (
        "Tidewell bid fifty euros per hour, the lowest price of the tender, whose "
        "average was much higher than in the year before."
    )

    shorter = shorten(text, 18)

    assert shorter is None or "hour whose" not in shorter
