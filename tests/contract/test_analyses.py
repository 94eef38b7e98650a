"""Every analysis keeps the house rules, ours and those of other packages."""

from __future__ import annotations

import datetime as dt
import inspect

import ibis.expr.operations as ops
import pytest

from skillmix.catalogue import Analysis, catalogue
from skillmix.derive import DERIVATIONS
from skillmix.schema.scope import Scope
from skillmix.schema.table import Table
from skillmix.schema.way import Way
from spec.harness import FOLDER, cases

ANALYSES = list(catalogue().values())


@pytest.fixture(params=ANALYSES, ids=lambda a: a.name)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return request.param


def test_every_way_gives_the_declared_columns(analysis: Analysis) -> None:
    analysis.check()


def test_the_question_is_one_sentence(analysis: Analysis) -> None:
    assert analysis.question.endswith("?")
    assert len(analysis.question) <= 120


def test_every_number_names_its_unit_and_denominator(analysis: Analysis) -> None:
    for name, measure in analysis.measures.items():
        assert measure.unit, name
        assert measure.label, name
        if measure.unit in ("percent", "ratio", "index", "change"):
            assert measure.denominator, name
    assert analysis.definition.endswith(".")


def test_the_chart_draws_columns_the_result_has(analysis: Analysis) -> None:
    assert analysis.chart.columns() <= {*analysis.keys, "measure"}
    if analysis.chart.measure:
        assert analysis.chart.measure in analysis.measures


def test_printed_findings_pick_rows_by_known_keys(analysis: Analysis) -> None:
    for finding, printed in analysis.reproduces.items():
        assert set(printed.row) <= {*analysis.keys, "measure"}, finding
        assert printed.within > 0, finding


def test_inputs_are_tables(analysis: Analysis) -> None:
    for way in analysis.ways:
        assert way.inputs
        assert all(issubclass(t, Table) for t in way.inputs.values())


@pytest.mark.parametrize(
    "way",
    [
        *(pytest.param(w, id=a.name) for a in ANALYSES for w in a.ways),
        *(pytest.param(d.way, id=t.name) for t, d in DERIVATIONS.items()),
    ],
)
def test_sums_are_exact_or_two_runs_would_differ(way: Way) -> None:
    tables = {t: t.unbound() for t in way.inputs.values()}
    bound = way.bind(tables, Scope(month=dt.date(2020, 6, 1))).op()
    inexact = [n for n in bound.find((ops.Sum, ops.Mean)) if n.arg.dtype.is_floating()]
    assert [n.arg.name for n in inexact] == []


def test_there_is_a_spec(analysis: Analysis) -> None:
    chapter, _, name = analysis.name.partition(".")
    assert (FOLDER / chapter / f"{name}.md").is_file(), (
        f"write tests/spec/{chapter}/{name}.md"
    )


def test_every_spec_is_of_an_analysis() -> None:
    assert {case.analysis for case in cases()} <= set(catalogue())


def test_every_module_of_the_catalogue_has_one_analysis() -> None:
    modules = [inspect.getmodule(a.ways[0].expression) for a in ANALYSES]
    assert len(modules) == len(set(modules))
