"""Small multiples: one panel for each value of a key, on axes that can be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.theme import SIZE

MOST_COLUMNS = 3


def panels(plot: Plot, draw: Callable[[Plot], dict[str, Any]]) -> dict[str, Any]:
    """Return the panels in rows, each under its own name.

    Each panel is drawn by itself rather than by Vega-Lite's facets, so that names
    stand only in the first column and a panel can have an axis of its own.
    """
    values = plot.values(plot.chart.facet or "")
    columns = _columns(len(values))
    drawn: list[dict[str, Any]] = []
    title = plot.title
    for n, value in enumerate(values):
        panel = replace(plot, panel=value, column=n % columns, columns=columns)
        one = draw(panel)
        one["title"] = {
            "text": plot.name(plot.chart.facet or "", value, 40 // columns + 14),
            "fontSize": SIZE,
            "frame": "group",
        }
        drawn.append(one)
    rows = [drawn[n : n + columns] for n in range(0, len(drawn), columns)]
    return {"title": title, "vconcat": [{"hconcat": row} for row in rows]}


def _columns(count: int) -> int:
    """Return a number of columns that leaves the last row as full as can be."""
    if count <= MOST_COLUMNS:
        return max(count, 1)
    return 2 if count == 4 else MOST_COLUMNS
