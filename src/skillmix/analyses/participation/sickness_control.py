"""Whether sickness absence changes by more than its own ups and downs."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.sickness import absence_rate
from skillmix.schema.derived import SicknessCount
from skillmix.schema.published import SicknessDays
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.statistics.spc import control_chart
from skillmix.words.caveats import ALL_SETTINGS, COVID, SICKNESS_CALENDAR_DAYS
from skillmix.words.counts import counted
from skillmix.words.numbers import month, number

_TOLD = {
    "outside": "beyond the limits of its usual ups and downs",
    "trend": "part of seven months in one direction",
    "two_in_three": "one of two in three months near a limit",
    "shift": "part of seven months on one side of the mean",
}


def from_staff_record(days: SicknessCount) -> ir.Table:
    """Sum the absences of the staff record."""
    return _rates(days.filter(days.of_interest))


def narrate(published: Published) -> str:
    """Say what the latest month breaks, and how many months are special."""
    rows = sorted(published.rows, key=lambda r: r["month"])
    chart = control_chart([r.estimate for r in rows], better="down")
    last, point = rows[-1], chart.points[-1]
    special = sum(bool(p.rule) for p in chart.points)
    now = f", {number(last.estimate, 'percent', 1)}, was " + _TOLD.get(
        point.rule, "within its usual ups and downs"
    )
    if last.estimate is None:
        now = " is not shown"
    trial = " Limits are provisional: few months are given." if chart.trial else ""
    return (
        f"In {month(last['month'])} the sickness absence rate of "
        f"{published.scope.workforce_label}{now}; more than chance showed in "
        f"{special} of {counted(len(rows), 'month')}.{trial}"
    )


@analysis(
    title="Sickness absence against its usual ups and downs",
    keys=("month",),
    measures={
        "rate": Measure(
            label="Sickness absence rate",
            unit="percent",
            denominator="FTE days available in the month",
            estimator=estimators.day_rate,
            decimals=2,
        )
    },
    chart=Chart(kind="control", x="month", measure="rate"),
    narrate=narrate,
    definition=(
        "Monthly rate of the workforce, FTE days lost over FTE days available, on an "
        "XmR chart with the rules of the NHS programme Making Data Count. A season "
        "that comes back every year is not taken out."
    ),
    caveats=(SICKNESS_CALENDAR_DAYS, ALL_SETTINGS, COVID),
    capabilities=("SICK-01", "SICK-04"),
    also=(from_staff_record,),
)
def sickness_control(days: SicknessDays, scope: Scope) -> ir.Table:
    """Has sickness absence changed by more than its usual ups and downs?"""
    here = in_place(days, scope)
    return _rates(here.filter(in_workforce(here, scope)))


def _rates(days: ir.Table) -> ir.Table:
    return absence_rate(days, by=("month",))
