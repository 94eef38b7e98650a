"""The ethnicity pay gap of every staff group (Figure 25)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import (
    DEFINITION,
    MODEL,
    beside,
    by_staff_group,
    measures,
)
from skillmix.catalogue import analysis
from skillmix.figures.chart import Chart
from skillmix.measures.pay import EVERYONE_ELSE
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import (
    ALL_SETTINGS,
    CHINESE_APART,
    NOT_DISCRIMINATION_IN_PAY,
    UNDISCLOSED,
)
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the gap of all other ethnic groups together in nursing support."""
    gap = published.one(
        measure="median_gap",
        staff_group="support_to_doctors_nurses_midwives",
        group=EVERYONE_ELSE,
    )
    return (
        f"{in_month(published)}, in support to doctors, nurses and midwives, "
        "the median basic pay of all other "
        f"ethnic groups together {beside(gap, 'that of white staff')}."
    )


@analysis(
    title="Ethnicity pay gap",
    keys=("staff_group", "characteristic", "group"),
    measures=measures("white staff"),
    chart=Chart(
        kind="dots",
        x="staff_group",
        measure="median_gap",
        only={"group": EVERYONE_ELSE},
        order="list",
    ),
    narrate=narrate,
    definition=f"Ethnic groups against white staff, by staff group. {DEFINITION}",
    figure=25,
    caveats=(ALL_SETTINGS, UNDISCLOSED, CHINESE_APART, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05",),
    model=MODEL,
)
def ethnicity_gap(posts: Post, scope: Scope) -> ir.Table:
    """How does pay differ by ethnic group in every staff group?"""
    return by_staff_group(posts, "ethnic_group", scope)
