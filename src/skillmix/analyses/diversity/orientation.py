"""Sexual orientation of support staff, in the service and elsewhere."""

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
    return narrated(published, "were heterosexual", orientation="heterosexual")


def _printed(
    value: float, group: str, *, in_service: bool, within: float = 0.005
) -> Printed:
    row = {"orientation": group, "in_service": in_service, "measure": "share"}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Sexual orientation",
    keys=("orientation", "in_service"),
    measures=measures(),
    chart=Chart(kind="dots", x="orientation", colour="in_service", measure="share"),
    narrate=narrate,
    definition=DEFINITION,
    figure=2,
    reproduces={
        "mh-support-heterosexual-2020-06": _printed(
            0.70, "heterosexual", in_service=True, within=0.01
        ),
        "nonmh-support-heterosexual-2020-06": _printed(
            0.70, "heterosexual", in_service=False, within=0.01
        ),
    },
    caveats=(UNDISCLOSED, SERVICE_DEFINITION),
    capabilities=("EDI-07",),
)
def orientation(posts: Post, scope: Scope) -> ir.Table:
    """Which sexual orientations do support staff declare?"""
    return declared(posts, "orientation", scope)
