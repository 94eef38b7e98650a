"""Disability of support staff, in the service and elsewhere."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.declared import DEFINITION, declared, measures, narrated
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import SERVICE_DEFINITION, UNDISCLOSED


def narrate(published: Published) -> str:
    """Set the service beside the rest."""
    return narrated(published, "declared a disability", disability="yes")


def _printed(value: float, group: str, *, in_service: bool) -> Printed:
    row = {"disability": group, "in_service": in_service, "measure": "share"}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Disability",
    keys=("disability", "in_service"),
    measures=measures(),
    chart=Chart(kind="dots", x="disability", colour="in_service", measure="share"),
    narrate=narrate,
    definition=DEFINITION,
    figure=2,
    reproduces={
        "mh-support-disabled-one-in-18": Printed(
            value=0.0556,
            within=0.0015,
            row={"disability": "yes", "in_service": True, "measure": "share"},
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
    return declared(posts, "disability", scope)
