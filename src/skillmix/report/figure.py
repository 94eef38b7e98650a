"""One figure of one result, drawn as every edition of the report draws it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.figures.theme import SIZE, WIDTH
from skillmix.figures.vega import spec, svg
from skillmix.report.studio import Studio
from skillmix.schema.results import Published

LOG = logging.getLogger(__name__)
NOT_DRAWN = "This chart could not be drawn; its values are in the table."
_TAG = re.compile(r"<[^>]+>")
_IDS = re.compile(r'\bid="([^"]+)"')
_FONT = re.compile(r' font-family="[^"]*"')
_GEOMETRY = re.compile(r' (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="[^"]*"')
_DIGITS = re.compile(r"(\d\.\d)\d+")
# What a drawing says by default anyway, what a picture with alternative text hides
# from assistive technology, and what draws nothing.
_SUPERFLUOUS = re.compile(
    r' (?:aria-[a-z]+|role|pointer-events)="[^"]*"'
    r'| class="(?!marks)[^"]*"'
    r'| (?:opacity="1"|font-weight="normal"|text-anchor="start"|stroke-width="1")'
)
_LINE_END = re.compile(r'(<line[^>]*?) (?:x2|y2)="0"')
_NOTHING = re.compile(
    r'<path d="(?:M0,0h[\d.]+v[\d.]+h-?[\d.]+Z)?"(?: display="none")?/>'
)
# Points are drawn as paths of two arcs; a circle says the same in a third of it.
_CIRCLE = re.compile(
    r'<path([^>]*) d="M([\d.]+),0A\2,\2,0,1,1,-\2,0A\2,\2,0,1,1,\2,0"([^>]*)/>'
)
# Groups without groups inside, their members, and what members may inherit.
_LEAF = re.compile(r"<g([^>]*)>((?:(?!</?g[ >]).)+)</g>", re.DOTALL)
_MEMBER = re.compile(r"<(?:path|line|rect|circle|text)\b[^>]*>")
_INHERITED = re.compile(
    r' (?:fill|stroke|stroke-width|font-size|font-weight|text-anchor)="[^"]*"'
)
_ROUND = re.compile(r"(?<=\d)\.0(?!\d)")
_SIZE = f' font-size="{SIZE}px"'


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
    analysis: Analysis,
    published: Published,
    *,
    anchor: str = "",
    width: int = WIDTH,
    studio: Studio | None = None,
    reach: tuple[float, float] | None = None,
) -> Drawn:
    """Draw a figure for a page.

    Args:
        analysis: The question.
        published: Its answer.
        anchor: Prefix of the ids inside the drawing, which would otherwise be the
            same in every drawing of a page, so that one chart clips another.
        width: Width of the drawing in pixels, near enough.
        studio: Where it may have been drawn already.
        reach: Values its axis must reach to, for charts that share one.
    """
    try:
        ahead = studio.fetch(analysis, published) if studio else None
        if ahead:
            made, picture = ahead
        else:
            made = spec(
                analysis.chart,
                analysis.measures,
                published,
                width=width,
                reach=reach,
            )
            picture = svg(made)
        return Drawn(
            spec=made,
            svg=_for_page(picture, anchor),
            alternative=made["description"],
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # Analyses of other packages are drawn too, and one that declares a chart its
        # rows do not fit must not cost the reader the rest of the report.
        LOG.exception("The chart of %s could not be drawn.", analysis.name)
        return Drawn(spec={}, svg="", alternative=NOT_DRAWN)


def _for_page(text: str, anchor: str) -> str:
    """Return a drawing with ids of its own, and without what it says in vain.

    Only attributes are touched: a number that is shown keeps all its digits.
    """
    if anchor:
        for name in set(_IDS.findall(text)):
            text = text.replace(f'id="{name}"', f'id="{anchor}-{name}"')
            text = text.replace(f"url(#{name})", f"url(#{anchor}-{name})")
            text = text.replace(f'href="#{name}"', f'href="#{anchor}-{name}"')
    text = _TAG.sub(lambda tag: _SUPERFLUOUS.sub("", tag[0]), text)
    text = _NOTHING.sub("", text)
    text = _LINE_END.sub(r"\1", text)
    text = _CIRCLE.sub(r'<circle r="\2"\1\3/>', text)
    text = text.replace(_SIZE, "").replace("<svg ", f"<svg{_SIZE} ", 1)
    text = _LEAF.sub(_said_once, text)
    fonts = _FONT.findall(text)
    if fonts and len(set(fonts)) == 1:
        text = _FONT.sub("", text).replace("<svg ", f"<svg{fonts[0]} ", 1)
    return _GEOMETRY.sub(
        lambda shape: _ROUND.sub("", _DIGITS.sub(r"\1", shape[0])), text
    )


def _said_once(leaf: re.Match[str]) -> str:
    """Return a group that says once what all its members would say alike."""
    own, inside = leaf[1], leaf[2]
    said = [set(_INHERITED.findall(member)) for member in _MEMBER.findall(inside)]
    if len(said) < 2:
        return leaf[0]
    given = {one.partition("=")[0] for one in _INHERITED.findall(own)}
    alike = set[str].intersection(*said)
    shared = sorted(one for one in alike if one.partition("=")[0] not in given)
    for one in shared:
        inside = _MEMBER.sub(lambda m, one=one: m[0].replace(one, "", 1), inside)
    return f"<g{own}{''.join(shared)}>{inside}</g>"
