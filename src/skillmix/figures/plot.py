"""A published result made ready to draw: labels, order, units and scales."""

from __future__ import annotations

import datetime as dt
import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from skillmix.figures.chart import LAST, MEASURE, Chart
from skillmix.figures.theme import WIDTH, Theme, palette, shapes, slots
from skillmix.schema.results import Published, Row
from skillmix.words import labels
from skillmix.words.numbers import Unit, number, unit_of

SYMBOLS = {"suppressed": "[c]", "unavailable": "[x]"}
# Where no natural order exists, slugs that begin so stand last, whatever their value.
OTHER_STEMS = ("other", "any_other", "none")
UNKNOWN_STEMS = ("not_stated", "not_known", "not_disclosed", "unspecified", "unknown")
# Keys whose code list is an order, not only a list.
ORDINAL = ("age_band", "age_group", "band", "end_band", "period", "sickness_group")
# Kinds whose categories are places in a scheme, not things to be ranked.
LISTED = ("slope", "heatmap", "flow", "pyramid", "tiles", "cards", "prisma")


class Measured(Protocol):
    """What a chart needs to know of a measure."""

    @property
    def label(self) -> str:
        """How the measure is headed."""
        ...

    @property
    def unit(self) -> str:
        """Its unit."""
        ...

    @property
    def decimals(self) -> int:
        """Decimals shown."""
        ...

    @property
    def denominator(self) -> str:
        """What it is out of, in words; empty if nothing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What a drawing function takes: the chart, its rows and how they are called.

    Attributes:
        chart: What is shown.
        measure: The measure drawn, or the first of those side by side.
        measures: Every measure of the analysis, by slug.
        unit: Its unit.
        published: The result the rows come from.
        rows: The rows of the whole chart, which decide order and shared axes.
        theme: Page or print.
        width: Width of the whole picture in pixels.
        panel: The facet's value this panel shows; None for a chart in one piece.
        column: Which column of panels it stands in, from 0.
        columns: How many columns of panels there are.
        reach: Values the axis must reach to, so that two charts share one; None for
            a chart by itself.
    """

    chart: Chart
    measure: Measured
    measures: Mapping[str, Measured]
    unit: Unit
    published: Published
    rows: tuple[Row, ...]
    theme: Theme
    width: int = WIDTH
    panel: Any = None
    column: int = 0
    columns: int = 1
    reach: tuple[float, float] | None = None

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows of this panel: all of them where nothing splits the chart."""
        if self.panel is None:
            return self.rows
        return tuple(r for r in self.rows if r[self.chart.facet or ""] == self.panel)

    @property
    def mixed(self) -> bool:
        """Whether values of several units stand side by side."""
        return self.chart.mixes_units() and len(self.measures) > 1

    @property
    def timed(self) -> bool:
        """Whether months run along an axis of time, not as categories."""
        return self.chart.kind in ("line", "control")

    @property
    def title(self) -> str:
        """The measure with its unit, for an axis."""
        if self.chart.compares_measures():
            return self.unit.title
        after = self.unit.after.strip()
        if after in ("%", "percentage points"):
            return f"{self.measure.label} ({after})"
        return self.measure.label

    def colour(self, slot: str) -> str:
        """Return the colour of a slot in this theme."""
        return palette(self.theme)[slot]

    def values(self, key: str) -> tuple[Any, ...]:
        """Return a key's values among the rows, in the order they are shown in."""
        found = list(dict.fromkeys(row[key] for row in self.rows))
        if key == MEASURE:
            return tuple(slug for slug in self.measures if slug in found)
        if any(isinstance(v, int) and not isinstance(v, bool) for v in found):
            return tuple(sorted(found, key=lambda v: (v is None, v or 0)))
        if any(isinstance(v, dt.date) for v in found):
            return tuple(sorted(found, key=lambda v: (v is None, v or dt.date.min)))
        listed = {slug: n for n, slug in enumerate(labels.order(key))}
        habit = key in ORDINAL or key != self.chart.x or self.chart.kind in LISTED
        by_list = self.chart.order == "list" or (self.chart.order == "" and habit)
        if by_list:
            return tuple(sorted(found, key=lambda v: (_place(listed, v), str(v))))
        sizes = self._sizes(key)
        return tuple(
            sorted(
                found,
                key=lambda v: (
                    _standing(v),
                    -sizes.get(v, -math.inf),
                    str(v),
                ),
            )
        )

    def name(self, key: str, value: Any, wrap: int = 0) -> str:
        """Return the words for one value of a key, on lines of so many letters."""
        if key == MEASURE:
            words = self.measures[value].label
        else:
            words = labels.label(key, value, self.published.scope)
        if key == "employer":
            words = _SUFFIX.sub("", words)
        return "\n".join(_lines(words, wrap)) if wrap else words

    def names(self, key: str | None, wrap: int = 0) -> list[str]:
        """Return the words for every value of a key, in order."""
        if key is None:
            return []
        return [self.name(key, value, wrap) for value in self.values(key)]

    def number(self, value: float | None) -> str:
        """Return a value as the report writes it."""
        return number(value, self.measure.unit, self.measure.decimals)

    def brief(self, value: float | None, slug: str = "") -> str:
        """Return a value as a label in a chart: percentages to one decimal at most.

        Args:
            value: In the measure's inner form.
            slug: The measure, where the chart mixes them; its own if not given.
        """
        measure = self.measures[slug] if slug else self.measure
        most = 1 if unit_of(measure.unit).scale == 100 else 2
        return number(value, measure.unit, min(measure.decimals, most))

    def points(self, wrap: int = 0, wrap_y: int = 0) -> list[dict[str, Any]]:
        """Return one datum a row: words, scaled values, and what is shown of them."""
        keys = {
            "x": (self.chart.x, wrap),
            "y": (self.chart.y, wrap_y),
            "colour": (self.chart.colour, 0),
            "facet": (self.chart.facet, 0),
        }
        inks = self.inks()
        data: list[dict[str, Any]] = []
        for row in self.drawn:
            datum: dict[str, Any] = {}
            for field, (key, width) in keys.items():
                if key is None:
                    continue
                if self.timed and field == "x":
                    datum["x"] = as_date(row[key]).isoformat()
                    datum["x_shown"] = self.name(key, row[key])
                else:
                    datum[field] = self.name(key, row[key], width)
            if self.chart.colour is not None:
                datum["ink"] = inks[row[self.chart.colour]]
            data.append({**datum, **self._numbers(row)})
        return data

    def inks(self) -> dict[Any, str]:
        """Return the colour of each series."""
        key = self.chart.colour
        if key is None:
            return {}
        chosen = self.colour_scale()["range"]
        return dict(zip(self.values(key), chosen, strict=True))

    def extent(self) -> tuple[float, float]:
        """Return the lowest and highest value drawn, ends of intervals included.

        Panels share theirs, unless the chart gives each its own.
        """
        seen = list(self._values())
        seen += [r.value * self.unit.scale for r in self.chart.references]
        seen += self.reach or ()
        return (min(seen), max(seen)) if seen else (0.0, 1.0)

    def tooltip(self) -> list[dict[str, str]]:
        """Return what is shown when a mark is pointed at."""
        fields = [("x", self.chart.x), ("y", self.chart.y)]
        fields += [("colour", self.chart.colour), ("facet", self.chart.facet)]
        named: list[dict[str, str]] = []
        for field, key in fields:
            if key is not None:
                source = "x_shown" if self.timed and field == "x" else field
                named.append({"field": source, "title": labels.heading(key)})
        named.append({"field": "shown", "title": self.measure.label})
        if any(row.conf_low is not None for row in self.rows):
            named.append({"field": "range", "title": "95% interval"})
        if any(row.n is not None for row in self.rows):
            named.append({"field": "people", "title": "People"})
        return named

    def colour_scale(self) -> dict[str, Any]:
        """Return the colour scale of the series."""
        key = self.chart.colour
        if key is None:
            return {}
        values = self.values(key)
        chosen = [self.colour(s) for s in slots(key, values)]
        if self.chart.highlight:
            chosen = [
                c if v in self.chart.highlight else self.colour("other")
                for v, c in zip(values, chosen, strict=True)
            ]
        return {"domain": self.names(key), "range": chosen}

    def shape_scale(self) -> dict[str, Any]:
        """Return the marker scale of the series."""
        key = self.chart.colour
        if key is None:
            return {}
        return {"domain": self.names(key), "range": list(shapes(key, self.values(key)))}

    def _numbers(self, row: Row) -> dict[str, Any]:
        scale = self.unit.scale
        shown = row.status == "shown"
        low, high = self.number(row.conf_low), self.number(row.conf_high)
        return {
            "value": _scaled(row.estimate, scale) if shown else None,
            "low": _scaled(row.conf_low, scale),
            "high": _scaled(row.conf_high, scale),
            "shown": self.number(row.estimate) if shown else SYMBOLS[row.status],
            "brief": self.brief(row.estimate) if shown else SYMBOLS[row.status],
            "range": f"{low} to {high}" if row.conf_low is not None else "",
            "people": f"{row.n:,}" if row.n is not None else "",
        }

    def _values(self) -> Iterable[float]:
        own = self.chart.scales == "own"
        for row in self.drawn if own else self.rows:
            for value in (row.estimate, row.conf_low, row.conf_high):
                if value is not None and math.isfinite(value):
                    yield value * self.unit.scale

    def _sizes(self, along: str) -> dict[Any, float]:
        """Return the estimate that ranks each value: that of the first series."""
        key = self.chart.colour
        leading = self.values(key)[0] if key and self.rows else None
        shown = [row for row in self.rows if row.estimate is not None]
        # The first series ranks the categories it has; the rest rank by their own.
        shown.sort(key=lambda row: key is not None and row[key] != leading)
        sizes: dict[Any, float] = {}
        for row in shown:
            sizes.setdefault(row[along], row.estimate or 0.0)
        return sizes


def prepare(
    chart: Chart,
    measures: Mapping[str, Measured],
    published: Published,
    *,
    theme: Theme,
    width: int = WIDTH,
    reach: tuple[float, float] | None = None,
) -> Plot:
    """Choose the rows a chart draws and gather what is needed to draw them."""
    slug = chart.measure or next(iter(measures))
    drawn = {slug}
    if chart.mixes_units():
        drawn = set(measures)
    elif chart.compares_measures():
        drawn = {s for s, m in measures.items() if m.unit == measures[slug].unit}
    rows = [row for row in published.rows if row.measure in drawn]
    for key, wanted in chart.only.items():
        if wanted == LAST:
            wanted = max((row[key] for row in rows), default=None)
        chosen: Sequence[Any] = (
            wanted if isinstance(wanted, (tuple, list)) else (wanted,)
        )
        rows = [row for row in rows if row[key] in chosen]
    measure = measures[slug]
    return Plot(
        chart=chart,
        measure=measure,
        measures=measures,
        unit=unit_of(measure.unit),
        published=published,
        rows=tuple(rows),
        theme=theme,
        width=width,
        reach=reach,
    )


def shared_reach(
    chart: Chart, measures: Mapping[str, Measured], results: Sequence[Published]
) -> tuple[float, float] | None:
    """Return how far the axes of one chart of several results must reach to be one.

    None where they had better differ: counts of a trust beside those of England
    would be nothing, and charts whose panels have scales of their own keep them.
    """
    slug = chart.measure or next(iter(measures))
    if chart.scales == "own" or not measures[slug].denominator:
        return None
    ends = [
        end
        for one in results
        if (plot := prepare(chart, measures, one, theme="light")).rows
        for end in plot.extent()
    ]
    return (min(ends), max(ends)) if ends else None


# In a chart "Oxleas" is as clear as "Oxleas NHS Foundation Trust"; tables have both.
_SUFFIX = re.compile(r" NHS (Foundation )?Trust$")
# A slash between words, not that of "2019/20".
_BETWEEN_WORDS = re.compile(r"(?<!\d)/")


def as_date(value: dt.date | int) -> dt.date:
    """Return where a month, or a year such as a survey's, stands along time."""
    return dt.date(value, 1, 1) if isinstance(value, int) else value


def _place(listed: Mapping[str, int], value: Any) -> int:
    slug = str(value).lower() if isinstance(value, bool) else str(value)
    return listed.get(slug, len(listed))


def _standing(value: Any) -> int:
    """Return 0 for a group, 1 for all others together, 2 for those not known."""
    slug = str(value).lower()
    return 2 * slug.startswith(UNKNOWN_STEMS) or int(slug.startswith(OTHER_STEMS))


def _lines(words: str, wrap: int) -> list[str]:
    """Return words on lines of so many letters, broken after a slash if need be."""
    # Names of reasons for absence join words by slashes, longer than any line.
    marked = _BETWEEN_WORDS.sub("/\x1f ", words)
    return [
        line.replace("\x1f ", "").replace("\x1f", "")
        for line in textwrap.wrap(marked, wrap)
    ]


def _scaled(value: float | None, scale: int) -> float | None:
    return None if value is None else float(f"{value * scale:.12g}")
