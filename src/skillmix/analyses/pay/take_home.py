"""How many days of one role pay as much, after deductions, as a day of another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.measures.yearly_pay import deductions, yearly_earnings
from skillmix.schema.published import Earnings
from skillmix.schema.registers import DeductionBand
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, MEAN_EARNINGS, TAX_MODEL
from skillmix.words.contrast import stated
from skillmix.words.when import the_year

SUPPORT = "support_to_doctors_nurses_midwives"


def narrate(published: Published) -> str:
    """Give the days for a nurse's day and for a consultant's."""
    nurse, consultant = (
        stated(published, "days", "days", 1, pay_group=name)
        for name in ("nurses", "consultants")
    )
    return (
        f"At the pay of {the_year(published)}, to take home what a nurse takes home "
        f"for a day, a support worker works {nurse} days; for a consultant's day, "
        f"{consultant} days."
    )


def _printed(value: float, within: float, group: str) -> Printed:
    return Printed(
        value=value, within=within, row={"pay_group": group, "measure": "days"}
    )


@analysis(
    title="Take-home pay and days of work",
    keys=("pay_group", "month"),
    measures={
        "days": Measure(
            label="Days of support work that take home as much as one day",
            unit="days",
            denominator="take-home pay of support staff to doctors, nurses and "
            "midwives",
            estimator=estimators.plain_ratio,
            decimals=2,
        ),
        "take_home": Measure(
            label="Take-home pay for a full-time year",
            unit="gbp",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="pay_group", measure="days"),
    narrate=narrate,
    definition=(
        "Mean earnings per FTE of the year to the as-at month, less income tax and "
        "National Insurance at the rates of the tax year in force in that month, over "
        "the same of support staff; all work the same number of days."
    ),
    reproduces={
        "support-days-for-one-nurse-day": _printed(1.5, 0.1, "nurses"),
        "support-days-for-one-consultant-day": _printed(4, 0.25, "consultants"),
    },
    caveats=(TAX_MODEL, MEAN_EARNINGS, ALL_SETTINGS),
    capabilities=("PAY-04", "STAT-09"),
)
def take_home(earnings: Earnings, bands: DeductionBand, scope: Scope) -> ir.Table:
    """How many days of support work pay as much as a day of another role?"""
    years = yearly_earnings(earnings, scope)
    now = years.filter(years.month == years.month.max())
    net = deductions(now.select("pay_group", "month", "amount"), bands)
    mine = net.filter(net.pay_group == ibis.literal(SUPPORT)).select(own="kept")
    both = net.cross_join(mine)
    keys = ("pay_group", "month")
    return together(
        cells(
            both, keys=keys, measure="days", numerator=both.kept, denominator=both.own
        ),
        cells(both, keys=keys, measure="take_home", numerator=both.kept),
    )
