"""Writing published-style CSV files: whole or not at all, always the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from skillmix.synth.tables import Array

PREFIX = "SYNTHETIC "


def write_csv(
    folder: Path,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    quote_all: bool = False,
) -> Path:
    """Write a CSV file, its name marked as synthetic.

    Args:
        folder: Where.
        name: File name as the publisher gives it.
        header: Column names; none for a file without header.
        rows: The cells.
        quote_all: Whether every cell is quoted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PREFIX}{name}"
    temporary = folder / f".{target.name}.part"
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        if header:
            writer.writerow(header)
        writer.writerows(rows)
    return temporary.replace(target)


def shown(number: float) -> str:
    """Return a figure as publishers print FTE: at most five decimals, none wasted."""
    return f"{number:.5f}".rstrip("0").rstrip(".")


def grouped(values: Array, groups: Array, many: int) -> Array:
    """Sum rows of a table by group."""
    import numpy as np

    sums = np.zeros((many, *values.shape[1:]))
    np.add.at(sums, groups, values)
    return sums
