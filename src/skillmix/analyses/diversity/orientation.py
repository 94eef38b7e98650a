"""Sexual orientation of support staff, in the service and elsewhere."""

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
    both = contrast(published, "share", "percent", 1, orientation="heterosexual")
    compared = verdict(published, "share", orientation="heterosexual")
    return f"Heterosexual staff made up {both}. {compared}"


def _printed(
    value: float, group: str, *, in_service: bool, within: float = 0.005
) -> Printed:
    row = {"orientation": group, "in_service": in_service}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Sexual orientation",
    keys=("orientation", "in_service"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="all people of the workforce in that setting, by main post, "
            "undisclosed among them",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="orientation", colour="in_service", measure="share"),
    narrate=narrate,
    definition="Headcount by main post in the as-at month, as recorded.",
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
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    return share(
        mine,
        by=("orientation", "in_service"),
        within=("in_service",),
        measure="share",
        of="headcount",
    )
