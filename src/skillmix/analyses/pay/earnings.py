"""What support staff earn for a full-time year."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, MEAN_EARNINGS
from skillmix.words.contrast import stated
from skillmix.words.when import year_to

SUPPORT = "support_to_doctors_nurses_midwives"


def narrate(published: Published) -> str:
    """Give mean earnings of support to doctors, nurses and midwives."""
    pay = stated(published, "earnings_per_fte", "gbp", 0, staff_group=SUPPORT)
    return (
        f"{year_to(published)}, what support staff to doctors, nurses and midwives "
        f"earned for a full-time year, before tax, was {pay}."
    )


@analysis(
    title="Earnings for a full-time year",
    keys=("staff_group",),
    measures={
        "earnings_per_fte": Measure(
            label="Mean earnings per FTE, pounds a year",
            unit="gbp",
            denominator="mean FTE over the twelve months to the as-at month, of posts "
            "whose earnings are known",
            estimator=estimators.mean_per_fte,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="staff_group", measure="earnings_per_fte"),
    narrate=narrate,
    definition=(
        "All earnings of the twelve months to the as-at month over the mean FTE of "
        "those months: basic and other pay, before tax, as if all worked full time. "
        "From published earnings this is earnings times basic pay per FTE over basic "
        "pay."
    ),
    caveats=(MEAN_EARNINGS, ALL_SETTINGS),
)
def earnings(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """What do staff earn for a full-time year?"""
    month = ibis.literal(scope.month)
    year = counts.filter(
        (counts.month <= month)
        & (counts.month > (month - ibis.interval(years=1)).cast("date"))
    )
    sums = year.group_by("staff_group").agg(
        pence=year.earnings.sum(),
        squares=year.earnings_squares.sum(),
        fte=year.paid_fte.sum(),
        fte_squares=year.paid_fte_squares.sum(),
        months=year.month.nunique(where=year.paid_fte > 0),
        people=year.headcount.sum(where=year.month == month),
    )
    # A year's pay needs twelve months: fewer would be scaled up unseen.
    full = sums.filter((sums.months == 12) & (sums.pence > 0))
    return cells(
        full,
        keys=("staff_group",),
        measure="earnings_per_fte",
        numerator=full.pence / 100.0,
        denominator=full.fte / 12.0,
        cases=full.people,
        people=full.people,
        # Squared yearly pay per FTE, weighted by FTE, mean over the months.
        numerator_squares=full.squares * 12.0,
        denominator_squares=full.fte_squares / 12.0,
    )
