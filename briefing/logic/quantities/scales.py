"""One amount in several units: "2.4 GW", "2,400 megawatts"; "a quarter", "25%"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from briefing.domain.claim import Quantity, QuantityKind
from briefing.logic.quantities.comparing import same_thing

# The units of one dimension, each with how many of the first it is; exact by definition
# only: no months in days, no gallons in litres, for those depend on which.
_DIMENSIONS = (
    {"W": "1", "kW": "1E3", "MW": "1E6", "GW": "1E9", "TW": "1E12"},
    {"Wh": "1", "kWh": "1E3", "MWh": "1E6", "GWh": "1E9", "TWh": "1E12"},
    {"m": "1", "nm": "1E-9", "mm": "1E-3", "cm": "1E-2", "km": "1E3"},
    {"g": "1", "mg": "1E-3", "kg": "1E3", "tonne": "1E6"},
    {"square m": "1", "hectare": "1E4", "square km": "1E6"},
    {"litre": "1", "ml": "1E-3", "cubic m": "1E3", "cubic km": "1E12"},
    {"Hz": "1", "kHz": "1E3", "MHz": "1E6", "GHz": "1E9"},
    {"Mbps": "1", "Gbps": "1E3"},
    {"second": "1", "minute": "60", "hour": "3600", "day": "86400", "week": "604800"},
    {"month": "1", "year": "12", "decade": "120", "century": "1200"},
)
_SCALES = {
    unit: (next(iter(table)), Decimal(factor))
    for table in _DIMENSIONS
    for unit, factor in table.items()
}


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one (`same_thing`), also in other units of the same
    dimension, and a simple fraction as a percentage.

    For what a reader was told already; the checker holds a unit to its evidence.
    """
    if same_thing(a, b):
        return True
    if a.kind is b.kind:
        # In one unit it is the amounts that differ; without one there is no other.
        return (
            a.unit != b.unit
            and a.unit != ""
            and b.unit != ""
            and same_thing(in_first_unit(a), in_first_unit(b))
        )
    is_fraction = QuantityKind.MULTIPLE in (a.kind, b.kind)
    return is_fraction and same_thing(in_first_unit(a), in_first_unit(b))


def in_first_unit(quantity: Quantity) -> Quantity:
    """`quantity` in the first unit of its dimension (watts, seconds, months);
    a fraction in percent; anything else as it is.
    """
    if quantity.kind is QuantityKind.MULTIPLE and 0 < quantity.value < 1:
        return replace(
            quantity,
            kind=QuantityKind.PERCENT,
            unit="percent",
            value=quantity.value * 100,
        )
    unit, mark, rest = quantity.unit.partition("/")
    first, factor = _SCALES.get(unit, (unit, Decimal(1)))
    if factor == 1:
        return quantity
    return replace(
        quantity,
        unit=f"{first}{mark}{rest}",
        value=quantity.value * factor,
        upper=None if quantity.upper is None else quantity.upper * factor,
    )
