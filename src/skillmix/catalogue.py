"""What an analysis is, and how every analysis is found."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Literal

import ibis.expr.types as ir

from skillmix.errors import DefinitionError, UnknownNameError
from skillmix.figures.chart import Chart
from skillmix.schema.results import Counted, Fitted, Published
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
        estimator: How estimate and interval follow from the counts of one cell;
            None where the analysis has a model, which gives both.
        decimals: Decimals shown.
        method: The model's estimate and interval, in words; a measure has either
            an estimator or a method.
    """

    label: str
    unit: str
    denominator: str
    estimator: Estimator | None = None
    decimals: int = 1
    method: str = ""

    def __post_init__(self) -> None:
        """Refuse a measure that does not say where its interval comes from."""
        if (self.estimator is None) == (not self.method):
            raise DefinitionError(
                f"The measure '{self.label}' needs an estimator, or the method of "
                "the analysis' model, and not both."
            )

    @property
    def interval(self) -> str:
        """The name of the interval: the estimator's, or the method in words."""
        return self.estimator.__name__ if self.estimator else self.method


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """How rows are made from many cells at once: a life table, a regression.

    The engine gives cells (sufficient statistics) and never people; `fit` is a
    plain function from those cells to rows. Each row names the counts it rests on,
    so that disclosure control can judge it.

    Attributes:
        by: Keys of the cells, in the order in which `fit` receives them.
        fit: From the cells, ordered by their keys and measure, to the rows.
    """

    by: tuple[str, ...]
    fit: Callable[[Sequence[Mapping[str, Any]]], Sequence[Fitted]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A figure the report printed, and the row that should give it again.

    Attributes:
        value: The printed figure, in the measure's own unit (a percentage as a
            share of 1).
        within: How far the row may be: half the last printed digit.
        row: Keys and measure that pick the row out, or the rows.
        take: What is compared: the row's estimate; that with its sign turned, where
            the report words it the other way round; the lowest, the highest or the
            sum of several rows' estimates; how many rows there are; the first or
            last year they speak of, or the years from one to the other.
    """

    value: float
    within: float
    row: Mapping[str, Any]
    take: Literal[
        "estimate",
        "minus",
        "lowest",
        "highest",
        "total",
        "rows",
        "first_year",
        "last_year",
        "years",
    ] = "estimate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something the report says without a number, and the rows that bear it out.

    Attributes:
        relation: "greater" (each row picked above the next), "similar" (all within
            `within` of each other), "majority" (above one half), "largest" or
            "smallest" (the first pick among all rows that `among` picks),
            "falls" or "rises" (first to last month of the picked rows),
            "rises_then_falls", "varies" (they spread by more than `within`),
            "no_pattern" (no row's interval lies off every other's).
        picks: Keys and measure that pick each row out, in order.
        among: Keys and measure of all rows compared.
        within: See `relation`; in the measure's own unit.
    """

    relation: Literal[
        "greater",
        "similar",
        "majority",
        "largest",
        "smallest",
        "falls",
        "rises",
        "rises_then_falls",
        "varies",
        "no_pattern",
    ]
    picks: tuple[Mapping[str, Any], ...] = ()
    among: Mapping[str, Any] = field(default_factory=dict[str, Any])
    within: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One question, the ways to answer it, and how the answer is shown.

    Attributes:
        reproduces: Printed findings of the report, by id, that a row should give.
        shows: Claims of the report without a number, by id, that rows bear out.
        capabilities: Ids of the capabilities that the question meets.
    """

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
    model: Model | None = None
    shows: Mapping[str, Claim] = field(default_factory=dict[str, Claim])
    capabilities: tuple[str, ...] = ()

    @property
    def cell_keys(self) -> tuple[str, ...]:
        """Keys of the cells the engine gives: those of the rows, or the model's."""
        return self.model.by if self.model else self.keys

    @property
    def chapter(self) -> str:
        """The chapter, which is the folder."""
        return self.name.partition(".")[0]

    def check(self) -> None:
        """Check every way against its declared columns: no data, no engine.

        Raises:
            DefinitionError: If an expression lacks a column, or has one more.
        """
        wanted = {*self.cell_keys, *COUNTED}
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
    shows: Mapping[str, Claim] | None = None,
    capabilities: tuple[str, ...] = (),
    also: tuple[Callable[..., ir.Table], ...] = (),
    model: Model | None = None,
) -> Callable[[Callable[..., ir.Table]], Analysis]:
    """Declare the decorated function to be an analysis.

    Its name is its module path, its question the first docstring line and its
    inputs the signature, so none of them can drift. `also` names further ways to
    answer from other tables; the first whose tables are at hand is taken. With a
    `model` the expression gives the model's cells instead of finished rows.
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
            model=model,
            shows=shows or {},
            capabilities=capabilities,
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
