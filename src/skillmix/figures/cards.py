"""A diagram of words: cards under their headings, where there is no axis."""

from __future__ import annotations

import textwrap
from typing import Any

from skillmix.figures.plot import SYMBOLS, Plot
from skillmix.figures.space import LINE
from skillmix.figures.theme import CATEGORICAL
from skillmix.schema.results import Row
from skillmix.words.fractions import capital
from skillmix.words.numbers import unit_of

MOST_COLUMNS = 4
# A longer list of cards is set in the columns that fewer groups leave free.
LONG = 12
GAP = 14
PAD = 10
LETTER = 7.4
RULE = 4
# Units whose values are followed by what they count.
COUNTED = ("people", "fte", "posts", "adverts", "trusts", "hours", "years")


def draw_cards(plot: Plot) -> dict[str, Any]:
    """Draw one card a row, in columns under the groups they belong to."""
    key = plot.chart.colour or ""
    groups = plot.values(key)
    columns = min(MOST_COLUMNS, len(groups))
    wide = (plot.width - GAP * (columns - 1) - 12) // columns
    longest = max(sum(row[key] == group for row in plot.drawn) for group in groups)
    parted = MOST_COLUMNS // columns if longest > LONG else 1
    narrow = (wide - GAP * (parted - 1)) // parted
    heads: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    top = 0.0
    for start in range(0, len(groups), columns):
        feet = [top]
        for n, group in enumerate(groups[start : start + columns]):
            left = n * (wide + GAP)
            head = _head(plot, key, group, start + n, left, top, wide)
            heads.append(head)
            rows = [row for row in plot.drawn if row[key] == group]
            tall = -(-len(rows) // parted)
            for column in range(parted):
                foot = head["foot"]
                at = left + column * (narrow + GAP)
                for row in rows[column * tall : (column + 1) * tall]:
                    cards.append(_card(plot, row, at, foot + 8, narrow))
                    foot = cards[-1]["foot"]
                feet.append(foot)
        top = max(feet) + GAP * 1.5
    width, height = plot.width - 12, round(top)
    return {
        "data": {"values": cards},
        "width": width,
        "height": height,
        "layer": [
            *_boxes(plot, heads, width, height, head=True),
            *_boxes(plot, cards, width, height, head=False),
        ],
    }


def _head(
    plot: Plot, key: str, group: Any, place: int, left: int, top: float, wide: int
) -> dict[str, Any]:
    words = plot.name(key, group, int((wide - 2 * PAD) / LETTER))
    tall = LINE * (words.count("\n") + 1) + PAD
    slot = CATEGORICAL[place % len(CATEGORICAL)]
    return {
        "words": words,
        "left": left,
        "right": left + wide,
        "top": top + tall - RULE,
        "foot": top + tall,
        "text_left": left,
        "text_top": top,
        "fill": plot.colour(slot),
        "letters": plot.colour("text"),
    }


def _card(plot: Plot, row: Row, left: int, top: float, wide: int) -> dict[str, Any]:
    letters = int((wide - 2 * PAD) / LETTER)
    words = capital(plot.name(plot.chart.x, row[plot.chart.x], letters))
    notes: list[str] = []
    if plot.chart.y is not None:
        notes.append(plot.name(plot.chart.y, row[plot.chart.y]))
    if value := value_on(plot, row):
        notes.append(value)
    small = "\n".join(line for n in notes for line in textwrap.wrap(n, letters + 3))
    tall = LINE * (words.count("\n") + 1)
    more = (LINE - 1) * (small.count("\n") + 1) + 3 if small else 0
    return {
        "words": words,
        "small": small,
        "left": left,
        "right": left + wide,
        "top": top,
        "foot": top + tall + more + 2 * PAD * 0.8,
        "text_left": left + PAD,
        "text_top": top + PAD * 0.8,
        "small_top": top + PAD * 0.8 + tall + 3,
        "fill": plot.colour("paper"),
        "letters": plot.colour("text"),
    }


def value_on(plot: Plot, row: Row) -> str:
    """Return a card's value; a plain number is followed by what it counts.

    A count by itself is of rows, one a card, and is not worth a line.
    """
    if plot.measure.unit == "count" and not plot.mixed:
        return ""
    if row.estimate is None or row.status != "shown":
        return SYMBOLS.get(row.status, SYMBOLS["unavailable"])
    unit = unit_of(plot.measures[row.measure].unit)
    text = plot.brief(row.estimate, row.measure)
    return f"{text} {unit.title.lower()}" if unit.slug in COUNTED else text


def _boxes(
    plot: Plot, values: list[dict[str, Any]], width: int, height: int, *, head: bool
) -> list[dict[str, Any]]:
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"type": "quantitative", "scale": {"domain": [height, 0]}, "axis": None}
    fields = [("words", "text_top", 13, "letters")]
    if not head:
        fields.append(("small", "small_top", 12, "letters"))
    fill = {"field": "fill", "type": "nominal", "scale": None}
    box: dict[str, Any] = {"type": "rect"}
    edge = {"stroke": plot.colour("axis"), "cornerRadius": 5}
    return [
        {
            "data": {"values": values},
            "mark": box if head else {**box, **edge},
            "encoding": {
                "x": {"field": "left", **across},
                "x2": {"field": "right"},
                "y": {"field": "top", **down},
                "y2": {"field": "foot"},
                "color": fill,
            },
        },
        *(
            {
                "data": {"values": values},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "top",
                    "fontSize": size,
                    "fontWeight": 600 if head else "normal",
                    "lineBreak": "\n",
                    "lineHeight": LINE,
                },
                "encoding": {
                    "x": {"field": "text_left", **across},
                    "y": {"field": at, **down},
                    "text": {"field": field},
                    "color": {"field": ink, "type": "nominal", "scale": None},
                },
            }
            for field, at, size, ink in fields
        ),
    ]
