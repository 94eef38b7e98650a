"""Charts drawn in a process of their own, while the next question is counted.

The renderer holds Python's one lock while it draws, so a thread would not help. Each
chart is drawn once, for the page and the PDF alike.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.figures.renderer import svg_of
from skillmix.figures.vega import spec, still
from skillmix.schema.results import Published

Specification = dict[str, Any]


class Studio:
    """Draws ahead what a report will need; one that fails is drawn when needed.

    Args:
        apart: Whether to draw in a process apart; if there are two cores, if not
            given.
    """

    def __init__(self, *, apart: bool | None = None) -> None:
        self._apart = (os.cpu_count() or 1) > 1 if apart is None else apart
        self._pool: Executor | None = None
        self._begun: dict[str, tuple[Published, Specification, Future[str]]] = {}

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
            drawn = self._submit(still(made))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            # A chart its rows do not fit is told of where it would have stood.
            return
        self._begun[analysis.name] = (published, made, drawn)

    def fetch(
        self, analysis: Analysis, published: Published
    ) -> tuple[Specification, str] | None:
        """Return a chart that was begun, as specification and SVG, or None."""
        held, made, drawn = self._begun.get(analysis.name, (None, {}, None))
        if held is not published or drawn is None:
            return None
        try:
            return made, drawn.result()
        except (BrokenProcessPool, OSError):
            # The process was ended from outside: what is left is drawn here.
            return made, svg_of(still(made))

    def _submit(self, specification: Specification) -> Future[str]:
        try:
            if self._apart and self._pool is None:
                # A fresh process: a copy of this one would copy the engine's threads.
                fresh = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(max_workers=1, mp_context=fresh)
            if self._pool is not None:
                return self._pool.submit(svg_of, specification)
        except (BrokenProcessPool, OSError):
            self._apart = False
        here: Future[str] = Future()
        here.set_result(svg_of(specification))
        return here
