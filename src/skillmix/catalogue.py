"""What an analysis is, and how every analysis is found."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import Any

import ibis.expr.types as ir

from skillmix.errors import DefinitionError, UnknownNameError
from skillmix.figures.chart import Chart
from skillmix.schema.results import Counted, Published
from skillmix.schema.scope import Scope
from skillmix.schema.way import Way, way
from skillmix.statistics.estimators import Estimator

PACKAGE = "skillmix.analyses"
ENTRY_POINTS = "skillmix.analyses"
COUNTED = tuple(Counted.columns())


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of an analysis: its unit, its denominator and its interval.

    Attributes:
        label: How the measure is headed, for example "Share of FTE".
        unit: "percent", "ratio", "fte", "people", "index", "gbp" ...
        denominator: What it is out of, in words; empty for a total.
        estimator: How estimate and interval follow from the counts.
        decimals: Decimals shown.
    """

    label: str
    unit: str
    denominator: str
    estimator: Estimator
    decimals: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A figure the report printed, and the row that should give it again.

    Attributes:
        value: The printed figure, in the measure's own unit (a percentage as a
            share of 1).
        within: How far the row may be: half the last printed digit.
        row: Keys and measure that pick the row out.
    """

    value: float
    within: float
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One question, the ways to answer it, and how the answer is shown."""

    name: str
    title: str
    question: str
    notes: str
    ways: tuple[Way, ...]
    keys: tuple[str, ...]
    measures: Mapping[str, Measure]
    chart: Chart
    narrate: Callable[[Published], str]
    definition: str
    figure: int | None
    reproduces: Mapping[str, Printed]
    caveats: tuple[str, ...]

    @property
    def chapter(self) -> str:
        """The chapter, which is the folder."""
        return self.name.partition(".")[0]

    def check(self) -> None:
        """Check every way against its declared columns: no data, no engine.

        Raises:
            DefinitionError: If an expression lacks a column, or has one more.
        """
        wanted = {*self.keys, *COUNTED}
        scope = Scope(month=dt.date(2020, 6, 1))
        for one in self.ways:
            tables = {t: t.unbound() for t in one.inputs.values()}
            found = set(one.bind(tables, scope).columns)
            if found != wanted:
                raise DefinitionError(
                    f"{self.name} gives {sorted(found)}, not {sorted(wanted)}.",
                    where=one.label,
                )


def analysis(
    *,
    title: str,
    keys: tuple[str, ...],
    measures: Mapping[str, Measure],
    chart: Chart,
    narrate: Callable[[Published], str],
    definition: str,
    figure: int | None = None,
    reproduces: Mapping[str, Printed] | None = None,
    caveats: tuple[str, ...] = (),
    also: tuple[Callable[..., ir.Table], ...] = (),
) -> Callable[[Callable[..., ir.Table]], Analysis]:
    """Declare the decorated function to be an analysis.

    Its name is its module path, its question the first docstring line and its
    inputs the signature, so none of them can drift. `also` names further ways to
    answer from other tables; the first whose tables are at hand is taken.
    """

    def declare(function: Callable[..., ir.Table]) -> Analysis:
        question, _, notes = (inspect.getdoc(function) or "").partition("\n")
        if not question.endswith("?"):
            raise DefinitionError(
                "The docstring of an analysis begins with its question.",
                where=f"{function.__module__}.{function.__name__}",
            )
        return Analysis(
            name=function.__module__.removeprefix(f"{PACKAGE}."),
            title=title,
            question=question,
            notes=notes.strip(),
            ways=tuple(way(f) for f in (function, *also)),
            keys=keys,
            measures=measures,
            chart=chart,
            narrate=narrate,
            definition=definition,
            figure=figure,
            reproduces=reproduces or {},
            caveats=caveats,
        )

    return declare


@cache
def catalogue() -> Mapping[str, Analysis]:
    """Return every analysis by name, ours and those of installed packages."""
    return {found.name: found for found in sorted(_discover(), key=lambda a: a.name)}


def find(name: str) -> Analysis:
    """Return one analysis.

    Raises:
        UnknownNameError: With the nearest names, if there is none such.
    """
    import difflib

    known = catalogue()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise UnknownNameError(
        f"There is no analysis '{name}'.",
        remedy=f"{hint}Run `skillmix list` for the names that exist.",
    )


def _discover() -> Iterator[Analysis]:
    packages = [PACKAGE, *(e.value for e in entry_points(group=ENTRY_POINTS))]
    for name in packages:
        package = importlib.import_module(name)
        for info in pkgutil.walk_packages(package.__path__, f"{name}."):
            module = importlib.import_module(info.name)
            yield from (v for v in vars(module).values() if isinstance(v, Analysis))
