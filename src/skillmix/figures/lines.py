"""Lines over months with their bands, labelled at their ends; and slopes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, spread, text_width, widest
from skillmix.figures.theme import SIZE, dashes

HEIGHT = 320
PANEL = 190
FEW_POINTS = 14


def draw_lines(plot: Plot) -> dict[str, Any]:
    """Draw one line a series, with intervals as bands."""
    shape = _scale(plot)
    height = PANEL if plot.chart.facet else HEIGHT
    points = plot.points()
    x = _months(plot)
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": shape.domain},
        "axis": value_axis(shape, plot.unit, None),
    }
    layers = [
        *_references(plot, height),
        *_bands(plot, x),
        _line(plot, x, y),
        _marks(plot, x, y, points),
    ]
    drawn: dict[str, Any] = {"data": {"values": points}, "layer": layers}
    drawn["height"] = height
    if plot.chart.facet is None and plot.chart.colour is not None:
        ends = _end_labels(plot, shape, height)
        drawn["layer"].append(_labels(ends, x, shape))
        drawn["width"] = plot.width - 70 - widest([e["words"] for e in ends])
    else:
        drawn["width"] = plot.width - 80
    drawn["title"] = plot.title
    return drawn


def _scale(plot: Plot) -> Axis:
    low, high = plot.extent()
    if plot.unit.slug == "index":
        low, high = min(low, 100.0), max(high, 100.0)
    return axis(low, high, zero=wants_zero(low, high))


def _months(plot: Plot) -> dict[str, Any]:
    months = [m for m in plot.values(plot.chart.x) if m is not None]
    first, last = months[0], months[-1]
    span = (last.year - first.year) * 12 + last.month - first.month
    wide = plot.chart.facet is None
    every = _spacing(span, most=9 if wide else 4)
    ticks = [
        month
        for n in range(span + 1)
        if (month := _later(first, n)) and (_since(month) % every == 0 or span < 3)
    ]
    pattern = "%Y" if every % 12 == 0 else "%b %Y"
    return {
        "field": "x",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()]},
        "axis": {
            "title": None,
            "grid": False,
            "ticks": True,
            "tickColor": plot.colour("axis"),
            "domain": True,
            "domainColor": plot.colour("axis"),
            "values": [t.isoformat() for t in ticks],
            "labelExpr": f"utcFormat(datum.value, '{pattern}')",
            "labelFlush": False,
        },
    }


def _spacing(span: int, most: int) -> int:
    """Return how many months lie between ticks, so that labels have room."""
    steps = (1, 3, 6, 12, 24, 36, 60, 120)
    return next((s for s in steps if span / s <= most), steps[-1])


def _later(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _since(month: dt.date) -> int:
    return month.year * 12 + month.month - 1


def _colour(plot: Plot, *, legend: bool) -> dict[str, Any]:
    if plot.chart.colour is None:
        return {"value": plot.colour("1")}
    return {
        "field": "colour",
        "type": "nominal",
        "scale": plot.colour_scale(),
        "legend": {"symbolType": "stroke", "symbolStrokeWidth": 3} if legend else None,
    }


def _bands(plot: Plot, x: dict[str, Any]) -> list[dict[str, Any]]:
    if all(row.conf_low is None for row in plot.rows):
        return []
    return [
        {
            "mark": {"type": "area", "opacity": 0.18, "tooltip": None},
            "encoding": {
                "x": x,
                "y": {"field": "low", "type": "quantitative"},
                "y2": {"field": "high"},
                "color": _colour(plot, legend=False),
            },
        }
    ]


def _line(plot: Plot, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    names = plot.names(plot.chart.colour)
    encoding: dict[str, Any] = {
        "x": x,
        "y": y,
        "color": _colour(plot, legend=plot.chart.facet is not None),
    }
    if names:
        encoding["strokeDash"] = {
            "field": "colour",
            "type": "nominal",
            "scale": {"domain": names, "range": dashes(len(names))},
            "legend": {} if plot.chart.facet is not None else None,
        }
    return {
        "mark": {
            "type": "line",
            "strokeWidth": 2.5,
            "strokeJoin": "round",
            "invalid": "break-paths-show-path-domains",
        },
        "encoding": encoding,
    }


def _marks(
    plot: Plot, x: dict[str, Any], y: dict[str, Any], points: list[dict[str, Any]]
) -> dict[str, Any]:
    """Mark each point where there are few; else carry the tooltips, unseen."""
    months = {p["x"] for p in points}
    few = len(months) <= FEW_POINTS
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {
            "type": "point",
            "filled": True,
            "size": 42 if few else 60,
            "opacity": 1 if few else 0,
        },
        "encoding": {
            "x": x,
            "y": y,
            "color": _colour(plot, legend=False),
            "tooltip": plot.tooltip(),
        },
    }


def _end_labels(plot: Plot, shape: Axis, height: int) -> list[dict[str, Any]]:
    """Return the label of each line, moved apart where the lines end close by."""
    key = plot.chart.colour or ""
    slots = dict(zip(plot.names(key), plot.colour_scale()["range"], strict=True))
    ends: list[dict[str, Any]] = []
    for value in plot.values(key):
        mine = [
            r
            for r in plot.rows
            if r[key] == value and r.estimate is not None and r[plot.chart.x]
        ]
        if not mine:
            continue
        last = max(mine, key=lambda r: r[plot.chart.x])
        words = f"{plot.name(key, value)} {plot.number(last.estimate)}"
        name = plot.name(key, value, 24)
        ends.append(
            {
                "words": f"{name}\n{plot.number(last.estimate)}"
                if text_width(words) > 170
                else words,
                "at": (last.estimate or 0.0) * plot.unit.scale,
                "x": last[plot.chart.x].isoformat(),
                "ink": slots[plot.name(key, value)],
            }
        )
    wanted = [(1 - shape.share(e["at"])) * height for e in ends]
    heights = [float(LINE * (1 + e["words"].count("\n"))) for e in ends]
    span = shape.high - shape.low
    for end, place in zip(ends, spread(wanted, heights, height), strict=True):
        end["y"] = float(f"{shape.high - place / height * span:.9g}")
    latest = max((e["x"] for e in ends), default="")
    return [{**e, "x": latest} for e in ends]


def _labels(
    ends: list[dict[str, Any]], x: dict[str, Any], shape: Axis
) -> dict[str, Any]:
    return {
        "data": {"values": ends},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 10,
            "fontSize": SIZE,
            "fontWeight": 600,
            "lineBreak": "\n",
            "lineHeight": LINE,
            "clip": False,
        },
        "encoding": {
            "x": x,
            "y": {
                "field": "y",
                "type": "quantitative",
                "scale": {"domain": shape.domain},
            },
            "text": {"field": "words"},
        },
    }


def _references(plot: Plot, height: int) -> list[dict[str, Any]]:
    """Draw what the values are read against: documents' figures, and 100."""
    values = [
        {"at": r.value * plot.unit.scale, "words": r.label}
        for r in plot.chart.references
    ]
    if plot.unit.slug == "index":
        values.append({"at": 100.0, "words": ""})
    if not values:
        return []
    at = {"field": "at", "type": "quantitative"}
    return [
        {
            "data": {"values": values},
            "mark": {
                "type": "rule",
                "color": plot.colour("axis"),
                "strokeDash": [4, 3],
            },
            "encoding": {"y": at},
        },
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dy": -4,
                "color": plot.colour("faint"),
            },
            "encoding": {"y": at, "x": {"value": 4}, "text": {"field": "words"}},
        },
    ]
