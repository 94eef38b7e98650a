"""Funnel plots: which units differ by more than chance, with overdispersion.

Each unit's value is turned into a z-score against the whole. Real units differ by
more than binomial or Poisson chance alone, so nearly all would be outliers; the
extra spread is estimated from the winsorised z-scores and added to every unit's
variance (additive random effects).

Source: Spiegelhalter (2005), Handling over-dispersion of performance indicators,
Quality and Safety in Health Care 14:347-351.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["proportion", "rate", "ratio"]
WINSORISED = 0.1
Z95, Z998 = 1.959963984540054, 3.090232306167813


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit of a funnel, for example a trust.

    Attributes:
        value: Its value.
        z: How many standard deviations it lies from the centre, overdispersion
            allowed for.
        outlier: "high" or "low" beyond the outer limits, "" within them.
    """

    value: float
    z: float
    outlier: Literal["", "high", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Units against the whole, and the limits at any size.

    Attributes:
        centre: Value of all units together.
        units: One for each unit given, in order.
        dispersion: Mean of the squared winsorised z-scores; 1 is chance alone.
        between: Standard deviation between units, on the scale of the limits.
        kind: What the values are.
    """

    centre: float
    units: tuple[Unit, ...]
    dispersion: float
    between: float
    kind: Kind

    def limits(self, size: float, *, z: float = Z998) -> tuple[float, float]:
        """Return the limits at a denominator; 99.8% ones if `z` is not given."""
        scale = math.sqrt(_variance(self.kind, self.centre, size) + self.between**2)
        middle = _scale(self.kind, self.centre)
        return (
            _unscale(self.kind, middle - z * scale),
            _unscale(self.kind, middle + z * scale),
        )


def funnel(
    counts: Sequence[tuple[float, float]],
    *,
    kind: Kind = "proportion",
    overdispersed: bool = True,
) -> Funnel:
    """Return which units lie beyond chance, given (numerator, denominator) of each.

    Args:
        counts: Numerator and denominator of each unit, denominators above zero.
        kind: "proportion" of the denominator (arc sine scale), "rate" per unit of
            time or staff (square root scale), or "ratio" of two totals (log scale,
            numerators above zero).
        overdispersed: Whether spread beyond chance widens the limits.
    """
    whole = sum(top for top, _ in counts) / sum(base for _, base in counts)
    middle = _scale(kind, whole)
    gaps = [_scale(kind, top / base) - middle for top, base in counts]
    variances = [_variance(kind, whole, base) for _, base in counts]
    plain = [g / math.sqrt(v) for g, v in zip(gaps, variances, strict=True)]
    dispersion = _dispersion(plain)
    between = _between(dispersion, variances) if overdispersed else 0.0
    units: list[Unit] = []
    for (top, base), gap, variance in zip(counts, gaps, variances, strict=True):
        z = gap / math.sqrt(variance + between)
        far: Literal["", "high", "low"] = ""
        if abs(z) > Z998:
            far = "high" if z > 0 else "low"
        units.append(Unit(value=top / base, z=z, outlier=far))
    return Funnel(
        centre=whole,
        units=tuple(units),
        dispersion=dispersion,
        between=math.sqrt(between),
        kind=kind,
    )


def _dispersion(scores: Sequence[float]) -> float:
    """Return the mean squared z-score, the outermost tenth drawn in on each side."""
    ordered = sorted(scores)
    out = math.floor(WINSORISED * len(ordered))
    low, high = ordered[out], ordered[-1 - out]
    drawn = [min(max(z, low), high) for z in scores]
    return sum(z * z for z in drawn) / len(drawn)


def _between(dispersion: float, variances: Sequence[float]) -> float:
    """Return the variance between units (DerSimonian and Laird's moments)."""
    n = len(variances)
    if n < 2 or n * dispersion <= n - 1:
        return 0.0
    weights = [1 / v for v in variances]
    total = sum(weights)
    spread = total - sum(w * w for w in weights) / total
    return (n * dispersion - (n - 1)) / spread


def _scale(kind: Kind, value: float) -> float:
    if kind == "proportion":
        return math.asin(math.sqrt(min(max(value, 0.0), 1.0)))
    return math.sqrt(value) if kind == "rate" else math.log(value)


def _unscale(kind: Kind, value: float) -> float:
    if kind == "proportion":
        return math.sin(min(max(value, 0.0), math.pi / 2)) ** 2
    return max(value, 0.0) ** 2 if kind == "rate" else math.exp(value)


def _variance(kind: Kind, centre: float, size: float) -> float:
    """Return the variance by chance alone, on the scale of the limits."""
    if kind == "ratio":
        return 1 / (centre * size) + 1 / size
    return 1 / (4 * size)
