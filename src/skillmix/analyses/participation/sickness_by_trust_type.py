"""Whether support staff in mental health trusts are off sick more than others."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_mental_health_trusts, in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.sickness import absence_rate
from skillmix.schema.derived import SicknessCount
from skillmix.schema.published import SicknessDays
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import SICKNESS_CALENDAR_DAYS, TRUST_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def from_staff_record(days: SicknessCount) -> ir.Table:
    """Sum the absences of the staff record."""
    return _rates(days.filter(days.of_interest))


def narrate(published: Published) -> str:
    """Set the two kinds of trust side by side in the latest month."""
    last = published.scope.month or max(row["month"] for row in published.rows)
    inside, outside = (
        stated(
            published, "rate", "percent", 1, month=last, in_mental_health_trusts=flag
        )
        for flag in (True, False)
    )
    return (
        f"In {month(last)}, the share of working time that "
        f"{published.scope.workforce_label} lost to sickness was {inside} in mental "
        f"health trusts and {outside} elsewhere."
    )


@analysis(
    title="Sickness absence by type of trust",
    keys=("month", "in_mental_health_trusts"),
    measures={
        "rate": Measure(
            label="Sickness absence rate",
            unit="percent",
            denominator="FTE days available in the month",
            estimator=estimators.day_rate,
            decimals=3,
        )
    },
    chart=Chart(
        kind="line", x="month", colour="in_mental_health_trusts", measure="rate"
    ),
    narrate=narrate,
    definition=(
        "FTE days lost over FTE days available, calendar days, of the workforce of "
        "interest, by whether the employer is a mental health and learning disability "
        "trust."
    ),
    caveats=(SICKNESS_CALENDAR_DAYS, TRUST_DEFINITION),
    also=(from_staff_record,),
)
def sickness_by_trust_type(days: SicknessDays, scope: Scope) -> ir.Table:
    """Do staff in mental health trusts lose more working time to sickness?"""
    rows = in_place(days, scope).filter(lambda t: in_workforce(t, scope))
    return _rates(rows)


def _rates(days: ir.Table) -> ir.Table:
    named = days.mutate(in_mental_health_trusts=in_mental_health_trusts(days))
    return absence_rate(named, by=("month", "in_mental_health_trusts"))
