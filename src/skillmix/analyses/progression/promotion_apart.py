"""How likely staff are to be promoted, with mass re-bandings apart."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import likelihood, together
from skillmix.measures.progression import STARTING_BANDS
from skillmix.schema.careers import Cohort
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL
from skillmix.words.contrast import contrast
from skillmix.words.when import year_to

PEOPLE = "people of the workforce at that band a year before, leavers among them"


def narrate(published: Published) -> str:
    """Give promotion and re-banding at band 2."""
    promoted, rebanded = (
        contrast(published, measure, "percent", 1, band="2")
        for measure in ("promoted", "rebanded")
    )
    return (
        f"{year_to(published)}, the share promoted from band 2 was {promoted}; the "
        f"share moved up in a mass re-banding was {rebanded}."
    )


@analysis(
    title="Promotion, re-banding apart",
    keys=("band", "in_service"),
    measures={
        "promoted": Measure(
            label="Moved up by themselves",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
        "rebanded": Measure(
            label="Moved up in a mass re-banding",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(kind="dots", x="band", colour="in_service", measure="promoted"),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce at bands 2 to 4 a year before "
        "the as-at month, by whether they held a higher band in any month since, and "
        "whether the first such move was a mass re-banding: at least ten people, and "
        "at least a third of their role and band at the employer, in one month."
    ),
    caveats=(EXPERIMENTAL,),
    capabilities=("PROG-01", "PROG-02"),
)
def promotion_apart(people: Cohort) -> ir.Table:
    """How likely is promotion, once mass re-bandings are set apart?"""
    mine = people.filter(people.band.isin(STARTING_BANDS))
    up = mine.up_step.notnull()
    by = ("band", "in_service")
    return together(
        likelihood(mine, up & ~mine.mass, by=by, measure="promoted"),
        likelihood(mine, up & mine.mass, by=by, measure="rebanded"),
    )
