"""A shorter form says nothing that the long one did not say."""

from briefing.logic.extractive.trims import shorten, without_told_tail

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


def test_a_last_clause_whose_figures_were_told_goes() -> None:
    text = "Tidewell bid €49 an hour, the lowest of all, whose average was €52.75."

    assert without_told_tail(text, lambda clause: "52.75" in clause) == (
        "Tidewell bid €49 an hour, the lowest of all."
    )
    assert without_told_tail(text, lambda _: False) == text


def test_who_says_it_is_never_cut_off_as_told() -> None:
    text = "The port lost 4% of its boxes, below the level of 2019, the union said."

    assert without_told_tail(text, lambda _: True) == text
