"""Colours, shapes and type of every chart, the same through the whole report.

The categorical and sequential colours are those of the Government Analysis
Function; their counterparts on a dark page are ours, chosen to keep 3:1 against it.
`colours.csv` holds the slots and `cohorts.csv` says which group has which, so that a
group looks alike wherever it stands.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import Any, Literal

Theme = Literal["light", "dark", "print"]
THEMES: tuple[Theme, ...] = ("light", "dark", "print")
FONT = "Inter, Arial, Helvetica, sans-serif"
SIZE = 13
WIDTH = 720
CATEGORICAL = ("1", "2", "3", "4", "5", "6")
SHAPES = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
# Dashes tell lines apart where colour cannot; the first is unbroken.
DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [4, 2], [1, 3])


@cache
def palette(theme: Theme) -> Mapping[str, str]:
    """Return the colour of every slot, for light and dark pages and for print."""
    return MappingProxyType({row["slot"]: row[theme] for row in _rows("colours.csv")})


def dark_rules(scope: str) -> str:
    """Return CSS that turns a light chart's colours dark, without a second chart.

    Args:
        scope: The selector that holds on a dark page, for example
            `[data-theme="dark"] svg`.
    """
    light, dark = palette("light"), palette("dark")
    lines: list[str] = []
    for slot in ("paper", *(s for s in light if s != "paper")):
        if light[slot] == dark[slot]:
            continue
        for attribute in ("fill", "stroke"):
            lines.append(
                f'{scope} [{attribute}="{light[slot]}"] '
                f"{{ {attribute}: {dark[slot]}; }}"
            )
    return "\n".join(dict.fromkeys(lines))


def slots(key: str, values: Sequence[Any]) -> tuple[str, ...]:
    """Return the colour slot of each value of a key, no two alike up to six.

    Groups that `cohorts.csv` names have their own slot; others take the next free.
    """
    known = {v: _cohorts().get((key, _slug(v))) for v in values}
    inks = palette("light")
    # A shade and a colour of its own may be one ink: band 4 is as dark as the first.
    taken = {inks[slot] for slot, _ in filter(None, known.values())}
    free = [slot for slot in CATEGORICAL if inks[slot] not in taken]
    found: list[str] = []
    for value in values:
        named = known[value]
        if named is not None:
            found.append(named[0])
        else:
            found.append(free.pop(0) if free else "other")
    return tuple(found)


def shapes(key: str, values: Sequence[Any]) -> tuple[str, ...]:
    """Return the marker of each value, so that colour is never alone."""
    known = [_cohorts().get((key, _slug(v))) for v in values]
    free = [s for s in SHAPES if s not in {shape for _, shape in filter(None, known)}]
    return tuple(
        named[1] if named else (free.pop(0) if free else SHAPES[0]) for named in known
    )


def cohort_slots(key: str, values: Sequence[Any]) -> tuple[str, ...]:
    """Return the slots of values that are all cohorts of the report, else none."""
    known = [_cohorts().get((key, _slug(v))) for v in values]
    named = [one for one in known if one is not None]
    return tuple(slot for slot, _ in named) if len(named) == len(known) else ()


def cohort_shapes(key: str, values: Sequence[Any]) -> tuple[str, ...]:
    """Return the markers of values that are all cohorts of the report, else none."""
    return shapes(key, values) if cohort_slots(key, values) else ()


def dashes(count: int) -> list[list[int]]:
    """Return a dash for each of so many lines."""
    return [DASHES[n % len(DASHES)] for n in range(count)]


def config(theme: Theme) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a theme."""
    colour = palette(theme)
    words = {"font": FONT, "fontSize": SIZE}
    labelled = {
        "labelFont": FONT,
        "labelFontSize": SIZE,
        "labelColor": colour["faint"],
        "titleFont": FONT,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "titleColor": colour["faint"],
    }
    return {
        "background": colour["paper"],
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            **labelled,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "labelLimit": 320,
            "gridColor": colour["grid"],
            "gridWidth": 1,
            "titlePadding": 10,
        },
        "legend": {
            **labelled,
            "labelColor": colour["text"],
            "title": None,
            "orient": "top",
            "direction": "horizontal",
            "symbolSize": 110,
            "symbolOpacity": 1,
            "labelLimit": 420,
            "columnPadding": 18,
            "offset": 10,
        },
        "text": {**words, "color": colour["text"]},
        "title": {
            "font": FONT,
            "fontSize": SIZE + 1,
            "fontWeight": 600,
            "color": colour["text"],
            "anchor": "start",
            "offset": 14,
        },
        "concat": {"spacing": 26},
    }


def _slug(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _cohorts() -> Mapping[tuple[str, str], tuple[str, str]]:
    return MappingProxyType(
        {
            (row["key"], row["value"]): (row["slot"], row["shape"])
            for row in _rows("cohorts.csv")
        }
    )


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    text = files("skillmix.figures").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text)))
