"""Names that stand for one another: a seat for its government, a people for its land.

Facts of general knowledge; only those that news uses so in nearly every context.
"""

from __future__ import annotations

from briefing.logic.name_words import PLACES
from briefing.logic.names import name_key, same_name

_SEATS = """
brussels=european union,european commission|washington=united states,white house
white house=us government,us administration|kremlin=russia,moscow|moscow=russia
beijing=china|tokyo=japan|seoul=south korea|pyongyang=north korea|taipei=taiwan
kyiv=ukraine|kiev=ukraine|minsk=belarus|tehran=iran|baghdad=iraq|damascus=syria
riyadh=saudi arabia|ankara=turkey|cairo=egypt|delhi=india|new delhi=india
islamabad=pakistan|kabul=afghanistan|canberra=australia|wellington=new zealand
ottawa=canada|caracas=venezuela|havana=cuba|berlin=germany|paris=france|rome=italy
madrid=spain|lisbon=portugal|athens=greece|warsaw=poland|budapest=hungary|bern=switzerland
bucharest=romania|sofia=bulgaria|belgrade=serbia|dublin=ireland|oslo=norway|vienna=austria
stockholm=sweden|copenhagen=denmark|helsinki=finland|pretoria=south africa|abuja=nigeria
nairobi=kenya|downing street=british government,uk government,prime minister
whitehall=british government,uk government|westminster=uk parliament,house of commons
capitol hill=congress|pentagon=defense department,department of defense
fed=federal reserve|scotland yard=metropolitan police|holyrood=scottish parliament
"""
_HOLDERS: dict[tuple[str, ...], tuple[str, ...]] = {
    name_key(seat): tuple(holders.split(","))
    for line in _SEATS.strip().splitlines()
    for pair in line.split("|")
    for seat, holders in [pair.split("=")]
}
# "Sarvia" and "Sarvian", "Japan" and "Japanese": a people is its land's name with one
# of these, the land's own last vowel aside.
_PEOPLE = frozenset("n an ian ean ese ish i ic ite er".split())
_SHORTEST_LAND = 4


def stands_for(a: str, b: str) -> bool:
    """True if two names are one, or one stands for the other in the news: "Brussels"
    for the European Commission, "Sarvian" for Sarvia.
    """
    if same_name(a, b) or _sits(a, b) or _sits(b, a) or _is_people(a, b):
        return True
    return _is_one_of_two(a, b) or _is_one_of_two(b, a)


def _is_one_of_two(land: str, pair: str) -> bool:
    """ "Norway" of "the Norway-Sweden border": two lands and what is between them."""
    lands = pair.split("-") if "-" in pair else ()
    return len(lands) == 2 and any(
        same_name(land, one) for one in lands if one.lower() in PLACES
    )


def _sits(seat: str, holder: str) -> bool:
    return any(same_name(one, holder) for one in _HOLDERS.get(name_key(seat), ()))


def _is_people(a: str, b: str) -> bool:
    left, right = name_key(a), name_key(b)
    if len(left) != len(right) or left[:-1] != right[:-1]:
        return False
    land, people = sorted((left[-1], right[-1]), key=len)
    if len(land) < _SHORTEST_LAND or land == people:
        return False
    roots = {land, land.rstrip("aeiouy")}
    return any(
        people.removeprefix(root) in _PEOPLE
        for root in roots
        if len(root) >= _SHORTEST_LAND and people.startswith(root)
    )
