"""Titles that stand for posts of more than one pay band."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.disclosure.thresholds import SMALLEST_SHOWN
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import Post
from skillmix.schema.lookups import TitleRole
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import PARTS_ROUNDED, SERVICE_DEFINITION, TITLES_READ
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month

SHOWN = 15
# Rounded counts of fewer people would not add up to the whole of a bar.
FEWEST = 30


def narrate(published: Published) -> str:
    """Give the bands of the title that most people hold."""
    rows = [row for row in published.rows if row.estimate is not None]
    if not rows:
        return "No title spans several bands with enough people to show."
    largest = max(rows, key=lambda row: (row.n or 0, row["title_words"]))
    parts = ", ".join(
        f"{number(row.estimate, 'percent', 0)} at {label('band', row['band']).lower()}"
        for row in published.where(title_words=largest["title_words"])
    )
    return (
        f"{in_month(published)}, people called {largest['title_words']} were employed "
        f"as follows: {parts}."
    )


@analysis(
    title="Titles that span pay bands",
    keys=("title_words", "band"),
    measures={
        "share": Measure(
            label="Share of the people with the title",
            unit="percent",
            denominator="people with the title at the bands shown",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="stacked", x="title_words", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "Main posts of the workforce in the service, by the words of the title that "
        "name the role, and by band; the most used titles of 30 people or more, at "
        "least five of them at each of two bands. Bands with fewer are left out."
    ),
    caveats=(TITLES_READ, SERVICE_DEFINITION, PARTS_ROUNDED),
)
def title_bands(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """Which job titles stand for posts of more than one pay band?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_service,
        posts.band != "not_afc",
    )
    read = mine.inner_join(titles, "job_title").filter(lambda t: t.title_scope == "in")
    chosen = spread_over(read, "band")
    return share(
        chosen,
        by=("title_words", "band"),
        within=("title_words",),
        measure="share",
        of="headcount",
    )


def spread_over(read: ir.Table, part: str) -> ir.Table:
    """Keep titles of 30 people or more, five of them in each of two parts or more.

    A title of fewer people is never named, and a part of fewer than five is left out.
    """
    parts = read.group_by("title_words", part).agg(held=lambda t: t.headcount.sum())
    enough = parts.filter(parts.held >= SMALLEST_SHOWN)
    titles = enough.group_by("title_words").agg(
        parts=lambda t: t.count(), people=lambda t: t.held.sum()
    )
    several = (
        titles.filter(titles.parts > 1, titles.people >= FEWEST)
        .order_by(ibis.desc("people"), "title_words")
        .limit(SHOWN)
    )
    kept = enough.semi_join(several, "title_words")
    return read.semi_join(kept, ["title_words", part])
