"""A chart of a published result as Vega-Lite, and as SVG from it.

One specification serves the interactive chart of a page and the static picture of
a document. Everything that a renderer would otherwise choose (order, domains,
ticks, colours) is decided here, so the same result always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from skillmix.figures.alt import alternative_text
from skillmix.figures.bars import draw_bars, draw_pyramid, draw_stacked
from skillmix.figures.cards import draw_cards
from skillmix.figures.chart import Chart, Kind
from skillmix.figures.control import draw_control
from skillmix.figures.dots import draw_dots, draw_dumbbell
from skillmix.figures.flow import draw_flow
from skillmix.figures.funnel import draw_funnel
from skillmix.figures.lines import POINTERS, draw_lines
from skillmix.figures.matrix import draw_heatmap
from skillmix.figures.panels import panels
from skillmix.figures.plot import Measured, Plot, prepare
from skillmix.figures.prisma import draw_prisma
from skillmix.figures.renderer import svg_of
from skillmix.figures.slope import draw_slope
from skillmix.figures.theme import WIDTH, Theme, config
from skillmix.figures.tilemap import draw_tiles
from skillmix.figures.undrawn import notice, why_not
from skillmix.schema.results import Published
from skillmix.words.unseen import seen

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_DRAWN: Mapping[Kind, Callable[[Plot], dict[str, Any]]] = {
    "line": draw_lines,
    "bar": draw_bars,
    "dots": draw_dots,
    "dumbbell": draw_dumbbell,
    "stacked": draw_stacked,
    "pyramid": draw_pyramid,
    "slope": draw_slope,
    "heatmap": draw_heatmap,
    "flow": draw_flow,
    "funnel": draw_funnel,
    "control": draw_control,
    "cards": draw_cards,
    "prisma": draw_prisma,
    "tiles": draw_tiles,
}


def spec(
    chart: Chart,
    measures: Mapping[str, Measured],
    published: Published,
    *,
    theme: Theme = "light",
    width: int = WIDTH,
    reach: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart of a published result.

    Args:
        chart: What is shown.
        measures: The measures of the analysis, by slug.
        published: Its result.
        theme: "light" or "dark" page, or "print".
        width: Width of the whole picture in pixels, near enough.
        reach: Values its axis must reach to; see `figures.plot.shared_reach`.
    """
    plot = prepare(chart, measures, published, theme=theme, width=width, reach=reach)
    whole = chart.facet is None or why_not(plot)
    drawn = _drawn(plot) if whole else panels(plot, _drawn)
    return {
        "$schema": SCHEMA,
        "description": alternative_text(plot),
        "config": config(theme),
        # The heading begins where the text of a page does.
        "padding": {"left": 0, "top": 6, "right": 6, "bottom": 6},
        **drawn,
    }


def svg(specification: Mapping[str, Any]) -> str:
    """Return a specification drawn as SVG."""
    return svg_of(still(specification))


def still(specification: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification without what only a pointer would find.

    The picture is one image with one description: labels on each of its marks would
    be read out one by one, and make the file several times as large.
    """
    settings = dict(specification["config"])
    for part in ("mark", "axis", "legend", "title"):
        settings[part] = {**settings.get(part, {}), "aria": False}
    kept = {k: _without_pointers(v) for k, v in specification.items() if k != "config"}
    return {**kept, "config": settings}


def _without_pointers(part: Any) -> Any:
    if isinstance(part, list):
        return [
            _without_pointers(one)
            for one in part
            if not (isinstance(one, dict) and one.get("name") == POINTERS)
        ]
    if isinstance(part, dict):
        return {k: _without_pointers(v) for k, v in part.items() if k != "tooltip"}
    # The renderer ends the whole process at a control character.
    return seen(part) if isinstance(part, str) else part


def _drawn(plot: Plot) -> dict[str, Any]:
    """Draw one panel, or say in its place why there is nothing to draw."""
    why = why_not(plot)
    return notice(plot, why) if why else _DRAWN[plot.chart.kind](plot)
