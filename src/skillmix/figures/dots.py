"""Dots with their intervals, one row a category; and the gap between two groups."""

from __future__ import annotations

from typing import Any

from skillmix.figures.bars import (
    colour_of,
    lane_of,
    legend_columns,
    reach,
    rows_of,
    value_texts,
    zero_line,
)
from skillmix.figures.plot import Plot
from skillmix.figures.space import widest


def draw_dots(plot: Plot) -> dict[str, Any]:
    """Draw each estimate as a dot on its 95% interval."""
    shape = reach(plot)
    lanes = max(1, len(plot.names(plot.chart.colour)))
    room = widest([plot.number(r.estimate) for r in plot.rows])
    drawn = rows_of(plot, shape, lanes, right=room + 14)
    lane = {"yOffset": lane_of(plot)} if plot.chart.colour else {}
    scaled = {"type": "quantitative", "scale": {"domain": shape.domain}}
    colour = colour_of(plot)
    rule = {
        "transform": [{"filter": "isValid(datum.low) && isValid(datum.value)"}],
        "mark": {"type": "rule", "strokeWidth": 2.5, "opacity": 0.55},
        "encoding": {
            "x": {"field": "low", **scaled},
            "x2": {"field": "high"},
            "color": {**colour, "legend": None} if "field" in colour else colour,
            **lane,
        },
    }
    drawn["layer"] = [
        *zero_line(plot, shape),
        *reference_rules(plot),
        rule,
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "size": 95, "opacity": 1},
            "encoding": {
                "x": {**drawn["encoding"]["x"], "field": "value"},
                "color": marked(plot, colour),
                "shape": shaped(plot),
                "tooltip": plot.tooltip(),
                **lane,
            },
        },
        *(value_texts(plot, shape) if plot.chart.facet is None else []),
    ]
    return drawn


def draw_dumbbell(plot: Plot) -> dict[str, Any]:
    """Draw two groups' estimates on one row, joined by the gap between them."""
    shape = reach(plot)
    drawn = rows_of(plot, shape, 1, right=14)
    scaled = {"type": "quantitative", "scale": {"domain": shape.domain}}
    drawn["layer"] = [
        *zero_line(plot, shape),
        *reference_rules(plot),
        {
            "data": {"values": _gaps(plot)},
            "mark": {"type": "rule", "strokeWidth": 3, "color": plot.colour("other")},
            "encoding": {"x": {"field": "from", **scaled}, "x2": {"field": "to"}},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "size": 120, "opacity": 1},
            "encoding": {
                "x": {**drawn["encoding"]["x"], "field": "value"},
                "color": marked(plot, colour_of(plot)),
                "shape": shaped(plot),
                "tooltip": plot.tooltip(),
            },
        },
    ]
    return drawn


def marked(plot: Plot, colour: dict[str, Any]) -> dict[str, Any]:
    """Return the colour of dots, whose legend shows their shapes too."""
    if "field" not in colour:
        return colour
    return {**colour, "legend": {"columns": legend_columns(plot)}}


def shaped(plot: Plot) -> dict[str, Any]:
    """Return the shape of dots, so that colour is never alone."""
    if plot.chart.colour is None:
        return {"value": "circle"}
    return {
        "field": "colour",
        "type": "nominal",
        "scale": plot.shape_scale(),
        "legend": {"columns": legend_columns(plot)},
    }


def reference_rules(plot: Plot) -> list[dict[str, Any]]:
    """Draw values from documents as dashed lines with their names."""
    if not plot.chart.references:
        return []
    values = [
        {"at": r.value * plot.unit.scale, "words": r.label}
        for r in plot.chart.references
    ]
    at = {"field": "at", "type": "quantitative"}
    rule = {"type": "rule", "color": plot.colour("axis"), "strokeDash": [4, 3]}
    named = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "dx": 4,
        "color": plot.colour("faint"),
    }
    return [
        {
            "data": {"values": values},
            "mark": rule,
            "encoding": {"x": at, "y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "data": {"values": values},
            "mark": named,
            "encoding": {"x": at, "y": {"value": -2}, "text": {"field": "words"}},
        },
    ]


def _gaps(plot: Plot) -> list[dict[str, Any]]:
    """Return for each category the two ends of its gap."""
    ends: dict[tuple[str, str], list[float]] = {}
    for point in plot.points(22 if plot.chart.facet else 30):
        if point["value"] is not None:
            place = (point["x"], point.get("facet", ""))
            ends.setdefault(place, []).append(point["value"])
    return [
        {"x": x, "facet": facet, "from": min(found), "to": max(found)}
        for (x, facet), found in ends.items()
        if len(found) > 1
    ]
