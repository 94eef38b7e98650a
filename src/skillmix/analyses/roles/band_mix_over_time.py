"""How the bands of support staff have shifted over the years."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import EthnicityCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import HEADCOUNT_SUMMED
from skillmix.words.contrast import stated
from skillmix.words.numbers import month

BANDS = ("2", "3", "4")


def from_staff_record(counts: WorkforceCount) -> ir.Table:
    """Count people at their main post in each month of the staff record."""
    return _cells(counts.filter(counts.of_interest))


def narrate(published: Published) -> str:
    """Give the three bands in the latest month."""
    last = max(row["month"] for row in published.rows)
    two, three, four = (
        stated(published, "share", "percent", 1, month=last, band=band)
        for band in BANDS
    )
    return (
        f"In {month(last)}, of {published.scope.workforce_label} at bands 2 to 4, "
        f"{two} were at band 2, {three} at band 3 and {four} at band 4."
    )


@analysis(
    title="Bands of support staff over time",
    keys=("month", "band"),
    measures={
        "share": Measure(
            label="Share of people at bands 2 to 4",
            unit="percent",
            denominator="people of the workforce at bands 2 to 4",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="line", x="month", colour="band", measure="share"),
    narrate=narrate,
    definition="Headcount at Agenda for Change bands 2, 3 and 4, all care settings.",
    caveats=(HEADCOUNT_SUMMED,),
    also=(from_staff_record,),
)
def band_mix_over_time(counts: EthnicityCount, scope: Scope) -> ir.Table:
    """How have the bands of support staff shifted over the years?"""
    everyone = in_place(counts, scope).filter(
        lambda t: (t.ethnicity == "all_including_unknown") & in_workforce(t, scope)
    )
    return _cells(everyone)


def _cells(counts: ir.Table) -> ir.Table:
    chosen = counts.filter(counts.band.isin(BANDS))
    return share(
        chosen, by=("month", "band"), within=("month",), measure="share", of="headcount"
    )
