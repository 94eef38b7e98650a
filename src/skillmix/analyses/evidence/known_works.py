"""Whether the search finds the works that were known before it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import together
from skillmix.measures.reviews import counted, one_review, shared
from skillmix.schema.results import Published
from skillmix.schema.reviews import KnownWork
from skillmix.statistics import estimators
from skillmix.words.numbers import number
from skillmix.words.reviews import PUBLISHED_WORKS, TITLE_ONLY


def narrate(published: Published) -> str:
    """Say how many of the known works are found."""
    row = published.one(measure="share", known_state="found")
    if row is None:
        return "The strategy finds none of the known works."
    return (
        f"The strategy finds {number(row.numerator, 'papers')} of "
        f"{number(row.denominator, 'papers')} known "
        f"works."
    )


@analysis(
    title="Known works found",
    keys=("known_state",),
    measures={
        "share": Measure(
            label="Share of known works",
            unit="percent",
            denominator="works known before the search",
            estimator=estimators.plain_ratio,
            decimals=0,
        ),
        "works": Measure(
            label="Known works",
            unit="papers",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="known_state", measure="works", order="list"),
    narrate=narrate,
    definition=(
        "Works that were known before the search, such as the references of the report "
        "it is for, and whether the strategy finds them. The works are no sample, so "
        "the share has no interval."
    ),
    caveats=(PUBLISHED_WORKS, TITLE_ONLY),
    capabilities=("LIT-11",),
)
def known_works(works: KnownWork) -> ir.Table:
    """How many of the works known before the search does it find?"""
    mine = one_review(works)
    named = mine.mutate(known_state=mine.state)
    return together(
        shared(named, by="known_state", measure="share"),
        counted(named, by=("known_state",), measure="works"),
    )
