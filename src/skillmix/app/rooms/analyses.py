"""The catalogue, and one page for each question with its scope in the address."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import answered, asked, drawn, twins_of
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
from skillmix.app.scope_form import scope_fields
from skillmix.app.scoping import (
    address,
    comparators,
    scope_pairs,
    scope_query,
    scope_words,
)
from skillmix.catalogue import Analysis, find
from skillmix.report.book import Entry, chapter_headings
from skillmix.report.feeds import lacking
from skillmix.report.shapes import as_csv, listed, shown
from skillmix.schema.scope import Scope

LINKS = (Link(label="Questions", href="/analyses"),)
router = APIRouter(tags=["questions"])
Name = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9_]{1,60}(\.[a-z0-9_]{1,60}){1,6}$",
        description="Name of an analysis, as the list of questions gives it.",
    ),
]
Words = Annotated[str, Query(max_length=100, description="Words to look for.")]
Asked = Annotated[Scope, Depends(scope_query)]
COLUMNS = ("name", "title", "question", "chapter", "figure", "definition", "answerable")


@router.get("/analyses", include_in_schema=False)
def questions(request: Request, words: Words = "") -> Response:
    """List the questions, by chapter, with those the inputs cannot answer."""
    library: Library = request.app.state.library
    found = _matching(library, words)
    chapters = [
        (name, told, [a for a in found if a.chapter == name])
        for name, told in _headings(library).items()
    ]
    return page(
        request,
        "questions.html",
        words=words,
        chapters=[c for c in chapters if c[2]],
        count=len(found),
        twins=twins_of("/analyses", request.url.query, "json", "csv"),
    )


@router.get("/analyses.json")
def questions_json(request: Request, words: Words = "") -> list[dict[str, Any]]:
    """List the questions, as `skillmix list --format json`."""
    return _listed(request.app.state.library, words)


@router.get("/analyses.csv", response_class=CsvResponse)
def questions_csv(request: Request, words: Words = "") -> Response:
    """List the questions as CSV."""
    rows = _listed(request.app.state.library, words)
    return csv_reply(csv_of(rows, COLUMNS), "questions")


@router.get("/analyses/{name}.json")
def analysis_json(request: Request, name: Name, scope: Asked) -> Response:
    """Answer a question, as `skillmix show --format json`."""
    analysis = find(name)
    published = answered(request, analysis, scope)
    return json_reply(shown(analysis, published))


@router.get("/analyses/{name}.csv", response_class=CsvResponse)
def analysis_csv(request: Request, name: Name, scope: Asked) -> Response:
    """Answer a question with its rows, as `skillmix show --format csv`."""
    analysis = find(name)
    published = answered(request, analysis, scope)
    return csv_reply(as_csv(analysis, published), name)


@router.get("/analyses/{name}.svg", response_class=SvgResponse)
def analysis_svg(request: Request, name: Name, scope: Asked) -> Response:
    """Answer a question with its figure."""
    return svg_reply(drawn(request, find(name), scope))


@router.get("/analyses/{name}", include_in_schema=False)
def analysis(request: Request, name: Name, scope: Asked) -> Response:
    """Show one question with its answer, for the scope of the address."""
    library: Library = request.app.state.library
    question = find(name)
    found = asked(request, (question, scope))
    if isinstance(found, Response):
        return found
    (answer,) = found
    panel = library.panel(answer, scope)
    path = f"/analyses/{name}"
    kinds = ("json", "csv", "svg") if panel else ()
    return page(
        request,
        "analysis.html",
        analysis=question,
        panel=panel,
        lacking=_lacks(question, answer.missing),
        fields=scope_fields(library, scope),
        scope_words=scope_words(scope),
        beside=_beside(library, scope, answer, f"{path}/compare"),
        path=path,
        twins=twins_of(path, request.url.query, *kinds),
        live=panel is not None,
    )


def _beside(
    library: Library, scope: Scope, answer: Found, path: str
) -> list[tuple[str, str]]:
    """Return what the scope may be set beside, each with the page that does."""
    as_at = answer.published.scope.month if answer.published else scope.month
    own = scope_pairs(library, scope)
    return [
        *(
            (name, address(path, **own, **other))
            for name, other in comparators(library, scope, as_at)
        ),
        ("Another scope", address(path, **own)),
    ]


def _lacks(analysis: Analysis, missing: tuple[str, ...]) -> Any:
    if not missing:
        return ()
    return lacking([Entry(analysis=analysis, published=None, missing=missing)])


def _matching(library: Library, words: str) -> list[Analysis]:
    wanted = words.casefold().split()
    return [
        a
        for a in library.analyses
        if all(
            w in f"{a.name} {a.title} {a.question} {a.definition}".casefold()
            for w in wanted
        )
    ]


def _listed(library: Library, words: str) -> list[dict[str, Any]]:
    rows = listed(_matching(library, words))
    return [{**row, "answerable": row["name"] not in library.missing} for row in rows]


def _headings(library: Library) -> dict[str, dict[str, str]]:
    known = {name: dict(told) for name, told in chapter_headings().items()}
    for a in library.analyses:
        plain = a.chapter.replace("_", " ").capitalize()
        known.setdefault(a.chapter, {"title": plain, "about": ""})
    return known
