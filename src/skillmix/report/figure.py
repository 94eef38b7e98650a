"""One figure of one result, drawn as every edition of the report draws it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.figures.theme import WIDTH
from skillmix.figures.vega import spec, svg
from skillmix.schema.results import Published

LOG = logging.getLogger(__name__)
NOT_DRAWN = "This chart could not be drawn; its values are in the table."
_IDS = re.compile(r'\bid="([^"]+)"')
_FONT = re.compile(r' font-family="[^"]*"')
_DIGITS = re.compile(r"(\d\.\d\d)\d+")
_EMPTY = (
    '<path class="foreground" aria-hidden="true" d="" pointer-events="none" '
    'display="none"/>',
    ' opacity="1"',
    ' aria-hidden="true"',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart and what stands in for it.

    Attributes:
        spec: The chart as Vega-Lite, data inside; empty if it could not be drawn.
        svg: The same, still.
        alternative: What the chart shows in words, from its data.
    """

    spec: dict[str, Any]
    svg: str
    alternative: str


def figure_svg(analysis: Analysis, published: Published) -> str:
    """Return the figure as SVG."""
    return svg(spec(analysis.chart, analysis.measures, published))


def drawn(
    analysis: Analysis, published: Published, *, anchor: str = "", width: int = WIDTH
) -> Drawn:
    """Draw a figure for a page.

    Args:
        analysis: The question.
        published: Its answer.
        anchor: Prefix of the ids inside the drawing, which would otherwise be the
            same in every drawing of a page, so that one chart clips another.
        width: Width of the drawing in pixels, near enough.
    """
    try:
        made = spec(analysis.chart, analysis.measures, published, width=width)
        return Drawn(
            spec=made,
            svg=_for_page(svg(made), anchor),
            alternative=made["description"],
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # Analyses of other packages are drawn too, and one that declares a chart its
        # rows do not fit must not cost the reader the rest of the report.
        LOG.exception("The chart of %s could not be drawn.", analysis.name)
        return Drawn(spec={}, svg="", alternative=NOT_DRAWN)


def _for_page(text: str, anchor: str) -> str:
    """Return a drawing with ids of its own, and without what it says too often."""
    if anchor:
        for name in set(_IDS.findall(text)):
            text = text.replace(f'id="{name}"', f'id="{anchor}-{name}"')
            text = text.replace(f"url(#{name})", f"url(#{anchor}-{name})")
            text = text.replace(f'href="#{name}"', f'href="#{anchor}-{name}"')
    # Every word repeats its typeface, and numbers have fifteen digits: a fifth of it.
    fonts = _FONT.findall(text)
    if fonts and len(set(fonts)) == 1:
        text = _FONT.sub("", text).replace("<svg ", f"<svg{fonts[0]} ", 1)
    text = _DIGITS.sub(r"\1", text)
    for empty in _EMPTY:
        text = text.replace(empty, "")
    return text
