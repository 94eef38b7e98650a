"""Terms that would find known works which the search misses, and their price."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.measures.reviews import one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import SuggestedTerm
from skillmix.statistics import estimators
from skillmix.words.counts import counted
from skillmix.words.reviews import AS_EXPORTED, TITLE_ONLY

KEYS = ("search_line", "suggested_term")


def narrate(published: Published) -> str:
    """Name the term that finds most of what is missed."""
    rows = published.where(measure="gains")
    if not rows:
        return "No single term would find more known works."
    best = max(rows, key=lambda r: (r.estimate or 0.0, r["suggested_term"]))
    return (
        f"In line {best['search_line']}, the term {best['suggested_term']} would "
        f"match {counted(best.estimate, 'more known work')}."
    )


def _measure(label: str, unit: str) -> Measure:
    return Measure(
        label=label,
        unit=unit,
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


@analysis(
    title="Terms that would find more",
    keys=KEYS,
    measures={
        "gains": _measure("Known works the line would find", "papers"),
        "finds": _measure("Known works the search would find", "papers"),
        "cost": _measure("More records to read", "records"),
    },
    chart=Chart(
        kind="bar",
        x="suggested_term",
        colour="search_line",
        measure="gains",
    ),
    narrate=narrate,
    definition=(
        "Words and phrases from the titles of known works that a line misses, tried as "
        "further terms of that line: how many more known works the line and the whole "
        "search would find, and how many more of the exported records would have to "
        "be read."
    ),
    caveats=(TITLE_ONLY, AS_EXPORTED),
    capabilities=("LIT-11",),
)
def suggested_terms(terms: SuggestedTerm) -> ir.Table:
    """Which terms would find the known works that the search misses?"""
    # In quotation marks, as a term stands in a search, and not as a heading.
    mine = one_review(terms)
    named = mine.mutate(suggested_term="“" + mine.term + "”")
    return together(
        cells(named, keys=KEYS, measure="gains", numerator=named.gains),
        cells(named, keys=KEYS, measure="finds", numerator=named.finds),
        cells(named, keys=KEYS, measure="cost", numerator=named.cost),
    )
