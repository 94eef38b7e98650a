"""How many job titles support staff have, and how many stand for one role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import total
from skillmix.schema.derived import Post
from skillmix.schema.lookups import NOT_PLACED, NOT_SUPPORT, TitleRole
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import SERVICE_DEFINITION, TITLES_READ
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

ALL = "All"


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Count distinct titles of each role, in all and at the average employer."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in cells:
        groups[ALL].append(cell)
        groups[cell["title_role"]].append(cell)
    return [row for role in sorted(groups) for row in _rows(role, groups[role])]


def _rows(role: str, cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    people = sum(cell["people"] for cell in cells)
    at_employers: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        at_employers[cell["employer"]].add(cell["title_key"])
    titles = set[str]().union(*at_employers.values())
    each = sum(map(len, at_employers.values())) / len(at_employers)
    return [
        Fitted(
            keys={"title_role": role},
            measure=measure,
            estimate=float(value),
            people=people,
            rests_on=(people,),
        )
        for measure, value in (("titles", len(titles)), ("titles_per_employer", each))
    ]


def narrate(published: Published) -> str:
    """Give the number of titles, and the role with the most."""
    everything = stated(published, "titles", "titles", title_role=ALL)
    roles = [
        row
        for row in published.where(measure="titles")
        if row["title_role"] not in (ALL, NOT_SUPPORT, NOT_PLACED)
        and row.estimate is not None
    ]
    if not roles:
        return (
            f"{in_month(published)} the number of different job titles of support "
            f"staff was {everything}."
        )
    most = max(roles, key=lambda row: (row.estimate or 0.0, row["title_role"]))
    count = stated(published, "titles", "titles", title_role=most["title_role"])
    role = str(most["title_role"]).lower()
    return (
        f"{in_month(published)} the number of different job titles of support staff "
        f"was {everything}; the role with the most, {role}, had {count}."
    )


@analysis(
    title="Job titles of each role",
    keys=("title_role",),
    measures={
        "titles": Measure(
            label="Distinct job titles",
            unit="titles",
            denominator="",
            method="counted, no interval",
            decimals=0,
        ),
        "titles_per_employer": Measure(
            label="Distinct job titles at the average employer with the role",
            unit="titles",
            denominator="employers with the role",
            method="counted, no interval",
        ),
    },
    model=Model(by=("title_role", "employer", "title_key"), fit=fit),
    chart=Chart(kind="bar", x="title_role", measure="titles"),
    narrate=narrate,
    definition=(
        "Position titles of main posts of the workforce in the service, capitals and "
        "spaces apart, by the role that the title names."
    ),
    reproduces={
        # "Some 96": a count of what the record held, so a few more or less will do.
        "mh-support-unique-job-titles": Printed(
            value=96, within=5, row={"title_role": ALL, "measure": "titles"}
        )
    },
    caveats=(TITLES_READ, SERVICE_DEFINITION),
)
def title_variety(posts: Post, titles: TitleRole, scope: Scope) -> ir.Table:
    """How many job titles do support staff have, and how many for one role?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_service,
        posts.main_post,
    )
    read = mine.inner_join(titles, "job_title")
    by = ("title_role", "employer", "title_key")
    return total(read, by=by, measure="titles", of="headcount")
