"""How likely staff of each ethnic group are to move up a band (Figure 24)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import likelihood
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, STAYERS_ONLY
from skillmix.words.contrast import stated
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set Black staff beside white staff in the service."""
    black, white = (
        stated(published, "moved_up", "percent", 1, ethnic_group=group, in_service=True)
        for group in ("black", "white")
    )
    return (
        f"{year_to(published)}, in {published.scope.service_short}, {black} of Black "
        f"staff still in post moved up a band, and {white} of white staff. "
        "Overlapping intervals do not show equal chances."
    )


@analysis(
    title="Moving up a band, by ethnic group",
    keys=("ethnic_group", "in_service"),
    measures={
        "moved_up": Measure(
            label="Share at a higher band a year later",
            unit="percent",
            denominator="people of that ethnic group at bands 2 to 4 a year before, "
            "still in post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="ethnic_group", colour="in_service", measure="moved_up"),
    narrate=narrate,
    definition=(
        "As for moving up a band, bands 2 to 4 together, by ethnic group (NHS groups). "
        "Groups differ in their bands and ages; nothing is adjusted for."
    ),
    figure=24,
    shows={
        "dir-progression-ethnicity-no-pattern": Claim(
            relation="no_pattern", among={"in_service": True}
        ),
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL),
    capabilities=("PROG-08",),
)
def by_ethnicity(pairs: YearPair) -> ir.Table:
    """How does the chance of moving up a band differ by ethnic group?"""
    people = climbers(pairs)
    return likelihood(
        people, moved_up(people), by=("ethnic_group", "in_service"), measure="moved_up"
    )
