"""The disability pay gap of every staff group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import DEFINITION, beside, measures
from skillmix.catalogue import Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.pay import fit_gaps, pay_cells
from skillmix.schema.derived import Post
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import (
    ALL_SETTINGS,
    NOT_DISCRIMINATION_IN_PAY,
    UNDISCLOSED,
)
from skillmix.words.when import in_month

BY = ("staff_group",)


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give pay and its gaps, by staff group."""
    return fit_gaps(cells, by=BY)


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
    model=Model(by=(*BY, "characteristic", "group", "pence"), fit=fit),
)
def disability_gap(posts: Post, scope: Scope) -> ir.Table:
    """How does pay differ between disabled and other staff in every staff group?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    return pay_cells(now, by=BY, names=("disability",))
