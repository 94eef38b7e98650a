"""Work done in a process of its own: charts, while the next question is counted.

The renderer holds Python's one lock while it draws, so a thread would not help. Each
chart is drawn once, for the page and the PDF alike; workbooks are made beside the PDF.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from skillmix.catalogue import Analysis
from skillmix.figures.renderer import svg_of
from skillmix.figures.vega import spec, still
from skillmix.schema.results import Published

Given = TypeVar("Given")
Made = TypeVar("Made")
Specification = dict[str, Any]
Drawing = Callable[[], str]


class Studio:
    """Draws ahead what a report will need; one that fails is drawn when needed.

    Args:
        apart: Whether to draw in a process apart; if there are two cores, if not
            given.
    """

    def __init__(self, *, apart: bool | None = None) -> None:
        self._apart = (os.cpu_count() or 1) > 1 if apart is None else apart
        self._pool: Executor | None = None
        # What a page was set from, by anchor: other editions are set from the same.
        self.panels: dict[str, Any] = {}
        self._begun: dict[str, tuple[Published, Specification, Drawing]] = {}

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, analysis: Analysis, published: Published) -> None:
        """Have the chart of an answer drawn, to be fetched later."""
        try:
            made = spec(analysis.chart, analysis.measures, published)
            drawn = self.apart(svg_of, still(made))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # A chart its rows do not fit is told of where it would have stood.
            return
        self._begun[analysis.name] = (published, made, drawn)

    def fetch(
        self, analysis: Analysis, published: Published
    ) -> tuple[Specification, str] | None:
        """Return a chart that was begun, as specification and SVG, or None."""
        begun = self._begun.get(analysis.name)
        if begun is None or begun[0] is not published:
            return None
        _, made, drawn = begun
        return made, drawn()

    def apart(self, work: Callable[[Given], Made], given: Given) -> Callable[[], Made]:
        """Have work done in the other process, beside what is done here.

        Args:
            work: A function of a module, which the other process can find.
            given: What it is given, plain data.

        Returns:
            What waits for the result and returns it.
        """
        future = self._submit(work, given)

        def result() -> Made:
            try:
                return future.result()
            except (BrokenProcessPool, OSError):
                # The process was ended from outside: what is left is done here.
                return work(given)

        return result

    def _submit(self, work: Callable[[Given], Made], given: Given) -> Future[Made]:
        try:
            if self._apart and self._pool is None:
                # A fresh process: a copy of this one would copy the engine's threads.
                fresh = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(max_workers=1, mp_context=fresh)
            if self._pool is not None:
                return self._pool.submit(work, given)
        except (BrokenProcessPool, OSError):
            self._apart, self._pool = False, None
        here: Future[Made] = Future()
        here.set_result(work(given))
        return here
