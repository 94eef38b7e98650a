"""What staff earn for a full-time year, from the published earnings estimates."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.yearly_pay import yearly_earnings
from skillmix.schema.published import Earnings
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, MEAN_EARNINGS
from skillmix.words.contrast import stated
from skillmix.words.numbers import month

SUPPORT = "support_to_doctors_nurses_midwives"
JUNE = dt.date(2020, 6, 1)


def narrate(published: Published) -> str:
    """Give the latest year's mean for support staff and for all staff."""
    last = max(row["month"] for row in published.rows)
    support, everyone = (
        stated(published, "earnings_per_fte", "gbp", 0, month=last, pay_group=name)
        for name in (SUPPORT, "all_staff")
    )
    return (
        f"In the year to {month(last)} support staff to doctors, nurses and midwives "
        f"earned {support} for a full-time year, and all staff {everyone}, before tax."
    )


@analysis(
    title="Earnings for a full-time year, as published",
    keys=("month", "pay_group"),
    measures={
        "earnings_per_fte": Measure(
            label="Mean earnings per FTE of the year to the month",
            unit="gbp",
            denominator="full-time equivalents paid",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="line", x="month", colour="pay_group", measure="earnings_per_fte"),
    narrate=narrate,
    definition=(
        "Mean monthly earnings per person times basic pay per FTE over basic pay per "
        "person, summed over twelve months: pay of all kinds, before tax, as if all "
        "worked full time. Neither basic pay per FTE nor earnings per person gives the "
        "report's figure."
    ),
    reproduces={
        "support-mean-earnings-ye-2020-06": Printed(
            value=23_189, within=0.5, row={"month": JUNE, "pay_group": SUPPORT}
        )
    },
    shows={
        "dir-support-lowest-paid": Claim(
            relation="greater",
            picks=(
                {"month": JUNE, "pay_group": "all_staff"},
                {"month": JUNE, "pay_group": SUPPORT},
            ),
        )
    },
    caveats=(MEAN_EARNINGS, ALL_SETTINGS),
    capabilities=("PAY-01", "QA-11"),
)
def earnings_estimates(earnings: Earnings, scope: Scope) -> ir.Table:
    """What do staff earn for a full-time year, by the published estimates?"""
    years = yearly_earnings(earnings, scope)
    return cells(
        years,
        keys=("month", "pay_group"),
        measure="earnings_per_fte",
        numerator=years.amount,
        people=years.people,
    )
