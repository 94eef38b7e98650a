"""Style, scripts and type: small, fixed, and kept by browsers for good."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from skillmix.app.pages import static_files
from skillmix.app.rooms import Link
from skillmix.errors import UnknownNameError

LINKS: tuple[Link, ...] = ()
router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Return one file that pages refer to."""
    if name not in static_files():
        raise UnknownNameError("There is no such file.", where=name)
    text, kind = static_files()[name]
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(text, media_type=kind, headers=kept)


@router.get("/favicon.ico")
def favicon() -> Response:
    """Answer browsers that ask for an icon without being told of one."""
    return Response(status_code=204)
