"""How likely staff of each job role are to move up a band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.year_outcomes import DEFINITION, measures
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands, year_outcomes
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, ROLE_CATEGORIES
from skillmix.words.contrast import ran
from skillmix.words.numbers import interval
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Name the roles with the highest and the lowest share."""
    rows = [
        row
        for row in published.where(measure="moved_up_of_stayers")
        if row.status == "shown"
    ]
    if not rows:
        return "No job role has people enough to be shown."
    spread = ran(
        rows,
        lambda row: (
            f"{interval(row, 'percent', 1)} for {row['job_role'] or 'no job role'}"
        ),
    )
    place = published.scope.service_short
    return (
        f"{year_to(published)}, in {place}, the share of those still in post who moved "
        f"up a band {spread}."
    )


@analysis(
    title="Moving up a band, by job role",
    keys=("job_role",),
    measures=measures(),
    chart=Chart(kind="dots", x="job_role", measure="moved_up_of_stayers"),
    narrate=narrate,
    definition=(f"{DEFINITION} In the service only, by the job role at the start."),
    caveats=(
        EXPERIMENTAL,
        ROLE_CATEGORIES,
    ),
    capabilities=("PROG-01",),
)
def by_role(pairs: YearPair) -> ir.Table:
    """In which job roles of the service do staff move up a band?"""
    people = starters_at_bands(pairs)
    return year_outcomes(people.filter(people.in_service), by=("job_role",))
