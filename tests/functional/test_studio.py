"""Charts drawn ahead are the charts that would have been drawn in their place."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import cast

import pytest

from skillmix.catalogue import find
from skillmix.pipeline import open_session
from skillmix.report.figure import NOT_DRAWN, drawn
from skillmix.report.studio import Studio
from skillmix.schema.scope import Scope
from skillmix.sources.inputs import open_inputs

NAMES = ("participation.sickness_by_trust_type", "participation.sickness_across_trusts")


@pytest.fixture(scope="module")
def answered(published, tmp_path_factory):
    inputs = open_inputs([published], store=tmp_path_factory.mktemp("store"))
    with open_session(inputs, Scope()) as session:
        return [(find(name), session.run(find(name))) for name in NAMES]


@pytest.mark.parametrize("apart", [True, False])
def test_it_is_the_same_chart_wherever_it_is_drawn(answered, apart):
    with Studio(apart=apart) as studio:
        for analysis, published in answered:
            studio.begin(analysis, published)
        for analysis, published in answered:
            here = drawn(analysis, published, anchor="a")
            assert drawn(analysis, published, anchor="a", studio=studio) == here


def test_a_process_that_is_ended_costs_no_chart(answered):
    (first, one), (second, two) = answered
    with Studio(apart=True) as studio:
        studio.begin(first, one)
        assert studio.fetch(first, one)
        pool = cast("ProcessPoolExecutor", studio._pool)
        for process in pool._processes.values():
            os.kill(cast("int", process.pid), signal.SIGTERM)
            process.join()
        studio.begin(second, two)
        assert drawn(second, two, studio=studio) == drawn(second, two)


def test_only_the_answer_that_was_begun_is_fetched(answered):
    (first, one), (second, two) = answered
    with Studio(apart=False) as studio:
        studio.begin(first, one)
        assert studio.fetch(second, two) is None
        assert studio.fetch(first, replace(one, way="another")) is None


def test_a_chart_its_rows_do_not_fit_is_told_of_once_it_is_needed(answered):
    analysis, published = answered[0]
    wrong = replace(analysis, chart=replace(analysis.chart, x="no_such_column"))
    with Studio(apart=True) as studio:
        studio.begin(wrong, published)
        assert drawn(wrong, published, studio=studio).alternative == NOT_DRAWN
