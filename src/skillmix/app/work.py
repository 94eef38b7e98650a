"""One worker for everything that takes long, and what it is doing now.

Queries already use every core, so a second at the same time would only make both
slower; readers who ask for the same thing wait for the same piece of work.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotReady
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a piece of work is, for the page that waits for it.

    Attributes:
        title: What is worked on.
        seconds: How long ago it was asked for.
        before: How many others come first.
        step: What is done at the moment.
        done: Steps done.
        of: Steps there are; 0 if it is not known.
    """

    title: str
    seconds: float
    before: int
    step: str = ""
    done: int = 0
    of: int = 0


@dataclass(slots=True)
class _Piece:
    title: str
    future: Future[Any]
    asked: float
    step: tuple[str, int, int] = ("", 0, 0)


class Worker:
    """Does one piece of work after another, each asked for by a key."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="skillmix")
        self._pieces: dict[Hashable, _Piece] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        key: Hashable,
        title: str,
        work: Callable[[Callable[[str, int, int], None]], Any],
    ) -> Future[Any]:
        """Return the future of this work, which starts unless it is under way."""
        with self._lock:
            if key in self._pieces:
                return self._pieces[key].future
            future: Future[Any] = Future()
            piece = _Piece(title=title, future=future, asked=time.monotonic())
            self._pieces[key] = piece

        def told(step: str, done: int, of: int) -> None:
            piece.step = (step, done, of)

        def run() -> None:
            try:
                found = work(told)
            except BaseException as fault:
                self._forget(key)
                future.set_exception(fault)
            else:
                self._forget(key)
                future.set_result(found)

        self._pool.submit(run)
        return future

    def state(self, key: Hashable) -> State | None:
        """Return how far a piece of work is, or None if it is not under way."""
        with self._lock:
            if key not in self._pieces:
                return None
            keys = list(self._pieces)
            piece = self._pieces[key]
        step, done, of = piece.step
        return State(
            title=piece.title,
            seconds=time.monotonic() - piece.asked,
            before=keys.index(key),
            step=step,
            done=done,
            of=of,
        )

    def close(self) -> None:
        """Finish what is under way and drop the rest."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            self._pieces.pop(key, None)


def wait(future: Future[Any], seconds: float) -> bool:
    """Tell whether a future is done within so many seconds."""
    try:
        future.exception(timeout=seconds)
    except NotReady:
        return False
    return True
