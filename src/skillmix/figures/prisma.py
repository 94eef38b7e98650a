"""The PRISMA 2020 flow diagram: boxes from top to bottom, what leaves beside them.

Layout after Page and others (2021), BMJ 372:n71, for new reviews of databases. Which
step stands in which box is data, in `prisma_boxes.csv`.
"""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from typing import Any

from skillmix.figures.plot import SYMBOLS, Plot
from skillmix.figures.space import LINE
from skillmix.figures.theme import CATEGORICAL
from skillmix.schema.results import Row

WHOLE = "all"
# Steps that are told only where some record is at them.
IF_ANY = ("undecided", "undecided_full_text")
MOST_DETAILS = 14
BAND, GAP, BETWEEN, PAD, HEAD = 30, 34, 56, 12, 7
# Room for the name of a phase that covers one box.
LEAST = 64
LETTER = 7.4
PHASES = ("Identification", "Screening", "Included")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of the diagram: the box in the flow, and what leaves it."""

    phase: str
    main: tuple[str, ...]
    beside: tuple[str, ...]
    top: float = 0.0

    @property
    def height(self) -> float:
        """Height of the box in the flow, which is as tall as what leaves it."""
        return max(LEAST, _tall(self.main), _tall(self.beside))


def draw_prisma(plot: Plot) -> dict[str, Any]:
    """Draw the flow's steps as boxes joined by arrows, phases down the left."""
    width = plot.width - 12
    wide = (width - BAND - 16 - BETWEEN) / 2
    left, right = BAND + 16, BAND + 16 + wide + BETWEEN
    levels = _placed(_levels(plot, int((wide - 2 * PAD) / LETTER)))
    height = round(levels[-1].top + levels[-1].height) if levels else 60
    middle = left + wide / 2
    boxes: list[dict[str, Any]] = []
    arrows: list[dict[str, Any]] = []
    for level in levels:
        boxes.append(_box(level.main, left, level.top, wide, level.height))
        if level.beside:
            tall = max(_tall(level.beside), LEAST)
            boxes.append(_box(level.beside, right, level.top, wide, tall))
            at = level.top + min(tall, level.height) / 2
            arrows.append(_arrow(left + wide, at, right, at))
    for one, two in pairwise(levels):
        arrows.append(_arrow(middle, one.top + one.height, middle, two.top))
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"type": "quantitative", "scale": {"domain": [height, 0]}, "axis": None}
    return {
        "data": {"values": boxes},
        "width": width,
        "height": height,
        "layer": [
            *_bands(plot, levels, across, down),
            *_arrows(plot, arrows, across, down),
            *_boxes(plot, boxes, across, down),
        ],
    }


def told(plot: Plot) -> list[str]:
    """Say each step's count, for the alternative text."""
    return [
        f"{plot.name(plot.chart.x, step)}: {_count(plot, row)}."
        for step in plot.values(plot.chart.x)
        if (row := _of(plot, step)) is not None and _is_told(step, row)
    ]


def _levels(plot: Plot, letters: int) -> Iterator[Level]:
    named: dict[str, list[Mapping[str, str]]] = {}
    for box in _scheme():
        named.setdefault(box["level"], []).append(box)
    for many in named.values():
        lines: dict[str, list[str]] = {"main": [], "beside": []}
        for box in many:
            lines[box["place"]] += _lines(plot, box["step"], letters)
        if lines["main"]:
            yield Level(
                phase=many[0]["phase"],
                main=tuple(lines["main"]),
                beside=tuple(lines["beside"]),
            )


def _lines(plot: Plot, step: str, letters: int) -> Iterator[str]:
    """Give a step's lines: its name and count, then each database or reason."""
    row = _of(plot, step)
    if row is None or not _is_told(step, row):
        return
    words = f"{plot.name(plot.chart.x, step)} {_number(plot, row)}"
    yield from textwrap.wrap(words, letters)
    key = plot.chart.y or ""
    parts = [r for r in plot.rows if r[plot.chart.x] == step and r[key] != WHOLE]
    parts.sort(key=lambda r: (-(r.estimate or 0.0), str(r[key])))
    for part in parts[:MOST_DETAILS]:
        words = f"{plot.name(key, part[key])} {_number(plot, part)}"
        for n, line in enumerate(textwrap.wrap(words, letters - 3)):
            yield f"{'–' if n == 0 else ' '} {line}"
    if len(parts) > MOST_DETAILS:
        yield f"– and {len(parts) - MOST_DETAILS} more, in the table"


def _of(plot: Plot, step: str) -> Row | None:
    key = plot.chart.y or ""
    found = (r for r in plot.rows if r[plot.chart.x] == step and r[key] == WHOLE)
    return next(found, None)


def _is_told(step: str, row: Row) -> bool:
    return step not in IF_ANY or bool(row.estimate)


def _number(plot: Plot, row: Row) -> str:
    """Return a count as the diagram has it, never parted at the end of a line."""
    return f"(n\u00a0=\u00a0{_count(plot, row)})"


def _count(plot: Plot, row: Row) -> str:
    if row.estimate is None or row.status != "shown":
        return SYMBOLS.get(row.status, SYMBOLS["unavailable"])
    return plot.brief(row.estimate)


def _tall(lines: tuple[str, ...]) -> float:
    return LINE * len(lines) + 2 * PAD if lines else 0.0


def _placed(levels: Iterator[Level]) -> list[Level]:
    """Set the levels one below the other."""
    out: list[Level] = []
    top = 0.0
    for level in levels:
        out.append(
            Level(phase=level.phase, main=level.main, beside=level.beside, top=top)
        )
        top += level.height + GAP
    return out


def _box(
    lines: tuple[str, ...], left: float, top: float, wide: float, tall: float
) -> dict[str, Any]:
    return {
        "left": left,
        "right": left + wide,
        "top": top,
        "foot": top + tall,
        "words": "\n".join(lines),
        "text_left": left + PAD,
        "text_top": top + PAD,
    }


def _arrow(x: float, y: float, x2: float, y2: float) -> dict[str, Any]:
    """An arrow that ends short of the box it leads to, by the length of its head."""
    along = x2 > x
    return {
        "x": x,
        "y": y,
        "x2": x2 - HEAD if along else x2,
        "y2": y2 if along else y2 - HEAD,
        "angle": 90 if along else 180,
    }


def _bands(
    plot: Plot, levels: list[Level], across: dict[str, Any], down: dict[str, Any]
) -> list[dict[str, Any]]:
    """Name the phase at the left of the levels it covers."""
    values = [_band(phase, levels) for phase in PHASES]
    drawn = [value for value in values if value is not None]
    box = {"type": "rect", "color": plot.colour(CATEGORICAL[0]), "cornerRadius": 4}
    words = {
        "type": "text",
        "angle": 270,
        "align": "center",
        "baseline": "middle",
        "fontWeight": 600,
        "color": plot.colour("paper"),
    }
    return [
        {
            "data": {"values": drawn},
            "mark": box,
            "encoding": _corners(across, down),
        },
        {
            "data": {"values": drawn},
            "mark": words,
            "encoding": {
                "x": {"field": "at", **across},
                "y": {"field": "middle", **down},
                "text": {"field": "phase"},
                "size": {"field": "size", "type": "quantitative", "scale": None},
            },
        },
    ]


def _band(phase: str, levels: list[Level]) -> dict[str, Any] | None:
    own = [level for level in levels if level.phase == phase]
    if not own:
        return None
    top, foot = own[0].top, own[-1].top + own[-1].height
    return {
        "phase": phase,
        "left": 0,
        "right": BAND,
        "top": top,
        "foot": foot,
        "middle": (top + foot) / 2,
        "at": BAND / 2,
        # A band too short for its word says it in smaller letters.
        "size": 13 if foot - top > 8 * len(phase) else 11,
    }


def _arrows(
    plot: Plot,
    values: list[dict[str, Any]],
    across: dict[str, Any],
    down: dict[str, Any],
) -> list[dict[str, Any]]:
    ink = plot.colour("text")
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": ink, "strokeWidth": 1.5},
            "encoding": {
                "x": {"field": "x", **across},
                "y": {"field": "y", **down},
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
            },
        },
        {
            "data": {"values": values},
            "mark": {"type": "point", "shape": "triangle", "filled": True, "size": 70},
            "encoding": {
                "x": {"field": "x2", **across},
                "y": {"field": "y2", **down},
                "angle": {"field": "angle", "type": "quantitative", "scale": None},
                "color": {"value": ink},
                "opacity": {"value": 1},
            },
        },
    ]


def _boxes(
    plot: Plot,
    values: list[dict[str, Any]],
    across: dict[str, Any],
    down: dict[str, Any],
) -> list[dict[str, Any]]:
    return [
        {
            "data": {"values": values},
            "mark": {
                "type": "rect",
                "color": plot.colour("paper"),
                "stroke": plot.colour("text"),
                "strokeWidth": 1.2,
            },
            "encoding": _corners(across, down),
        },
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "lineBreak": "\n",
                "lineHeight": LINE,
                "color": plot.colour("text"),
            },
            "encoding": {
                "x": {"field": "text_left", **across},
                "y": {"field": "text_top", **down},
                "text": {"field": "words"},
            },
        },
    ]


def _corners(across: dict[str, Any], down: dict[str, Any]) -> dict[str, Any]:
    return {
        "x": {"field": "left", **across},
        "x2": {"field": "right"},
        "y": {"field": "top", **down},
        "y2": {"field": "foot"},
    }


@cache
def _scheme() -> tuple[Mapping[str, str], ...]:
    """Return which step stands in which box."""
    path = files("skillmix.figures").joinpath("prisma_boxes.csv")
    return tuple(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
