"""Who went where: ribbons from what people were to what they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from skillmix.figures.plot import Plot
from skillmix.figures.space import LINE, widest
from skillmix.figures.theme import CATEGORICAL
from skillmix.schema.results import Row

LEAST_HEIGHT = 360
A_NODE = 46
NODE = 12
SPACE = 20
# Between the names of two nodes.
BETWEEN = 8
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
    ribbons = max(LEAST_HEIGHT, A_NODE * most) - SPACE * max(most - 1, 0)
    sides = [_nodes(plot, shown, key, ribbons) for key in ends]
    height = round(max(LEAST_HEIGHT, *(sum(map(_room, s.values())) for s in sides)))
    left, right = (_placed(side, height) for side in sides)
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
        "title": "People",
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


def _nodes(plot: Plot, rows: list[Row], key: str, ribbons: int) -> dict[Any, Node]:
    """Return one side's nodes, as tall as their people's part of all the ribbons."""
    whole = sum(r.numerator or 0.0 for r in rows) or 1.0
    found: dict[Any, Node] = {}
    for value in plot.values(key):
        people = sum(r.numerator or 0.0 for r in rows if r[key] == value)
        if people:
            size = max(people / whole * ribbons, LEAST)
            name = plot.name(key, value, WRAP)
            found[value] = Node(name=name, top=0.0, size=size, people=people)
    return found


def _room(node: Node) -> float:
    """Return the height a node needs, so that its name stands beside it alone."""
    words = LINE * (1 + _words(node).count("\n"))
    return max(node.size, words) + BETWEEN


def _placed(side: dict[Any, Node], height: int) -> dict[Any, Node]:
    """Return a side's nodes one below the other, each in the middle of its room."""
    spare = (height - sum(map(_room, side.values()))) / max(len(side), 1)
    found: dict[Any, Node] = {}
    top = 0.0
    for value, node in side.items():
        room = _room(node) + spare
        found[value] = replace(node, top=top + (room - node.size) / 2)
        top += room
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
    values = [
        {
            "left": at - NODE if last else at,
            "right": at if last else at + NODE,
            "top": node.top,
            "foot": node.top + node.size,
            "words": _words(node),
            "middle": node.top + (node.size - LINE * _words(node).count("\n")) / 2,
        }
        for node in nodes.values()
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
