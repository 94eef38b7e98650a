"""The app put together: rooms, guard, and how every error is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from skillmix import __version__
from skillmix.app.guard import HEADERS, Guard
from skillmix.app.library import Library
from skillmix.app.pages import json_reply, page
from skillmix.app.rooms import rooms
from skillmix.app.rooms.overview import front_of
from skillmix.app.settings import Settings
from skillmix.errors import SkillmixError

STATUS = {
    "definition": 422,
    "unknown-name": 404,
    "input-not-found": 404,
    "missing-input": 404,
    "months-missing": 404,
    "too-few-people": 404,
    "record-refused": 422,
    "unreadable-file": 422,
    "layout": 422,
    "invalid-rows": 422,
    "busy": 503,
    "engine": 503,
}
PROBLEM: dict[str, Any] = {
    "description": "What is wrong, where, and what to do.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error", "what"],
                "properties": {
                    name: {"type": "string"}
                    for name in ("error", "what", "where", "remedy")
                },
            }
        }
    },
}
PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys(
    (401, 404, 414, 421, 422, 429, 503), PROBLEM
)


def create_app(library: Library, settings: Settings | None = None) -> FastAPI:
    """Return the app over an open library.

    Args:
        library: What it serves.
        settings: How it is reached; loopback without a token if not given.
    """
    chosen = settings or Settings(limits=library.limits)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncGenerator[None]:
        # Whoever opens the first page finds its answers ready, or under way.
        library.warm(front_of(library))
        yield
        await asyncio.to_thread(library.close)

    app = FastAPI(
        title="skillmix",
        version=__version__,
        summary="Answers about a health-care workforce, each with its lineage.",
        # The usual documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        responses=PROBLEMS,
    )
    app.state.library = library
    app.state.settings = chosen
    for room in rooms():
        app.include_router(room.router)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(Guard, settings=chosen)
    _tell_errors(app)
    return app


def _tell_errors(app: FastAPI) -> None:
    """Answer every error with what is wrong, where, and what to do."""

    def known(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, SkillmixError)  # noqa: S101 - registered for it
        return _problem(
            request,
            STATUS.get(fault.slug, 500),
            error=fault.slug,
            what=fault.what,
            where=fault.where,
            remedy=fault.remedy,
        )

    def invalid(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)  # noqa: S101 - as above
        places = sorted({".".join(map(str, e["loc"][1:])) for e in fault.errors()})
        return _problem(
            request,
            422,
            error="address",
            what="A part of the address, or of what was sent, is not of its form.",
            where=", ".join(places),
            remedy="Use the controls of the page, or see About for the parameters.",
        )

    def other(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)  # noqa: S101 - as above
        found = _problem(
            request,
            fault.status_code,
            error="not-found" if fault.status_code == 404 else "refused",
            what="There is no such page."
            if fault.status_code == 404
            else "That cannot be done with this address.",
            where=request.url.path[:200],
            remedy="Start again from the overview.",
        )
        for name, value in (fault.headers or {}).items():
            found.headers[name] = value
        return found

    def unexpected(request: Request, _: Exception) -> Response:
        # Whoever started the app finds the cause in its terminal; a reader does not.
        found = _problem(
            request,
            500,
            error="unexpected",
            what="Something went wrong that should not have.",
            where=request.url.path[:200],
            remedy="Try again; if it stays, report the address and the version.",
        )
        # The guard is passed over on this way out.
        found.headers.update(HEADERS)
        return found

    handlers: list[tuple[type[Exception], Callable[[Request, Exception], Response]]]
    handlers = [
        (SkillmixError, known),
        (RequestValidationError, invalid),
        (HTTPException, other),
        (Exception, unexpected),
    ]
    for kind, handler in handlers:
        app.add_exception_handler(kind, handler)


def _problem(request: Request, status: int, **told: str) -> Response:
    """Return an error as a page to people and as JSON to machines."""
    last = request.url.path.rpartition("/")[2]
    machine = last.endswith((".json", ".csv", ".svg"))
    if machine or "text/html" not in request.headers.get("accept", "text/html"):
        found = json_reply(told, status=status)
    else:
        found = page(request, "problem.html", status=status, problem=told)
    if status == 503:
        found.headers["Retry-After"] = "2"
    return found
