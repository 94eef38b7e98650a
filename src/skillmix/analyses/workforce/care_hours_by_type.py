"""Care hours of support workers beside those of nurses, by type of trust."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.analyses.workforce.care_hours import placed_hours
from skillmix.catalogue import Claim, Measure, analysis
from skillmix.cohorts.definitions import as_at
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.care_hours import CareHours
from skillmix.schema.lookups import Employer
from skillmix.schema.published import WardHours
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import CARE_HOURS
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month

SERVICE = {
    "employer_type": "mental_health_learning_disability",
    "measure": "support_per_registered",
}


def from_ward_returns(wards: WardHours, scope: Scope) -> ir.Table:
    """Sum a trust's own ward returns, whose type of trust is not told."""
    now = as_at(wards, scope)
    named = now.select(
        employer_type=ibis.literal("unknown"),
        registered_hours=now.registered_actual,
        support_hours=now.unregistered_actual,
        patient_days=now.patient_days,
    )
    return _cells(named)


def narrate(published: Published) -> str:
    """Give the ratio of each type of trust, highest first."""
    rows = [
        r
        for r in published.where(measure="support_per_registered")
        if r.estimate is not None
    ]
    ordered = sorted(rows, key=lambda r: -(r.estimate or 0.0))
    named = [
        (number(r.estimate, "ratio", 2), label("employer_type", r["employer_type"]))
        for r in ordered
    ]
    told = ", ".join(f"{value} ({kind})" for value, kind in named)
    return (
        f"{in_month(published)} the hours that support workers gave for each hour of a "
        f"nurse or midwife were {told}."
    )


@analysis(
    title="Care hours by type of trust",
    keys=("employer_type",),
    measures={
        "support_per_registered": Measure(
            label="Support hours for each hour of a nurse or midwife",
            unit="ratio",
            denominator="hours worked by registered nurses and midwives on wards",
            estimator=estimators.plain_ratio,
            decimals=2,
        ),
        "support_per_patient_day": Measure(
            label="Support hours for each patient and day",
            unit="hours",
            denominator="patients at midnight, summed over the month",
            estimator=estimators.plain_ratio,
            decimals=2,
        ),
        "registered_per_patient_day": Measure(
            label="Nurse and midwife hours for each patient and day",
            unit="hours",
            denominator="patients at midnight, summed over the month",
            estimator=estimators.plain_ratio,
            decimals=2,
        ),
    },
    chart=Chart(kind="bar", x="employer_type", measure="support_per_registered"),
    narrate=narrate,
    definition=(
        "All trusts of a type together: hours of support workers over hours of "
        "registered nurses and midwives, and each over patients at midnight (care "
        "hours per patient day)."
    ),
    shows={
        "dir-chppd-ratio-higher-mh-trusts": Claim(
            relation="largest",
            picks=(SERVICE,),
            among={"measure": "support_per_registered"},
        )
    },
    caveats=(CARE_HOURS,),
    capabilities=("SIZE-09",),
    also=(from_ward_returns,),
)
def care_hours_by_type(hours: CareHours, employers: Employer, scope: Scope) -> ir.Table:
    """In which types of trust do support workers give more of the care?"""
    return _cells(placed_hours(as_at(hours, scope), employers, scope))


def _cells(hours: ir.Table) -> ir.Table:
    sums = hours.group_by("employer_type").agg(
        support=hours.support_hours.sum(),
        registered=hours.registered_hours.sum(),
        days=hours.patient_days.sum(),
    )
    some = sums.filter((sums.registered > 0) & (sums.days > 0))
    by = ("employer_type",)
    return together(
        cells(
            some,
            keys=by,
            measure="support_per_registered",
            numerator=some.support,
            denominator=some.registered,
        ),
        cells(
            some,
            keys=by,
            measure="support_per_patient_day",
            numerator=some.support,
            denominator=some.days,
        ),
        cells(
            some,
            keys=by,
            measure="registered_per_patient_day",
            numerator=some.registered,
            denominator=some.days,
        ),
    )
