"""How much working time is lost to sickness, by staff group (Figure 14)."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.sickness import absence_rate
from skillmix.schema import values
from skillmix.schema.derived import SicknessCount
from skillmix.schema.published import SicknessDays
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, COVID, SICKNESS_CALENDAR_DAYS
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def from_staff_record(days: SicknessCount) -> ir.Table:
    """Sum the absences of the staff record."""
    return _rates(days)


def narrate(published: Published) -> str:
    """Set support staff beside nurses in the latest month."""
    last = published.scope.month or max(row["month"] for row in published.rows)
    support = stated(
        published,
        "rate",
        "percent",
        1,
        month=last,
        staff_group="support_to_clinical_staff",
    )
    nurses = stated(published, "rate", "percent", 1, month=last, staff_group="nurses")
    return (
        f"In {month(last)}, the share of working time lost to sickness was {support} "
        f"among clinical support staff and {nurses} among nurses."
    )


def _printed(value: float, month_: int, staff_group: str) -> Printed:
    return Printed(
        value=value,
        within=0.005,
        row={"month": dt.date(2020, month_, 1), "staff_group": staff_group},
    )


def _row(month_: int, staff_group: str) -> dict[str, object]:
    return {"month": dt.date(2020, month_, 1), "staff_group": staff_group}


@analysis(
    title="Sickness absence",
    keys=("month", "staff_group"),
    measures={
        "rate": Measure(
            label="Sickness absence rate",
            unit="percent",
            denominator="FTE days available in the month",
            estimator=estimators.day_rate,
            decimals=3,
        )
    },
    chart=Chart(kind="line", x="month", colour="staff_group", measure="rate"),
    narrate=narrate,
    definition=(
        "FTE days lost over FTE days available, calendar days, all care settings; "
        "support staff are the three support groups together."
    ),
    figure=14,
    reproduces={
        "support-sickness-2020-06": _printed(0.06, 6, "support_to_clinical_staff"),
        "support-sickness-2020-04": _printed(0.08, 4, "support_to_clinical_staff"),
        "nurse-sickness-2020-06": _printed(0.05, 6, "nurses"),
        "stt-sickness-2020-04": _printed(0.04, 4, "st_and_t"),
    },
    shows={
        "dir-support-sickness-above-others": Claim(
            relation="greater",
            picks=(
                _row(6, "support_to_clinical_staff"),
                _row(6, "nurses"),
                _row(6, "st_and_t"),
            ),
        ),
        "dir-sickness-record-april-2020": Claim(
            relation="largest",
            picks=(_row(4, "support_to_clinical_staff"),),
            among={"staff_group": "support_to_clinical_staff"},
        ),
    },
    caveats=(SICKNESS_CALENDAR_DAYS, ALL_SETTINGS, COVID),
    capabilities=(
        "SICK-01",
        "SICK-04",
        "QA-01",
        "QA-06",
        "QA-12",
    ),
    also=(from_staff_record,),
)
def sickness_absence(days: SicknessDays, scope: Scope) -> ir.Table:
    """How much working time is lost to sickness in each staff group?"""
    # Groups only: the printed total holds staff whose own group is suppressed.
    return _rates(in_place(days, scope))


def _rates(days: ir.Table) -> ir.Table:
    named = days.mutate(
        staff_group=days.staff_group.isin(values.SUPPORT_GROUPS).ifelse(
            "support_to_clinical_staff", days.staff_group
        )
    )
    shown = named.filter(
        named.staff_group.isin(
            ("support_to_clinical_staff", "nurses", "st_and_t", "doctors")
        )
    )
    return absence_rate(shown, by=("month", "staff_group"))
