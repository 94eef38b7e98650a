"""What readers have sent in this run of the app, by ticket; the oldest is forgotten."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")
Kept = TypeVar("Kept", bound="Tickets[Any]")
_MAKING = threading.Lock()


class Tickets(Generic[Made]):
    """Work under way or done, each under the ticket its reader was given.

    Args:
        most: How many are kept.
    """

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._found: OrderedDict[str, Future[Made]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, ticket: str, future: Future[Made]) -> None:
        """Remember a piece of work, and forget the oldest beyond the limit."""
        with self._lock:
            self._found[ticket] = future
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def find(self, ticket: str) -> Future[Made] | None:
        """Return a piece of work, or None if it was forgotten."""
        with self._lock:
            return self._found.get(ticket)


def tickets_of(state: Any, name: str, make: Callable[[], Kept]) -> Kept:
    """Return an app's tickets of one kind, made when first asked for.

    Two readers may send their first files at the same moment: both must find the
    same tickets.
    """
    with _MAKING:
        if not hasattr(state, name):
            setattr(state, name, make())
        found: Kept = getattr(state, name)
    return found
