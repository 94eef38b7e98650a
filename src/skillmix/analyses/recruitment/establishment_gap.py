"""How many funded posts nobody holds."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import as_at, in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, relabelled, together
from skillmix.schema import values
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.vacancies import Establishment
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS
from skillmix.words.contrast import stated

SUPPORT = "support_to_clinical_staff"


def narrate(published: Published) -> str:
    """Give the gap of support staff, as FTE and as a share."""
    share = stated(published, "share", "percent", 1, staff_group=SUPPORT)
    gap = stated(published, "gap", "fte", 0, staff_group=SUPPORT)
    return f"{share} of funded clinical support posts, {gap} FTE, were held by nobody."


@analysis(
    title="Funded posts nobody holds",
    keys=("staff_group",),
    measures={
        "share": Measure(
            label="Share of the establishment not filled",
            unit="percent",
            denominator="funded establishment, FTE",
            estimator=estimators.plain_ratio,
        ),
        "gap": Measure(
            label="Establishment less staff in post",
            unit="fte",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="staff_group", measure="share"),
    narrate=narrate,
    definition=(
        "Funded establishment less staff in post, FTE, at the end of the month. It is "
        "neither what was advertised nor what temporary staff covered: those are "
        "questions of their own."
    ),
    caveats=(ALL_SETTINGS,),
    capabilities=("VAC-02",),
)
def establishment_gap(posts: Establishment, scope: Scope) -> ir.Table:
    """How many funded posts does nobody hold?"""
    here = as_at(in_place(posts, scope), scope)
    leaf = here.filter(here.staff_group.isin(values.STAFF_GROUPS))
    support = leaf.filter(leaf.staff_group.isin(values.SUPPORT_GROUPS))
    both = leaf.union(relabelled(support, staff_group=SUPPORT))
    sums = both.group_by("staff_group").agg(
        funded=both.funded.sum(), in_post=both.in_post.sum()
    )
    gap = sums.funded - sums.in_post
    by = ("staff_group",)
    return together(
        cells(sums, keys=by, measure="share", numerator=gap, denominator=sums.funded),
        cells(sums, keys=by, measure="gap", numerator=gap),
    )
