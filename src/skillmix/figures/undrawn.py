"""Where a chart has nothing to draw: why, in words that stand in its place.

The words are the picture, so that eyes, screen readers, print and PDF all get them.
"""

from __future__ import annotations

import textwrap
from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE
from skillmix.schema.results import Row

NO_ROW = "Nothing to draw: the result has no row for this chart."
HIDDEN = "Nothing to draw: every value is hidden, to protect people, or not available."
TOO_FEW_UNITS = (
    "No funnel is drawn: limits of chance need at least two with a figure to show. The "
    "table gives what there is."
)
NONE_AT_ALL = (
    "No funnel is drawn: every value that is shown is zero, so chance has no limits "
    "to show. The table gives what there is."
)
LETTER = 7.4
# Marks of hidden values on these have no place without a value beside them.
NEED_VALUES = ("line", "control", "slope", "flow")


def why_not(plot: Plot) -> str:
    """Return why nothing can be drawn, as a sentence, or nothing if something can."""
    if not plot.rows:
        return NO_ROW
    if plot.chart.kind == "funnel":
        units = placed(plot)
        if len(units) < 2:
            return TOO_FEW_UNITS
        if not any(unit.numerator for unit in units):
            return NONE_AT_ALL
    if plot.chart.kind in NEED_VALUES and all(r.estimate is None for r in plot.drawn):
        return HIDDEN
    return ""


def placed(plot: Plot) -> list[Row]:
    """Return the rows of a funnel that have a place in it: a value and a size.

    A unit where nothing happened has a value of zero and its place; a ratio of two
    totals lies on a logarithmic scale, which has no zero.
    """
    above = 0.0 if plot.measure.unit == "ratio" else -1.0
    return [
        row
        for row in plot.drawn
        if row.numerator is not None
        and row.numerator > above
        and row.denominator
        and row.estimate is not None
    ]


def notice(plot: Plot, why: str) -> dict[str, Any]:
    """Write a sentence where the chart would stand, on lines that fit."""
    width = plot.width // plot.columns - 20
    lines = textwrap.wrap(why, int(width / LETTER))
    return {
        "data": {"values": [{"words": "\n".join(lines)}]},
        "width": width,
        "height": LINE * len(lines) + 16,
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "top",
            "lineBreak": "\n",
            "lineHeight": LINE,
        },
        "encoding": {
            "text": {"field": "words"},
            "x": {"value": 0},
            "y": {"value": 0},
        },
    }
