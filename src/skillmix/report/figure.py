"""One figure of one result, drawn as the report draws it."""

from __future__ import annotations

from skillmix.catalogue import Analysis
from skillmix.figures.vega import spec, svg
from skillmix.schema.results import Published


def figure_svg(analysis: Analysis, published: Published) -> str:
    """Return the figure as SVG."""
    return svg(spec(analysis.chart, analysis.measures, published))
