"""From which band to which people move within a year, leavers among them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, REBANDING
from skillmix.words.contrast import stated
from skillmix.words.when import the_month


def narrate(published: Published) -> str:
    """Say where band 2 staff are a year later."""
    same, up, left = (
        stated(published, "share", "percent", 1, band="2", end_band=end)
        for end in ("2", "3", "left")
    )
    return (
        f"Of people at band 2 in {published.scope.service_short} a year before, {same} "
        f"were at band 2 in {the_month(published)} and {up} at band 3; {left} were in "
        "no post of the record."
    )


@analysis(
    title="From band to band",
    keys=("band", "end_band"),
    measures={
        "share": Measure(
            label="Share of the people who started at the band",
            unit="percent",
            denominator="people of the workforce at that band in the service a year "
            "before",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="heatmap", x="end_band", y="band", measure="share"),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service a year before "
        "the as-at month, by the band they hold now, in whatever staff group; each "
        "band's row adds up to everybody who started there."
    ),
    caveats=(EXPERIMENTAL, REBANDING),
    capabilities=("PROG-02", "STAT-04"),
)
def band_moves(pairs: YearPair) -> ir.Table:
    """From which band to which do people move within a year?"""
    people = pairs.filter(pairs.of_interest & pairs.in_service)
    named = people.select(
        band=people.band,
        end_band=people.end_band.fill_null("left"),
        headcount=ibis.literal(1, "int64"),
    )
    return share(
        named,
        by=("band", "end_band"),
        within=("band",),
        measure="share",
        of="headcount",
    )
