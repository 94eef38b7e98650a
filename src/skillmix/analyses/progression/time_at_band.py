"""How long staff stay at a band at a stretch, and how many then leave."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.prospects import BY, fit_stays, stay_cells
from skillmix.schema.careers import CareerStep
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL
from skillmix.words.contrast import stated
from skillmix.words.when import the_year


def narrate(published: Published) -> str:
    """Give the stay at bands 2 and 4, and who then leaves."""
    two, four = (
        stated(published, "years", "years", 1, group="all", state=band)
        for band in ("2", "4")
    )
    left = stated(published, "left", "percent", 0, group="all", state="4")
    return (
        f"At the chances of {the_year(published)}, the years that staff in "
        f"{published.scope.service_short} stay before they move or leave are {two} at "
        f"band 2 and {four} at band 4; {left} of those who went from band 4 left the "
        "record."
    )


@analysis(
    title="Time at a band",
    keys=("characteristic", "group", "state"),
    measures={
        "years": Measure(
            label="Mean years at a stretch",
            unit="years",
            denominator="months that people of the workforce in the service began in "
            "that position",
            method="geometric stays, Wilson interval of the monthly chance of going",
        ),
        "left": Measure(
            label="Left the record, of those who went",
            unit="percent",
            denominator="people who went from that position within the year",
            method="Wilson score interval",
            decimals=0,
        ),
    },
    chart=Chart(
        kind="dots", x="state", measure="years", only={"characteristic": "all"}
    ),
    narrate=narrate,
    definition=(
        "Monthly steps of people of the workforce in the service, over the year to the "
        "as-at month. A stretch ends with another band, a training post, a post on no "
        "band, or leaving the record; people on leave are taken to keep their post. "
        "The year's chance of going is taken to be the same in every month of a stay."
    ),
    caveats=(EXPERIMENTAL,),
    capabilities=("PROG-11", "STAT-04"),
    model=Model(by=BY, fit=fit_stays),
)
def time_at_band(steps: CareerStep) -> ir.Table:
    """How long do staff stay at a band before they go, and how many then leave?"""
    return stay_cells(steps, ("gender", "ethnic_group", "disability"))
