"""How likely staff of each trust are to move up a band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.year_outcomes import DEFINITION, measures
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands, year_outcomes
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, REBANDING
from skillmix.words.contrast import SMALL_TRUSTS
from skillmix.words.counts import counted
from skillmix.words.numbers import number
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Say how far the trusts lie apart."""
    rows = [
        row.estimate
        for row in published.where(measure="moved_up_of_stayers")
        if row.status == "shown" and row.estimate is not None
    ]
    if not rows:
        return "No trust has people enough to be shown."
    low, high = (number(v, "percent", 1) for v in (min(rows), max(rows)))
    spread = f"ran from {low} to {high}" if low != high else f"was {low}"
    each = " in each" if low == high and len(rows) > 1 else ""
    warned = f" {SMALL_TRUSTS}" if len(rows) > 1 else ""
    return (
        f"{year_to(published)}, among {counted(len(rows), 'employer')} the share of "
        f"those still in post who moved up a band {spread}{each}.{warned}"
    )


@analysis(
    title="Moving up a band, by trust",
    keys=("employer",),
    measures=measures(),
    chart=Chart(kind="funnel", x="employer", measure="moved_up_of_stayers"),
    narrate=narrate,
    definition=(
        f"{DEFINITION} In the service only, by the employer at the start; a move to "
        "another employer counts."
    ),
    caveats=(
        EXPERIMENTAL,
        REBANDING,
    ),
    capabilities=("PROG-01",),
)
def by_trust(pairs: YearPair) -> ir.Table:
    """How does the chance of moving up a band differ between trusts?"""
    people = starters_at_bands(pairs)
    return year_outcomes(people.filter(people.in_service), by=("employer",))
