"""One question for two scopes, side by side."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import answered, asked, awaited, drawn, twins_of
from skillmix.app.library import Found, Library
from skillmix.app.pages import (
    CsvResponse,
    SvgResponse,
    csv_of,
    csv_reply,
    json_reply,
    page,
    svg_reply,
)
from skillmix.app.rooms import Link
from skillmix.app.rooms.analyses import Asked, Name
from skillmix.app.scope_form import scope_fields
from skillmix.app.scoping import VERSUS, scope_words, versus_query
from skillmix.app.verdict import verdict_words
from skillmix.catalogue import Analysis, find
from skillmix.figures.plot import shared_reach
from skillmix.report.shapes import row_dict, shown
from skillmix.report.tables import (
    FigureTable,
    TableCell,
    TableColumn,
    in_order,
    value_cell,
)
from skillmix.schema.results import SHARED, Published
from skillmix.schema.scope import Scope
from skillmix.words.labels import heading, label

LINKS: tuple[Link, ...] = ()
router = APIRouter(tags=["questions"])
SIDE_WIDTH = 520
Versus = Annotated[Scope, Depends(versus_query)]


@router.get("/analyses/{name}/compare.json")
def compare_json(
    request: Request, name: Name, scope: Asked, versus: Versus
) -> Response:
    """Answer a question for two scopes: `first` and `second`, each as `show` gives."""
    analysis = find(name)
    first = answered(request, analysis, scope)
    second = answered(request, analysis, versus)
    return json_reply(
        {"first": shown(analysis, first), "second": shown(analysis, second)}
    )


@router.get("/analyses/{name}/compare.csv", response_class=CsvResponse)
def compare_csv(request: Request, name: Name, scope: Asked, versus: Versus) -> Response:
    """Answer a question for two scopes, the rows of both with the scope before them."""
    analysis = find(name)
    rows: list[dict[str, Any]] = []
    for one in (scope, versus):
        published = answered(request, analysis, one)
        rows += [
            {
                "scope": scope_words(one),
                **row_dict(row, analysis.measures[row.measure].unit),
                "unit": analysis.measures[row.measure].unit,
            }
            for row in published.rows
        ]
    columns = ["scope", *analysis.keys, "measure", "unit", *SHARED, "status"]
    return csv_reply(csv_of(rows, columns), f"{name}-compared")


@router.get("/analyses/{name}/compare.svg", response_class=SvgResponse)
def compare_svg(request: Request, name: Name, scope: Asked, versus: Versus) -> Response:
    """Answer a question for two scopes with both figures, one above the other."""
    analysis = find(name)
    sides = ((scope, "first"), (versus, "second"))
    reach = _reach(analysis, [awaited(request, analysis, s) for s, _ in sides])
    drawings = [drawn(request, analysis, s, anchor=a, reach=reach) for s, a in sides]
    return svg_reply(_stacked(drawings))


@router.get("/analyses/{name}/compare", include_in_schema=False)
def compare(request: Request, name: Name, scope: Asked, versus: Versus) -> Response:
    """Show one question for two scopes side by side."""
    library: Library = request.app.state.library
    analysis = find(name)
    found = asked(request, (analysis, scope), (analysis, versus))
    if isinstance(found, Response):
        return found
    path = f"/analyses/{name}/compare"
    both = all(one.published for one in found)
    reach = _reach(analysis, found)
    return page(
        request,
        "compare.html",
        analysis=analysis,
        sides=[
            _side(library, "first", scope, found[0], reach),
            _side(library, "second", versus, found[1], reach),
        ],
        table=_table(analysis, found) if both else None,
        mixed=scope.service != versus.service,
        path=path,
        twins=twins_of(
            path, request.url.query, *(("json", "csv", "svg") if both else ())
        ),
        live=True,
    )


def _reach(analysis: Analysis, found: list[Found]) -> tuple[float, float] | None:
    """Return how far both sides' axes reach: one axis, or the eye is deceived."""
    published = [one.published for one in found if one.published]
    return shared_reach(analysis.chart, analysis.measures, published)


def _side(
    library: Library,
    anchor: str,
    scope: Scope,
    found: Found,
    reach: tuple[float, float] | None,
) -> dict[str, Any]:
    panel = library.panel(found, scope, anchor=anchor, width=SIDE_WIDTH, reach=reach)
    prefix = VERSUS if anchor == "second" else ""
    return {
        "words": scope_words(scope),
        "panel": panel,
        "missing": found.missing,
        "fields": scope_fields(library, scope, prefix=prefix),
    }


def _table(analysis: Analysis, found: list[Found]) -> FigureTable:
    """Set the rows that both have side by side, with what may be said of them."""
    first, second = (_rows(one.published) for one in found)
    columns = (*analysis.keys, "measure")
    rows: list[tuple[tuple[str, ...], tuple[TableCell, ...]]] = []
    for key in in_order([k for k in first if k in second], columns):
        left, right = first[key], second[key]
        measure = analysis.measures[left.measure]
        both = left.status == right.status == "shown"
        verdict = verdict_words(left, right) if both else ""
        words = tuple(label(k, left[k]) for k in analysis.keys)
        rows.append(
            (
                (*words, measure.label),
                (
                    value_cell(left, measure),
                    value_cell(right, measure),
                    TableCell(text=verdict),
                ),
            )
        )
    stubs = [TableColumn(heading=heading(k), numeric=False) for k in analysis.keys]
    return FigureTable(
        caption="Rows that both have, and how the first stands to the second",
        columns=(
            *stubs,
            TableColumn(heading="Measure", numeric=False),
            TableColumn(heading="First"),
            TableColumn(heading="Second"),
            TableColumn(heading="The first is", numeric=False),
        ),
        stubs=len(stubs) + 1,
        rows=tuple(rows),
    )


def _rows(published: Published | None) -> dict[tuple[Any, ...], Any]:
    rows = published.rows if published else ()
    return {(*row.keys.values(), row.measure): row for row in rows}


def _stacked(drawings: list[str]) -> str:
    parts: list[str] = []
    top = widest = 0.0
    for drawing in drawings:
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
        width, height = map(float, box.groups()) if box else (720.0, 400.0)
        parts.append(drawing.replace("<svg ", f'<svg y="{top:g}" ', 1))
        top += height + 24
        widest = max(widest, width)
    size = f'width="{widest:g}" height="{top:g}" viewBox="0 0 {widest:g} {top:g}"'
    inner = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'
