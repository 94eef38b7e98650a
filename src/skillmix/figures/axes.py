"""Round axes and their ticks, decided here so that no renderer decides them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from skillmix.words.numbers import Unit

STEPS = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A value axis: its ends and its ticks, in the unit shown."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def domain(self) -> list[float]:
        """The ends, as a scale takes them."""
        return [self.low, self.high]

    def share(self, value: float) -> float:
        """Return where along the axis a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis(low: float, high: float, *, zero: bool, most: int = 6) -> Axis:
    """Return a round axis that holds both values.

    Args:
        low: Lowest value.
        high: Highest value.
        zero: Whether it must begin, or end, at zero: always so for bars, and where
            leaving zero out would make much of little.
        most: The most ticks.
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9 * max(1.0, abs(high)):
        high = low + (abs(low) or 1.0)
    step = next(s for s in _steps(high - low) if (high - low) / s <= most - 1)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{n * step:.12g}") for n in range(first, last + 1))
    return Axis(low=ticks[0], high=ticks[-1], ticks=ticks)


def wants_zero(low: float, high: float, *, beyond: float = 0.4) -> bool:
    """Tell whether values are far enough from each other to begin at zero.

    Args:
        low: Lowest value.
        high: Highest value.
        beyond: The spread, as a share of the farthest value, from which they are.
    """
    if low <= 0 <= high:
        return True
    far = max(abs(low), abs(high))
    return (high - low) / far > beyond


def value_axis(
    shape: Axis, unit: Unit, title: str | None, **more: Any
) -> dict[str, Any]:
    """Return the Vega-Lite axis: ticks written with their unit, thousands apart."""
    return {
        "title": title,
        "values": list(shape.ticks),
        "labelExpr": tick_expression(shape, unit),
        "grid": True,
        "labelFlush": False,
        "labelOverlap": False,
        **more,
    }


def tick_expression(shape: Axis, unit: Unit) -> str:
    """Return the expression that writes a tick with its unit."""
    step = shape.ticks[1] - shape.ticks[0] if len(shape.ticks) > 1 else 1.0
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    places += int(not math.isclose(round(step, places), step, rel_tol=1e-9))
    sign = "+" if unit.signed else ""
    after = "%" if unit.after.strip() == "%" else ""
    signed = f"format(datum.value, '{sign},.{places}f')"
    if unit.signed:
        plain = f"format(datum.value, ',.{places}f')"
        signed = f"(datum.value === 0 ? {plain} : {signed})"
    return f"'{unit.before}' + {signed} + '{after}'"


def _steps(span: float) -> list[float]:
    power = math.floor(math.log10(span)) - 1
    return [s * 10.0**p for p in range(power, power + 3) for s in STEPS]
