"""The months before the staff record begins: its first month, scaled back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from skillmix.schema.values import STAFF_GROUPS
from skillmix.synth.careers import FIRST
from skillmix.synth.published.files import grouped
from skillmix.synth.tables import Array, index_path, months_from, rows
from skillmix.synth.tally import MonthTally
from skillmix.synth.world import LED, world

SINCE = dt.date(2010, 1, 1)
# Months differ a little from the straight line between the known points.
_UNEVEN = 0.0012


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """January 2010 to the month before the staff record.

    Attributes:
        first: Sums of the first month of the record.
        index: Size of each cell in each month, over its size in that first month.
        months: The months.
    """

    first: MonthTally
    index: Array
    months: tuple[dt.date, ...]

    def group_fte(self) -> Iterator[tuple[dt.date, Array]]:
        """Give national FTE by staff group of each month."""
        fte = self.first.fte.sum(axis=1)
        for month, index in zip(self.months, self.index, strict=True):
            yield month, grouped(fte * index, world().staff_group, len(STAFF_GROUPS))

    def area_fte(self) -> Iterator[tuple[dt.date, Array]]:
        """Give national FTE by cell and area of work of each month."""
        for month, index in zip(self.months, self.index, strict=True):
            yield month, self.first.area_fte * index[:, None]


def before(first: MonthTally, rng: np.random.Generator) -> Before:
    """Scale the first month back along the known history of each series."""
    many = (FIRST.year - SINCE.year) * 12 + FIRST.month - SINCE.month
    months = tuple(months_from(SINCE, many))
    series = _series()
    names = sorted(set(series))
    paths = {name: _path(name, months, rng) for name in names}
    index = np.stack([paths[name] for name in series], axis=1)
    return Before(first=first, index=index, months=months)


def _path(name: str, months: tuple[dt.date, ...], rng: np.random.Generator) -> Array:
    points = [
        (dt.date.fromisoformat(r["month"]).toordinal(), float(r["index"]))
        for r in rows("history")
        if r["series"] == name
    ]
    now = index_path("paths", "path", _PATHS.get(name, name), FIRST, "index")
    ordinals = [p for p, _ in points] + [FIRST.toordinal()]
    heights = [h for _, h in points] + [now]
    straight = np.interp([m.toordinal() for m in months], ordinals, heights)
    # Januaries are exact: they are what the report compares.
    uneven = np.array([0.0 if m.month == 1 else _UNEVEN for m in months])
    return straight / now * (1.0 + uneven * rng.standard_normal(len(months)))


_PATHS = {"mental_health_qualified": "qualified"}


def _series() -> list[str]:
    """Return the series of the history that each kind of post follows."""
    w = world()
    found: list[str] = []
    for cell, path in enumerate(w.path):
        name = w.classes[w.staff_class[cell]]
        family = w.families[w.family[cell]]
        if name in LED:
            found.append(LED[name])
        elif path == "qualified" and family.endswith("_mh"):
            found.append("mental_health_qualified")
        else:
            found.append("infrastructure" if path == "infrastructure" else "qualified")
    return found
