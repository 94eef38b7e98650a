"""How likely staff are ever to reach band 5 or registration, and how long it takes."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.prospects import BY, fit_prospects, step_cells
from skillmix.schema.careers import CareerStep
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, NURSING_ASSOCIATES_ARE_REGISTERED
from skillmix.words.contrast import stated, told
from skillmix.words.when import the_year


def narrate(published: Published) -> str:
    """Give band 2's prospects of band 5 and of registration."""
    keys = {"group": "all", "state": "2"}
    band_5, registered = (
        stated(published, "ever", "percent", 0, goal=goal, **keys)
        for goal in ("band_5", "registered")
    )
    years = told(
        published,
        ", after {} years on average",
        "",
        measure="years",
        unit="years",
        goal="band_5",
        **keys,
    )
    return (
        f"If the chances of {the_year(published)} lasted, {band_5} of band 2 staff in "
        f"{published.scope.service_short} would reach band 5 before leaving{years}; "
        f"{registered} would become registered."
    )


@analysis(
    title="Prospects of band 5 and of registration",
    keys=("goal", "characteristic", "group", "state"),
    measures={
        "ever": Measure(
            label="Would ever get there before leaving",
            unit="percent",
            denominator="people of the workforce in that position in the service",
            method="absorbing Markov chain of monthly steps, delta method",
            decimals=0,
        ),
        "years": Measure(
            label="Mean years until there, of those who would",
            unit="years",
            denominator="people who would get there",
            method="absorbing Markov chain of monthly steps, delta method",
        ),
    },
    chart=Chart(
        kind="dots",
        x="state",
        colour="goal",
        measure="ever",
        only={"characteristic": "all"},
    ),
    narrate=narrate,
    definition=(
        "Monthly steps of people of the workforce in the service, over the year to the "
        "as-at month, between bands, training posts, the goal and leaving the record. "
        "The chances of the year are taken to last for ever and to depend on nothing "
        "but the position; `progression.history` tests the second. People on leave "
        "are taken to keep their post."
    ),
    caveats=(EXPERIMENTAL, NURSING_ASSOCIATES_ARE_REGISTERED),
    capabilities=("PROG-10", "PROG-11", "STAT-04"),
    model=Model(by=BY, fit=fit_prospects),
)
def prospects(steps: CareerStep) -> ir.Table:
    """How likely are staff ever to reach band 5, or registration?"""
    return step_cells(steps, ("gender", "ethnic_group", "disability"))
