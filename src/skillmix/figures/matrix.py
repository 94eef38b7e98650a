"""A matrix of values in shades, each cell with its number."""

from __future__ import annotations

from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.rows import category_names
from skillmix.figures.shades import RAMP, TURNS, breaks, shade
from skillmix.figures.space import LINE, lines, widest

CELL = 42
MOST, LEAST, LEAST_IN_PANEL = 110, 60, 38
COLUMN_WRAP = 14
ROW_WRAP = 28
LEAN = -35


def draw_heatmap(plot: Plot) -> dict[str, Any]:
    """Draw each pair of categories as a cell, shaded and numbered."""
    across = plot.names(plot.chart.x, COLUMN_WRAP)
    down = plot.names(plot.chart.y, ROW_WRAP)
    left = widest(down) + 20 if plot.column == 0 else 0
    room = plot.width // plot.columns - left - 20
    # Beside other panels a column is as wide as its number needs.
    least = LEAST if plot.columns == 1 else LEAST_IN_PANEL
    width = max(min(len(across) * MOST, room), least * len(across))
    # Headings wider than their columns would run into one another: they lean.
    leaning = widest(across) + 6 > width / len(across)
    across = plot.names(plot.chart.x, 0 if leaning else COLUMN_WRAP)
    x = {
        "field": "x",
        "type": "nominal",
        "scale": {"domain": across},
        "axis": {
            "orient": "top",
            "title": None,
            "labelExpr": r"split(datum.label, '\n')",
            "labelAngle": LEAN if leaning else 0,
            "labelAlign": "left" if leaning else "center",
            "labelLineHeight": LINE,
            "labelBaseline": "middle" if leaning else "bottom",
            "labelColor": plot.colour("text"),
            "labelPadding": 8 + LINE * (lines(across) - 1),
            "labelOverlap": False,
        },
    }
    y = {"field": "y", "type": "nominal", "scale": {"domain": down}, "axis": None}
    return {
        "data": {"values": _cells(plot, 0 if leaning else COLUMN_WRAP)},
        "width": width,
        "height": max(CELL, LINE * lines(down) + 10) * len(down),
        "title": plot.title,
        "encoding": {"y": y},
        "layer": [
            *(_row_names(plot, down) if plot.column == 0 else []),
            {
                "mark": {
                    "type": "rect",
                    "stroke": plot.colour("paper"),
                    "strokeWidth": 2,
                },
                "encoding": {
                    "x": x,
                    "color": {"field": "fill", "type": "nominal", "scale": None},
                    "tooltip": plot.tooltip(),
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle", "fontSize": 12},
                "encoding": {
                    "x": {"field": "x", "type": "nominal"},
                    "text": {"field": "brief"},
                    "color": {"field": "letters", "type": "nominal", "scale": None},
                },
            },
        ],
    }


def _cells(plot: Plot, wrap: int) -> list[dict[str, Any]]:
    edges = breaks([r.estimate for r in plot.rows if r.estimate is not None])
    found: list[dict[str, Any]] = []
    for row, point in zip(plot.drawn, plot.points(wrap, ROW_WRAP), strict=True):
        fill, letters = "paper", "faint"
        if row.estimate is not None:
            place = shade(row.estimate, edges)
            fill = RAMP[place]
            letters = "paper" if place >= TURNS else "text"
        found.append(
            {**point, "fill": plot.colour(fill), "letters": plot.colour(letters)}
        )
    return found


def _row_names(plot: Plot, names: list[str]) -> list[dict[str, Any]]:
    return [
        {
            **layer,
            "data": {"values": [{"y": d["x"]} for d in layer["data"]["values"]]},
            "encoding": {"x": {"value": 0}, "text": {"field": "y"}},
        }
        for layer in category_names(plot, names)
    ]
