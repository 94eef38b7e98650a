"""What a chart shows, declared; `vega.py` draws it.

Every kind draws one measure, save `cards`, which has no axis. Rows without a shown
estimate are marked, not dropped; 95% intervals are drawn wherever the rows carry them.
Categories stand in the order of their code list when it is a natural one (bands,
ages), else by value, with "other" and "not known" last; `order` overrides that.

| kind | reads | shows |
|---|---|---|
| `line` | `x` a month or year; `colour` series | lines with bands, names at ends |
| `bar` | `x` category; `colour` series | bars from zero, with intervals |
| `dots` | `x` category; `colour` series | dots with intervals, one row a category |
| `dumbbell` | `x` category; `colour` of two series | two dots joined: the gap |
| `slope` | `x` two times or states; `colour` what changes | lines between two ends |
| `stacked` | `x` bar; `colour` its parts | parts of one hundred per cent |
| `pyramid` | `x` age or band; `colour` of two values | bars to the left and right |
| `heatmap` | `x` across; `y` down | a matrix with the value in each cell |
| `flow` | `x` where from; `y` where to | ribbons as wide as `numerator` |
| `funnel` | `x` unit, such as employer | estimate by `denominator`, with limits |
| `control` | `x` a month; `colour` at most one value a facet | XmR chart with icons |
| `tiles` | `x` region or integrated care board | a tile map coloured by value |
| `cards` | `x` text on a card; `colour` its heading | a diagram without an axis |
| `prisma` | `x` a step of a review; `y` database or reason | the PRISMA 2020 flow |

In place of a key, "measure" sets the measures of one unit side by side; `only` keeps
some of them. `facet` splits every kind but `tiles`, `flow`, `cards` and `prisma` into
small multiples, which share their axes unless `scales` is "own". Limits of `funnel`
and `control` charts are computed from the published rows; an analysis gives no limits
of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "line",
    "bar",
    "dots",
    "dumbbell",
    "slope",
    "stacked",
    "pyramid",
    "heatmap",
    "flow",
    "funnel",
    "control",
    "tiles",
    "cards",
    "prisma",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A line to read the values against, from a document and not from the rows.

    Attributes:
        value: In the measure's inner form (a percentage as a share of 1).
        label: What stands beside the line, with its date.
        source: Where the value was printed.
    """

    value: float
    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of one measure.

    Attributes:
        kind: One of the kinds in the table above.
        x: The column along, or the category for bars, dots and tiles.
        y: The second category of a heatmap or a flow.
        colour: The column that separates series, or the parts of a stack.
        measure: The measure drawn; empty for the only one, and for all of `cards`.
        facet: A column that splits the chart into small multiples.
        only: Values of keys that choose the rows drawn, where the result holds
            more than one chart can; the value `LAST` keeps the latest.
        order: "list" for code-list order, "value" for largest first; empty for
            the key's own habit.
        references: Lines to read the values against.
        highlight: Values of `x` or `colour` to bring forward; the rest is greyed.
        scales: "shared" where panels can be read against each other, or "own" where
            their levels lie too far apart for one axis.
        better: Which way is improvement, for the icons of a control chart.
        rebase: Months from which a control chart's limits are worked out anew,
            because something is known to have changed; a caveat says what.
    """

    kind: Kind
    x: str
    y: str | None = None
    colour: str | None = None
    measure: str = ""
    facet: str | None = None
    only: Mapping[str, Any] = field(default_factory=dict[str, Any])
    order: Literal["", "list", "value"] = ""
    references: tuple[Reference, ...] = ()
    highlight: tuple[Any, ...] = ()
    scales: Literal["shared", "own"] = "shared"
    better: Literal["up", "down", "neither"] = "neither"
    rebase: tuple[dt.date, ...] = ()

    def columns(self) -> set[str]:
        """Return the key columns the chart reads."""
        named = {c for c in (self.x, self.y, self.colour, self.facet) if c}
        return {key for key in (*named, *self.only) if key != MEASURE}

    def mixes_units(self) -> bool:
        """Tell whether each row is shown in its own unit, for there is no axis."""
        return self.kind == "cards" and not self.measure

    def compares_measures(self) -> bool:
        """Tell whether measures of one unit are set side by side."""
        return MEASURE in (self.x, self.y, self.colour, self.facet)


LAST = "the latest"
MEASURE = "measure"
