"""How old support staff are (Figure 20)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.ages import TEN_YEARS, age_band
from skillmix.measures.cells import share, share_where, together
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import SERVICE_DEFINITION
from skillmix.words.contrast import contrasted
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the share under 30 and the share in their fifties."""
    young = contrasted(published, "share_of_span", 1, age_group="up_to_29")
    older = contrasted(published, "share", 1, age_group="50_59")
    return (
        f"{in_month(published)}, of full-time equivalent "
        f"{published.scope.workforce_label}, {young} were up to 29 years old; {older} "
        "were in their fifties."
    )


def _share(label: str) -> Measure:
    return Measure(
        label=label,
        unit="percent",
        denominator="FTE of the workforce of interest in that setting, known ages",
        estimator=estimators.fte_share,
    )


def _printed(value: float, group: str, measure: str, *, in_service: bool) -> Printed:
    row = {"age_group": group, "in_service": in_service, "measure": measure}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Age",
    keys=("age_group", "in_service"),
    measures={
        "share": _share("Share of FTE in the age group"),
        "share_of_span": _share("Share of FTE in a wider span of ages"),
    },
    chart=Chart(kind="dots", x="age_group", colour="in_service", measure="share"),
    narrate=narrate,
    definition="FTE of all posts in the as-at month by age; unknown ages left out.",
    figure=20,
    reproduces={
        "mh-support-age-50-59-2020-06": _printed(
            0.27, "50_59", "share", in_service=True
        ),
        "nonmh-support-age-50-59-2020-06": _printed(
            0.26, "50_59", "share", in_service=False
        ),
        "mh-support-age-under30-2020-06": _printed(
            0.23, "up_to_29", "share_of_span", in_service=True
        ),
        "nonmh-support-age-under30-2020-06": _printed(
            0.23, "up_to_29", "share_of_span", in_service=False
        ),
        "mh-support-age-45-54": _printed(
            0.27, "45_54", "share_of_span", in_service=True
        ),
    },
    caveats=(SERVICE_DEFINITION,),
    capabilities=(
        "EDI-01",
        "IN-06",
    ),
)
def age(posts: Post, scope: Scope) -> ir.Table:
    """How old are support staff?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month), posts.of_interest, posts.age.notnull()
    )
    named = mine.mutate(age_group=age_band(mine.age, TEN_YEARS))
    spans = [
        share_where(mine, told, by=("in_service",), measure="share_of_span")
        for told in (mine.age < 30, mine.age.between(45, 54))
    ]
    labelled = [
        cells.mutate(age_group=ibis.literal(slug)).select("age_group", *cells.columns)
        for cells, slug in zip(spans, ("up_to_29", "45_54"), strict=True)
    ]
    return together(
        share(
            named,
            by=("age_group", "in_service"),
            within=("in_service",),
            measure="share",
        ),
        *labelled,
    )
