"""How many posts the plan adds, by staff group (Figure 8)."""

from __future__ import annotations

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
from skillmix.words.labels import label
from skillmix.words.numbers import month, number

SUPPORT = {"planned_group": "support_staff"}


def narrate(published: Published) -> str:
    """Give the workforce's planned posts, and where they stand among the groups."""
    group = planned_group(published.scope) or "support_staff"
    rows = sorted(published.rows, key=lambda r: -(r.estimate or 0.0))
    names = [r["planned_group"] for r in rows]
    if group not in names:
        return "The plan names no posts for this workforce."
    mine = rows[names.index(group)]
    return (
        f"By {month(mine['period_end'])} the plan adds "
        f"{number(mine.estimate, 'posts')} posts in the group "
        f"'{label('planned_group', group)}', number {names.index(group) + 1} of "
        f"{len(names)} groups by size."
    )


@analysis(
    title="Posts the plan adds",
    keys=("planned_group", "period_start", "period_end"),
    measures={
        "posts": Measure(
            label="Posts added since the plan's start",
            unit="posts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="planned_group", measure="posts", order="value"),
    narrate=narrate,
    definition=(
        "Posts added from the start of the plan to its last date, all programmes, as "
        "the plan names staff groups. Support staff include therapists not classed "
        "elsewhere where the plan says so."
    ),
    figure=8,
    reproduces={
        "mhip-support-staff-6090": Printed(value=6_090, within=5, row=SUPPORT),
        "mhip-support-staff-more-than-6000": Printed(
            value=6_000, within=1_000, row=SUPPORT
        ),
        "mhip-growth-window-years": Printed(
            value=4, within=0.5, row=SUPPORT, take="years"
        ),
    },
    shows={
        "dir-support-among-largest-plan-groups": Claim(
            relation="greater",
            picks=(SUPPORT, {"planned_group": "peer_support_workers"}),
        )
    },
    caveats=(PLAN_INDICATIVE,),
    capabilities=("SIZE-16", "SIZE-17"),
)
def planned_posts(plan: PlannedPost, scope: Scope) -> ir.Table:
    """How many posts does the plan add, and in which staff groups?"""
    mine = plan.filter(of_service(plan.service, scope))
    last = mine.filter(mine.period_end == mine.period_end.max())
    keys = ("planned_group", "period_start", "period_end")
    sums = last.group_by(*keys).agg(posts=last.posts.sum())
    return cells(sums, keys=keys, measure="posts", numerator=sums.posts)
