"""How the number of staff of each age has changed within a year (Figure 20)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.ages import age_band
from skillmix.measures.cells import tally
from skillmix.measures.change import change
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, SERVICE_DEFINITION
from skillmix.words.fractions import moved_row
from skillmix.words.when import year_to

STEPS = ((30, "up_to_29"), (40, "30_39"), (50, "40_49"), (60, "50_59"))


def narrate(published: Published) -> str:
    """Give the growth of staff up to 29."""
    inside, elsewhere = (
        moved_row(
            published.one(measure="change", age_group="up_to_29", in_service=flag)
        )
        for flag in (True, False)
    )
    return (
        f"{year_to(published)}, full-time equivalent staff aged up to 29 in "
        f"{published.scope.service_short} {inside}; those elsewhere {elsewhere}."
    )


def _printed(value: float, *, in_service: bool) -> Printed:
    row = {"age_group": "up_to_29", "in_service": in_service}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Growth by age",
    keys=("age_group", "in_service", "period", "from_month", "to_month"),
    measures={
        "change": Measure(
            label="Change in FTE within a year",
            unit="change",
            denominator="FTE of the same age group a year before",
            estimator=estimators.relative_change,
        )
    },
    chart=Chart(kind="dots", x="age_group", colour="in_service", measure="change"),
    narrate=narrate,
    definition=(
        "FTE of all posts in the as-at month over a year before, less one, by age in "
        "each month: people move up an age group as they grow older."
    ),
    figure=20,
    reproduces={
        "demographic-data-start": Printed(
            value=2019,
            within=0.5,
            row={"in_service": True, "age_group": "up_to_29"},
            take="first_year",
        ),
        "demographic-data-end": Printed(
            value=2020,
            within=0.5,
            row={"in_service": True, "age_group": "up_to_29"},
            take="last_year",
        ),
        "mh-support-under30-change-2019-06-2020-06": _printed(0.37, in_service=True),
        "nonmh-support-under30-change-2019-06-2020-06": _printed(
            0.26, in_service=False
        ),
    },
    shows={
        "dir-under30-largest-growth": Claim(
            relation="largest",
            picks=({"in_service": True, "age_group": "up_to_29"},),
            among={"in_service": True},
        ),
    },
    caveats=(SERVICE_DEFINITION, COVID),
    capabilities=(
        "EDI-02",
        "CMP-07",
    ),
)
def age_growth(posts: Post) -> ir.Table:
    """In which age groups has the number of staff grown?"""
    mine = posts.filter(posts.of_interest & posts.age.notnull())
    named = mine.mutate(age_group=age_band(mine.age, STEPS))
    totals = tally(named, ("month", "age_group", "in_service"))
    return change(
        totals, series=("age_group", "in_service"), years=1, period="latest_year"
    )
