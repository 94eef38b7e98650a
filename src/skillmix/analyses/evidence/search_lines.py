"""The search as run on each database, line by line, with what each line finds."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.reviews import one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import SearchLine
from skillmix.statistics import estimators
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.reviews import AS_EXPORTED, PUBLISHED_WORKS

KEYS = ("database", "search_line", "search_text")
MOST_NAMED = 6


def narrate(published: Published) -> str:
    """Say what the whole strategy finds in the databases it finds most in."""
    read = [
        r
        for r in published.where(search_line="whole_strategy")
        if r.estimate is not None
    ]
    if not read:
        return "No export of these databases was read: the search is given alone."
    most = sorted(read, key=lambda r: (-(r.estimate or 0.0), r["database"]))
    found = [
        f"{number(row.estimate, 'records')} {_where(row['database'])}"
        for row in most[:MOST_NAMED]
        if row.estimate
    ]
    if not found:
        return "The whole strategy finds none of the records that were exported."
    return f"The whole strategy finds {', '.join(found)}."


def _where(database: str) -> str:
    if database == "not_stated":
        return "in exports that name no database"
    return f"in {label('database', database)}"


@analysis(
    title="The search as run",
    keys=KEYS,
    measures={
        "records": Measure(
            label="Records found",
            unit="records",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="heatmap", x="search_line", y="database"),
    narrate=narrate,
    definition=(
        "Each line in the syntax of the platform that holds the database, and how many "
        "of the database's exported records it finds when run here. Item 8 of PRISMA-S "
        "(Rethlefsen and others, 2021). A database that no platform is known for is "
        "given in the strategy's own notation."
    ),
    caveats=(PUBLISHED_WORKS, AS_EXPORTED),
    capabilities=("LIT-02", "LIT-04", "LIT-05", "LIT-06", "LIT-07", "LIT-08", "LIT-09"),
)
def search_lines(lines: SearchLine) -> ir.Table:
    """Which search was run on each database, and what does each line find?"""
    mine = one_review(lines)
    return cells(mine, keys=KEYS, measure="records", numerator=mine.found)
