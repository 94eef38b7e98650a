"""How likely trainees and other staff are to move up a band, apart."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.year_outcomes import DEFINITION, measures
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands, year_outcomes
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, REBANDING, SERVICE_DEFINITION
from skillmix.words.contrast import contrast
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set band 4 staff in training beside the others."""
    others, trainees = (
        contrast(
            published, "moved_up_of_stayers", "percent", 1, band="4", training=training
        )
        for training in (False, True)
    )
    return (
        f"{year_to(published)}, of those still in post, the share of band 4 people "
        f"outside training posts who moved up was {others}; of trainees it was "
        f"{trainees}."
    )


@analysis(
    title="Moving up a band, trainees apart",
    keys=("training", "band", "in_service"),
    measures=measures(),
    chart=Chart(
        kind="dots",
        x="band",
        colour="in_service",
        measure="moved_up_of_stayers",
        facet="training",
    ),
    narrate=narrate,
    definition=(
        f"{DEFINITION} Training posts are told by occupation code and by job role."
    ),
    caveats=(
        EXPERIMENTAL,
        REBANDING,
        SERVICE_DEFINITION,
    ),
    capabilities=("PROG-02", "PROG-06"),
)
def training_apart(pairs: YearPair) -> ir.Table:
    """How much of moving up a band is trainees qualifying?"""
    return year_outcomes(
        starters_at_bands(pairs), by=("training", "band", "in_service")
    )
