"""How the workforce has grown since the series began (Figure 1)."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.series import national_fte
from skillmix.figures.chart import Chart
from skillmix.measures.cells import index, together, total
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import MentalHealthFte, MonthlyFte
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, SERVICE_DEFINITION
from skillmix.words.contrast import contrast
from skillmix.words.numbers import month


def from_staff_record(counts: WorkforceCount) -> ir.Table:
    """Read the months of the staff record."""
    return _cells(counts.filter(counts.of_interest))


def narrate(published: Published) -> str:
    """Say where the index stands in the latest month."""
    months = sorted({row["month"] for row in published.rows})
    first, last = months[0], months[-1]
    now = contrast(published, "index", "index", 1, month=last)
    return (
        f"With {month(first)} as 100, the index of full-time equivalent "
        f"{published.scope.workforce_label} in {month(last)} was {now}."
    )


@analysis(
    title="Growth of the workforce",
    keys=("month", "in_service"),
    measures={
        "index": Measure(
            label="Index of full-time equivalents, first month = 100",
            unit="index",
            denominator="FTE of the same group in the first month",
            estimator=estimators.index_100,
        ),
        "fte": Measure(
            label="Full-time equivalents",
            unit="fte",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
    },
    chart=Chart(kind="line", x="month", colour="in_service", measure="index"),
    narrate=narrate,
    definition="FTE of all posts, as an index of each group's own first month.",
    figure=1,
    reproduces={
        "fig1-index-base": Printed(
            value=2010,
            within=0.5,
            row={"measure": "index", "in_service": True},
            take="first_year",
        ),
    },
    shows={
        "dir-mh-support-decade-decline": Claim(
            relation="greater",
            picks=(
                {"measure": "index", "in_service": True, "month": dt.date(2010, 1, 1)},
                {"measure": "index", "in_service": True, "month": dt.date(2020, 1, 1)},
            ),
        ),
        "dir-nonmh-support-steady-growth": Claim(
            relation="greater",
            picks=(
                {
                    "measure": "index",
                    "in_service": False,
                    "month": dt.date(2019, 12, 1),
                },
                {"measure": "index", "in_service": False, "month": dt.date(2010, 1, 1)},
            ),
        ),
    },
    caveats=(SERVICE_DEFINITION, COVID),
    capabilities=(
        "IN-01",
        "SIZE-04",
        "OUT-05",
    ),
    also=(from_staff_record,),
)
def trend(staff: MonthlyFte, service: MentalHealthFte, scope: Scope) -> ir.Table:
    """How has the number of staff changed since the series began?"""
    return _cells(national_fte(staff, service, scope))


def _cells(counts: ir.Table) -> ir.Table:
    by = ("month", "in_service")
    return together(
        index(counts, series=("in_service",), measure="index"),
        total(counts, by=by, measure="fte"),
    )
