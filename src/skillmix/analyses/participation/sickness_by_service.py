"""Whether support staff in the service are off sick more than others."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.sickness import absence_rate
from skillmix.schema.derived import SicknessCount
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import SERVICE_DEFINITION, SICKNESS_CALENDAR_DAYS
from skillmix.words.contrast import contrast, verdict
from skillmix.words.numbers import month


def narrate(published: Published) -> str:
    """Set the service beside the rest in the as-at month."""
    last = published.scope.month or max(row["month"] for row in published.rows)
    both = contrast(published, "rate", "percent", 1, month=last)
    return (
        f"In {month(last)}, the share of working time that "
        f"{published.scope.workforce_label} lost to sickness was {both}. "
        f"{verdict(published, 'rate', month=last)}"
    )


@analysis(
    title="Sickness absence in the service",
    keys=("month", "in_service"),
    measures={
        "rate": Measure(
            label="Sickness absence rate",
            unit="percent",
            denominator="FTE days available in the month",
            estimator=estimators.day_rate,
            decimals=3,
        )
    },
    chart=Chart(kind="line", x="month", colour="in_service", measure="rate"),
    narrate=narrate,
    definition=(
        "FTE days lost over FTE days available, calendar days, of the workforce of "
        "interest. The report could not split this by service: published files cannot."
    ),
    caveats=(SICKNESS_CALENDAR_DAYS, SERVICE_DEFINITION),
    capabilities=("SICK-05",),
)
def sickness_by_service(days: SicknessCount) -> ir.Table:
    """Do staff in the service lose more working time to sickness than others?"""
    return absence_rate(days.filter(days.of_interest), by=("month", "in_service"))
