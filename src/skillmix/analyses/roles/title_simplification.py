"""Who would be given another title if each role had one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share_where
from skillmix.measures.closed import fraction_row
from skillmix.schema.derived import Post
from skillmix.schema.lookups import TitleRole
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import SERVICE_DEFINITION, TITLES_READ
from skillmix.words.contrast import stated
from skillmix.words.counts import counted
from skillmix.words.when import in_month

ALL = "All"


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the people affected, and the employers, of each role."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in cells:
        groups[ALL].append(cell)
        groups[cell["title_role"]].append(cell)
    return [row for role in sorted(groups) for row in _rows(role, groups[role])]


def _rows(role: str, cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    people = sum(cell["people"] for cell in cells)
    affected = sum(cell["cases"] or 0 for cell in cells)
    employers = {cell["employer"] for cell in cells if cell["cases"]}
    return [
        fraction_row(
            {"title_role": role},
            "share",
            affected,
            people,
            rests_on=(people, affected, people - affected),
        ),
        Fitted(
            keys={"title_role": role},
            measure="employers",
            estimate=float(len(employers)),
            people=people,
            rests_on=(people, affected),
        ),
    ]


def narrate(published: Published) -> str:
    """Give the share of people and the number of employers affected."""
    share = stated(published, "share", "percent", 0, title_role=ALL)
    employers = published.one(measure="employers", title_role=ALL)
    touched = (
        f", and touched {counted(employers.estimate, 'employer')}" if employers else ""
    )
    return (
        f"{in_month(published)}, one title for each role would have changed the title "
        f"of {share} of people in support roles{touched}."
    )


@analysis(
    title="Who a simplification of titles would affect",
    keys=("title_role",),
    measures={
        "share": Measure(
            label="Share of people whose title would change",
            unit="percent",
            denominator="people of the workforce with a title of that role",
            method="Wilson interval",
        ),
        "employers": Measure(
            label="Employers where a title would change",
            unit="trusts",
            denominator="",
            method="counted, no interval",
            decimals=0,
        ),
    },
    model=Model(by=("title_role", "employer"), fit=fit),
    chart=Chart(kind="dots", x="title_role", measure="share"),
    narrate=narrate,
    definition=(
        "Main posts of the workforce in the service with a title of a clinical support "
        "role; a title changes where it is not the standard title of its role."
    ),
    caveats=(TITLES_READ, SERVICE_DEFINITION),
)
def title_simplification(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """How many people and employers would one title for each role affect?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month), posts.of_interest, posts.in_service
    )
    read = mine.inner_join(titles, "job_title").filter(lambda t: t.title_scope == "in")
    by = ("title_role", "employer")
    return share_where(read, read.would_change, by=by, measure="share", of="headcount")
