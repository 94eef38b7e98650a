"""Titles that people of different job roles share."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.disclosure.thresholds import SMALLEST_SHOWN
from skillmix.figures.chart import Chart
from skillmix.measures.titles import shares_of_titles
from skillmix.schema.derived import Post
from skillmix.schema.lookups import TitleRole
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import PARTS_ROUNDED, SERVICE_DEFINITION, TITLES_READ
from skillmix.words.numbers import number
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the job roles behind the title that most people hold."""
    rows = [row for row in published.rows if row.estimate is not None]
    if not rows:
        return "No title is shared by job roles with enough people to show."
    largest = max(rows, key=lambda row: (row.n or 0, row["title_words"]))
    parts = ", ".join(
        f"{number(row.estimate, 'percent', 0)} as {row['job_role']}"
        for row in published.where(title_words=largest["title_words"])
    )
    return (
        f"{in_month(published)}, people called {largest['title_words']} were recorded "
        f"as follows: {parts}."
    )


@analysis(
    title="Titles shared by different job roles",
    keys=("title_words", "job_role"),
    measures={
        "share": Measure(
            label="Share of the people with the title",
            unit="percent",
            denominator="people with the title in the job roles shown",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="stacked", x="title_words", colour="job_role", measure="share"),
    narrate=narrate,
    definition=(
        "Main posts of the workforce in the service, by the words of the title that "
        "name the role, and by the job role recorded beside it; the most used titles "
        "of 30 people or more, at least five of them in each of two job roles."
    ),
    caveats=(TITLES_READ, SERVICE_DEFINITION, PARTS_ROUNDED),
)
def title_sharing(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """Which job titles do people of different job roles share?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_service,
        posts.job_role.notnull(),
    )
    return shares_of_titles(mine, titles, "job_role", smallest=SMALLEST_SHOWN)
