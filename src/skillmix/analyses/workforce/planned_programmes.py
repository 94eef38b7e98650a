"""In which programmes the plan's support posts are."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.counterparts import of_service, planned_group
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.plans import PlannedPost
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import PLAN_INDICATIVE
from skillmix.words.numbers import number
from skillmix.words.when import the_month

COMMUNITY = {"programme": "Community care for adults with severe mental illness"}


def narrate(published: Published) -> str:
    """Name the programme with the most posts."""
    rows = sorted(published.rows, key=lambda r: -(r.estimate or 0.0))
    first = rows[0]
    return (
        f"{number(first.estimate, 'percent', 0)} of the posts that the plan adds for "
        f"the workforce by {the_month(published)} are in '{first['programme']}'."
    )


@analysis(
    title="Programmes of the plan",
    keys=("programme", "other_therapists"),
    measures={
        "share": Measure(
            label="Share of the workforce's added posts",
            unit="percent",
            denominator="posts the plan adds for the workforce's staff group",
            estimator=estimators.plain_ratio,
        )
    },
    chart=Chart(kind="bar", x="programme", measure="share", order="value"),
    narrate=narrate,
    definition=(
        "Posts added from the start of the plan to its last date for the workforce's "
        "staff group, by programme, and whether therapists not classed elsewhere are "
        "counted in them."
    ),
    reproduces={
        "mhip-share-for-adult-smi-community": Printed(
            value=0.5, within=0.5, row=COMMUNITY
        )
    },
    shows={
        "dir-smi-community-largest-share": Claim(
            relation="majority", picks=(COMMUNITY,)
        )
    },
    caveats=(PLAN_INDICATIVE,),
    capabilities=("SIZE-16",),
)
def planned_programmes(plan: PlannedPost, scope: Scope) -> ir.Table:
    """In which programmes are the posts that the plan adds for the workforce?"""
    mine = plan.filter(
        of_service(plan.service, scope),
        plan.planned_group == ibis.literal(planned_group(scope)),
    )
    last = mine.filter(mine.period_end == mine.period_end.max())
    keys = ("programme", "other_therapists")
    sums = last.group_by(*keys).agg(posts=last.posts.sum())
    return cells(
        sums,
        keys=keys,
        measure="share",
        numerator=sums.posts,
        denominator=sums.posts.sum().over(ibis.window()),
    )
