"""At which band support staff work, by type of trust."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.counterparts import about_mental_health
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import FOOTNOTE_6, TRUST_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

BANDS = ("2", "3", "4")
MENTAL_HEALTH = "mental_health_learning_disability"


def narrate(published: Published) -> str:
    """Set band 4 in mental health trusts beside acute trusts."""
    mental = stated(
        published, "share", "percent", 1, employer_type=MENTAL_HEALTH, band="4"
    )
    acute = stated(published, "share", "percent", 1, employer_type="acute", band="4")
    return (
        f"{in_month(published)}, the share of full-time equivalent support staff at "
        f"band 4 was {mental} in mental health trusts and {acute} in acute trusts."
    )


def _printed(value: float, employer_type: str, band: str) -> Printed:
    return Printed(
        value=value, within=0.005, row={"employer_type": employer_type, "band": band}
    )


@analysis(
    title="Bands of support staff by type of trust",
    keys=("employer_type", "band"),
    measures={
        "share": Measure(
            label="Share of band 2 to 4 FTE",
            unit="percent",
            denominator="FTE of support staff at bands 2 to 4 in that type of trust",
            estimator=estimators.fte_share,
        )
    },
    chart=Chart(kind="stacked", x="employer_type", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "FTE of support staff at Agenda for Change bands 2, 3 and 4 in the care "
        "settings of the report's footnote 6, by type of employer."
    ),
    figure=9,
    reproduces={
        "mh-trusts-band4-share": _printed(0.27, MENTAL_HEALTH, "4"),
        "mh-trusts-band2-share": _printed(0.24, MENTAL_HEALTH, "2"),
        "acute-trusts-band4-share": _printed(0.37, "acute", "4"),
        "acute-trusts-band2-share": _printed(0.14, "acute", "2"),
    },
    shows={
        "dir-band4-mh-below-acute": Claim(
            relation="greater",
            picks=(
                {"employer_type": "acute", "band": "4"},
                {"employer_type": MENTAL_HEALTH, "band": "4"},
            ),
        ),
        "dir-band2-mh-above-acute": Claim(
            relation="greater",
            picks=(
                {"employer_type": MENTAL_HEALTH, "band": "2"},
                {"employer_type": "acute", "band": "2"},
            ),
        ),
    },
    caveats=(TRUST_DEFINITION, FOOTNOTE_6),
    capabilities=("PAY-08",),
)
def band_mix(posts: Post, scope: Scope) -> ir.Table:
    """At which band do support staff work in each type of trust?"""
    chosen = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_footnote_6_settings,
        about_mental_health(scope),
        posts.band.isin(BANDS),
    )
    return share(
        chosen, by=("employer_type", "band"), within=("employer_type",), measure="share"
    )
