"""How much of a full-time week staff are contracted for."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import per_head, together
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import HEADCOUNT_MAIN_POST, SERVICE_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give FTE per person of each group."""
    inside = stated(published, "fte_per_head", "per_head", 2, series="in_service")
    outside = stated(published, "fte_per_head", "per_head", 2, series="elsewhere")
    nurses = stated(published, "fte_per_head", "per_head", 2, series="nurses_midwives")
    return (
        f"{in_month(published)}, the part of a full-time week that "
        f"{published.scope.workforce_label} were contracted for was {inside} in "
        f"{published.scope.service_short} and {outside} elsewhere; of nurses and "
        f"midwives it was {nurses}."
    )


@analysis(
    title="Contracted hours",
    keys=("series",),
    measures={
        "fte_per_head": Measure(
            label="Contracted FTE per person",
            unit="per_head",
            denominator="people, each counted once, at the main post",
            estimator=estimators.mean,
            decimals=2,
        ),
        "days_a_week": Measure(
            label="Contracted days a week, of five",
            unit="days",
            denominator="people, each counted once, at the main post",
            estimator=estimators.days_of_five,
            decimals=2,
        ),
    },
    chart=Chart(kind="dots", x="series", measure="fte_per_head"),
    narrate=narrate,
    definition=(
        "FTE of all posts over people (participation rate); times five, days a week."
    ),
    reproduces={
        "mh-support-days-per-week": Printed(
            value=4.5,
            within=0.25,
            row={"series": "in_service", "measure": "days_a_week"},
        ),
        "mh-support-participation": Printed(
            value=0.91,
            within=0.005,
            row={"series": "in_service", "measure": "fte_per_head"},
        ),
        "nonmh-support-participation": Printed(
            value=0.86,
            within=0.005,
            row={"series": "elsewhere", "measure": "fte_per_head"},
        ),
        "nurse-midwife-participation": Printed(
            value=0.89,
            within=0.005,
            row={"series": "nurses_midwives", "measure": "fte_per_head"},
        ),
    },
    shows={
        "dir-participation-order": Claim(
            relation="greater",
            picks=(
                {"measure": "fte_per_head", "series": "in_service"},
                {"measure": "fte_per_head", "series": "nurses_midwives"},
                {"measure": "fte_per_head", "series": "elsewhere"},
            ),
        ),
    },
    caveats=(HEADCOUNT_MAIN_POST, SERVICE_DEFINITION),
    capabilities=(
        "PART-01",
        "PART-02",
    ),
)
def working_hours(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """How much of a full-time week are staff contracted for?"""
    now = counts.filter(counts.month == ibis.literal(scope.month))
    mine = now.filter(now.of_interest)
    split = mine.mutate(series=mine.in_service.ifelse("in_service", "elsewhere"))
    nurses = now.filter(now.staff_group.isin(("nurses", "midwives")))
    named = nurses.mutate(series=ibis.literal("nurses_midwives"))
    by = ("series",)
    return together(
        *(
            per_head(group, by=by, measure=measure)
            for group in (split, named)
            for measure in ("fte_per_head", "days_a_week")
        )
    )
