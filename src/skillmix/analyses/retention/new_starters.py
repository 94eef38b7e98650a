"""How long people who join stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import YEAR, counted_people
from skillmix.measures.life_tables import staying
from skillmix.schema.careers import Starter
from skillmix.schema.results import Fitted, Published
from skillmix.words.caveats import EXPERIMENTAL, SERVICE_DEFINITION
from skillmix.words.contrast import contrast
from skillmix.words.when import the_year

BY = ("in_service", "stayed", "left")
# Joiners of the month after the opening month are followed for eleven.
LONGEST = YEAR - 1


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the share still there by months since joining, and the mean stay."""
    return staying(cells, keys=("in_service",), horizon=LONGEST)


def narrate(published: Published) -> str:
    """Give the shares still there after half a year."""
    half = contrast(published, "still_there", "percent", 0, months_since=6)
    return (
        f"Of people who joined in {the_year(published)}, the share still in the record "
        f"after six months was {half}."
    )


@analysis(
    title="How long new starters stay",
    keys=("in_service", "months_since"),
    measures={
        "still_there": Measure(
            label="Still in the record",
            unit="percent",
            denominator="people who joined the workforce from outside the record",
            method="Kaplan-Meier, interval on the log-minus-log scale",
        ),
        "mean_months": Measure(
            label="Mean months in the record, of the first eleven",
            unit="months",
            denominator="people who joined the workforce from outside the record",
            method="restricted mean of the Kaplan-Meier curve",
        ),
    },
    chart=Chart(
        kind="dots", x="months_since", colour="in_service", measure="still_there"
    ),
    narrate=narrate,
    definition=(
        "People who joined the workforce within the year and stood in the record in no "
        "earlier month, by months since their first snapshot. Who joined late is "
        "followed for less (censored), and counts for as long as followed. Leaving is "
        "being in no row of the record, leave and bank work included."
    ),
    caveats=(SERVICE_DEFINITION, EXPERIMENTAL),
    capabilities=("RET-04", "REC-10"),
    model=Model(by=BY, fit=fit),
)
def new_starters(starters: Starter) -> ir.Table:
    """How long do people who join stay?"""
    counted = starters.group_by(list(BY)).agg(people=lambda t: t.people.sum())
    return counted_people(counted, keys=BY, measure="joiners")
