"""Gender of support staff, in the service and elsewhere."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.analyses.declared import narrated, of_people
from skillmix.catalogue import Claim, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import SERVICE_DEFINITION


def narrate(published: Published) -> str:
    """Set the service beside the rest."""
    return narrated(published, "were men", gender="male")


def _printed(value: float, group: str, *, in_service: bool) -> Printed:
    row = {"gender": group, "in_service": in_service}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Gender",
    keys=("gender", "in_service"),
    measures={"share": of_people()},
    chart=Chart(kind="dots", x="gender", colour="in_service", measure="share"),
    narrate=narrate,
    definition="Headcount by main post in the as-at month, as recorded.",
    figure=2,
    reproduces={
        "support-demographics-date": Printed(
            value=2020,
            within=0.5,
            row={"gender": "male", "in_service": True},
            take="last_year",
        ),
        "mh-support-male": _printed(0.27, "male", in_service=True),
        "nonmh-support-male": _printed(0.17, "male", in_service=False),
    },
    shows={
        "dir-male-share-higher-mh": Claim(
            relation="greater",
            picks=(
                {"gender": "male", "in_service": True},
                {"gender": "male", "in_service": False},
            ),
        ),
    },
    caveats=(SERVICE_DEFINITION,),
    capabilities=("EDI-03",),
)
def gender(posts: Post, scope: Scope) -> ir.Table:
    """Of which gender are support staff?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    return share(
        mine,
        by=("gender", "in_service"),
        within=("in_service",),
        measure="share",
        of="headcount",
    )
