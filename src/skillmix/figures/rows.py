"""The frame of charts with one row a category: names, lanes, axis and intervals."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.lines import referred
from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, lines, widest
from skillmix.figures.theme import cohort_slots
from skillmix.words.labels import heading

WRAP = 30
PANEL_WRAP = 22
LONG_WRAP = 40
LANE = 20
MANY = 24
CLOSE = 19
# Above so many rows names cannot be read: each row is a sliver of a picture.
CROWD, SLIVER = 75, 5
BETWEEN = 26
# An interval narrower than this says no more than the mark it would be drawn on.
LEAST_PIXELS = 4
LEFT_OF_NUMBERS = 32


def frame(
    plot: Plot,
    shape: Axis,
    *,
    lanes: int = 1,
    right: int = 0,
    upside_down: bool = False,
) -> dict[str, Any]:
    """Return size, data and scales of a chart with one row a category.

    Args:
        plot: What is drawn.
        shape: The axis of values.
        lanes: How many series stand within a row.
        right: Pixels kept free for labels beyond the axis.
        upside_down: Whether the first category stands at the foot.
    """
    wrap = wrapped_at(plot)
    names = plot.names(plot.chart.x, wrap)
    if upside_down:
        names = names[::-1]
    step = max(LANE * lanes + 10, LINE * lines(names) + 8)
    if len(names) > MANY:
        step = max(CLOSE * lanes, LINE * lines(names) + 3)
    crowded = len(names) > CROWD
    if crowded:
        step = SLIVER * lanes
    left = 20 if crowded else widest(names) + 20
    between = (plot.columns - 1) * BETWEEN + plot.columns * right
    width = (plot.width - left - between) // plot.columns
    scale = {"domain": names, "paddingInner": 0.12, "paddingOuter": 0.06}
    return {
        "data": {"values": plot.points(wrap)},
        "width": max(width, 110),
        "height": step * len(names),
        "encoding": {
            "y": {"field": "x", "type": "nominal", "scale": scale, "axis": None},
            "x": {
                "type": "quantitative",
                "scale": {"domain": shape.domain, "nice": False},
                "axis": value_axis(shape, plot.unit, None),
            },
        },
        "layer": []
        if crowded or plot.column
        else [*category_names(plot, names), *_counted_name(plot)],
        "title": f"{plot.title}, {len(names)} rows: the table names each"
        if crowded
        else plot.title,
    }


def lanes_of(plot: Plot) -> int:
    """Return how many series share a row; one, where each row has its own series."""
    if plot.chart.colour is None:
        return 1
    keys = (plot.chart.x, plot.chart.facet)
    rows = {tuple(r[k] for k in keys if k) for r in plot.rows}
    return 1 if len(rows) == len(plot.rows) else len(plot.values(plot.chart.colour))


def wrapped_at(plot: Plot) -> int:
    """Return how many letters a category's name has on a line."""
    if plot.columns > 1:
        return PANEL_WRAP
    return LONG_WRAP if len(plot.values(plot.chart.x)) > MANY else WRAP


def category_names(plot: Plot, names: list[str]) -> list[dict[str, Any]]:
    """Write the categories' names to the left, lines of a name about its middle."""
    layers: list[dict[str, Any]] = []
    for count in sorted({name.count("\n") for name in names}):
        some = [{"x": name} for name in names if name.count("\n") == count]
        layers.append(
            {
                "data": {"values": some},
                "mark": {
                    "type": "text",
                    "align": "right",
                    "baseline": "middle",
                    "dx": -10,
                    "dy": -LINE * count / 2,
                    "lineBreak": "\n",
                    "lineHeight": LINE,
                },
                "encoding": {"x": {"value": 0}, "text": {"field": "x"}},
            }
        )
    return layers


def counted(plot: Plot) -> bool:
    """Tell whether the categories are whole numbers, which say nothing alone."""
    return any(type(value) is int for value in plot.values(plot.chart.x))


def _counted_name(plot: Plot) -> list[dict[str, Any]]:
    """Write above the categories what they count, where they are whole numbers."""
    if not counted(plot):
        return []
    mark = {"type": "text", "align": "left", "baseline": "bottom", "dy": -6}
    return [
        {
            "data": {"values": [{"words": heading(plot.chart.x)}]},
            "mark": {**mark, "color": plot.colour("faint")},
            "encoding": {
                "x": {"value": -LEFT_OF_NUMBERS},
                "y": {"value": 0},
                "text": {"field": "words"},
            },
        }
    ]


def reach(plot: Plot) -> Axis:
    """Return the axis of dots: from zero unless the values lie close together."""
    low, high = plot.extent()
    most = 6 if plot.columns == 1 else 4
    return axis(low, high, zero=wants_zero(low, high, beyond=0.15), most=most)


def along(shape: Axis, field: str) -> dict[str, Any]:
    """Return a position along the axis of values."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": shape.domain, "nice": False},
    }


def lane_of(plot: Plot) -> dict[str, Any]:
    """Return the lane of each series within a category's row; none for one series."""
    if lanes_of(plot) == 1:
        return {}
    names = plot.names(plot.chart.colour)
    scale = {"domain": names, "paddingOuter": 0.1}
    return {"yOffset": {"field": "colour", "type": "nominal", "scale": scale}}


def colour_of(plot: Plot, **legend: Any) -> dict[str, Any]:
    """Return the colour of marks: by series with a legend, by cohort, or one."""
    if plot.chart.colour is not None:
        return {
            "field": "colour",
            "type": "nominal",
            "scale": plot.colour_scale(),
            "legend": {
                "columns": legend_columns(plot),
                # The names of reference lines, and of what numbers along the left
                # count, stand between legend and chart.
                **({"offset": 26} if plot.chart.references or counted(plot) else {}),
                **legend,
            },
        }
    wrap = wrapped_at(plot)
    values = plot.values(plot.chart.x)
    names = plot.names(plot.chart.x, wrap)
    known = cohort_slots(plot.chart.x, values)
    if plot.chart.highlight:
        known = tuple("focus" if v in plot.chart.highlight else "other" for v in values)
    if not known:
        return {"value": plot.colour("1")}
    scale = {"domain": names, "range": [plot.colour(slot) for slot in known]}
    return {"field": "x", "type": "nominal", "scale": scale, "legend": None}


def legend_columns(plot: Plot) -> int:
    """Return how many legend entries fit on a line."""
    names = plot.names(plot.chart.colour)
    return max(1, min(len(names), plot.width // (widest(names) + 46)))


def intervals(
    plot: Plot, shape: Axis, width: int, *, inked: bool = False, **mark: Any
) -> list[dict[str, Any]]:
    """Draw 95% intervals as rules; those too narrow to see are left to the table.

    Args:
        plot: What is drawn.
        shape: The axis of values.
        width: Width of the panel in pixels.
        inked: Whether the rules have their series' colours.
        mark: How the rules look.
    """
    least = LEAST_PIXELS * (shape.high - shape.low) / width
    there = "isValid(datum.low) && isValid(datum.value)"
    seen = f"{there} && datum.high - datum.low > {least:.6g}"
    encoding: dict[str, Any] = {
        "x": along(shape, "low"),
        "x2": {"field": "high"},
        **({} if plot.chart.kind == "pyramid" else lane_of(plot)),
    }
    if inked and plot.chart.colour is not None:
        encoding["color"] = {"field": "ink", "type": "nominal", "scale": None}
    elif inked:
        encoding["color"] = colour_of(plot)
    return [
        {
            "transform": [{"filter": seen}],
            "mark": {"type": "rule", "strokeWidth": 1.5, **mark},
            "encoding": encoding,
        }
    ]


def value_texts(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Write each value beyond its mark; where none is shown, the symbol says why."""
    tight = plot.columns > 1 and plot.chart.kind != "bar"
    if tight or plot.columns > 2 or len(plot.drawn) > 2 * MANY:
        return _symbols(plot, shape)
    at = max(0.0, shape.low)
    beyond = f"isValid(datum.value) ? max(datum.value, datum.high, 0) : {at}"
    if shape.low > 0:
        beyond = f"isValid(datum.value) ? max(datum.value, datum.high) : {at}"
    return [
        {
            "transform": [{"calculate": beyond, "as": "edge"}],
            "mark": {
                "type": "text",
                "baseline": "middle",
                "align": "left",
                "dx": 8,
                "fontSize": 12,
            },
            "encoding": {
                "x": along(shape, "edge"),
                "text": {"field": "brief"},
                **lane_of(plot),
            },
        }
    ]


def _symbols(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Write only why values are not shown, where there is no room for values."""
    hidden = [p for p in plot.points(wrapped_at(plot)) if p["value"] is None]
    if not hidden:
        return []
    at = max(0.0, shape.low)
    return [
        {
            "data": {"values": [{**point, "edge": at} for point in hidden]},
            "mark": {
                "type": "text",
                "baseline": "middle",
                "align": "left",
                "dx": 4,
                "fontSize": 12,
                "color": plot.colour("faint"),
            },
            "encoding": {
                "x": along(shape, "edge"),
                "text": {"field": "brief"},
                **lane_of(plot),
            },
        }
    ]


def zero_line(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Draw the line of no change where values lie on both sides of it."""
    if not shape.low < 0 < shape.high:
        return []
    return [
        {
            "data": {"values": [{"zero": 0}]},
            "mark": {"type": "rule", "color": plot.colour("axis"), "strokeWidth": 1.5},
            "encoding": {
                "x": along(shape, "zero"),
                "y": {"value": 0},
                "y2": {"value": "height"},
            },
        }
    ]


def reference_rules(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Draw values from documents as dashed lines with their names."""
    values = referred(plot)
    if not values:
        return []
    rule = {"type": "rule", "color": plot.colour("axis"), "strokeDash": [4, 3]}
    named = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "dx": 4,
        "color": plot.colour("faint"),
    }
    at = along(shape, "at")
    top = {"value": 0}
    return [
        {
            "data": {"values": values},
            "mark": rule,
            "encoding": {"x": at, "y": top, "y2": {"value": "height"}},
        },
        {
            "data": {"values": values},
            "mark": named,
            "encoding": {"x": at, "y": top, "text": {"field": "words"}},
        },
    ]
