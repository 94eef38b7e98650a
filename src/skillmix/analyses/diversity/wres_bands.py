"""Ethnicity in every band, as the Workforce Race Equality Standard asks (1)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share, together
from skillmix.measures.standards import BME, NOT_KNOWN, kind_of_work, race
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

BY = ("work", "band", "race")


def narrate(published: Published) -> str:
    """Set band 2 beside band 8a among clinical staff."""
    low, high = (
        stated(published, "share", "percent", 1, work="clinical", band=band, race=BME)
        for band in ("2", "8a")
    )
    return (
        f"{in_month(published)}, among clinical staff, {low} of those at band 2 were "
        f"of black and minority ethnic groups, and {high} of those at band 8a."
    )


@analysis(
    title="Ethnicity by band (WRES indicator 1)",
    keys=BY,
    measures={
        "share": Measure(
            label="Share of people whose ethnic group is known",
            unit="percent",
            denominator="people at the band, by main post, ethnic group known",
            estimator=estimators.proportion,
        ),
        "share_not_known": Measure(
            label="Ethnic group not known",
            unit="percent",
            denominator="all people at the band, by main post",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(
        kind="bar",
        x="band",
        facet="work",
        measure="share",
        only={"race": BME},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post of all staff in post in the as-at month, clinical and "
        "non-clinical apart, doctors and dentists by themselves. White is categories A "
        "to C; black and minority ethnic is every other known category, Chinese among "
        "them."
    ),
    caveats=(UNDISCLOSED, STANDARDS_AS_UNDERSTOOD),
    capabilities=("PROG-14",),
)
def wres_bands(posts: Post, scope: Scope) -> ir.Table:
    """How do the shares of ethnic groups change from band to band?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    people = now.mutate(work=kind_of_work(now), race=race(now))
    known = people.filter(people.race != NOT_KNOWN)
    within = ("work", "band")
    unknown = share(
        people, by=BY, within=within, measure="share_not_known", of="headcount"
    )
    return together(
        share(known, by=BY, within=within, measure="share", of="headcount"),
        unknown.filter(unknown.race == NOT_KNOWN),
    )
