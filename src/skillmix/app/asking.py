"""Waiting for an answer: a page shows how far it is, a twin waits for the whole."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.library import Found, Library
from skillmix.app.pages import page
from skillmix.app.work import wait
from skillmix.catalogue import Analysis
from skillmix.errors import MissingInputError, SkillmixError
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope


class BusyError(SkillmixError):
    """An answer takes longer than an address may wait for it."""

    slug = "busy"
    exit_code = 12
    default_remedy = "Ask again in a few seconds; the work goes on."


def asked(
    request: Request, *questions: tuple[Analysis, Scope], brief: bool = False
) -> list[Found] | Response:
    """Return the answers for a page, or the page that says how far they are.

    The first question that is not ready within the wait is told; the page asks
    again by itself.

    Args:
        request: The page asked for.
        questions: What it wants answered, each for a scope.
        brief: As for `Library.answer`.
    """
    library: Library = request.app.state.library
    futures = [library.answer(a, s, brief=brief) for a, s in questions]
    for future, (analysis, scope) in zip(futures, questions, strict=True):
        if not wait(future, library.limits.wait_seconds):
            state = library.progress(analysis, scope, brief=brief)
            return page(request, "working.html", status=202, state=state, refresh=1)
    return [future.result() for future in futures]


def awaited(
    request: Request, analysis: Analysis, scope: Scope, *, brief: bool = False
) -> Found:
    """Return an answer, or what it lacks, for a twin; `brief` as for `Library.answer`.

    Raises:
        BusyError: If it takes longer than a twin may wait.
    """
    library: Library = request.app.state.library
    future = library.answer(analysis, scope, brief=brief)
    if not wait(future, library.limits.answer_seconds):
        raise BusyError(f"{analysis.name} is still being worked out.")
    found: Found = future.result()
    return found


def answered(request: Request, analysis: Analysis, scope: Scope) -> Published:
    """Return an answer for a twin.

    Raises:
        MissingInputError: If the inputs cannot answer.
        BusyError: If it takes longer than a twin may wait.
    """
    found = awaited(request, analysis, scope)
    if found.published is None:
        raise MissingInputError(
            f"The inputs cannot answer {analysis.name}: they lack "
            f"{', or '.join(found.missing)}.",
            where=analysis.name,
        )
    return found.published


def drawn(
    request: Request,
    analysis: Analysis,
    scope: Scope,
    *,
    anchor: str = "figure",
    reach: tuple[float, float] | None = None,
) -> str:
    """Return an answer's figure as SVG for a twin; errors as for `answered`."""
    library: Library = request.app.state.library
    answered(request, analysis, scope)
    found = awaited(request, analysis, scope)
    panel = library.panel(found, scope, anchor=anchor, reach=reach)
    return panel.chart.svg if panel else ""


def twins_of(path: str, query: str, *kinds: str) -> dict[str, Any]:
    """Return the addresses of a page's twins by kind."""
    tail = f"?{query}" if query else ""
    return {kind: f"{path}.{kind}{tail}" for kind in kinds}
