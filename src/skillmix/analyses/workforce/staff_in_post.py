"""How many staff there are in each staff group."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.definitions import as_at, in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import together, total
from skillmix.schema import values
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import MonthlyFte, NationalityFte
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import HEADCOUNT_MAIN_POST
from skillmix.words.contrast import lacking
from skillmix.words.numbers import interval, month


def from_core_file(counts: MonthlyFte, scope: Scope) -> ir.Table:
    """Read the monthly FTE file."""
    national = counts.filter(counts.level == "england")
    return _by_group(as_at(in_place(national, scope), scope))


def from_nationality_file(counts: NationalityFte, scope: Scope) -> ir.Table:
    """Sum the nationality file over nationalities."""
    return _by_group(as_at(in_place(counts, scope), scope))


def narrate(published: Published) -> str:
    """Say how many support staff there are."""
    group = {"measure": "fte_together", "staff_group": "support_to_clinical_staff"}
    row = published.one(**group)
    if row is None:
        return (
            "The number of full-time equivalent clinical support staff is not shown "
            f"({lacking(published, **group)})."
        )
    return (
        f"There were {interval(row, 'fte')} full-time equivalent clinical support "
        f"staff in {month(row['month'])}."
    )


@analysis(
    title="Staff in post",
    keys=("month", "staff_group"),
    measures={
        "fte": Measure(
            label="Full-time equivalents",
            unit="fte",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
        "fte_together": Measure(
            label="Full-time equivalents, groups together",
            unit="fte",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="staff_group", measure="fte"),
    narrate=narrate,
    definition=(
        "FTE of all posts by staff group of the occupation code; clinical support "
        "staff are the three support groups together."
    ),
    reproduces={
        "all-support-fte-hchs": Printed(
            value=340_000,
            within=5_000,
            row={
                "measure": "fte_together",
                "staff_group": "support_to_clinical_staff",
            },
        )
    },
    caveats=(HEADCOUNT_MAIN_POST,),
    capabilities=(
        "SIZE-01",
        "QA-13",
    ),
    also=(from_core_file, from_nationality_file),
)
def staff_in_post(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """How many staff are there in each staff group?"""
    return _by_group(counts.filter(counts.month == ibis.literal(scope.month)))


def _by_group(counts: ir.Table) -> ir.Table:
    leaf = counts.filter(counts.staff_group.isin(values.STAFF_GROUPS))
    parent = leaf.mutate(
        staff_group=ibis.cases(
            (leaf.staff_group.isin(values.SUPPORT_GROUPS), "support_to_clinical_staff"),
            (
                leaf.staff_group.isin(values.QUALIFIED_GROUPS),
                "professionally_qualified",
            ),
            (
                leaf.staff_group.isin(values.INFRASTRUCTURE_GROUPS),
                "infrastructure_support",
            ),
            else_="unknown_classification",
        )
    )
    by = ("month", "staff_group")
    return together(
        total(leaf, by=by, measure="fte"), total(parent, by=by, measure="fte_together")
    )
