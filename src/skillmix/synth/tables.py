"""Every size, share and rate of the made-up NHS, read from the CSV files here.

The numbers are data, so that an analyst can read and change them without reading
Python, and so that the code says how the simulation works and nothing else.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one of the CSV files, in the order of the file."""
    path = files("skillmix.synth").joinpath(f"{name}.csv")
    read = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return tuple(MappingProxyType(row) for row in read)


def values(name: str, key: str, value: str) -> dict[str, float]:
    """Return one number column of a file by one text column."""
    return {row[key]: float(row[value]) for row in rows(name)}


def index_path(name: str, key: str, path: str, month: dt.date, number: str) -> float:
    """Return the value of a monthly series, straight between its points.

    Before its first point and after its last the series is flat.
    """
    points, heights = _points(name, key, path, number)
    return float(np.interp(month.toordinal(), points, heights))


@cache
def _points(name: str, key: str, path: str, number: str) -> tuple[Array, Array]:
    found = [
        (dt.date.fromisoformat(r["month"]).toordinal(), float(r[number]))
        for r in rows(name)
        if r[key] == path
    ]
    return np.array([p for p, _ in found]), np.array([h for _, h in found])


def months_from(start: dt.date, count: int) -> list[dt.date]:
    """Return the first days of so many months in a row."""
    first = start.year * 12 + start.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(first, first + count)]


def days_in(month: dt.date) -> int:
    """Return the number of days of a month."""
    return (months_from(month, 2)[1] - month).days


def place_in(names: Sequence[str], wanted: Sequence[str]) -> Array:
    """Return the position of each wanted name in a list of names."""
    places = {name: n for n, name in enumerate(names)}
    return np.array([places[name] for name in wanted], dtype=np.int16)


def whole_shares(total: int, shares: Array) -> Array:
    """Share out a whole number so that the parts are whole and add up to it.

    The largest remainders are rounded up (Hamilton's method).
    """
    weight = float(shares.sum())
    if total <= 0 or weight <= 0.0:
        return np.zeros(len(shares), dtype=np.int64)
    exact = shares * (total / weight)
    parts = np.floor(exact).astype(np.int64)
    left = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:left]] += 1
    return parts


def draw(rng: np.random.Generator, shares: Array, size: int) -> Array:
    """Draw positions with the given shares, independently."""
    edges = np.cumsum(shares / shares.sum())
    drawn = np.searchsorted(edges, rng.random(size), side="right")
    return np.minimum(drawn, len(shares) - 1)
