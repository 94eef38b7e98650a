"""Who went where: ribbons from what people were to what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, spread, widest
from skillmix.figures.theme import CATEGORICAL
from skillmix.schema.results import Row

LEAST_HEIGHT = 360
A_NODE = 46
NODE = 12
SPACE = 20
WRAP = 24
STEPS = 24
LEAST = 1.2
SAME = ("same_role", "same_band", "same", "stayed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One end of the ribbons.

    Attributes:
        name: What it is called.
        top: Where it begins, in pixels.
        size: How tall it is.
        people: How many it stands for, among the rows shown.
    """

    name: str
    top: float
    size: float
    people: float


def draw_flow(plot: Plot) -> dict[str, Any]:
    """Draw each row as a ribbon as wide as the people behind it.

    People who stayed where they were are grey, so that those who moved can be seen.
    """
    shown = [r for r in plot.drawn if r.numerator and r.status == "shown"]
    ends = (plot.chart.x, plot.chart.y or "")
    most = max((len({r[key] for r in shown}) for key in ends), default=0)
    height = max(LEAST_HEIGHT, A_NODE * most)
    left, right = (_nodes(plot, shown, key, height) for key in ends)
    names = [_words(node) for node in left.values()]
    others = [_words(node) for node in right.values()]
    before, after = widest(names) + 14, widest(others) + 14
    width = plot.width - before - after - 12
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"type": "quantitative", "scale": {"domain": [height, 0]}, "axis": None}
    return {
        "data": {"values": _ribbons(plot, shown, left, right, width)},
        "width": width,
        "height": height,
        "title": f"{plot.measure.label}: people",
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.75, "interpolate": "monotone"},
                "encoding": {
                    "x": {"field": "at", **across},
                    "y": {"field": "upper", **down},
                    "y2": {"field": "lower"},
                    "detail": {"field": "ribbon"},
                    "color": {"field": "fill", "type": "nominal", "scale": None},
                    "tooltip": [
                        {"field": "from", "title": "From"},
                        {"field": "to", "title": "To"},
                        {"field": "people", "title": "People"},
                        {"field": "share", "title": plot.measure.label},
                    ],
                },
            },
            *_ends(plot, left, across, down, last=False),
            *_ends(plot, right, across, down, last=True),
        ],
    }


def _nodes(plot: Plot, rows: list[Row], key: str, height: int) -> dict[Any, Node]:
    sums: dict[Any, float] = {}
    for value in plot.values(key):
        mine = sum(r.numerator or 0.0 for r in rows if r[key] == value)
        if mine:
            sums[value] = mine
    room = height - SPACE * max(len(sums) - 1, 0)
    whole = sum(sums.values()) or 1.0
    found: dict[Any, Node] = {}
    top = 0.0
    for value, people in sums.items():
        size = max(people / whole * room, LEAST)
        name = plot.name(key, value, WRAP)
        found[value] = Node(name=name, top=top, size=size, people=people)
        top += size + SPACE
    return found


def _words(node: Node) -> str:
    return f"{node.name}\n{node.people:,.0f}"


def _ribbons(
    plot: Plot,
    rows: list[Row],
    left: dict[Any, Node],
    right: dict[Any, Node],
    width: int,
) -> list[dict[str, Any]]:
    x, y = plot.chart.x, plot.chart.y or ""
    colours = {value: CATEGORICAL[n % 6] for n, value in enumerate(left)}
    starts = {value: node.top for value, node in left.items()}
    ends = {value: node.top for value, node in right.items()}
    order = {value: n for n, value in enumerate(right)}
    points: list[dict[str, Any]] = []
    for source in left:
        mine = [r for r in rows if r[x] == source]
        for row in sorted(mine, key=lambda r: order[r[y]]):
            people = row.numerator or 0.0
            target = row[y]
            tall = people / left[source].people * left[source].size
            lands = people / right[target].people * right[target].size
            stays = target in SAME or str(target) == str(source)
            told = {
                "ribbon": f"{source} {target}",
                "from": plot.name(x, source),
                "to": plot.name(y, target),
                "people": f"{people:,.0f}",
                "share": plot.number(row.estimate),
                "fill": plot.colour("other" if stays else colours[source]),
            }
            begin, finish = starts[source], ends[target]
            for step in range(STEPS + 1):
                way = step / STEPS
                bend = way * way * (3 - 2 * way)
                upper = begin + (finish - begin) * bend
                thick = tall + (lands - tall) * bend
                points.append(
                    {
                        **told,
                        "at": round(NODE + (width - 2 * NODE) * way, 2),
                        "upper": round(upper, 2),
                        "lower": round(upper + max(thick, LEAST), 2),
                    }
                )
            starts[source] += tall
            ends[target] += lands
    return points


def _ends(
    plot: Plot,
    nodes: dict[Any, Node],
    across: dict[str, Any],
    down: dict[str, Any],
    *,
    last: bool,
) -> list[dict[str, Any]]:
    """Draw one side's nodes with their names and people beside them."""
    at = float(across["scale"]["domain"][1]) if last else 0.0
    height = down["scale"]["domain"][0]
    tall = [LINE * (1.0 + _words(node).count("\n")) + 6 for node in nodes.values()]
    middles = [node.top + node.size / 2 for node in nodes.values()]
    values = [
        {
            "left": at - NODE if last else at,
            "right": at if last else at + NODE,
            "top": node.top,
            "foot": node.top + node.size,
            "words": _words(node),
            "middle": place - LINE * _words(node).count("\n") / 2,
        }
        for node, place in zip(
            nodes.values(), spread(middles, tall, height), strict=True
        )
    ]
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rect", "color": plot.colour("faint")},
            "encoding": {
                "x": {"field": "left", **across},
                "x2": {"field": "right"},
                "y": {"field": "top", **down},
                "y2": {"field": "foot"},
            },
        },
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "align": "left" if last else "right",
                "baseline": "middle",
                "dx": 8 if last else -8,
                "lineBreak": "\n",
                "lineHeight": LINE,
            },
            "encoding": {
                "x": {"field": "right" if last else "left", **across},
                "y": {"field": "middle", **down},
                "text": {"field": "words"},
            },
        },
    ]
