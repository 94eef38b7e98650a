"""From inputs to published results: bind, execute, estimate, disclose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Analysis
from skillmix.cohorts.registers import SHIPPED_BY, SHIPPED_TABLES
from skillmix.counting import Counting
from skillmix.derive import year_before
from skillmix.disclosure.control import leave_unprotected, protect
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.engines.engine import Engine
from skillmix.errors import (
    DefinitionError,
    MissingInputError,
    RecordRefusedError,
    TooFewPeopleError,
)
from skillmix.memory import Cells, Memory
from skillmix.schema.equality import EqualityProcess
from skillmix.schema.results import Finding, Fitted, Published, Source
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Absence, Joiner, Leaver, StaffMonth
from skillmix.schema.table import Table
from skillmix.schema.way import Way
from skillmix.sources.inputs import Inputs

STAFF_RECORD: tuple[type[Table], ...] = (
    *(StaffMonth, Absence, Leaver, Joiner),
    # No staff record, but counts of people that nobody has published.
    EqualityProcess,
)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An analysis with its result, or with what it lacks."""

    analysis: Analysis
    published: Published | None
    missing: tuple[str, ...] = ()


class Session:
    """One set of inputs, one scope and one engine, for any number of analyses.

    Args:
        inputs: What the files amount to.
        scope: For which workforce, place and month.
        engine: Where everything is counted.
        memory: What was counted before; nothing if not given.
        brief: Whether the rows of the as-at month, and changes since a year before,
            are all that is wanted: other months' may then be lacking.
    """

    def __init__(
        self,
        inputs: Inputs,
        scope: Scope,
        engine: Engine,
        *,
        memory: Memory | None = None,
        brief: bool = False,
    ) -> None:
        self._inputs = inputs
        self._counting = Counting(inputs, scope, engine, memory, brief=brief)
        self.asked = scope
        if StaffMonth in inputs.editions:
            self._counting.scope = replace(scope, month=self._as_at(scope))

    @property
    def scope(self) -> Scope:
        """The scope asked for, with its as-at month."""
        return self._counting.scope

    def has(self, table: type[Table]) -> bool:
        """Tell whether a table is at hand, or can be derived."""
        return self._counting.has(table)

    def table(self, table: type[Table]) -> ir.Table:
        """Return a table, bound, loaded or derived the first time it is asked for."""
        return self._counting.table(table)

    def rows(self, way: Way) -> Cells:
        """Run one query over the session's tables; for small tables of counts only.

        Raises:
            MissingInputError: If a table it reads is not at hand.
        """
        return self._counting.rows(way)

    def run(self, analysis: Analysis) -> Published:
        """Answer a question, fit to be published.

        Raises:
            MissingInputError: If no way to answer has its tables, or any rows.
        """
        return protect(self._find(analysis), _estimators(analysis))

    def run_unprotected(self, analysis: Analysis) -> Published:
        """Answer a question with exact counts, marked as internal."""
        return leave_unprotected(self._find(analysis), _estimators(analysis))

    def answers(
        self,
        analyses: Sequence[Analysis],
        *,
        internal: bool = False,
        progress: Progress | None = None,
    ) -> Iterator[Answer]:
        """Answer each question that can be answered, and say what others lack."""
        for done, analysis in enumerate(analyses):
            if progress:
                progress(analysis.title, done, len(analyses))
            run = self.run_unprotected if internal else self.run
            try:
                yield Answer(analysis=analysis, published=run(analysis))
            except MissingInputError as fault:
                yield Answer(
                    analysis=analysis,
                    published=None,
                    missing=self.lacks(analysis, fault),
                )
            except RecordRefusedError as fault:
                # The record contradicts itself: nobody can be followed through it,
                # but it can still be counted month by month.
                yield Answer(analysis=analysis, published=None, missing=(str(fault),))
        if progress:
            progress("done", len(analyses), len(analyses))

    def lacks(self, analysis: Analysis, fault: MissingInputError) -> tuple[str, ...]:
        """Return, for each way to answer, the input tables that are not at hand."""
        lines: list[str] = []
        for way in analysis.ways:
            wanted = sorted(
                {t.name for t in self._counting.roots(way) if not self.has(t)}
            )
            lines.append(", ".join(wanted) if wanted else fault.what)
        return tuple(dict.fromkeys(lines))

    def sources(self, way: Way) -> tuple[Source, ...]:
        """Return the files behind each input table of a way."""
        roots = dict.fromkeys(self._counting.roots(way))
        read = [self._source(t) for t in roots if t in self._inputs.editions]
        shipped = [
            Source(table=t.name, files=(), publisher=SHIPPED_BY)
            for t in roots
            if t in SHIPPED_TABLES and t not in self._inputs.editions
        ]
        return (*read, *shipped)

    def _find(self, analysis: Analysis) -> Finding:
        able = [w for w in analysis.ways if all(map(self.has, w.inputs.values()))]
        for way in able:
            people = any(t in STAFF_RECORD for t in self._counting.roots(way))
            scope = self.scope if people else self.asked
            order = (*analysis.cell_keys, "measure")
            asked = analysis.name if _of_ours(way) else ""
            if cells := self._counting.cells(way, scope, asked, order):
                fitted = _fitted(analysis, cells)
                if fitted is not None and not fitted:
                    # The model found nothing to compare: no answer, as with no rows.
                    continue
                return Finding(
                    analysis=analysis.name,
                    scope=scope,
                    cells=cells,
                    fitted=fitted,
                    sources=self.sources(way),
                    people_counted=people,
                    way=way.label,
                    period=self._period(way, cells, scope if people else None),
                )
        raise MissingInputError(
            f"The inputs hold no rows for {analysis.name} in {self.asked.place_label}."
            if able
            else f"{analysis.name} needs {self._lacking(analysis)}, which no file "
            "given feeds.",
            where=analysis.name,
        )

    def _lacking(self, analysis: Analysis) -> str:
        """Name the tables that each way to answer a question lacks."""
        lacking = (
            ", ".join(t.name for t in self._counting.roots(way) if not self.has(t))
            for way in analysis.ways
        )
        return " or ".join(dict.fromkeys(lacking))

    def _period(
        self, way: Way, cells: Sequence[Mapping[str, Any]], scope: Scope | None
    ) -> tuple[dt.date, dt.date] | None:
        """Return the first and last month the rows speak of."""
        named = ("month", "from_month", "to_month", "period_start", "period_end")
        months = [cell[n] for cell in cells for n in named if cell.get(n)]
        years = {cell["year"] for cell in cells if cell.get("year")}
        months += [dt.date(year, end, 1) for year in years for end in (1, 12)]
        if not months and scope and scope.month:
            months = [scope.month]
        if not months:
            roots = self._counting.roots(way)
            ends = [
                r.period_end
                for r in self._inputs.readings
                if r.used and r.table in roots and r.period_end
            ]
            months = sorted(ends)[-1:]
        return (min(months), max(months)) if months else None

    def _source(self, table: type[Table]) -> Source:
        readings = [r for r in self._inputs.readings if r.used and r.table is table]
        return Source(
            table=table.name,
            files=tuple(r.file for r in readings),
            publisher=", ".join(sorted({r.publisher for r in readings})),
            synthetic=any(r.synthetic for r in readings),
            digest=", ".join(r.sha256[:12] for r in readings[:3]),
        )

    def _as_at(self, scope: Scope) -> Any:
        """Return the month asked for, or the latest with a year before it."""
        months = self._counting.months
        if not months:
            return scope.month
        if scope.month is not None:
            if scope.month not in months:
                raise DefinitionError(
                    f"The staff record has no {scope.month:%B %Y}.",
                    where="month",
                    remedy=f"It runs from {months[0]:%B %Y} to {months[-1]:%B %Y}.",
                )
            return scope.month
        paired = [m for m in months if year_before(m) in months]
        return (paired or months)[-1]


def _fitted(
    analysis: Analysis, cells: Sequence[Mapping[str, Any]]
) -> Sequence[Fitted] | None:
    """Return the rows a model gives, or None where the cells are the rows.

    Few people can leave a model without an answer (a division by nothing, a matrix
    without an inverse, odds beyond all numbers): that is this question's answer
    lacking, and must not cost the reader the rest of the report.

    Raises:
        TooFewPeopleError: If the model cannot be fitted to these cells.
    """
    if analysis.model is None:
        return None
    try:
        return analysis.model.fit(cells)
    except (ArithmeticError, ValueError):
        raise TooFewPeopleError(
            f"The model of {analysis.name} cannot be fitted to so few people.",
            where=analysis.name,
        ) from None


@contextmanager
def open_session(
    inputs: Inputs,
    scope: Scope,
    engine: Engine | None = None,
    *,
    memory: Memory | None = None,
) -> Generator[Session, None, None]:
    """Open a session and give back what it took, whatever happens."""
    running = engine or DuckDbEngine()
    try:
        yield Session(inputs, scope, running, memory=memory)
    finally:
        running.close()


def _of_ours(way: Way) -> bool:
    """Tell whether the code of a question is part of what its answer is kept under."""
    return way.expression.__module__.startswith("skillmix.")


def _estimators(analysis: Analysis) -> Mapping[str, Any]:
    return {n: m.estimator for n, m in analysis.measures.items() if m.estimator}
