"""How long people can be expected to stay, by characteristic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.characteristics import by_characteristic
from skillmix.measures.life_tables import CAREER_AGES, PIECE, career_lengths
from skillmix.schema.careers import LEFT, CareerStep
from skillmix.schema.results import Fitted, Published
from skillmix.words.caveats import EXPERIMENTAL, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.when import the_year

BY = ("characteristic", "group", "in_service", "age_from")
FROM_AGES = (20, 30, 40, 50)
NAMES = ("gender", "ethnic_group", "disability")


def fit(rows: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the expected years in the record from each age."""
    keys = ("characteristic", "group", "in_service")
    return career_lengths(rows, keys=keys, from_ages=FROM_AGES)


def narrate(published: Published) -> str:
    """Give the expected stay of a thirty-year-old, and of women and men."""
    keys = {"from_age": 30, "in_service": True}
    everyone, women, men = (
        stated(published, "years", "years", 1, group=group, **keys)
        for group in ("all", "female", "male")
    )
    return (
        f"At the chances of leaving of {the_year(published)}, the years that somebody "
        f"of 30 in {published.scope.service_short} could be expected to stay before 65 "
        f"are {everyone}: for women {women}, for men {men}."
    )


@analysis(
    title="Length of career",
    keys=("characteristic", "group", "in_service", "from_age"),
    measures={
        "years": Measure(
            label="Expected years in the record before 65",
            unit="years",
            denominator="people of that age in the workforce",
            method="period life table on age with delayed entry, delta method",
        )
    },
    chart=Chart(
        kind="dots",
        x="group",
        colour="in_service",
        measure="years",
        only={"from_age": 30},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "A period life table: the chances of leaving the record within a month, by "
        "five-year age group, of people of the workforce in the year to the as-at "
        "month, chained from an age to 65 as in a life expectancy. People are at risk "
        "at the ages at which the record holds them. Leave and bank work are in the "
        "record; a return after leaving is not foreseen."
    ),
    caveats=(EXPERIMENTAL, UNDISCLOSED),
    capabilities=("RET-05", "REC-10"),
    model=Model(by=BY, fit=fit),
)
def career_length(steps: CareerStep) -> ir.Table:
    """How long can people be expected to stay, by characteristic?"""
    first, last = CAREER_AGES[0], CAREER_AGES[-1] + PIECE
    mine = steps.filter((steps.age >= first) & (steps.age < last))
    piece = ibis.cases(
        *((mine.age < age + PIECE, ibis.literal(age, "int64")) for age in CAREER_AGES)
    )
    mine = mine.mutate(age_from=piece)
    groups = by_characteristic(mine, NAMES).union(
        mine.mutate(
            characteristic=ibis.literal("all", "string"),
            group=ibis.literal("all", "string"),
        )
    )
    counted = groups.group_by(list(BY)).agg(
        left=groups.people.sum(where=groups.end_band == LEFT).fill_null(0),
        months=groups.people.sum(),
    )
    return cells(
        counted,
        keys=BY,
        measure="leaving",
        numerator=counted.left,
        denominator=counted.months,
        cases=counted.left,
        people=counted.months,
    )
