"""What PRISMA-S asks a review to say of its searches."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.reviews import listed, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import SearchItem
from skillmix.statistics import estimators
from skillmix.words.reviews import PUBLISHED_WORKS

KEYS = ("item_state", "prisma_s_item", "told")


def narrate(published: Published) -> str:
    """Name the items that only the searchers can fill in."""
    open_ = [r["prisma_s_item"] for r in published.where(item_state="to_fill_in")]
    if not open_:
        return "Every item of PRISMA-S is reported."
    return f"The searchers have still to report on: {'; '.join(sorted(open_))}."


@analysis(
    title="How the search is reported",
    keys=KEYS,
    measures={
        "items": Measure(
            label="Items",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="cards", x="prisma_s_item", colour="item_state"),
    narrate=narrate,
    definition=(
        "The sixteen items of PRISMA-S (Rethlefsen and others, 2021). What the program "
        "knows from strategy, exports and links is filled in; what only the searchers "
        "know is asked for and never guessed."
    ),
    caveats=(PUBLISHED_WORKS,),
    capabilities=("LIT-01", "LIT-03"),
)
def search_report(items: SearchItem) -> ir.Table:
    """What is reported of the search, and what must its searchers still say?"""
    mine = one_review(items)
    named = mine.mutate(item_state=mine.state, prisma_s_item=mine.item)
    return listed(named, keys=KEYS, measure="items")
