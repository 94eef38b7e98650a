"""Disability by band, as the Workforce Disability Equality Standard asks (1)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.measures.standards import CLUSTERS, declared, in_groups, kind_of_work
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

BY = ("work", "cluster", "declared")


def narrate(published: Published) -> str:
    """Set the lowest cluster beside the highest, and say how many do not say."""
    low, high, silent = (
        stated(
            published,
            "share",
            "percent",
            1,
            work="clinical",
            cluster=cluster,
            declared=group,
        )
        for cluster, group in (
            ("cluster_1", "disabled"),
            ("cluster_4", "disabled"),
            ("cluster_1", "not_known"),
        )
    )
    return (
        f"{in_month(published)}, among clinical staff, {low} of those at bands 1 to 4 "
        f"said they were disabled and {high} of those at band 8c and above; of the "
        f"first, {silent} did not say."
    )


@analysis(
    title="Disability by band (WDES metric 1)",
    keys=BY,
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="all people in the cluster of bands, by main post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="bar",
        x="cluster",
        facet="work",
        measure="share",
        only={"declared": "disabled"},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post of all staff in post in the as-at month, clinical and "
        "non-clinical apart: bands 1 to 4, 5 to 7, 8a and 8b, and 8c and above. Bank "
        "staff are not counted. Medical clusters need grades the record does not hold."
    ),
    caveats=(UNDISCLOSED, STANDARDS_AS_UNDERSTOOD),
    capabilities=("PROG-14",),
)
def wdes_bands(posts: Post, scope: Scope) -> ir.Table:
    """How does the share of disabled staff change from band to band?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    people = now.mutate(
        work=kind_of_work(now),
        cluster=in_groups(now.band, CLUSTERS),
        declared=declared(now),
    )
    placed = people.filter(people.cluster.notnull() & (people.work != "medical"))
    return share(
        placed, by=BY, within=("work", "cluster"), measure="share", of="headcount"
    )
