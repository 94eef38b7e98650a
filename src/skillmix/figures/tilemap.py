"""England's regions and boards as tiles, where no boundary file is needed."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.shades import RAMP, TURNS, equal_breaks, shade
from skillmix.figures.space import LINE

GAP = 4
ROOMY = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Size of the tiles of one kind of place.

    Attributes:
        wide: Width of a tile in pixels.
        tall: Height of a tile in pixels.
        letters: Letters on a line of its name.
        size: Size of the letters.
    """

    wide: int
    tall: int
    letters: int
    size: int


GRIDS = {
    "region": Grid(wide=176, tall=96, letters=18, size=13),
    "icb": Grid(wide=87, tall=62, letters=12, size=11),
}


def draw_tiles(plot: Plot) -> dict[str, Any]:
    """Draw each place as a tile, shaded by its value and numbered."""
    key = plot.chart.x
    places, grid = _places(key), GRIDS[key]
    tiles = _tiles(plot, places, grid)
    widths = [p.column for p in places.values()]
    heights = [p.row for p in places.values()]
    width = (max(widths) + 1) * grid.wide
    height = (max(heights) + 1) * grid.tall
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"type": "quantitative", "scale": {"domain": [height, 0]}, "axis": None}
    return {
        "data": {"values": tiles},
        "width": width,
        "height": height,
        "title": plot.title,
        "layer": [
            {
                "mark": {"type": "rect", "cornerRadius": 4},
                "encoding": {
                    "x": {"field": "left", **across},
                    "x2": {"field": "right"},
                    "y": {"field": "top", **down},
                    "y2": {"field": "foot"},
                    "color": {"field": "fill", "type": "nominal", "scale": None},
                    "stroke": {"field": "edge", "type": "nominal", "scale": None},
                    "tooltip": plot.tooltip(),
                },
            },
            *(
                {
                    "mark": {
                        "type": "text",
                        "align": "left",
                        "baseline": "top",
                        "fontSize": size,
                        "fontWeight": weight,
                        "lineBreak": "\n",
                        "lineHeight": size + 3,
                    },
                    "encoding": {
                        "x": {"field": "words_left", **across},
                        "y": {"field": at, **down},
                        "text": {"field": field},
                        "color": {"field": "letters", "type": "nominal", "scale": None},
                    },
                }
                for field, at, size, weight in _texts(plot, grid)
            ),
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a place's tile stands, and its name cut to fit."""

    row: float
    column: float
    short: str


@cache
def _places(key: str) -> Mapping[str, Place]:
    text = files("skillmix.figures").joinpath("tiles.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Place(
            row=float(row["row"]), column=float(row["column"]), short=row["short"]
        )
        for row in csv.DictReader(StringIO(text))
        if row["key"] == key
    }


def _tiles(plot: Plot, places: Mapping[str, Place], grid: Grid) -> list[dict[str, Any]]:
    edges = equal_breaks([r.estimate for r in plot.drawn if r.estimate is not None])
    found: list[dict[str, Any]] = []
    for row, point in zip(plot.drawn, plot.points(), strict=True):
        place = places.get(str(row[plot.chart.x]))
        if place is None:
            continue
        fill, letters, edge = "paper", "faint", "axis"
        if row.estimate is not None:
            step = shade(row.estimate, edges)
            fill = edge = RAMP[step]
            letters = "paper" if step >= TURNS else "text"
        left, top = place.column * grid.wide, place.row * grid.tall
        foot = top + grid.tall - GAP
        name = _fitted(place.short, grid.letters)
        found.append(
            {
                **point,
                "short": name,
                "left": left,
                "right": left + grid.wide - GAP,
                "top": top,
                "foot": foot,
                "words_left": left + 7,
                "name_top": top + 7,
                "value_top": foot - LINE - 5 - (LINE if grid.tall > ROOMY else 0),
                "range_top": foot - LINE - 3,
                "fill": plot.colour(fill),
                "edge": plot.colour(edge),
                "letters": plot.colour(letters),
            }
        )
    return found


def _texts(plot: Plot, grid: Grid) -> list[tuple[str, str, int, str | int]]:
    """Return what is written on a tile: name, value, and the interval where it fits."""
    texts: list[tuple[str, str, int, str | int]] = [
        ("short", "name_top", grid.size, "normal"),
        ("brief", "value_top", grid.size + 2, 600),
    ]
    if grid.tall > ROOMY and any(r.conf_low is not None for r in plot.rows):
        texts.append(("range", "range_top", grid.size - 1, "normal"))
    return texts


def _fitted(name: str, letters: int) -> str:
    """Return a name on lines that fit; "Derby- shire" parts only where it must."""
    whole = name.replace("- ", "")
    if len(whole) <= letters or " " in whole:
        name = whole
    return "\n".join(textwrap.wrap(name, letters))
