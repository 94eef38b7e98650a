"""The door of an app that other machines can reach: a token, once."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from skillmix.app.guard import COOKIE
from skillmix.app.pages import page
from skillmix.app.rooms import Link
from skillmix.app.settings import Settings

LINKS: tuple[Link, ...] = ()
router = APIRouter(include_in_schema=False)
DAY = 24 * 60 * 60


@router.get("/enter")
def door(request: Request) -> Response:
    """Ask for the token."""
    return page(request, "enter.html", wrong=False)


@router.post("/enter")
def enter(
    request: Request, token: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Let in who knows the token, for a day."""
    settings: Settings = request.app.state.settings
    if not hmac.compare_digest(token.encode(), settings.token.encode()):
        return page(request, "enter.html", status=403, wrong=True)
    inside = RedirectResponse("/", status_code=303)
    inside.set_cookie(COOKIE, token, max_age=DAY, httponly=True, samesite="strict")
    return inside
