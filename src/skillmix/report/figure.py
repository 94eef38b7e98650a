"""One figure of one result, drawn as every edition of the report draws it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.figures.vega import spec, svg
from skillmix.schema.results import Published

_IDS = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart and what stands in for it.

    Attributes:
        spec: The chart as Vega-Lite, data inside.
        svg: The same, still.
        alternative: What the chart shows in words, from its data.
    """

    spec: dict[str, Any]
    svg: str
    alternative: str


def figure_svg(analysis: Analysis, published: Published) -> str:
    """Return the figure as SVG."""
    return svg(spec(analysis.chart, analysis.measures, published))


def drawn(analysis: Analysis, published: Published, *, anchor: str = "") -> Drawn:
    """Draw a figure for a page.

    Args:
        analysis: The question.
        published: Its answer.
        anchor: Prefix of the ids inside the drawing, which would otherwise be the
            same in every drawing of a page, so that one chart clips another.
    """
    made = spec(analysis.chart, analysis.measures, published)
    return Drawn(
        spec=made,
        svg=_own_ids(svg(made), anchor),
        alternative=made["description"],
    )


def _own_ids(text: str, anchor: str) -> str:
    if not anchor:
        return text
    for name in set(_IDS.findall(text)):
        text = text.replace(f'id="{name}"', f'id="{anchor}-{name}"')
        text = text.replace(f"url(#{name})", f"url(#{anchor}-{name})")
        text = text.replace(f'href="#{name}"', f'href="#{anchor}-{name}"')
    return text
