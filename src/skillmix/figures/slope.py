"""Lines between two times or states, named and numbered at both ends."""

from __future__ import annotations

from typing import Any

from skillmix.figures.axes import Axis, axis, wants_zero
from skillmix.figures.lines import LABEL_WRAP, ink_of, up
from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, spread, widest

HEIGHT = 320
BETWEEN_LABELS = 4


def draw_slope(plot: Plot) -> dict[str, Any]:
    """Draw one line a series from its first value to its last."""
    low, high = plot.extent()
    shape = axis(low, high, zero=wants_zero(low, high))
    names = plot.names(plot.chart.x)
    room = widest(plot.names(plot.chart.colour, LABEL_WRAP)) + 70
    x = {
        "field": "x",
        "type": "nominal",
        "scale": {"domain": names, "type": "point", "padding": 0.02},
        "axis": {
            "title": None,
            "orient": "top",
            "labelAngle": 0,
            "labelFontWeight": 600,
            "labelColor": plot.colour("text"),
            "grid": True,
        },
    }
    y = {**up(shape, "value"), "axis": None}
    shown = {"filter": "isValid(datum.value)"}
    return {
        "data": {"values": plot.points()},
        "width": (plot.width - room - 70) // plot.columns,
        "height": HEIGHT,
        "title": plot.title,
        "layer": [
            {
                "transform": [shown],
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {
                    "x": x,
                    "y": y,
                    "detail": {"field": "colour"},
                    "color": ink_of(plot),
                },
            },
            {
                "transform": [shown],
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": ink_of(plot),
                    "tooltip": plot.tooltip(),
                },
            },
            *(_end(plot, shape, x, last=last) for last in (False, True)),
        ],
    }


def _end(plot: Plot, shape: Axis, x: dict[str, Any], *, last: bool) -> dict[str, Any]:
    """Write the values of one end, with the names at the last."""
    key, along = plot.chart.colour or "", plot.values(plot.chart.x)
    at = along[-1 if last else 0]
    rows = [r for r in plot.drawn if r[plot.chart.x] == at and r.estimate is not None]
    texts = [plot.brief(r.estimate) for r in rows]
    if last:
        names = (plot.name(key, r[key], LABEL_WRAP) for r in rows)
        texts = [f"{text} {name}" for text, name in zip(texts, names, strict=True)]
    wanted = [
        (1 - shape.share((r.estimate or 0.0) * plot.unit.scale)) * HEIGHT for r in rows
    ]
    tall = [LINE * (1.0 + text.count("\n")) + BETWEEN_LABELS for text in texts]
    span = (shape.high - shape.low) / HEIGHT
    values = [
        {
            "x": plot.name(plot.chart.x, at),
            "words": text,
            "y": shape.high - (place - LINE * text.count("\n") / 2) * span,
        }
        for text, place in zip(texts, spread(wanted, tall, HEIGHT), strict=True)
    ]
    return {
        "data": {"values": values},
        "mark": {
            "type": "text",
            "align": "left" if last else "right",
            "baseline": "middle",
            "dx": 12 if last else -12,
            "fontWeight": 600,
            "lineBreak": "\n",
            "lineHeight": LINE,
        },
        "encoding": {"x": x, "y": up(shape, "y"), "text": {"field": "words"}},
    }
