"""Units by size against the limits of chance."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.lines import haloed, up
from skillmix.figures.plot import Plot
from skillmix.figures.space import spread
from skillmix.figures.undrawn import placed
from skillmix.schema.results import Row
from skillmix.statistics.funnel import Z95, Z998, Funnel, Kind, funnel

HEIGHT = 400
STEPS = 80
NAMED = 8
WIDE_NAME = 34
NAME_TALL = 14.0
KINDS: dict[str, Kind] = {"percent": "proportion", "ratio": "ratio"}
VERDICTS = ("Within the limits", "Above the outer limit", "Below the outer limit")


def draw_funnel(plot: Plot) -> dict[str, Any]:
    """Draw each unit by its denominator, with 95% and 99.8% limits of chance."""
    rows = placed(plot)
    kind = KINDS.get(plot.measure.unit, "rate")
    pairs = [(r.numerator or 0.0, r.denominator or 1.0) for r in rows]
    fitted = funnel(pairs, kind=kind)
    points = _points(plot, rows, fitted)
    sizes = axis(0.0, max(p["size"] for p in points), zero=True)
    limits = _limits(fitted, sizes, min(p["size"] for p in points), plot.unit.scale)
    shape = _shape(points, limits)
    x = {
        "field": "size",
        "type": "quantitative",
        "scale": {"domain": sizes.domain, "nice": False},
        "axis": {
            "title": f"Size: {plot.measure.denominator or 'the denominator'}",
            "titleAnchor": "start",
            "values": list(sizes.ticks),
            "labelExpr": "format(datum.value, ',')",
            "grid": False,
            "domain": True,
            "domainColor": plot.colour("axis"),
            "labelFlush": False,
        },
    }
    return {
        "data": {"values": points},
        "width": plot.width // plot.columns - 90,
        "height": HEIGHT if plot.columns == 1 else HEIGHT // 2,
        "title": plot.title,
        "layer": [
            *_lines(plot, limits, shape, x),
            _dots(plot, shape, x),
            *_names(plot, points, shape, x, sizes),
        ],
    }


def _points(plot: Plot, rows: list[Row], fitted: Funnel) -> list[dict[str, Any]]:
    keep = {id(row): unit for row, unit in zip(rows, fitted.units, strict=True)}
    named = {"": VERDICTS[0], "high": VERDICTS[1], "low": VERDICTS[2]}
    found: list[dict[str, Any]] = []
    for row, point in zip(plot.drawn, plot.points(), strict=True):
        unit = keep.get(id(row))
        if unit is None:
            continue
        found.append(
            {
                **point,
                "size": row.denominator,
                "verdict": named[unit.outlier],
                "far": abs(unit.z),
                "chosen": row[plot.chart.x] in plot.chart.highlight,
            }
        )
    return found


def _limits(
    fitted: Funnel, sizes: Axis, least: float, scale: int
) -> list[dict[str, Any]]:
    """Return the limits at sizes spread evenly over the funnel's narrowing."""
    found: list[dict[str, Any]] = []
    start = max(min(least, sizes.high / 50), 1.0)
    for step in range(STEPS + 1):
        size = start * (sizes.high / start) ** (step / STEPS)
        inner, outer = fitted.limits(size, z=Z95), fitted.limits(size, z=Z998)
        found.append(
            {
                "size": round(size, 3),
                "centre": fitted.centre * scale,
                "inner_low": inner[0] * scale,
                "inner_high": inner[1] * scale,
                "outer_low": outer[0] * scale,
                "outer_high": outer[1] * scale,
            }
        )
    return found


def _shape(points: list[dict[str, Any]], limits: list[dict[str, Any]]) -> Axis:
    values = [p["value"] for p in points]
    # The funnel's mouth is far wider than any unit needs: it may leave the chart.
    spread = max(values) - min(values)
    low = max(min(limits[0]["outer_low"], min(values)), min(values) - spread / 3)
    high = min(max(limits[0]["outer_high"], max(values)), max(values) + spread / 3)
    return axis(low, high, zero=wants_zero(low, high))


def _lines(
    plot: Plot, limits: list[dict[str, Any]], shape: Axis, x: dict[str, Any]
) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    styles = {
        "outer_low": [1, 0],
        "outer_high": [1, 0],
        "inner_low": [5, 4],
        "inner_high": [5, 4],
        "centre": [2, 3],
    }
    axes = value_axis(shape, plot.unit, None)
    for field, dash in styles.items():
        inside = [
            {"size": one["size"], "at": one[field]}
            for one in limits
            if shape.low <= one[field] <= shape.high
        ]
        layers.append(
            {
                "data": {"values": inside},
                "mark": {
                    "type": "line",
                    "color": plot.colour("axis"),
                    "strokeWidth": 1.5,
                    "strokeDash": dash,
                },
                "encoding": {"x": x, "y": {**up(shape, "at"), "axis": axes}},
            }
        )
    layers.append(
        {
            "data": {"values": _limit_names(plot, limits[-1], shape)},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 6,
                "fontSize": 11,
                "color": plot.colour("faint"),
            },
            "encoding": {"x": x, "y": up(shape, "at"), "text": {"field": "words"}},
        }
    )
    return layers


def _limit_names(plot: Plot, last: dict[str, Any], shape: Axis) -> list[dict[str, Any]]:
    """Return the limits' names at the right, moved apart where limits meet."""
    named = {"outer_high": "99.8%", "inner_high": "95%", "centre": "All"}
    height = HEIGHT if plot.columns == 1 else HEIGHT // 2
    wanted = [(1 - shape.share(last[field])) * height for field in named]
    places = spread(wanted, [NAME_TALL] * len(named), height)
    span = shape.high - shape.low
    return [
        {
            "size": last["size"],
            "at": float(f"{shape.high - place / height * span:.9g}"),
            "words": words,
        }
        for words, place in zip(named.values(), places, strict=True)
    ]


def _dots(plot: Plot, shape: Axis, x: dict[str, Any]) -> dict[str, Any]:
    colours = [plot.colour(slot) for slot in ("1", "2", "3")]
    key = {"columns": 3}
    return {
        "mark": {
            "type": "point",
            "filled": True,
            "opacity": 0.9,
            "stroke": plot.colour("paper"),
            "strokeWidth": 0.7,
        },
        "encoding": {
            "x": x,
            "y": up(shape, "value"),
            "color": {
                "field": "verdict",
                "type": "nominal",
                "scale": {"domain": list(VERDICTS), "range": colours},
                "legend": key,
            },
            "shape": {
                "field": "verdict",
                "type": "nominal",
                "scale": {
                    "domain": list(VERDICTS),
                    "range": ["circle", "triangle-up", "triangle-down"],
                },
                "legend": key,
            },
            "size": {
                "condition": {"test": "datum.chosen", "value": 220},
                "value": 75,
            },
            "tooltip": [
                *plot.tooltip(),
                {"field": "size", "title": "Denominator", "format": ",.0f"},
                {"field": "verdict", "title": "Limits"},
            ],
        },
    }


def _names(
    plot: Plot,
    points: list[dict[str, Any]],
    shape: Axis,
    x: dict[str, Any],
    sizes: Axis,
) -> list[dict[str, Any]]:
    """Name the units farthest out, and those the chart brings forward."""
    far = [p for p in points if p["verdict"] != VERDICTS[0] and not p["chosen"]]
    far = sorted(far, key=lambda p: -p["far"])[:NAMED]
    named = [p for p in points if p["chosen"]] + far
    layers: list[dict[str, Any]] = []
    for left in (True, False):
        side = [
            {
                "size": p["size"],
                "value": p["value"],
                "words": _short(p["x"]),
            }
            for p in named
            if (sizes.share(p["size"]) > 0.62) == left
        ]
        mark = {
            "align": "right" if left else "left",
            "baseline": "middle",
            "dx": -10 if left else 10,
            "fontSize": 12,
        }
        if side:
            encoding = {"x": x, "y": up(shape, "value"), "text": {"field": "words"}}
            layers += haloed(plot, mark, encoding, side)
    return layers


def _short(name: str) -> str:
    return name if len(name) <= WIDE_NAME else f"{name[: WIDE_NAME - 1].rstrip()}…"
