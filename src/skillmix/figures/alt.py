"""What a chart says, for people who do not see it, worked out from its data.

It stands in for the picture and interprets nothing: a sentence that a sighted reader
would not get from the picture is not here either. Every value is in the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from skillmix.figures.cards import value_on
from skillmix.figures.chart import Kind
from skillmix.figures.plot import Plot
from skillmix.figures.prisma import told
from skillmix.figures.undrawn import why_not
from skillmix.schema.results import Row
from skillmix.words import labels
from skillmix.words.counts import counted
from skillmix.words.fractions import listed
from skillmix.words.numbers import month

KINDS: Mapping[Kind, str] = {
    "line": "Line chart",
    "bar": "Bar chart",
    "dots": "Dot chart",
    "dumbbell": "Dot chart with two dots a row",
    "slope": "Slope chart",
    "stacked": "Stacked bar chart",
    "pyramid": "Two bar charts back to back",
    "heatmap": "Matrix",
    "flow": "Flow chart",
    "funnel": "Funnel plot",
    "control": "Control chart",
    "tiles": "Tile map",
    "cards": "Diagram",
    "prisma": "Flow diagram",
}
MOST_SERIES = 4


def alternative_text(plot: Plot) -> str:
    """Return what is drawn, and where it began and ended or what is most and least."""
    if why := why_not(plot):
        return f"{KINDS[plot.chart.kind]}, not drawn. {why}"
    parts = [f"{KINDS[plot.chart.kind]}: {_subject(plot)}.", *_points_made(plot)]
    hidden = [r.status for r in plot.rows if r.status != "shown"]
    for status, words in (
        ("suppressed", "suppressed to protect people"),
        ("unavailable", "not available"),
    ):
        if count := hidden.count(status):
            parts.append(f"{counted(count, 'value')} {words}.")
    return " ".join(parts)


def _subject(plot: Plot) -> str:
    """Return the measure, the months it covers, and what it is shown by."""
    chart = plot.chart
    said = [plot.measure.label]
    if plot.mixed:
        said = ["Figures, each in its own unit"]
    elif chart.compares_measures():
        said = [plot.unit.title]
    if chart.kind in ("line", "control"):
        months = plot.values(chart.x)
        said.append(f", {_when(months[0])} to {_when(months[-1])}")
    keys = [k for k in (chart.x, chart.y, chart.colour, chart.facet) if k]
    by = [
        f"{labels.heading(k).lower()} ({len(plot.values(k))})"
        for k in keys
        if not (k == chart.x and chart.kind in ("line", "control"))
    ]
    if by:
        said.append(f", by {listed(by)}")
    return "".join(said)


def _points_made(plot: Plot) -> list[str]:
    if plot.chart.facet and plot.chart.kind not in ("tiles", "flow", "cards", "prisma"):
        sentences: list[str] = []
        for value in plot.values(plot.chart.facet)[:6]:
            panel = replace(plot, rows=_panel_rows(plot, value))
            name = plot.name(plot.chart.facet, value)
            sentences += [f"{name}: {text}" for text in _of_kind(panel)[:2]]
        return sentences
    return _of_kind(plot)


def _of_kind(plot: Plot) -> list[str]:
    if why := why_not(plot):
        return [why]
    drawn: Mapping[Kind, Callable[[Plot], list[str]]] = {
        "line": _courses,
        "control": _courses,
        "flow": _largest,
        "heatmap": _largest,
        "funnel": _spread,
        "tiles": _spread,
        "cards": _groups,
        "prisma": told,
    }
    return drawn.get(plot.chart.kind, _ends_by_series)(plot)


def _panel_rows(plot: Plot, value: Any) -> tuple[Row, ...]:
    return tuple(r for r in plot.rows if r[plot.chart.facet or ""] == value)


def _courses(plot: Plot) -> list[str]:
    """Say for each line where it began and ended; of many, the outermost."""
    found: list[tuple[float, str]] = []
    for name, rows in _series(plot):
        shown = [r for r in rows if r.estimate is not None]
        if not shown:
            continue
        ordered = sorted(shown, key=lambda r: r[plot.chart.x])
        first, last = ordered[0], ordered[-1]
        begun = f"{plot.brief(first.estimate)} in {_when(first[plot.chart.x])}"
        ended = f"{plot.brief(last.estimate)} in {_when(last[plot.chart.x])}"
        lead = f"{name}: from" if name else "From"
        found.append((last.estimate or 0.0, f"{lead} {begun} to {ended}."))
    if len(found) > MOST_SERIES:
        ranked = sorted(found, key=lambda one: -one[0])
        found = [ranked[0], ranked[-1]]
    return [text for _, text in found]


def _ends_by_series(plot: Plot) -> list[str]:
    """Say for each series which category has most and which least."""
    sentences: list[str] = []
    for name, rows in _series(plot)[:MOST_SERIES]:
        ends = _most_and_least(plot, rows, (plot.chart.x,))
        if ends:
            sentences.append(f"{name}: {ends}" if name else ends[0].upper() + ends[1:])
    return sentences


def _largest(plot: Plot) -> list[str]:
    """Say which three pairs stand out."""
    keys = (plot.chart.x, plot.chart.y or "")
    shown = [r for r in plot.rows if r.estimate is not None]
    ranked = sorted(shown, key=lambda r: -_weight(plot, r))[:3]
    named = [
        f"{' to '.join(plot.name(k, r[k]) for k in keys)} ({plot.brief(r.estimate)})"
        for r in ranked
    ]
    return [f"Largest: {listed(named)}."] if named else []


def _weight(plot: Plot, row: Row) -> float:
    return (row.numerator if plot.chart.kind == "flow" else row.estimate) or 0.0


def _spread(plot: Plot) -> list[str]:
    ends = _most_and_least(plot, plot.rows, (plot.chart.x,))
    return [ends[0].upper() + ends[1:]] if ends else []


def _groups(plot: Plot) -> list[str]:
    key = plot.chart.colour or ""
    found: list[str] = []
    for value in plot.values(key):
        names = [_card(plot, r) for r in plot.rows if r[key] == value]
        found.append(f"{plot.name(key, value)}: {listed(names)}.")
    return found


def _card(plot: Plot, row: Row) -> str:
    """Return what a card says, with its value where it has one."""
    words = plot.name(plot.chart.x, row[plot.chart.x])
    value = value_on(plot, row)
    return f"{words} ({value})" if value else words


def _most_and_least(plot: Plot, rows: Sequence[Row], keys: tuple[str, ...]) -> str:
    shown = [r for r in rows if r.estimate is not None]
    if not shown:
        return ""
    ranked = sorted(shown, key=lambda r: -(r.estimate or 0.0))
    most, least = (
        f"{', '.join(plot.name(k, r[k]) for k in keys)} ({plot.brief(r.estimate)})"
        for r in (ranked[0], ranked[-1])
    )
    if len(shown) == 1:
        return f"{most}."
    if ranked[0].estimate == ranked[-1].estimate:
        return f"all at {plot.brief(ranked[0].estimate)}."
    return f"highest {most}, lowest {least}."


def _series(plot: Plot) -> list[tuple[str, list[Row]]]:
    key = plot.chart.colour
    if key is None:
        return [("", list(plot.rows))]
    return [
        (plot.name(key, value), [r for r in plot.rows if r[key] == value])
        for value in plot.values(key)
    ]


def _when(value: dt.date | int) -> str:
    return str(value) if isinstance(value, int) else month(value)
