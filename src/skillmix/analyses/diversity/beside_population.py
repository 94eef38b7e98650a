"""Ethnic groups of staff beside those of the population (Figure 21)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.beside import (
    MINE,
    POPULATION,
    beside,
    representation,
    staff_series,
)
from skillmix.measures.cells import cells, together
from skillmix.schema.comparators import PopulationCount
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import CHINESE_APART, SERVICE_DEFINITION, UNDISCLOSED
from skillmix.words.contrast import TOO_FEW, told
from skillmix.words.fractions import listed
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the representation of Black staff beside each other group."""
    share = (
        f"{in_month(published)}, the share of Black staff in "
        f"{published.scope.service_short}"
    )
    beside = [
        told(
            published,
            f"{{}} that of {words}",
            "",
            measure="representation",
            unit="likelihood_ratio",
            ethnic_group="black",
            series=name,
        )
        for name, words in (
            ("elsewhere", "the workforce elsewhere"),
            ("all_staff", "all staff"),
            (POPULATION, "the population of working age"),
        )
    ]
    if not any(beside):
        return f"{share} cannot be set beside that of others: {TOO_FEW}."
    return f"{share} was {listed([words for words in beside if words])}."


def _printed(value: float, within: float, series: str) -> Printed:
    row = {"ethnic_group": "black", "series": series, "measure": "representation"}
    return Printed(value=value, within=within, row=row)


@analysis(
    title="Ethnic groups beside the population",
    keys=("ethnic_group", "series", "year"),
    measures={
        "share": Measure(
            label="Share of people whose ethnic group is known",
            unit="percent",
            denominator="people with a known ethnic group",
            estimator=estimators.proportion,
        ),
        "representation": Measure(
            label="Share in the service over the share in this group",
            unit="likelihood_ratio",
            denominator="share of the ethnic group among this group's people",
            estimator=representation,
            decimals=2,
        ),
    },
    chart=Chart(kind="dots", x="ethnic_group", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "Headcount by main post in the as-at month, and the population of working age "
        "in the latest year given. Representation is the share of the workforce in the "
        "service over that of each other group; nothing is standardised for age or "
        "region."
    ),
    figure=21,
    reproduces={
        "mh-support-black-vs-nonmh-twice": _printed(2, 0.5, "elsewhere"),
        "mh-support-black-vs-nonmh-more-than-twice": _printed(2, 1.0, "elsewhere"),
        "wap-data-year": Printed(
            value=2011, within=0.5, row={"series": POPULATION}, take="first_year"
        ),
    },
    caveats=(SERVICE_DEFINITION, UNDISCLOSED, CHINESE_APART),
    capabilities=("EDI-04", "CMP-06", "CMP-08", "QA-04"),
)
def beside_population(
    posts: Post, population: PopulationCount, scope: Scope
) -> ir.Table:
    """To which ethnic groups do staff belong, beside the population?"""
    staff = staff_series(posts.filter(posts.ethnic_group != "not_stated"), scope)
    named = staff.mutate(category=staff.ethnic_group)
    adults = population.filter(population.population == "working_age")
    both = beside(named, adults, characteristic="ethnic_group", scope=scope)
    groups = both.mutate(ethnic_group=both.category)
    mine = groups.filter(groups.series == MINE).select(
        own="category", top="people", top_whole="whole"
    )
    pairs = groups.inner_join(mine, groups.category == mine.own)
    keys = ("ethnic_group", "series", "year")
    return together(
        cells(
            groups,
            keys=keys,
            measure="share",
            numerator=groups.people,
            denominator=groups.whole,
            cases=groups.people,
            people=groups.whole,
        ),
        cells(
            pairs,
            keys=keys,
            measure="representation",
            numerator=pairs.top,
            denominator=pairs.people,
            cases=pairs.top,
            people=pairs.people,
            numerator_squares=pairs.top_whole,
            denominator_squares=pairs.whole,
        ),
    )
