"""Whether the workforce grows as fast as the plan foresees."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import of_service, planned_group
from skillmix.cohorts.series import national_fte
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.plans import PlannedPost
from skillmix.schema.published import MentalHealthFte, MonthlyFte
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, PLAN_INDICATIVE, SERVICE_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def from_staff_record(
    plan: PlannedPost, counts: WorkforceCount, scope: Scope
) -> ir.Table:
    """Follow the workforce in the staff record."""
    mine = counts.filter(counts.of_interest & counts.in_service)
    return _cells(mine.group_by("month").agg(fte=mine.fte.sum()), plan, scope)


def narrate(published: Published) -> str:
    """Set actual growth beside the growth planned until then."""
    last = max(row["month"] for row in published.rows)
    grown, planned = (
        stated(published, name, "fte", 0, month=last)
        for name in ("grown", "planned_until_then")
    )
    return (
        f"By {month(last)} the change of the workforce since the plan's start, in "
        f"full-time equivalents, was {grown}; on an even path to the plan's posts it "
        f"would have been {planned}."
    )


@analysis(
    title="Growth beside the plan",
    keys=("month",),
    measures={
        "grown": Measure(
            label="Change in full-time equivalents since the plan's start",
            unit="fte",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "planned_until_then": Measure(
            label="Posts the plan adds by then, on an even path",
            unit="fte",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="line", x="month", measure="grown"),
    narrate=narrate,
    definition=(
        "FTE of the workforce in the service less that of the first month at or after "
        "the plan's start, and the plan's posts for its staff group, spread evenly "
        "from its start to its end. The plan may count people; FTE are counted here."
    ),
    caveats=(PLAN_INDICATIVE, SERVICE_DEFINITION, COVID),
    capabilities=("SIZE-15", "SIZE-17"),
    also=(from_staff_record,),
)
def plan_progress(
    plan: PlannedPost, staff: MonthlyFte, service: MentalHealthFte, scope: Scope
) -> ir.Table:
    """Does the workforce grow as fast as the plan foresees?"""
    split = national_fte(staff, service, scope)
    mine = split.filter(split.in_service)
    return _cells(mine.group_by("month").agg(fte=mine.fte.sum()), plan, scope)


def _cells(series: ir.Table, plan: ir.Table, scope: Scope) -> ir.Table:
    wanted = plan.filter(
        of_service(plan.service, scope),
        plan.planned_group == ibis.literal(planned_group(scope)),
    )
    last = wanted.filter(wanted.period_end == wanted.period_end.max())
    goal = last.group_by("period_start", "period_end").agg(posts=last.posts.sum())
    both = series.cross_join(goal)
    since = both.filter(
        (both.month >= both.period_start) & (both.month <= both.period_end)
    )
    first = ibis.window(order_by="month", preceding=(None, 0))
    based = since.mutate(base=since.fte.first().over(first))
    elapsed = based.month.delta(based.period_start, unit="day").cast("float64")
    whole = based.period_end.delta(based.period_start, unit="day").cast("float64")
    return together(
        cells(
            based, keys=("month",), measure="grown", numerator=based.fte - based.base
        ),
        cells(
            based,
            keys=("month",),
            measure="planned_until_then",
            numerator=based.posts * elapsed / whole,
        ),
    )
