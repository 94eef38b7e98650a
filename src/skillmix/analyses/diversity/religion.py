"""Religion or belief of support staff, in the service and elsewhere."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
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
    both = contrast(published, "share", "percent", 1, religion="christianity")
    compared = verdict(published, "share", religion="christianity")
    return f"Christians made up {both}. {compared}"


def _printed(
    value: float, group: str, *, in_service: bool, within: float = 0.005
) -> Printed:
    row = {"religion": group, "in_service": in_service}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Religion or belief",
    keys=("religion", "in_service"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="all people of the workforce in that setting, by main post, "
            "undisclosed among them",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="religion", colour="in_service", measure="share"),
    narrate=narrate,
    definition="Headcount by main post in the as-at month, as recorded.",
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
                {"religion": "christianity", "in_service": True},
                {"religion": "christianity", "in_service": False},
            ),
            within=0.02,
        ),
    },
    caveats=(UNDISCLOSED, SERVICE_DEFINITION),
    capabilities=("EDI-07",),
)
def religion(posts: Post, scope: Scope) -> ir.Table:
    """Which religions and beliefs do support staff declare?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    return share(
        mine,
        by=("religion", "in_service"),
        within=("in_service",),
        measure="share",
        of="headcount",
    )
