"""What support staff do: the broad categories of their job roles."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share, together, total
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ROLE_CATEGORIES, SERVICE_DEFINITION
from skillmix.words.contrast import contrasted
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the share of health care assistants and similar."""
    both = contrasted(published, "share", 1, role_category="hca_and_similar")
    return (
        f"{in_month(published)}, of {published.scope.workforce_label}, {both} were "
        "health care assistants or in similar roles."
    )


@analysis(
    title="Categories of role",
    keys=("role_category", "in_service"),
    measures={
        "share": Measure(
            label="Share of people",
            unit="percent",
            denominator="people of the workforce in that setting, by main post",
            estimator=estimators.proportion,
        ),
        "people": Measure(
            label="People",
            unit="people",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
    },
    chart=Chart(kind="dots", x="role_category", colour="in_service", measure="share"),
    narrate=narrate,
    definition="Headcount by main post, by the category of the job role.",
    caveats=(ROLE_CATEGORIES, SERVICE_DEFINITION),
)
def categories(posts: Post, scope: Scope) -> ir.Table:
    """What do support staff do?"""
    mine = posts.filter(posts.month == ibis.literal(scope.month), posts.of_interest)
    by = ("role_category", "in_service")
    return together(
        share(mine, by=by, within=("in_service",), measure="share", of="headcount"),
        total(mine, by=by, measure="people", of="headcount"),
    )
