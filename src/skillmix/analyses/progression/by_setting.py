"""How likely staff of each care setting are to move up a band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.year_outcomes import DEFINITION, measures
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands, year_outcomes
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, REBANDING
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import interval
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Name the settings with the highest and the lowest share."""
    rows = [
        row
        for row in published.where(measure="moved_up_of_stayers")
        if row.status == "shown"
    ]
    if not rows:
        return "No care setting has people enough to be shown."
    spread = ran(
        rows,
        lambda row: (
            f"{interval(row, 'percent', 1)} in "
            f"{label('care_setting', row['care_setting'])}"
        ),
    )
    return (
        f"{year_to(published)}, the share of those still in post who moved up a band "
        f"{spread}."
    )


@analysis(
    title="Moving up a band, by care setting",
    keys=("care_setting",),
    measures=measures(),
    chart=Chart(kind="dots", x="care_setting", measure="moved_up_of_stayers"),
    narrate=narrate,
    definition=(
        f"{DEFINITION} By the care setting of the occupation code at the start."
    ),
    caveats=(
        EXPERIMENTAL,
        REBANDING,
    ),
    capabilities=("PROG-01",),
)
def by_setting(pairs: YearPair) -> ir.Table:
    """How does the chance of moving up a band differ by care setting?"""
    return year_outcomes(starters_at_bands(pairs), by=("care_setting",))
