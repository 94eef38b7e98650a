"""The known works one by one, with the lines of the search that miss them."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.reviews import listed, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import KnownWork
from skillmix.statistics import estimators
from skillmix.words.reviews import PUBLISHED_WORKS, TITLE_ONLY

KEYS = ("known_state", "known_work", "published_in", "missed_by")


def narrate(published: Published) -> str:
    """Say whether a line stands out among those that miss works."""
    missed = published.where(known_state="missed")
    if not missed:
        return "No known work is missed."
    return "Each work that is missed is given with the lines that ought to find it."


@analysis(
    title="Known works one by one",
    keys=KEYS,
    measures={
        "works": Measure(
            label="Known works",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(
        kind="cards",
        x="known_work",
        y="missed_by",
        colour="known_state",
    ),
    narrate=narrate,
    definition=(
        "Works known before the search, found or missed. A work is missed by the lines "
        "of which one at least would have to match and none does."
    ),
    caveats=(PUBLISHED_WORKS, TITLE_ONLY),
    capabilities=("LIT-11",),
)
def known_works_listed(works: KnownWork) -> ir.Table:
    """Which known works does the search miss, and by which of its lines?"""
    mine = one_review(works)
    named = mine.mutate(known_state=mine.state, known_work=mine.work)
    return listed(named, keys=KEYS, measure="works")
