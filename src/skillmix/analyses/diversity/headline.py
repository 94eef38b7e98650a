"""Who support staff are beside all staff and the population (Figure 2)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.beside import MINE, POPULATION, beside, staff_series
from skillmix.measures.cells import cells, together
from skillmix.schema.comparators import PopulationCount
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    DIVERSITY_NOT_HELD,
    SERVICE_DEFINITION,
    UNDISCLOSED,
)
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

# The category shown of each characteristic, and what it is called in the data.
SHOWN = {
    "age": "45_54",
    "gender": "male",
    "ethnic_group": "black",
    "disability": "yes",
    "orientation": "lgbtq",
}
LGBTQ = ("gay_or_lesbian", "bisexual", "other", "undecided")


def narrate(published: Published) -> str:
    """Set the age group of the key statistics beside the population."""
    mine, population = (
        stated(published, "share", "percent", 0, characteristic="age", series=name)
        for name in (MINE, POPULATION)
    )
    return (
        f"{in_month(published)}, {mine} of {published.scope.workforce_label} in "
        f"{published.scope.service_short} were aged 45 to 54, against {population} of "
        "the population of working age."
    )


def _row(characteristic: str, series: str) -> dict[str, str]:
    return {"characteristic": characteristic, "series": series}


def _printed(value: float, characteristic: str, series: str) -> Printed:
    return Printed(value=value, within=0.005, row=_row(characteristic, series))


@analysis(
    title="Who support staff are",
    keys=("characteristic", "series", "year"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="all people of the group, undisclosed among them; for ethnic "
            "group, people whose group is known",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="characteristic", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "Headcount by main post in the as-at month: people aged 45 to 54, men, Black "
        "people, people who declare a disability, and people who declare themselves "
        "gay, lesbian, bisexual, other or undecided. The population is that of working "
        "age, but for sexual orientation, and of the latest year given for each."
    ),
    figure=2,
    reproduces={
        "mh-support-age-45-54": _printed(0.27, "age", MINE),
        "wap-age-45-54": _printed(0.21, "age", POPULATION),
        "mh-support-lgbtq-2020-06": _printed(0.04, "orientation", MINE),
        "nonmh-support-lgbtq-2020-06": _printed(0.03, "orientation", "elsewhere"),
    },
    shows={
        "dir-disability-below-uk": Claim(
            relation="greater",
            picks=(_row("disability", POPULATION), _row("disability", MINE)),
        )
    },
    caveats=(SERVICE_DEFINITION, UNDISCLOSED, DIVERSITY_NOT_HELD),
    capabilities=("OUT-02", "CMP-06", "CMP-08", "EDI-08", "QA-04", "QA-07"),
)
def headline(posts: Post, population: PopulationCount, scope: Scope) -> ir.Table:
    """Who are support staff, beside all staff and the population?"""
    staff = staff_series(posts, scope)
    parts: list[ir.Table] = []
    for characteristic, shown in SHOWN.items():
        named = _categorised(staff, characteristic)
        both = beside(named, population, characteristic=characteristic, scope=scope)
        one = both.filter(both.category == shown).mutate(
            characteristic=ibis.literal(characteristic)
        )
        parts.append(
            cells(
                one,
                keys=("characteristic", "series", "year"),
                measure="share",
                numerator=one.people,
                denominator=one.whole,
                cases=one.people,
                people=one.whole,
            )
        )
    return together(*parts)


def _categorised(staff: ir.Table, characteristic: str) -> ir.Table:
    """Give each person the category that the population's figures use."""
    if characteristic == "age":
        shown = (staff.age >= 45) & (staff.age < 55)
        return staff.mutate(category=shown.fill_null(False).ifelse("45_54", "other"))
    if characteristic == "orientation":
        shown = staff.orientation.isin(LGBTQ)
        return staff.mutate(category=shown.ifelse("lgbtq", staff.orientation))
    if characteristic == "ethnic_group":
        known = staff.filter(staff.ethnic_group != "not_stated")
        return known.mutate(category=known.ethnic_group)
    return staff.mutate(category=staff[characteristic])
