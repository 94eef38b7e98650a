"""Disability of support staff, in the service and elsewhere."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import SERVICE_DEFINITION, UNDISCLOSED
from skillmix.words.contrast import contrast, verdict


def narrate(published: Published) -> str:
    """Set the service beside the rest."""
    both = contrast(published, "share", "percent", 1, disability="yes")
    compared = verdict(published, "share", disability="yes")
    return f"People who declared a disability made up {both}. {compared}"


def _printed(value: float, group: str, *, in_service: bool) -> Printed:
    row = {"disability": group, "in_service": in_service}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Disability",
    keys=("disability", "in_service"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="all people of the workforce in that setting, by main post, "
            "undisclosed among them",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="disability", colour="in_service", measure="share"),
    narrate=narrate,
    definition="Headcount by main post in the as-at month, as recorded.",
    figure=2,
    reproduces={
        "mh-support-disabled-one-in-18": Printed(
            value=0.0556,
            within=0.0015,
            row={"disability": "yes", "in_service": True},
        ),
        "mh-support-disabled-2020-06": _printed(0.06, "yes", in_service=True),
        "nonmh-support-disabled-2020-06": _printed(0.04, "yes", in_service=False),
    },
    caveats=(UNDISCLOSED, SERVICE_DEFINITION),
    capabilities=(
        "EDI-06",
        "QA-07",
    ),
)
def disability(posts: Post, scope: Scope) -> ir.Table:
    """How many support staff declare a disability?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    return share(
        mine,
        by=("disability", "in_service"),
        within=("in_service",),
        measure="share",
        of="headcount",
    )
