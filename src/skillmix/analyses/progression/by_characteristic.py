"""How likely people of each characteristic are to move up a band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.comparisons import EVERYTHING
from skillmix.analyses.year_outcomes import DEFINITION, measures
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands, year_outcomes
from skillmix.measures.characteristics import by_characteristic as each_characteristic
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set women beside men, and disabled staff beside others."""
    women, men, disabled, others = (
        stated(
            published,
            "moved_up_of_stayers",
            "percent",
            1,
            group=group,
            in_service=True,
        )
        for group in ("female", "male", "disabled", "not_disabled")
    )
    return (
        f"{year_to(published)}, in {published.scope.service_short}, {women} of women "
        f"still in post moved up a band and {men} of men; {disabled} of disabled "
        f"staff and {others} of those who say they are not."
    )


@analysis(
    title="Moving up a band, by characteristic",
    keys=("characteristic", "group", "in_service"),
    measures=measures(),
    chart=Chart(
        kind="dots",
        x="group",
        colour="in_service",
        measure="moved_up_of_stayers",
        order="list",
    ),
    narrate=narrate,
    definition=(
        f"{DEFINITION} By what the record holds of each person at the start; nothing "
        "is adjusted for."
    ),
    caveats=(
        EXPERIMENTAL,
        UNDISCLOSED,
    ),
    capabilities=("PROG-09",),
)
def by_characteristic(pairs: YearPair) -> ir.Table:
    """How does the chance of moving up a band differ by characteristic?"""
    people = each_characteristic(starters_at_bands(pairs), EVERYTHING)
    return year_outcomes(people, by=("characteristic", "group", "in_service"))
