"""How much of a pay gap lies in holding different posts."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.pay import EVERYONE_ELSE
from skillmix.measures.pay_parts import BY, fit_parts, part_cells
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import (
    BASIC_PAY_ONLY,
    NOT_DISCRIMINATION_IN_PAY,
    UNDISCLOSED,
)
from skillmix.words.contrast import TOO_FEW, stated
from skillmix.words.when import in_month

METHOD = "Oaxaca-Blinder at the reference group's pay, Jann's errors"


def narrate(published: Published) -> str:
    """Part the gaps of women and of other ethnic groups."""
    sentences: list[str] = []
    for opening, group in (
        (f"{in_month(published)}, the mean pay gap of women", "female"),
        ("That of all ethnic groups but white", EVERYONE_ELSE),
    ):
        whole, explained, left = (
            stated(published, "of_reference_pay", "percent", 1, group=group, part=part)
            for part in ("gap", "explained", "unexplained")
        )
        if not published.one(measure="of_reference_pay", group=group, part="gap"):
            sentences.append(f"{opening} is not shown ({TOO_FEW}).")
            continue
        sentences.append(
            f"{opening} was {whole}: {explained} goes with the posts they hold, and "
            f"{left} is left."
        )
    rule = "A part above zero is to the reference group's advantage."
    return " ".join([*sentences, rule])


@analysis(
    title="What pay gaps are made of",
    keys=("characteristic", "group", "part"),
    measures={
        "of_reference_pay": Measure(
            label="Part of the gap in mean hourly pay",
            unit="percent",
            denominator="mean hourly pay of the reference group",
            method=METHOD,
        ),
        "pounds_an_hour": Measure(
            label="Part of the gap, pounds an hour",
            unit="gbp_per_hour",
            denominator="",
            method=METHOD,
            decimals=2,
        ),
    },
    chart=Chart(
        kind="bar",
        x="part",
        measure="of_reference_pay",
        colour="group",
        only={"characteristic": "gender"},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Basic pay an hour at the main post, staff of the workforce in post in the "
        "as-at month. The gap in means, reference group minus the other, is parted "
        "into what the two groups' bands, staff groups, ages, regions and types of "
        "employer explain at the reference group's pay, and the rest. Above zero, the "
        "reference group is paid more."
    ),
    caveats=(BASIC_PAY_ONLY, UNDISCLOSED, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05", "STAT-10"),
    model=Model(by=BY, fit=fit_parts),
)
def gap_parts(posts: Post, scope: Scope) -> ir.Table:
    """How much of a pay gap lies in holding different posts?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    mine = now.filter(now.of_interest)
    return part_cells(mine, ("gender", "ethnic_group", "disability"))
