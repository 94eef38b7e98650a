"""Lines over months with their bands, labelled at their ends; and slopes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from skillmix.figures.axes import Axis, axis, value_axis, wants_zero
from skillmix.figures.plot import Plot, as_date
from skillmix.figures.space import LINE, spread, text_width, widest
from skillmix.figures.theme import dashes

HEIGHT = 320
PANEL = 180
FEW_POINTS = 14
LABEL_WRAP = 22
BETWEEN_LABELS = 5
# The layer only a pointer finds: left out of still pictures.
POINTERS = "pointers"


def draw_lines(plot: Plot) -> dict[str, Any]:
    """Draw one line a series, with intervals as bands."""
    low, high = plot.extent()
    if plot.unit.slug == "index":
        low, high = min(low, 100.0), max(high, 100.0)
    whole = plot.panel is None
    shape = axis(low, high, zero=wants_zero(low, high), most=6 if whole else 4)
    ends = _ends(plot) if whole and plot.chart.colour else []
    # Many lines make a taller chart: each has its name beside it.
    height = max(HEIGHT if whole else PANEL, sum(map(_tall, ends)))
    labels = _placed(ends, plot, shape, height)
    right = widest([one["words"] for one in labels]) + 16 if labels else 16
    x = over_months(plot, 8 // plot.columns)
    y = {**up(shape, "value"), "axis": value_axis(shape, plot.unit, None)}
    return {
        "data": {"values": plot.points()},
        "width": (plot.width - right) // plot.columns - 56,
        "height": height,
        "title": plot.title,
        "layer": [
            *_bands(plot, x, shape),
            *_references(plot, shape),
            _line(plot, x, y),
            _marks(plot, x, y),
            *([_label_texts(labels, x, shape)] if labels else []),
        ],
    }


def _month_axis(plot: Plot, most: int) -> dict[str, Any]:
    """Return an axis of months whose ticks are whole quarters or years."""
    times = [v for v in plot.values(plot.chart.x) if v is not None]
    first, last = as_date(times[0]), as_date(times[-1])
    span = _since(last) - _since(first)
    steps = (12, 24, 36, 60) if isinstance(times[0], int) else (1, 3, 6, 12, 24, 36, 60)
    every = next((s for s in steps if span / s <= most), 120)
    ticks = [
        month
        for n in range(span + 1)
        if (month := _later(first, n)) and (_since(month) % every == 0 or span < 3)
    ]
    pattern = "%Y" if every % 12 == 0 else "%b %Y"
    return {
        "title": None,
        "grid": False,
        "ticks": True,
        "tickColor": plot.colour("axis"),
        "domain": True,
        "domainColor": plot.colour("axis"),
        "values": [t.isoformat() for t in ticks],
        "labelExpr": f"utcFormat(datum.value, '{pattern}')",
        "labelFlush": False,
        "labelOverlap": False,
    }


def over_months(plot: Plot, most: int) -> dict[str, Any]:
    """Return a position along the months of the whole chart, which panels share."""
    months = [as_date(v) for v in plot.values(plot.chart.x) if v is not None]
    ends = [months[0].isoformat(), months[-1].isoformat()]
    if months[0] == months[-1]:
        ends = [_later(months[0], -1).isoformat(), _later(months[0], 1).isoformat()]
    return {
        "field": "x",
        "type": "temporal",
        "scale": {"type": "utc", "domain": ends, "nice": False},
        "axis": _month_axis(plot, most),
    }


def _later(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _since(month: dt.date) -> int:
    return month.year * 12 + month.month - 1


def _colour(plot: Plot, *, legend: bool) -> dict[str, Any]:
    if plot.chart.colour is None:
        return {"value": plot.colour("1")}
    shown = {"symbolType": "stroke", "symbolStrokeWidth": 3, "symbolSize": 300}
    return {
        "field": "colour",
        "type": "nominal",
        "scale": plot.colour_scale(),
        "legend": shown if legend else None,
    }


def _bands(plot: Plot, x: dict[str, Any], shape: Axis) -> list[dict[str, Any]]:
    if all(row.conf_low is None for row in plot.drawn):
        return []
    return [
        {
            "mark": {"type": "area", "opacity": 0.18},
            "encoding": {
                "x": x,
                "y": up(shape, "low"),
                "y2": {"field": "high"},
                "color": ink_of(plot),
            },
        }
    ]


def _line(plot: Plot, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Draw the lines: unbroken where each is labelled, dashed where a legend tells."""
    names = plot.names(plot.chart.colour)
    keyed = plot.panel is not None and len(names) > 1
    encoding: dict[str, Any] = {"x": x, "y": y, "color": _colour(plot, legend=keyed)}
    if keyed:
        encoding["strokeDash"] = {
            "field": "colour",
            "type": "nominal",
            "scale": {"domain": names, "range": dashes(len(names))},
            "legend": {},
        }
    mark = {"type": "line", "strokeWidth": 2.5, "strokeJoin": "round"}
    gaps = {"invalid": "break-paths-show-path-domains"}
    return {"mark": {**mark, **gaps}, "encoding": encoding}


def _marks(plot: Plot, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Mark each point where there are few; else carry the tooltips, unseen."""
    few = len({row[plot.chart.x] for row in plot.rows}) <= FEW_POINTS
    seen = {"size": 45, "opacity": 1} if few else {"size": 90, "opacity": 0}
    return {
        **({} if few else {"name": POINTERS}),
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, **seen},
        "encoding": {
            "x": x,
            "y": y,
            "color": ink_of(plot),
            "tooltip": plot.tooltip(),
        },
    }


def _ends(plot: Plot) -> list[dict[str, Any]]:
    """Return each line's name and last value."""
    key = plot.chart.colour or ""
    ends: list[dict[str, Any]] = []
    for value in plot.values(key):
        mine = [r for r in plot.rows if r[key] == value and r.estimate is not None]
        if not mine:
            continue
        last = max(mine, key=lambda r: r[plot.chart.x])
        words = f"{plot.name(key, value)} {plot.brief(last.estimate)}"
        if text_width(words) > LABEL_WRAP * 7.5:
            words = f"{plot.name(key, value, LABEL_WRAP)}\n{plot.brief(last.estimate)}"
        at = (last.estimate or 0.0) * plot.unit.scale
        ends.append({"words": words, "at": at})
    return ends


def _tall(end: dict[str, Any]) -> int:
    return LINE * (1 + end["words"].count("\n")) + BETWEEN_LABELS


def _placed(
    ends: list[dict[str, Any]], plot: Plot, shape: Axis, height: int
) -> list[dict[str, Any]]:
    """Return the lines' names where they stand, moved apart where lines end close."""
    wanted = [(1 - shape.share(end["at"])) * height for end in ends]
    tall = [float(_tall(end)) for end in ends]
    span = shape.high - shape.low
    for end, place in zip(ends, spread(wanted, tall, height + LINE), strict=True):
        # Several lines are written downwards from the first line's middle.
        first = place - LINE * end["words"].count("\n") / 2
        end["y"] = float(f"{shape.high - first / height * span:.9g}")
        end["x"] = as_date(plot.values(plot.chart.x)[-1]).isoformat()
    return ends


def _label_texts(
    ends: list[dict[str, Any]], x: dict[str, Any], shape: Axis
) -> dict[str, Any]:
    return {
        "data": {"values": ends},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 10,
            "fontWeight": 600,
            "lineBreak": "\n",
            "lineHeight": LINE,
        },
        "encoding": {
            "x": x,
            "y": up(shape, "y"),
            "text": {"field": "words"},
        },
    }


def _references(plot: Plot, shape: Axis) -> list[dict[str, Any]]:
    """Draw what the values are read against: documents' figures, and 100."""
    hundred = [{"at": 100.0, "words": ""}] if plot.unit.slug == "index" else []
    rule = {"color": plot.colour("axis"), "strokeDash": [4, 3]}
    return named_rules(plot, shape, [*referred(plot), *hundred], rule)


def referred(plot: Plot) -> list[dict[str, Any]]:
    """Return the values of documents that the chart is read against, with names."""
    return [
        {"at": r.value * plot.unit.scale, "words": r.label}
        for r in plot.chart.references
    ]


def named_rules(
    plot: Plot, shape: Axis, values: list[dict[str, Any]], rule: dict[str, Any]
) -> list[dict[str, Any]]:
    """Draw lines across the chart at some values, each with its name at the left."""
    if not values:
        return []
    at = up(shape, "at")
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rule", **rule},
            "encoding": {"y": at},
        },
        *haloed(
            plot,
            {"align": "left", "baseline": "bottom", "dy": -3, "dx": 4},
            {"y": at, "x": {"value": 0}, "text": {"field": "words"}},
            values,
        ),
    ]


def up(shape: Axis, field: str) -> dict[str, Any]:
    """Return a position up the axis of values."""
    scale = {"domain": shape.domain, "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale}


def ink_of(plot: Plot) -> dict[str, Any]:
    """Return a colour read from the data, which adds nothing to a legend."""
    if plot.chart.colour is None:
        return {"value": plot.colour("1")}
    return {"field": "ink", "type": "nominal", "scale": None}


def haloed(
    plot: Plot,
    mark: dict[str, Any],
    encoding: dict[str, Any],
    values: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Write words on a halo of paper, to be read where lines run behind them."""
    halo = {
        "stroke": plot.colour("paper"),
        "strokeWidth": 4,
        "strokeJoin": "round",
        "color": plot.colour("paper"),
    }
    ink = {"color": plot.colour("faint")}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "text", **mark, **style},
            "encoding": encoding,
        }
        for style in (halo, ink)
    ]
