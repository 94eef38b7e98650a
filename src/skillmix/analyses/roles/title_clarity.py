"""How many support staff have a title that tells what they do."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share_where
from skillmix.schema.derived import Post
from skillmix.schema.lookups import TitleRole
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import SERVICE_DEFINITION, TITLES_READ
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the share in the service, by type of employer from low to high."""
    rows = [
        row
        for row in published.where(in_service=True)
        if row.estimate is not None and row["employer_type"] != "unknown"
    ]
    if not rows:
        return "The share cannot be shown for any type of employer."
    ordered = sorted(rows, key=lambda row: (row.estimate or 0.0, row["employer_type"]))
    ends = [
        f"{number(row.estimate, 'percent', 0)} "
        f"({label('employer_type', row['employer_type'])})"
        for row in (ordered[0], ordered[-1])
    ]
    if len(ordered) == 1:
        return (
            f"{in_month(published)}, the share of support staff whose title told "
            f"their role was {ends[0]}."
        )
    return (
        f"{in_month(published)}, the share of support staff whose title told their "
        f"role ran from {ends[0]} to {ends[1]}."
    )


@analysis(
    title="Staff whose title tells their role",
    keys=("employer_type", "in_service"),
    measures={
        "share": Measure(
            label="Share of people whose title tells the role",
            unit="percent",
            denominator="people of the workforce with a title of a support role",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="employer_type", colour="in_service", measure="share"),
    narrate=narrate,
    definition=(
        "Main posts whose title names a clinical support role. Titles such as Support "
        "Worker, Assistant or Technician with nothing added do not tell it."
    ),
    caveats=(TITLES_READ, SERVICE_DEFINITION),
)
def title_clarity(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """What share of support staff hold a title that tells their role?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    read = mine.inner_join(titles, "job_title").filter(lambda t: t.title_scope == "in")
    by = ("employer_type", "in_service")
    return share_where(read, read.tells_role, by=by, measure="share", of="headcount")
