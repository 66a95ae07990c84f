"""[[sources]] that are rankings: joins, fan-out, days in an address, fallbacks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.domain.source import FanOut, Join, RankingFormat
from briefing.errors import SettingsError
from briefing.settings import Settings, parse

SOURCE = """
[[sources]]
id = "{id}"
kind = "ranking"
url = "{url}"
publisher = "Usage Board (sample)"
{more}
[sources.ranking]
rows = "data"
key = "slug"
label = "name"
value = "tokens"
metric = "tokens processed"
unit = "{unit}"
{ranking}
"""


def written(
    source_id: str = "usage",
    url: str = "https://board.example/usage",
    more: str = "",
    unit: str = "token",
    ranking: str = "",
) -> str:
    return SOURCE.format(id=source_id, url=url, more=more, unit=unit, ranking=ranking)


def read(text: str) -> Settings:
    return parse(text, folder=Path(), environment={})


def test_a_join_and_a_fan_out_are_read() -> None:
    text = written(
        ranking="""
[sources.ranking.join]
url = "https://names.example/models"
rows = "data"
on = "id"
label = "name"
format = "csv"
[sources.ranking.fan_out]
url = "https://board.example/item/{id}"
limit = 20
"""
    )

    spec = read(text).sources[0].ranking

    assert spec is not None
    assert spec.join == Join(
        url="https://names.example/models",
        rows="data",
        on="id",
        label="name",
        format=RankingFormat.CSV,
    )
    assert spec.fan_out == FanOut("https://board.example/item/{id}", 20)


def test_fallbacks_are_rankings_in_the_order_given_switched_off_or_not() -> None:
    text = (
        written(more='fallback = ["third", "second"]')
        + written("second")
        + written("third", more="enabled = false\ncadence_hours = 48")
    )

    sources = read(text).sources

    assert [one.id for one in sources] == ["usage", "second"]
    assert [one.id for one in sources[0].fallback] == ["third", "second"]
    assert sources[0].fallback[0].cadence == timedelta(days=2)
    assert sources[1].fallback == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (written(more='fallback = ["none"]'), "'none', a fallback of 'usage'"),
        (written(more='fallback = ["usage"]'), "'usage', a fallback of 'usage'"),
        (
            written(more='fallback = ["b"]') + written("b", unit="point"),
            "count different things",
        ),
        (written(url="https://board.example/{year}"), "{year} is nothing"),
        (
            written(url="https://board.example/{day}", ranking="days = 7"),
            "needs {first_day}",
        ),
        (
            written(
                ranking='[sources.ranking.fan_out]\nurl = "https://board.example/item"'
            ),
            "fan_out.url",
        ),
        (
            written(
                ranking='[sources.ranking.join]\nurl = "file:///etc/passwd"\n'
                'rows = "data"\non = "id"'
            ),
            "join.url",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(text)

    assert message in caught.value.message


def test_the_key_of_an_interface_comes_from_the_environment() -> None:
    text = '[http.keys]\n"https://board.example/api/" = "BOARD_KEY"\n'

    chosen = parse(text, folder=Path(), environment={"BOARD_KEY": "s3cret"})

    (key,) = chosen.http.keys.values()
    assert key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(chosen)
    with pytest.raises(SettingsError) as caught:
        read(text)
    assert "Set BOARD_KEY" in caught.value.hint


def test_intervals_and_names_of_groups_are_read() -> None:
    text = written(
        ranking="""
low = "low"
high = "high"
[sources.ranking.groups]
CN = "Chinese models"
"""
    )

    spec = read(text).sources[0].ranking

    assert spec is not None
    assert (spec.low, spec.high) == ("low", "high")
    assert spec.groups == (("CN", "Chinese models"),)


def test_an_interval_has_two_ends() -> None:
    with pytest.raises(SettingsError, match="low and high belong together"):
        read(written(ranking='low = "low"'))
