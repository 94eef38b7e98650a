"""At which band support staff work in each mental health trust (Figure 9)."""

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
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import interval
from skillmix.words.when import in_month

BANDS = ("2", "3", "4")


def narrate(published: Published) -> str:
    """Name the trusts with the least and the most at band 4."""
    rows = [r for r in published.where(band="4") if r.estimate is not None]
    if not rows:
        return "No trust's mix can be shown."
    spread = ran(
        rows,
        lambda row: (
            f"{interval(row, 'percent', 0)} in {label('employer', row['employer'])}"
        ),
    )
    return (
        f"{in_month(published)}, the share of full-time equivalent support staff at "
        f"band 4 {spread}."
    )


@analysis(
    title="Bands of support staff in each mental health trust",
    keys=("employer", "band"),
    measures={
        "share": Measure(
            label="Share of band 2 to 4 FTE",
            unit="percent",
            denominator="FTE of support staff at bands 2 to 4 in that trust",
            estimator=estimators.fte_share,
        )
    },
    chart=Chart(kind="stacked", x="employer", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "FTE of support staff at Agenda for Change bands 2, 3 and 4 in the care "
        "settings of the report's footnote 6, in mental health and learning "
        "disability trusts. Small trusts have wide intervals."
    ),
    figure=9,
    reproduces={
        "swlstg-band4-share": Printed(
            value=0.50, within=0.005, row={"employer": "RQY", "band": "4"}
        ),
        "cornwall-band4-share": Printed(
            value=0.15, within=0.005, row={"employer": "RJ8", "band": "4"}
        ),
    },
    shows={
        "dir-trust-band-variation": Claim(
            relation="varies", picks=({"band": "4"},), within=0.2
        ),
    },
    caveats=(TRUST_DEFINITION, FOOTNOTE_6),
    capabilities=(
        "PAY-07",
        "PAY-09",
        "IN-05",
    ),
)
def band_mix_by_trust(posts: Post, scope: Scope) -> ir.Table:
    """How does the band of support staff differ between mental health trusts?"""
    chosen = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_footnote_6_settings,
        about_mental_health(scope),
        posts.in_mental_health_trusts,
        posts.band.isin(BANDS),
    )
    return share(chosen, by=("employer", "band"), within=("employer",), measure="share")
