"""What the app is, how machines use it, and whether it is up."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from skillmix import __version__
from skillmix.app.library import Library
from skillmix.app.pages import page
from skillmix.app.rooms import Link
from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN
from skillmix.report.tables import SYMBOLS
from skillmix.schema.scope import DEFINITIONS_VERSION, SERVICES, WORKFORCES

LINKS = (Link(label="About", href="/about"),)
router = APIRouter(tags=["about"])


@router.get("/about", include_in_schema=False)
def about(request: Request) -> Response:
    """Say what is shown, under which definitions, and for machines where."""
    return page(
        request,
        "about.html",
        workforces=WORKFORCES,
        services=SERVICES,
        symbols=SYMBOLS,
        smallest_shown=SMALLEST_SHOWN,
        round_to=ROUND_TO,
        twins={"json": "/about.json"},
    )


@router.get("/about.json")
def about_json(request: Request) -> dict[str, Any]:
    """Give versions, the app's own scope and the definitions it knows."""
    library: Library = request.app.state.library
    return {
        "version": __version__,
        "definitions_version": DEFINITIONS_VERSION,
        "content": library.content,
        "synthetic": library.synthetic,
        "workforces": WORKFORCES,
        "services": SERVICES,
        "months": [f"{m:%Y-%m}" for m in library.months],
    }


@router.get("/health")
def health() -> dict[str, str]:
    """Say that the app is up."""
    return {"status": "up"}
