"""What stands before every page: who may ask, how much, and what a browser may do."""

from __future__ import annotations

import hmac
import threading
import time
from collections import OrderedDict
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmix.app.settings import Settings

COOKIE = "skillmix-token"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self' data:",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # "no-referrer" would make browsers send forms of our own with the origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OPEN_PATHS = ("/static/", "/enter", "/health")
CLIENTS = 10_000


class Pace:
    """How fast each address may ask: so many a second, more in a burst."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = float(burst)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str, now: float | None = None) -> bool:
        """Count one request of a client, and tell whether it may be answered."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(client, (self._burst, at))
            left = min(self._burst, left + (at - since) * self._per_second)
            allowed = left >= 1.0
            self._left[client] = (left - 1.0 if allowed else left, at)
            while len(self._left) > CLIENTS:
                self._left.popitem(last=False)
        return allowed


class Guard:
    """Refuses what it must and marks every answer with what a browser may do.

    A plain ASGI layer: Starlette's own base class for such layers runs the rest of
    the app in a task beside the answer, and turns a reader who goes away in the
    middle into an error of the app.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        limits = settings.limits
        self._pace = Pace(per_second=limits.requests_per_second, burst=limits.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse, one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answering = self._refusal(Request(scope)) or self._app
        await answering(scope, receive, marked)

    def _refusal(self, request: Request) -> Response | None:
        if not self._known_host(request):
            return _refused(421, "This app is not served under that name.")
        if len(str(request.url)) > self._settings.limits.address_characters:
            return _refused(414, "The address is too long.")
        if request.method not in ("GET", "HEAD", "POST"):
            return None
        if request.method == "POST" and _from_elsewhere(request):
            return _refused(403, "A page of another site may not send to this app.")
        if request.method == "POST" and (too_much := self._too_much(request)):
            return too_much
        path = request.url.path
        client = request.client.host if request.client else "unknown"
        if not path.startswith("/static/") and not self._pace.allows(client):
            slow = _refused(429, "Too many requests; wait a second and ask again.")
            slow.headers["Retry-After"] = "1"
            return slow
        if path.startswith(OPEN_PATHS) or self._may_enter(request):
            return None
        return _locked(request)

    def _too_much(self, request: Request) -> Response | None:
        """Refuse a body before it is read, by the length that is announced."""
        announced = request.headers.get("content-length", "")
        if not announced.isdecimal():
            return _refused(411, "The length of what is sent must be announced.")
        # A form around the file adds a little.
        if int(announced) > self._settings.limits.upload_bytes + 100_000:
            most = self._settings.limits.upload_bytes // (1024 * 1024)
            return _refused(413, f"The file is larger than {most} MB.")
        return None

    def _known_host(self, request: Request) -> bool:
        names = self._settings.hosts
        host = request.headers.get("host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return "*" in names or name in names

    def _may_enter(self, request: Request) -> bool:
        if not self._settings.token:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        shown = given if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")
        return hmac.compare_digest(shown.encode(), self._settings.token.encode())


def _from_elsewhere(request: Request) -> bool:
    """Tell whether a browser sends this on behalf of a page of another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in (
        "same-origin",
        "none",
    ):
        return True
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(origin).netloc != request.headers.get("host")


def _locked(request: Request) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return Response(status_code=303, headers={"Location": "/enter"})
    locked = _refused(401, "This app asks for a token: send it as a bearer token.")
    locked.headers["WWW-Authenticate"] = "Bearer"
    return locked


def _refused(status: int, what: str) -> Response:
    if status == 421:
        return PlainTextResponse(what, status_code=status)
    return JSONResponse({"error": "refused", "what": what}, status_code=status)
