"""The first page: key statistics and a summary of the app's own scope."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import asked, awaited, twins_of
from skillmix.app.library import Found, Library
from skillmix.app.pages import CsvResponse, csv_of, csv_reply, json_reply, page
from skillmix.app.rooms import Link
from skillmix.app.rooms.analyses import Asked
from skillmix.app.scope_form import scope_fields
from skillmix.app.scoping import scope_pairs, scope_words
from skillmix.catalogue import Analysis
from skillmix.report.book import Figure
from skillmix.report.highlights import front_analyses, key_statistics, summary
from skillmix.schema.scope import Scope

LINKS = (Link(label="Overview", href="/"),)
router = APIRouter(tags=["overview"])
COLUMNS = ("value", "interval", "label", "analysis")


@router.get("/", include_in_schema=False)
def overview(request: Request, scope: Asked) -> Response:
    """Show the key statistics and the summary of a scope."""
    library: Library = request.app.state.library
    found = asked(request, *((a, scope) for a in front_of(library)))
    if isinstance(found, Response):
        return found
    figures = _figures(found)
    return page(
        request,
        "overview.html",
        statistics=key_statistics(figures),
        sentences=summary(figures),
        fields=scope_fields(library, scope),
        scope_words=scope_words(scope),
        pairs=scope_pairs(library, scope),
        path="/",
        answerable=len(library.analyses) - len(library.missing),
        twins=twins_of("/overview", request.url.query, "json", "csv"),
    )


@router.get("/overview.json")
def overview_json(request: Request, scope: Asked) -> Response:
    """Give the key statistics and the summary of a scope."""
    library: Library = request.app.state.library
    figures = _waited(request, library, scope)
    return json_reply(
        {
            "scope": scope_words(scope),
            "synthetic": library.synthetic,
            "statistics": _statistics(figures),
            "summary": [
                {"text": s.text, "analysis": s.figure.analysis.name}
                for s in summary(figures)
            ],
        }
    )


@router.get("/overview.csv", response_class=CsvResponse)
def overview_csv(request: Request, scope: Asked) -> Response:
    """Give the key statistics of a scope as CSV."""
    library: Library = request.app.state.library
    rows = _statistics(_waited(request, library, scope))
    return csv_reply(csv_of(rows, COLUMNS), "overview")


def front_of(library: Library) -> list[Analysis]:
    """Return the questions of the front page that the inputs can answer."""
    wanted = front_analyses()
    return [a for a in library.analyses if a.name in wanted - set(library.missing)]


def _waited(request: Request, library: Library, scope: Scope) -> list[Figure]:
    return _figures([awaited(request, a, scope) for a in front_of(library)])


def _figures(found: list[Found]) -> list[Figure]:
    return [
        Figure(number=n, analysis=one.analysis, published=one.published)
        for n, one in enumerate(found, 1)
        if one.published is not None
    ]


def _statistics(figures: list[Figure]) -> list[dict[str, Any]]:
    return [
        {
            "value": s.value,
            "interval": s.interval,
            "label": s.label,
            "analysis": s.figure.analysis.name,
        }
        for s in key_statistics(figures)
    ]
