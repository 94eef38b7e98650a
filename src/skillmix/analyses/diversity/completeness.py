"""For how many staff each characteristic is recorded, and whether that grows."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import DIVERSITY_NOT_HELD, SERVICE_DEFINITION
from skillmix.words.labels import label
from skillmix.words.numbers import month, number

HELD = ("age", "gender", "ethnic_group", "disability", "religion", "orientation")
_UNKNOWN = {
    "gender": ("unknown",),
    "ethnic_group": ("not_stated",),
    "disability": ("not_disclosed", "unspecified"),
    "religion": ("not_disclosed", "unspecified"),
    "orientation": ("not_disclosed", "unspecified"),
}


def narrate(published: Published) -> str:
    """Name the characteristic recorded least often in the latest month."""
    last = max(row["month"] for row in published.rows)
    rows = [
        r
        for r in published.where(month=last, in_service=True)
        if r.estimate is not None
    ]
    if not rows:
        return "Completeness cannot be shown."
    least = min(rows, key=lambda r: r.estimate or 0.0)
    return (
        f"In {month(last)}, of {published.scope.workforce_label} in "
        f"{published.scope.service_short}, what was known least often was "
        f"{label('characteristic', least['characteristic']).lower()}: for "
        f"{number(least.estimate, 'percent', 0)} of people."
    )


@analysis(
    title="Completeness of characteristics",
    keys=("month", "characteristic", "in_service"),
    measures={
        "known": Measure(
            label="Share whose characteristic is known",
            unit="percent",
            denominator="people of the workforce, by main post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="dots",
        x="characteristic",
        colour="in_service",
        measure="known",
        facet="month",
    ),
    narrate=narrate,
    definition=(
        "People of the workforce for whom the record holds a value that they "
        "disclosed, in the as-at month and a year before."
    ),
    caveats=(DIVERSITY_NOT_HELD, SERVICE_DEFINITION),
    capabilities=("EDI-09", "EDI-08", "QA-07"),
)
def completeness(posts: Post) -> ir.Table:
    """For how many staff is each characteristic known?"""
    mine = posts.filter(posts.of_interest & posts.main_post)
    keys = ("month", "characteristic", "in_service")
    parts: list[ir.Table] = []
    for name in HELD:
        known = (
            mine.age.notnull() if name == "age" else ~mine[name].isin(_UNKNOWN[name])
        )
        named = mine.mutate(known=known, characteristic=ibis.literal(name))
        sums = named.group_by(*keys).agg(
            known=named.known.cast("int64").sum(), people=named.count()
        )
        parts.append(
            cells(
                sums,
                keys=keys,
                measure="known",
                numerator=sums.known,
                denominator=sums.people,
                cases=sums.known,
                people=sums.people,
            )
        )
    return together(*parts)
