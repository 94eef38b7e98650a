"""What an hour of temporary work costs (Figure 13)."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.measures.temporary import by_cover
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.temporary import TemporaryHours
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, TEMPORARY_CATEGORY, TEMPORARY_TRUSTS
from skillmix.words.contrast import stated
from skillmix.words.numbers import month

SUPPORT = "unqualified_nursing_midwifery"
BANK = {"staff_category": SUPPORT, "cover": "bank"}
COST, INDEX = {**BANK, "measure": "cost"}, {**BANK, "measure": "index"}
MAY = dt.date(2020, 5, 1)
BEFORE = dt.date(2020, 3, 1)


def narrate(published: Published) -> str:
    """Give the cost of an hour of bank and agency support in the latest month."""
    last = max(row["month"] for row in published.rows)
    bank, agency = (
        stated(
            published,
            "cost",
            "gbp_per_hour",
            2,
            month=last,
            staff_category=SUPPORT,
            cover=cover,
        )
        for cover in ("bank", "agency")
    )
    return (
        f"In {month(last)} an hour of support work cost {bank} from the bank and "
        f"{agency} from an agency."
    )


@analysis(
    title="Hourly cost of temporary staff",
    keys=("month", "staff_category", "cover"),
    measures={
        "index": Measure(
            label="Index of the hourly cost, first month = 100",
            unit="index",
            denominator="hourly cost in the first month of the same category and cover",
            estimator=estimators.plain_index,
        ),
        "cost": Measure(
            label="Cost of an hour",
            unit="gbp_per_hour",
            denominator="hours filled",
            estimator=estimators.plain_ratio,
            decimals=2,
        ),
    },
    chart=Chart(
        kind="line",
        x="month",
        colour="staff_category",
        facet="cover",
        measure="index",
    ),
    narrate=narrate,
    definition=(
        "Cost of the hours filled over those hours, by month, category and whether a "
        "bank or an agency filled them; the index sets the first month to 100."
    ),
    figure=13,
    reproduces={
        "fig13-index-base": Printed(
            value=100, within=0.5, row={**INDEX, "month": dt.date(2018, 9, 1)}
        ),
        "support-bank-cost-low": Printed(value=15, within=0.5, row=COST, take="lowest"),
        "support-bank-cost-high": Printed(
            value=16, within=0.5, row=COST, take="highest"
        ),
    },
    shows={
        "dir-agency-cost-may-2020": Claim(
            relation="greater",
            picks=(
                {**INDEX, "staff_category": "doctors", "month": MAY},
                {**INDEX, "cover": "agency", "month": MAY},
                {**INDEX, "cover": "agency", "month": BEFORE},
            ),
        ),
        "dir-bank-cost-flat": Claim(relation="similar", picks=(COST,), within=1.0),
    },
    caveats=(TEMPORARY_CATEGORY, TEMPORARY_TRUSTS, ALL_SETTINGS),
    capabilities=("IN-12", "TEMP-04"),
)
def temporary_cost(hours: TemporaryHours, scope: Scope) -> ir.Table:
    """What does an hour of temporary work cost, and how has that changed?"""
    long = by_cover(in_place(hours, scope))
    keys = ("month", "staff_category", "cover")
    priced = long.filter((long.hours > 0) & long.cost.notnull())
    sums = priced.group_by(*keys).agg(cost=priced.cost.sum(), hours=priced.hours.sum())
    rated = sums.mutate(rate=sums.cost / sums.hours)
    first = ibis.window(
        group_by=["staff_category", "cover"], order_by="month", preceding=(None, 0)
    )
    based = rated.mutate(base=rated.rate.first().over(first))
    return together(
        cells(
            based,
            keys=keys,
            measure="index",
            numerator=based.rate,
            denominator=based.base,
        ),
        cells(
            based,
            keys=keys,
            measure="cost",
            numerator=based.cost,
            denominator=based.hours,
        ),
    )
