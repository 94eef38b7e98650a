"""What readers have sent in this run of the app, by ticket; the oldest is forgotten."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Path
from starlette.requests import Request
from starlette.responses import Response

from skillmix.app.asking import BusyError
from skillmix.app.library import Library
from skillmix.app.pages import page
from skillmix.app.work import Worker, wait
from skillmix.errors import UnknownNameError

Made = TypeVar("Made")
Work = Callable[[Callable[[str, int, int], None]], Made]
_MAKING = threading.Lock()
Ticket = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9_-]{6,40}$",
        description="The ticket that was given for what was sent.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[Made]):
    """One kind of things that readers send.

    Attributes:
        name: What their addresses begin with.
        things: What they are called: "adverts".
        doing: What is done to them: "read".
        again: What to do once they are forgotten.
    """

    name: str
    things: str
    doing: str
    again: str


class Tickets(Generic[Made]):
    """Work under way or done, each under the ticket its reader was given.

    Args:
        kind: What readers send.
        worker: Does the work.
        most: How many are kept.
    """

    def __init__(self, kind: Kind[Made], *, worker: Worker, most: int) -> None:
        self._kind = kind
        self._worker = worker
        self._most = most
        self._found: OrderedDict[str, Future[Made]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, title: str, work: Work[Made], *, ticket: str = "") -> str:
        """Start a piece of work, forget the oldest beyond the limit, return its ticket.

        Args:
            title: What is worked on, for the page that waits.
            work: Does it, telling how far it is.
            ticket: What it goes by; one that nobody can guess if not given.
        """
        chosen = ticket or secrets.token_urlsafe(16)
        future = self._worker.ask((self._kind.name, chosen), title, work)
        with self._lock:
            self._found[chosen] = future
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return chosen

    def __contains__(self, ticket: str) -> bool:
        with self._lock:
            return ticket in self._found

    def get(self, ticket: str) -> Future[Made]:
        """Return a piece of work.

        Raises:
            UnknownNameError: If there is none, or it has been forgotten.
        """
        with self._lock:
            found = self._found.get(ticket)
        if found is None:
            raise UnknownNameError(
                f"There are no such {self._kind.things}: the app forgets the oldest, "
                "and all of them when it stops.",
                where=self._kind.name,
                remedy=self._kind.again,
            )
        return found


def tickets_of(request: Request, kind: Kind[Made]) -> Tickets[Made]:
    """Return an app's tickets of one kind, made when first asked for.

    Two readers may send their first files at the same moment: both must find the
    same tickets.
    """
    state = request.app.state
    library: Library = state.library
    with _MAKING:
        if not hasattr(state, kind.name):
            made = Tickets(kind, worker=library.worker, most=library.limits.uploads)
            setattr(state, kind.name, made)
        found: Tickets[Made] = getattr(state, kind.name)
    return found


def waited(request: Request, kind: Kind[Made], ticket: str) -> Made:
    """Return what was made of what was sent, once it is done, for a twin.

    Raises:
        UnknownNameError: If there is none, or it has been forgotten.
        BusyError: If it takes longer than an address may wait.
    """
    library: Library = request.app.state.library
    future = tickets_of(request, kind).get(ticket)
    if not wait(future, library.limits.answer_seconds):
        raise BusyError(f"The {kind.things} are still being {kind.doing}.")
    return future.result()


def opened(request: Request, kind: Kind[Made], ticket: str) -> Made | Response:
    """Return what was made of what was sent, or the page that says how far it is.

    Raises:
        UnknownNameError: If there is none, or it has been forgotten.
    """
    library: Library = request.app.state.library
    future = tickets_of(request, kind).get(ticket)
    if wait(future, library.limits.wait_seconds):
        return future.result()
    state = library.worker.state((kind.name, ticket))
    return page(request, "working.html", status=202, state=state, refresh=1)
