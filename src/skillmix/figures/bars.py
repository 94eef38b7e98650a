"""Bars from zero, parts of a whole, and two groups back to back."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis, axis
from skillmix.figures.plot import Plot
from skillmix.figures.rows import (
    along,
    colour_of,
    frame,
    intervals,
    lane_of,
    lanes_of,
    reference_rules,
    value_texts,
    wrapped_at,
    zero_line,
)
from skillmix.figures.space import text_width, widest
from skillmix.figures.theme import slots

# On these a reader needs light letters.
DARK_SLOTS = ("1", "4", "5", "dark", "mid", "focus", "ramp5", "ramp6", "ramp7")


def draw_bars(plot: Plot) -> dict[str, Any]:
    """Draw one bar a category, or one a series within it, with intervals."""
    shape = axis(*plot.extent(), zero=True, most=6 if plot.columns == 1 else 4)
    lanes = lanes_of(plot)
    room = widest([plot.brief(r.estimate) for r in plot.rows])
    drawn = frame(plot, shape, lanes=lanes, right=room + 14)
    bar: dict[str, Any] = {
        "mark": {"type": "bar", "height": {"band": 0.9 if lanes > 1 else 0.72}},
        "encoding": {
            "x": {**drawn["encoding"]["x"], "field": "value"},
            "x2": {"datum": 0},
            "color": colour_of(plot, symbolType="square"),
            "tooltip": plot.tooltip(),
            **lane_of(plot),
        },
    }
    drawn["layer"] += [
        bar,
        *intervals(plot, shape, drawn["width"], color=plot.colour("axis")),
        *zero_line(plot, shape),
        *reference_rules(plot, shape),
        *value_texts(plot, shape),
    ]
    return drawn


def draw_stacked(plot: Plot) -> dict[str, Any]:
    """Draw each bar's parts end to end, as shares of one hundred per cent."""
    key = plot.chart.colour or ""
    inks = dict(zip(plot.names(key), slots(key, plot.values(key)), strict=True))
    shape = _whole(plot)
    drawn = frame(plot, shape, right=24)
    parts, hidden = _stacked(plot, inks, drawn["width"] / shape.high)
    drawn["data"] = {"values": parts}
    drawn["layer"] += [
        {
            "mark": {
                "type": "bar",
                "height": {"band": 0.82},
                "stroke": plot.colour("paper"),
                "strokeWidth": 1.5,
            },
            "encoding": {
                "x": {**drawn["encoding"]["x"], "field": "from"},
                "x2": {"field": "to"},
                "color": colour_of(plot, symbolType="square"),
                "tooltip": plot.tooltip(),
            },
        },
        {
            "transform": [{"filter": "datum.roomy"}],
            "mark": {
                "type": "text",
                "baseline": "middle",
                "fontWeight": 600,
                "fontSize": 12,
            },
            "encoding": {
                "x": along(shape, "middle"),
                "text": {"field": "brief"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
        *_hidden(plot, shape, hidden),
    ]
    return drawn


def draw_pyramid(plot: Plot) -> dict[str, Any]:
    """Draw the first group to the left and the second to the right of zero."""
    names = plot.names(plot.chart.colour)
    half = axis(0.0, plot.extent()[1], zero=True, most=4 if plot.columns == 1 else 3)
    shape = Axis(
        low=-half.high,
        high=half.high,
        ticks=(*(-t for t in reversed(half.ticks[1:])), *half.ticks),
    )
    drawn = frame(plot, shape, right=20, upside_down=True)
    for point in drawn["data"]["values"]:
        if names and point.get("colour") == names[0]:
            for field in ("value", "low", "high"):
                point[field] = None if point[field] is None else -point[field]
    x = drawn["encoding"]["x"]
    x["axis"]["labelExpr"] = x["axis"]["labelExpr"].replace(
        "datum.value", "abs(datum.value)"
    )
    ends = [
        {**one, "transform": [{"filter": "isValid(datum.low)"}]}
        for one in intervals(plot, shape, drawn["width"], color=plot.colour("axis"))
    ]
    drawn["layer"] += [
        {
            "mark": {"type": "bar", "height": {"band": 0.86}},
            "encoding": {
                "x": {**x, "field": "value"},
                "x2": {"datum": 0},
                "color": colour_of(plot, symbolType="square"),
                "tooltip": plot.tooltip(),
            },
        },
        *ends,
        *zero_line(plot, shape),
    ]
    return drawn


def _whole(plot: Plot) -> Axis:
    """Return the axis of stacks: to 100%, and on to where rounded parts reach."""
    sums: dict[Any, float] = {}
    for row in plot.rows:
        bar = (row[plot.chart.x], row[plot.chart.facet] if plot.chart.facet else None)
        sums[bar] = sums.get(bar, 0.0) + (row.estimate or 0.0) * plot.unit.scale
    longest = max(sums.values(), default=0.0)
    most = 6 if plot.columns == 1 else 3
    if plot.unit.scale != 100:
        return axis(0.0, longest, zero=True, most=most)
    hundred = axis(0.0, 100.0, zero=True, most=most)
    return Axis(low=0.0, high=max(100.0, longest), ticks=hundred.ticks)


def _stacked(
    plot: Plot, inks: dict[str, str], pixels_a_unit: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the parts with where each begins and ends, and what is not shown.

    A bar that ends before the whole says why: some of its parts are too small to be
    shown, or not available.
    """
    order = {name: n for n, name in enumerate(inks)}
    points = sorted(plot.points(wrapped_at(plot)), key=lambda p: order[p["colour"]])
    reached: dict[str, float] = {}
    symbols: dict[str, dict[str, None]] = {}
    found: list[dict[str, Any]] = []
    for point in points:
        if point["value"] is None:
            symbols.setdefault(point["x"], {})[point["brief"]] = None
            continue
        start = reached.get(point["x"], 0.0)
        reached[point["x"]] = start + point["value"]
        dark = inks[point["colour"]] in DARK_SLOTS
        room = point["value"] * pixels_a_unit
        found.append(
            {
                **point,
                "from": start,
                "to": reached[point["x"]],
                "middle": start + point["value"] / 2,
                "roomy": room > text_width(point["brief"], 12) + 6,
                "ink": plot.colour("paper" if dark else "text"),
            }
        )
    hidden = [
        {"x": name, "end": reached.get(name, 0.0), "words": " ".join(words)}
        for name, words in symbols.items()
    ]
    return found, hidden


def _hidden(
    plot: Plot, shape: Axis, hidden: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Write at a bar's end that parts of it are not shown."""
    if not hidden:
        return []
    return [
        {
            "data": {"values": hidden},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 5,
                "fontSize": 12,
                "color": plot.colour("faint"),
            },
            "encoding": {"x": along(shape, "end"), "text": {"field": "words"}},
        }
    ]
