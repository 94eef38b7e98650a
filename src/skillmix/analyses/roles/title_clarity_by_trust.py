"""How many support staff have a title that tells what they do, trust by trust."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import about_mental_health
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share_where
from skillmix.schema.derived import Post
from skillmix.schema.lookups import TitleRole
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import TITLES_READ, TRUST_DEFINITION
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Name the trusts with the lowest and the highest share."""
    rows = [row for row in published.rows if row.estimate is not None]
    if not rows:
        return "No trust's share can be shown."
    spread = ran(
        sorted(rows, key=lambda row: row["employer"]),
        lambda row: (
            f"{number(row.estimate, 'percent', 0)} in "
            f"{label('employer', row['employer'])}"
        ),
    )
    return (
        f"{in_month(published)}, the share of support staff whose title told their "
        f"role {spread}."
    )


@analysis(
    title="Staff whose title tells their role in each mental health trust",
    keys=("employer",),
    measures={
        "share": Measure(
            label="Share of people whose title tells the role",
            unit="percent",
            denominator="people in that trust with a title of a support role",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="funnel", x="employer", measure="share"),
    narrate=narrate,
    definition=(
        "Main posts in mental health and learning disability trusts whose title names "
        "a clinical support role. Titles such as Support Worker, Assistant or "
        "Technician with nothing added do not tell it."
    ),
    caveats=(TITLES_READ, TRUST_DEFINITION),
)
def title_clarity_by_trust(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """In which mental health trusts do titles tell what support staff do?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_mental_health_trusts,
        about_mental_health(scope),
    )
    read = mine.inner_join(titles, "job_title").filter(lambda t: t.title_scope == "in")
    return share_where(
        read, read.tells_role, by=("employer",), measure="share", of="headcount"
    )
