"""Bars from zero, parts of a whole, and two groups back to back."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, lines, text_width, widest
from skillmix.figures.theme import slots

WRAP = 30
LANE = 20
DARK_SLOTS = ("1", "4", "5", "dark", "mid", "focus", "ramp5", "ramp6", "ramp7")


def draw_bars(plot: Plot) -> dict[str, Any]:
    """Draw one bar a category, or one a series within it, with intervals."""
    shape = axis(*plot.extent(), zero=True)
    lanes = max(1, len(plot.names(plot.chart.colour)))
    room = widest([plot.number(r.estimate) for r in plot.rows])
    drawn = rows_of(plot, shape, lanes, right=room + 14)
    base = drawn["encoding"]
    bar: dict[str, Any] = {
        "mark": {"type": "bar", "height": {"band": 0.86 if lanes > 1 else 0.7}},
        "encoding": {
            "x": {**base["x"], "field": "value"},
            "x2": {"datum": 0},
            "color": colour_of(plot),
            "tooltip": plot.tooltip(),
        },
    }
    drawn["layer"] = [bar, *intervals(plot, shape), *value_texts(plot, shape)]
    return drawn


def draw_stacked(plot: Plot) -> dict[str, Any]:
    """Draw each bar's parts end to end, as shares of one hundred per cent."""
    key = plot.chart.colour or ""
    order = {name: n for n, name in enumerate(plot.names(key))}
    inks = dict(zip(plot.names(key), slots(key, plot.values(key)), strict=True))
    shape = axis(0.0, max(100.0, _stack_height(plot)), zero=True)
    drawn = rows_of(plot, shape, 1, right=10)
    points = _stacked(plot, order, inks)
    drawn["data"] = {"values": points}
    along = {**drawn["encoding"]["x"], "field": "from"}
    drawn["layer"] = [
        {
            "mark": {
                "type": "bar",
                "height": {"band": 0.78},
                "stroke": plot.colour("paper"),
                "strokeWidth": 1.5,
            },
            "encoding": {
                "x": along,
                "x2": {"field": "to"},
                "color": colour_of(plot, symbol="square"),
                "tooltip": plot.tooltip(),
            },
        },
        {
            "transform": [{"filter": "datum.roomy"}],
            "mark": {"type": "text", "baseline": "middle", "fontWeight": 600},
            "encoding": {
                "x": {"field": "middle", "type": "quantitative"},
                "text": {"field": "shown"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]
    return drawn


def draw_pyramid(plot: Plot) -> dict[str, Any]:
    """Draw the first group to the left and the second to the right of zero."""
    names = plot.names(plot.chart.colour)
    _, high = plot.extent()
    right = axis(0.0, high, zero=True, most=4)
    shape = Axis(
        low=-right.high,
        high=right.high,
        ticks=(*(-t for t in reversed(right.ticks[1:])), *right.ticks),
    )
    drawn = rows_of(plot, shape, 1, right=20, oldest_first=True)
    for point in drawn["data"]["values"]:
        side = -1 if names and point.get("colour") == names[0] else 1
        for field in ("value", "low", "high"):
            if point[field] is not None:
                point[field] *= side
    x = drawn["encoding"]["x"]
    x["axis"]["labelExpr"] = x["axis"]["labelExpr"].replace(
        "datum.value", "abs(datum.value)"
    )
    drawn["layer"] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.82}},
            "encoding": {
                "x": {**x, "field": "value"},
                "x2": {"datum": 0},
                "color": colour_of(plot, symbol="square"),
                "tooltip": plot.tooltip(),
            },
        },
        *intervals(plot, shape),
    ]
    return drawn


def rows_of(
    plot: Plot, shape: Axis, lanes: int, *, right: int, oldest_first: bool = False
) -> dict[str, Any]:
    """Return the frame of a chart with one row a category and values along it."""
    wrap = 22 if plot.chart.facet else WRAP
    names = plot.names(plot.chart.x, wrap)
    if oldest_first:
        names = names[::-1]
    many = len(names) > 24
    step = max(LANE * lanes + 10, LINE * lines(names) + 10) if not many else 19
    panels = min(3, len(plot.names(plot.chart.facet))) or 1
    left = widest(names) + 20
    width = (plot.width - left - right * panels - 18 * (panels - 1)) // panels
    return {
        "data": {"values": plot.points(wrap)},
        "width": max(width, 120),
        "height": max(step * len(names), 60),
        "encoding": {
            "y": {
                "field": "x",
                "type": "nominal",
                "scale": {"domain": names, "paddingInner": 0.12, "paddingOuter": 0.08},
                "axis": {
                    "title": None,
                    "labelColor": plot.colour("text"),
                    "labelExpr": r"split(datum.label, '\n')",
                    "labelLineHeight": LINE,
                    "labelBaseline": "middle",
                },
            },
            "x": {
                "type": "quantitative",
                "scale": {"domain": shape.domain},
                "axis": value_axis(shape, plot.unit, plot.title, titleAnchor="start"),
            },
        },
    }


def colour_of(plot: Plot, symbol: str = "square") -> dict[str, Any]:
    """Return the colour of marks: by series with a legend, or one for all."""
    if plot.chart.colour is None:
        if not plot.chart.highlight:
            return {"value": plot.colour("1")}
        chosen = [plot.name(plot.chart.x, v, WRAP) for v in plot.chart.highlight]
        return {
            "condition": {
                "test": f"indexof({chosen!r}, datum.x) >= 0",
                "value": plot.colour("focus"),
            },
            "value": plot.colour("other"),
        }
    return {
        "field": "colour",
        "type": "nominal",
        "scale": plot.colour_scale(),
        "legend": {"symbolType": symbol, "columns": legend_columns(plot)},
    }


def legend_columns(plot: Plot) -> int:
    """Return how many legend entries fit on a line."""
    names = plot.names(plot.chart.colour)
    return max(1, min(len(names), plot.width // (widest(names) + 46)))


def intervals(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Draw 95% intervals as thin rules over the bars."""
    if all(row.conf_low is None for row in plot.rows):
        return []
    encoding: dict[str, Any] = {
        "x": {
            "field": "low",
            "type": "quantitative",
            "scale": {"domain": shape.domain},
        },
        "x2": {"field": "high"},
    }
    if plot.chart.colour is not None and plot.chart.kind != "pyramid":
        encoding["yOffset"] = lane_of(plot)
    rule = {"type": "rule", "color": plot.colour("faint"), "strokeWidth": 1.5}
    return [
        {
            "transform": [{"filter": "isValid(datum.low) && isValid(datum.value)"}],
            "mark": rule,
            "encoding": encoding,
        }
    ]


def lane_of(plot: Plot) -> dict[str, Any]:
    """Return the lane of a series within its category's row."""
    return {
        "field": "colour",
        "type": "nominal",
        "scale": {"domain": plot.names(plot.chart.colour), "paddingOuter": 0.12},
    }


def value_texts(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Write each value beyond its bar or interval; symbols where none is shown."""
    if len(plot.rows) > 60:
        return []
    encoding: dict[str, Any] = {
        "x": {
            "field": "edge",
            "type": "quantitative",
            "scale": {"domain": shape.domain},
        },
        "text": {"field": "shown"},
    }
    if plot.chart.colour is not None:
        encoding["yOffset"] = lane_of(plot)
    zero = max(0.0, shape.low)
    above = f"isValid(datum.value) ? max(datum.value, datum.high) : {zero}"
    mark = {"type": "text", "baseline": "middle", "fontSize": 12}
    return [
        {
            "transform": [
                {"filter": "!isValid(datum.value) || datum.value >= 0"},
                {"calculate": above, "as": "edge"},
            ],
            "mark": {**mark, "align": "left", "dx": 6},
            "encoding": encoding,
        },
        {
            "transform": [
                {"filter": "isValid(datum.value) && datum.value < 0"},
                {"calculate": "max(0, datum.high)", "as": "edge"},
            ],
            "mark": {**mark, "align": "left", "dx": 6},
            "encoding": encoding,
        },
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
                "x": {
                    "field": "zero",
                    "type": "quantitative",
                    "scale": {"domain": shape.domain},
                },
                "y": {"value": 0},
                "y2": {"value": "height"},
            },
        }
    ]


def reach(plot: Plot) -> Axis:
    """Return the axis of dots: from zero unless the values lie close together."""
    low, high = plot.extent()
    return axis(low, high, zero=wants_zero(low, high))


def _stack_height(plot: Plot) -> float:
    sums: dict[Any, float] = {}
    for row in plot.rows:
        place = (row[plot.chart.x], row[plot.chart.facet] if plot.chart.facet else None)
        sums[place] = sums.get(place, 0.0) + (row.estimate or 0.0) * plot.unit.scale
    # Shares rounded apart may come to a hair over the whole.
    return 100.0 if max(sums.values(), default=0.0) < 101.0 else max(sums.values())


def _stacked(
    plot: Plot, order: dict[str, int], inks: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the parts with where each begins and ends along its bar."""
    points = sorted(plot.points(WRAP), key=lambda p: order.get(p["colour"], 99))
    reached: dict[tuple[str, str], float] = {}
    scale = (plot.width - 260) / 100
    found: list[dict[str, Any]] = []
    for point in points:
        if point["value"] is None:
            continue
        bar = (point["x"], point.get("facet", ""))
        start = reached.get(bar, 0.0)
        reached[bar] = start + point["value"]
        dark = inks.get(point["colour"]) in DARK_SLOTS
        found.append(
            {
                **point,
                "from": start,
                "to": reached[bar],
                "middle": start + point["value"] / 2,
                "roomy": point["value"] * scale > text_width(point["shown"]) + 8,
                "ink": plot.colour("paper" if dark else "text"),
            }
        )
    return found
