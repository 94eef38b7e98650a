"""What becomes of staff within a year: moving up, staying, leaving, like for like."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import starters_at_bands
from skillmix.measures.outcomes import BY, LEFT, UP, fit_outcomes, outcome_cells
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import ALIKE_IN_FIVE, EXPERIMENTAL, UNDISCLOSED
from skillmix.words.contrast import told
from skillmix.words.when import the_year

METHOD = "multinomial regression, standardised, errors robust to trusts"


def narrate(published: Published) -> str:
    """Give what would become of band 2 and band 4 staff who are otherwise alike."""
    parts = [
        told(
            published,
            f"{{}} of band {band} staff {said}",
            f"too few band {band} staff to show {said}",
            measure="chance",
            characteristic="band",
            group=band,
            year_outcome=outcome,
        )
        for outcome, said in ((UP, "would move up"), (LEFT, "would leave"))
        for band in ("2", "4")
    ]
    return (
        f"At the chances of {the_year(published)}, if staff of every band were alike "
        f"in age, gender, ethnic group and disability, within a year {parts[0]} and "
        f"{parts[1]}; {parts[2]} and {parts[3]}."
    )


@analysis(
    title="A year ahead, like for like",
    keys=("characteristic", "group", "year_outcome"),
    measures={
        "chance": Measure(
            label="Chance within a year, like for like",
            unit="percent",
            denominator="people of the workforce at bands 2 to 4 in the service a year "
            "before, leavers among them",
            method=METHOD,
        ),
        "difference": Measure(
            label="Difference from the reference group",
            unit="points",
            denominator="the same people",
            method=METHOD,
        ),
    },
    chart=Chart(
        kind="dots",
        x="group",
        colour="year_outcome",
        measure="chance",
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service at bands 2 to "
        "4 a year before the as-at month. Moving up, staying (at the band or a lower "
        "one) and leaving the record exclude each other and are fitted together on "
        "band, age, gender, ethnic group and disability; then everybody is given each "
        "band or group in turn and the chances are averaged, so that a group's three "
        "chances add up to one. The bands' rows are a transition matrix for staff who "
        "are alike in the rest. `progression.fairness` compares groups more closely, "
        "of stayers, and allows for the number of comparisons; this does not."
    ),
    caveats=(EXPERIMENTAL, UNDISCLOSED, ALIKE_IN_FIVE),
    capabilities=("PROG-01", "PROG-08", "STAT-04", "STAT-05"),
    model=Model(by=BY, fit=fit_outcomes),
)
def year_ahead(pairs: YearPair) -> ir.Table:
    """What becomes of like staff within a year: do they move up, stay or leave?"""
    people = starters_at_bands(pairs)
    return outcome_cells(people.filter(people.in_service))
