"""How the ethnic make-up of staff has changed, from published counts."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema import values
from skillmix.schema.published import EthnicityCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import CHINESE_APART, HEADCOUNT_SUMMED, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def narrate(published: Published) -> str:
    """Give the share of Black staff at both ends of the series."""
    months = sorted({row["month"] for row in published.rows})
    first, last = (
        stated(
            published,
            "share",
            "percent",
            1,
            month=when,
            ethnic_group="black",
            series="all_staff",
        )
        for when in (months[0], months[-1])
    )
    return (
        f"Black or Black British staff were {first} of all staff in "
        f"{month(months[0])} and {last} in {month(months[-1])}."
    )


@analysis(
    title="Ethnic group over time",
    keys=("month", "ethnic_group", "series"),
    measures={
        "share": Measure(
            label="Share of people whose ethnic group is known",
            unit="percent",
            denominator="people with a known ethnic group, summed over staff groups",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="line",
        x="month",
        colour="series",
        facet="ethnic_group",
        measure="share",
        scales="own",
    ),
    narrate=narrate,
    definition=(
        "Published headcount by ethnic group (six NHS groups), all care settings, all "
        "grades; staff whose group is unknown are left out."
    ),
    caveats=(HEADCOUNT_SUMMED, UNDISCLOSED, CHINESE_APART),
)
def ethnicity_over_time(counts: EthnicityCount, scope: Scope) -> ir.Table:
    """How has the ethnic make-up of staff changed?"""
    known = in_place(counts, scope).filter(
        lambda t: t.ethnicity.isin(values.ETHNIC_GROUPS) & t.band.isin(("all_bands",))
    )
    named = known.mutate(ethnic_group=known.ethnicity)
    mine = named.filter(in_workforce(named, scope))
    both = mine.mutate(series=ibis.literal("workforce")).union(
        named.mutate(series=ibis.literal("all_staff"))
    )
    return share(
        both,
        by=("month", "ethnic_group", "series"),
        within=("month", "series"),
        measure="share",
        of="headcount",
    )
