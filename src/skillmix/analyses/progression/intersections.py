"""How likely people of each gender, ethnic group and age at once are to move up."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.intersections import (
    BY,
    GROUPS,
    fit_intersections,
    intersection_cells,
)
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published, Row
from skillmix.words.caveats import EXPERIMENTAL, STAYERS_ONLY, UNDISCLOSED
from skillmix.words.contrast import ran
from skillmix.words.labels import label, within
from skillmix.words.numbers import interval
from skillmix.words.when import year_to

PEOPLE = "people of the group at bands 2 to 4 a year before, still in post"


def narrate(published: Published) -> str:
    """Name the least and the most likely group, small groups pulled in."""
    rows = [r for r in published.where(measure="pulled") if r.status == "shown"]
    if not rows:
        return "No group of a gender, ethnic group and age has people enough."
    spread = ran(rows, lambda row: f"{interval(row, 'percent', 1)} ({_named(row)})")
    return (
        f"{year_to(published)}, allowing for how few people some groups have, the "
        f"chance of moving up {spread}."
    )


def _named(row: Row) -> str:
    return ", ".join(within(label(name, row[name])) for name in GROUPS)


@analysis(
    title="Moving up, for groups that people belong to at once",
    keys=GROUPS,
    measures={
        "pulled": Measure(
            label="Share who moved up, small groups pulled to what is expected",
            unit="percent",
            denominator=PEOPLE,
            method="empirical Bayes: beta-binomial around an additive model",
        ),
        "seen": Measure(
            label="Share who moved up, as seen",
            unit="percent",
            denominator=PEOPLE,
            method="Wilson score interval",
        ),
        "expected": Measure(
            label="Share expected from gender, ethnic group, age and band alone",
            unit="percent",
            denominator=PEOPLE,
            method="additive logistic regression",
        ),
    },
    chart=Chart(
        kind="dots",
        x="ethnicity_group",
        colour="gender_group",
        facet="wide_age",
        measure="pulled",
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce in the service at bands 2 to "
        "4 a year before and still in post, whose gender, ethnic group and age are "
        "known. Each group's share is pulled towards what its gender, ethnic group, "
        "age and bands would add up to, by a strength that the spread of all groups "
        "decides."
    ),
    caveats=(STAYERS_ONLY, EXPERIMENTAL, UNDISCLOSED),
    capabilities=("PROG-14", "REC-07"),
    model=Model(by=BY, fit=fit_intersections),
)
def intersections(pairs: YearPair) -> ir.Table:
    """How likely are people of each gender, ethnic group and age to move up a band?"""
    people = climbers(pairs)
    people = people.filter(people.in_service)
    return intersection_cells(people, moved_up(people))
