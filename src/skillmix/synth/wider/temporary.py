"""Temporary hours of fifty trusts over two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np

from skillmix.synth.tables import Array, months_from
from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import Trusts, jitter, trusts

FIRST, MONTHS = dt.date(2018, 9, 1), 24
COVERED, LATE = 50, 4
MAY = dt.date(2020, 5, 1)


def temporary_hours(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make hours and costs; four small trusts join in the second year."""
    months = months_from(FIRST, MONTHS)
    covered = _covered(rng)
    size = covered.sizes / covered.sizes.sum()
    season = 1 + 0.05 * np.cos(2 * np.pi * np.arange(MONTHS) / 12 - 4)
    for level in levels("temporary"):
        asked = float(level["requested_a_month"]) * scale * season
        unfilled = _unfilled(level, asked)
        agency = _line(level, "agency_first", "agency_last") / 100
        spread = jitter(rng, size, 0.15)
        for n, month in enumerate(months):
            here = np.arange(COVERED) < (COVERED if n >= 12 else COVERED - LATE)
            weight = np.where(here, size, 0.0)
            even = spread * weight.sum() / (spread * weight).sum()
            for place in np.flatnonzero(here):
                requested = round(asked[n] * size[place], 2)
                # Rates differ between trusts, and their weighted mean is the level.
                idle = round(requested * unfilled[n] * even[place], 2)
                other = round(requested * agency[n] * even[place], 2)
                bank = round(requested - idle - other, 2)
                yield {
                    "month": f"{month:%Y-%m}",
                    "employer": covered.codes[place],
                    "staff_category": level["staff_category"],
                    "hours_requested": requested,
                    "hours_bank": bank,
                    "hours_agency": other,
                    "hours_unfilled": idle,
                    "cost_bank": bank * _bank_cost(level, n, month),
                    "cost_agency": other * _agency_cost(level, n, month),
                }


def _covered(rng: np.random.Generator) -> Trusts:
    """Return the trusts covered, the late and small ones last."""
    every = trusts("acute", "mental_health_learning_disability", "community")
    chosen = rng.permutation(len(every.codes))[:COVERED]
    ordered = chosen[np.argsort(-every.sizes[chosen], kind="stable")]
    return Trusts(
        codes=tuple(every.codes[n] for n in ordered),
        kinds=tuple(every.kinds[n] for n in ordered),
        regions=tuple(every.regions[n] for n in ordered),
        sizes=every.sizes[ordered],
    )


def _unfilled(level: Mapping[str, str], asked: Array) -> Array:
    """Return the unfilled share of each month; all months together give the level."""
    wanted, last = float(level["unfilled_two_years"]), float(level["unfilled_last"])
    shape = np.linspace(1.1, 0.9, MONTHS)
    rest = wanted * asked.sum() - last * asked[-1]
    shape[:-1] *= rest / (shape[:-1] * asked[:-1]).sum()
    shape[-1] = last
    return shape / 100


def _line(level: Mapping[str, str], first: str, last: str) -> Array:
    return np.linspace(float(level[first]), float(level[last]), MONTHS)


def _bank_cost(level: Mapping[str, str], n: int, month: dt.date) -> float:
    cost = float(_line(level, "bank_first", "bank_last")[n])
    return cost * (1 + float(level["bank_may_rise"]) / 100 * (month >= MAY))


def _agency_cost(level: Mapping[str, str], n: int, month: dt.date) -> float:
    cost = float(level["agency_cost_first"]) * (1 + 0.001 * n)
    return cost * (1 + float(level["agency_may_rise"]) / 100 * (month >= MAY))
