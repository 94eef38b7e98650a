"""XmR control charts, with the two icons of "Making Data Count" beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.lines import named_rules, over_months, referred, up
from skillmix.figures.plot import Plot
from skillmix.statistics.spc import ControlChart, control_chart

HEIGHT = 300
PANEL = 170
VARIATIONS = ("common", "improvement", "concern", "neutral")
SLOTS = ("axis", "1", "2", "6")
SHAPES = ("circle", "diamond", "square", "triangle-up")
NAMES = ("Chance alone", "Improvement", "Concern", "Change")
ASSURANCES = {
    "pass": ("P", "Target met"),
    "fail": ("F", "Target not met"),
    "inconsistent": ("?", "Target met by chance"),
}


def draw_control(plot: Plot) -> dict[str, Any]:
    """Draw a series with its process limits, and mark what is more than chance."""
    rows = sorted(plot.drawn, key=lambda r: r[plot.chart.x])
    months: list[dt.date] = [row[plot.chart.x] for row in rows]
    scale = plot.unit.scale
    target = plot.chart.references[0] if plot.chart.references else None
    judged = control_chart(
        [None if r.estimate is None else r.estimate * scale for r in rows],
        better=plot.chart.better,
        rebase=[n for n, m in enumerate(months) if m in plot.chart.rebase],
        target=None if target is None else target.value * scale,
    )
    points = _points(plot, months, judged)
    shape = _shape(judged, None if target is None else target.value * scale)
    x = over_months(plot, 7 // plot.columns)
    height = HEIGHT if plot.columns == 1 else PANEL
    target_rule = {"color": plot.colour("4"), "strokeDash": [2, 3]}
    return {
        "data": {"values": points},
        "width": plot.width // plot.columns - (90 if plot.columns == 1 else 66),
        "height": height,
        "title": plot.title,
        "layer": [
            *_limit_lines(plot, shape, x),
            *named_rules(plot, shape, referred(plot), target_rule),
            _line(plot, shape, x),
            _dots(plot, shape, x),
            *_icons(plot, judged),
        ],
    }


def _points(
    plot: Plot, months: list[dt.date], judged: ControlChart
) -> list[dict[str, Any]]:
    shown = {point["x"]: point for point in plot.points()}
    found: list[dict[str, Any]] = []
    for month, point in zip(months, judged.points, strict=True):
        found.append(
            {
                **shown[month.isoformat()],
                "mean": point.mean,
                "lower": point.low,
                "upper": point.high,
                "verdict": NAMES[VARIATIONS.index(point.variation)],
            }
        )
    return found


def _shape(judged: ControlChart, target: float | None) -> Axis:
    values = [v for p in judged.points for v in (p.value, p.low, p.high)]
    seen = [v for v in (*values, target) if v is not None]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    return axis(low, high, zero=wants_zero(low, high, beyond=0.9))


def _limit_lines(plot: Plot, shape: Axis, x: dict[str, Any]) -> list[dict[str, Any]]:
    axes = value_axis(shape, plot.unit, None)
    return [
        {
            "mark": {
                "type": "line",
                "interpolate": "step-after",
                "color": plot.colour(ink),
                "strokeWidth": 1.5,
                "strokeDash": dash,
            },
            "encoding": {"x": x, "y": {**up(shape, field), "axis": axes}},
        }
        for field, ink, dash in (
            ("mean", "faint", [1, 0]),
            ("lower", "axis", [5, 4]),
            ("upper", "axis", [5, 4]),
        )
    ]


def _line(plot: Plot, shape: Axis, x: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {
            "type": "line",
            "color": plot.colour("axis"),
            "strokeWidth": 1.5,
            "invalid": "break-paths-show-path-domains",
        },
        "encoding": {"x": x, "y": up(shape, "value")},
    }


def _dots(plot: Plot, shape: Axis, x: dict[str, Any]) -> dict[str, Any]:
    colours = [plot.colour(slot) for slot in SLOTS]
    domain = list(NAMES)
    legend = {"columns": 4, "values": _met(plot)}
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            "x": x,
            "y": up(shape, "value"),
            "color": {
                "field": "verdict",
                "type": "nominal",
                "scale": {"domain": domain, "range": colours},
                "legend": legend,
            },
            "shape": {
                "field": "verdict",
                "type": "nominal",
                "scale": {"domain": domain, "range": list(SHAPES)},
                "legend": legend,
            },
            "tooltip": [*plot.tooltip(), {"field": "verdict", "title": "Variation"}],
        },
    }


def _met(plot: Plot) -> list[str]:
    """Return the verdicts a chart can give: which way is better decides."""
    if plot.chart.better == "neither":
        return [NAMES[0], NAMES[3]]
    return list(NAMES[:3])


def _icons(plot: Plot, judged: ControlChart) -> list[dict[str, Any]]:
    """Draw what the latest point and the limits say, as letters in circles."""
    place = VARIATIONS.index(judged.variation)
    last = next((p for p in reversed(judged.points) if p.value is not None), None)
    letter = "~"
    if judged.variation != "common" and last is not None:
        letter = "H" if (last.value or 0.0) > (last.mean or 0.0) else "L"
    icons = [(letter, f"Latest: {NAMES[place].lower()}", SLOTS[place])]
    if judged.assurance:
        mark, words = ASSURANCES[judged.assurance]
        slot = {"pass": "1", "fail": "2"}.get(judged.assurance, "axis")
        icons.append((mark, words, slot))
    if judged.trial:
        icons.append(("!", "Trial limits: fewer than 13 points", "axis"))
    shown = icons if plot.columns == 1 else icons[:1]
    return [
        layer
        for n, (mark, words, slot) in enumerate(shown)
        for layer in _icon(plot, mark, words, slot, left=n * 190 + 12)
    ]


def _icon(
    plot: Plot, letter: str, words: str, slot: str, *, left: int
) -> list[dict[str, Any]]:
    """Draw one icon under the chart: a letter in a ring, with its meaning."""
    foot = HEIGHT if plot.columns == 1 else PANEL
    at = {"x": {"value": left}, "y": {"value": foot + 46}}
    ink = plot.colour("text")
    ring = {"type": "point", "size": 420, "strokeWidth": 2.5, "filled": False}
    middle = {"type": "text", "baseline": "middle", "fontSize": 12, "color": ink}
    return [
        {
            "data": {"values": [{"words": text}]},
            "mark": mark,
            "encoding": {**at, **({"text": {"field": "words"}} if text else {})},
        }
        for text, mark in (
            ("", {**ring, "stroke": plot.colour(slot)}),
            (letter, {**middle, "fontWeight": 600}),
            (words, {**middle, "align": "left", "dx": 18}),
        )
    ]
