"""The ethnicity pay gap of every staff group (Figure 25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import DEFINITION, beside, measures
from skillmix.catalogue import Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.pay import EVERYONE_ELSE, fit_gaps, pay_cells
from skillmix.schema.derived import Post
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import (
    ALL_SETTINGS,
    CHINESE_APART,
    NOT_DISCRIMINATION_IN_PAY,
    UNDISCLOSED,
)
from skillmix.words.when import in_month

BY = ("staff_group",)


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give each ethnic group's pay and its gap to white staff, by staff group."""
    return fit_gaps(cells, by=BY)


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
    model=Model(by=(*BY, "characteristic", "group", "pence"), fit=fit),
)
def ethnicity_gap(posts: Post, scope: Scope) -> ir.Table:
    """How does pay differ by ethnic group in every staff group?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    return pay_cells(now, by=BY, names=("ethnic_group",))
