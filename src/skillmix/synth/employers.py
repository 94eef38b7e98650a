"""The employers: real codes, regions and types, with sizes drawn once for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from skillmix.schema.codelists import codelist, label
from skillmix.schema.values import REGIONS
from skillmix.synth.tables import Array, rows

# Sizes do not depend on the seed of a run: a trust keeps its rank in every run.
_SIZE_SEED = 1948
# Mean FTE and spread (of the logarithm) by benchmark group.
_SIZES = {
    "Acute - Teaching": (10500.0, 0.38),
    "Acute - Large": (8000.0, 0.22),
    "Acute - Medium": (5300.0, 0.18),
    "Acute - Multi-Service": (5900.0, 0.35),
    "Acute - Small": (3800.0, 0.17),
    "Acute - Specialist": (2700.0, 0.45),
    "Ambulance Trust": (5600.0, 0.25),
    "Community Provider Trust": (3000.0, 0.40),
    "Mental Health and Learning Disability": (5000.0, 0.33),
    "Care Trust": (3000.0, 0.10),
    "Commissioning Support Unit": (1500.0, 0.30),
    "Others": (2500.0, 0.60),
    "": (4500.0, 0.25),
}
# Opened after the months simulated, or not an employer of health service staff.
_LATER = ("G6V2S", "R0D", "8JX76", "DEQ", "X36", "Z1E5K")
_NATIONAL = ("T1450", "T1460", "T1510", "X24", "X26", "X80")
_SECTORS = {
    "mental_health_learning_disability": "mental_health",
    "care_trust": "mental_health",
}
# Small enough that a share of one employer's staff can be checked, yet not tiny.
_SET_SIZES = {"RQY": 3600.0, "RJ8": 4300.0, "RNK": 900.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Employers:
    """The employers of the synthetic NHS, one position each in every array.

    Attributes:
        codes: ODS codes.
        kinds: Employer type, one of `values.EMPLOYER_TYPES`.
        sectors: Type as used to share out staff; care trusts with mental health.
        benchmarks: Benchmark group as published.
        regions: Position in `values.REGIONS`.
        icbs: Integrated care board code, QZZ where there is none.
        sizes: Size in relative terms.
        inner_london: Whether the inner London supplement is paid.
    """

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    benchmarks: tuple[str, ...]
    regions: Array
    icbs: tuple[str, ...]
    sizes: Array
    inner_london: Array

    def name(self, place: int) -> str:
        """Return the name of the employer at a position."""
        return label("employer", self.codes[place])


@cache
def employers() -> Employers:
    """Return the employers open through all the months simulated."""
    found = [row for row in codelist("employers") if _open(row)]
    rng = np.random.default_rng(_SIZE_SEED)
    drawn = rng.standard_normal(len(found))
    sizes = [
        _SET_SIZES.get(r["code"], _size(r["benchmark_group"], z))
        for r, z in zip(found, drawn, strict=True)
    ]
    regions = [REGIONS.index(r["region"]) for r in found]
    return Employers(
        codes=tuple(r["code"] for r in found),
        kinds=tuple(r["employer_type"] for r in found),
        sectors=tuple(
            _SECTORS.get(r["employer_type"], r["employer_type"]) for r in found
        ),
        benchmarks=tuple(r["benchmark_group"] or _benchmark(r) for r in found),
        regions=np.array(regions, dtype=np.int16),
        icbs=tuple(r["icb"] or "QZZ" for r in found),
        sizes=np.array(sizes),
        inner_london=np.array(
            [r["region"] == "Y56" and z > 0 for r, z in zip(found, drawn, strict=True)]
        ),
    )


def spread(sector: str, weights: dict[str, float]) -> Array:
    """Return how staff of a sector are shared out over employers, adding to one.

    Args:
        sector: A name in `sectors.csv`.
        weights: Weight of each region; employers without a region ignore it.
    """
    every = employers()
    region = np.array([weights.get(REGIONS[r], 1.0) for r in every.regions])
    share = np.zeros(len(every.codes))
    for row in rows("sectors"):
        if row["sector"] != sector:
            continue
        here = np.array([s == row["employer_sector"] for s in every.sectors])
        share += float(row["share"]) * _within(here, region, every)
    return share / share.sum()


def _within(here: Array, region: Array, every: Employers) -> Array:
    """Share one sector over its employers: by region first, by size within it."""
    share = np.zeros(len(here))
    for place in np.unique(every.regions[here]):
        mine = here & (every.regions == place)
        size = np.where(mine, every.sizes, 0.0)
        share += region[mine][0] * size / size.sum()
    return share / share.sum()


def _open(record: Mapping[str, str]) -> bool:
    code, closed = record["code"], record["closed_on"]
    if code in _LATER or (closed and closed < "2021-01-01"):
        return False
    kind = record["employer_type"]
    if kind == "other":
        return code in _NATIONAL
    if kind == "commissioning":
        return code[0] == "0"
    return code[0] in "RT" and kind != "unknown"


def _size(benchmark: str, z: float) -> float:
    mean, spread_ = _SIZES[benchmark]
    return mean * float(np.exp(spread_ * z - spread_**2 / 2))


def _benchmark(record: Mapping[str, str]) -> str:
    if record["employer_type"] == "mental_health_learning_disability":
        return "Mental Health and Learning Disability"
    return "Acute - Medium" if record["employer_type"] == "acute" else "Others"
