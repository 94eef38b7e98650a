"""The disability pay gap of every staff group."""

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
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import (
    ALL_SETTINGS,
    NOT_DISCRIMINATION_IN_PAY,
    UNDISCLOSED,
)
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the mean gap in nursing support."""
    gap = published.one(
        measure="mean_gap",
        staff_group="support_to_doctors_nurses_midwives",
        group="disabled",
    )
    return (
        f"{in_month(published)}, in support to doctors, nurses and midwives, "
        "the mean basic pay of disabled "
        f"staff {beside(gap, 'that of staff who say they are not disabled')}."
    )


@analysis(
    title="Disability pay gap",
    keys=("staff_group", "characteristic", "group"),
    measures=measures("staff who say they are not disabled"),
    chart=Chart(
        kind="dots",
        x="staff_group",
        measure="mean_gap",
        only={"group": "disabled"},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Disabled staff against staff who say they are not disabled, by staff group. "
        f"{DEFINITION}"
    ),
    caveats=(ALL_SETTINGS, UNDISCLOSED, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05",),
    model=MODEL,
)
def disability_gap(posts: Post, scope: Scope) -> ir.Table:
    """How does pay differ between disabled and other staff in every staff group?"""
    return by_staff_group(posts, "disability", scope)
