"""Dots with their intervals, one row a category; and the gap between two groups."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis
from skillmix.figures.plot import Plot
from skillmix.figures.rows import (
    along,
    colour_of,
    frame,
    intervals,
    lane_of,
    lanes_of,
    reach,
    reference_rules,
    value_texts,
    wrapped_at,
    zero_line,
)
from skillmix.figures.space import widest
from skillmix.figures.theme import cohort_shapes


def draw_dots(plot: Plot) -> dict[str, Any]:
    """Draw each estimate as a dot on its 95% interval."""
    shape = reach(plot)
    lanes = lanes_of(plot)
    room = widest([plot.brief(r.estimate) for r in plot.rows])
    drawn = frame(plot, shape, lanes=lanes, right=room + 14 if plot.columns == 1 else 0)
    rule = intervals(
        plot,
        shape,
        drawn["width"],
        strokeWidth=3,
        opacity=0.45,
        inked=True,
    )
    drawn["layer"] += [
        *zero_line(plot, shape),
        *reference_rules(plot, shape),
        *rule,
        _dots(plot, drawn, size=95),
        *value_texts(plot, shape),
    ]
    return drawn


def draw_dumbbell(plot: Plot) -> dict[str, Any]:
    """Draw two groups' estimates on one row, joined by the gap between them."""
    shape = reach(plot)
    drawn = frame(plot, shape, right=14)
    drawn["layer"] += [
        *zero_line(plot, shape),
        *reference_rules(plot, shape),
        _gaps(plot, shape),
        *_met(plot, shape),
        _dots(plot, drawn, size=120, lanes=False),
    ]
    return drawn


def _dots(
    plot: Plot, drawn: dict[str, Any], *, size: int, lanes: bool = True
) -> dict[str, Any]:
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, "size": size, "opacity": 1},
        "encoding": {
            "x": {**drawn["encoding"]["x"], "field": "value"},
            "color": colour_of(plot),
            "shape": _shape_of(plot),
            "tooltip": plot.tooltip(),
            **(lane_of(plot) if lanes else {}),
        },
    }


def _shape_of(plot: Plot) -> dict[str, Any]:
    """Return the shape of dots, so that colour is never alone."""
    if plot.chart.colour is not None:
        return {
            "field": "colour",
            "type": "nominal",
            "scale": plot.shape_scale(),
            "legend": colour_of(plot)["legend"],
        }
    known = cohort_shapes(plot.chart.x, plot.values(plot.chart.x))
    if not known or plot.chart.highlight:
        return {"value": "circle"}
    scale = {
        "domain": plot.names(plot.chart.x, wrapped_at(plot)),
        "range": list(known),
    }
    return {"field": "x", "type": "nominal", "scale": scale, "legend": None}


def _met(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Ring the dots of two groups that are level, of which one would hide the other."""
    places: dict[tuple[str, float], list[str]] = {}
    for point in plot.points(wrapped_at(plot)):
        if point["value"] is not None:
            place = (point["x"], point["value"])
            places.setdefault(place, []).append(point.get("ink", plot.colour("1")))
    level = [
        {"x": x, "value": value, "ink": inks[0]}
        for (x, value), inks in places.items()
        if len(inks) > 1
    ]
    # The dot of the group drawn last covers all but the ring of the other's colour.
    ring = {"type": "point", "filled": False, "size": 200, "strokeWidth": 2.5}
    return [
        {
            "data": {"values": level},
            "mark": {**ring, "opacity": 1},
            "encoding": {
                "x": along(shape, "value"),
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        }
    ]


def _gaps(plot: Plot, shape: Axis) -> dict[str, Any]:
    """Draw for each category the line between its two ends."""
    ends: dict[str, list[float]] = {}
    for point in plot.points(wrapped_at(plot)):
        if point["value"] is not None:
            ends.setdefault(point["x"], []).append(point["value"])
    gaps = [
        {"x": x, "from": min(found), "to": max(found)}
        for x, found in ends.items()
        if len(found) > 1
    ]
    return {
        "data": {"values": gaps},
        "mark": {"type": "rule", "strokeWidth": 4, "color": plot.colour("other")},
        "encoding": {"x": along(shape, "from"), "x2": {"field": "to"}},
    }
