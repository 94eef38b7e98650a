"""Religion or belief of support staff, in the service and elsewhere."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.declared import DEFINITION, declared, measures, narrated
from skillmix.catalogue import Claim, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import SERVICE_DEFINITION, UNDISCLOSED


def narrate(published: Published) -> str:
    """Set the service beside the rest."""
    return narrated(published, "were Christian", religion="christianity")


def _printed(
    value: float, group: str, *, in_service: bool, within: float = 0.005
) -> Printed:
    row = {"religion": group, "in_service": in_service, "measure": "share"}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Religion or belief",
    keys=("religion", "in_service"),
    measures=measures(),
    chart=Chart(kind="dots", x="religion", colour="in_service", measure="share"),
    narrate=narrate,
    definition=DEFINITION,
    figure=2,
    reproduces={
        "mh-support-belief-undisclosed-2020-06": _printed(
            0.28, "not_disclosed", in_service=True
        ),
        "mh-support-christian-2020-06": _printed(0.43, "christianity", in_service=True),
        "mh-support-atheist-2020-06": _printed(0.14, "atheism", in_service=True),
        "nonmh-support-belief-undisclosed-2020-06": _printed(
            0.28, "not_disclosed", in_service=False, within=0.01
        ),
        "nonmh-support-christian-2020-06": _printed(
            0.43, "christianity", in_service=False, within=0.01
        ),
        "nonmh-support-atheist-2020-06": _printed(
            0.14, "atheism", in_service=False, within=0.01
        ),
    },
    shows={
        "dir-religion-identical": Claim(
            relation="similar",
            picks=(
                {
                    "religion": "christianity",
                    "in_service": True,
                    "measure": "share",
                },
                {
                    "religion": "christianity",
                    "in_service": False,
                    "measure": "share",
                },
            ),
            within=0.02,
        ),
    },
    caveats=(UNDISCLOSED, SERVICE_DEFINITION),
    capabilities=("EDI-07",),
)
def religion(posts: Post, scope: Scope) -> ir.Table:
    """Which religions and beliefs do support staff declare?"""
    return declared(posts, "religion", scope)
