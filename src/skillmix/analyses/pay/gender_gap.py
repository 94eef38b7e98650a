"""The gender pay gap of every staff group."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import (
    DEFINITION,
    MODEL,
    beside,
    by_staff_group,
    measures,
)
from skillmix.catalogue import Claim, Printed, analysis
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
        group="female",
    )
    return (
        f"{in_month(published)}, in support to doctors, nurses and midwives, "
        "the mean basic pay of women "
        f"{beside(gap, 'that of men')}."
    )


@analysis(
    title="Gender pay gap",
    keys=("staff_group", "characteristic", "group"),
    measures=measures("men"),
    chart=Chart(
        kind="dots",
        x="staff_group",
        measure="mean_gap",
        only={"group": "female"},
        order="list",
    ),
    narrate=narrate,
    definition=f"Women against men, by staff group. {DEFINITION}",
    reproduces={
        "support-dnm-gender-gap": Printed(
            value=0.02,
            within=0.005,
            row={
                "staff_group": "support_to_doctors_nurses_midwives",
                "group": "female",
                "measure": "median_gap",
            },
            take="minus",
        ),
        "support-stt-gender-gap": Printed(
            value=0.04,
            within=0.005,
            row={
                "staff_group": "support_to_st_and_t",
                "group": "female",
                "measure": "median_gap",
            },
            take="minus",
        ),
        "senior-managers-gender-gap": Printed(
            value=0.14,
            within=0.005,
            row={
                "staff_group": "senior_managers",
                "group": "female",
                "measure": "median_gap",
            },
        ),
    },
    shows={
        "dir-gender-pay-gap-women": Claim(
            relation="greater",
            picks=(
                {
                    "staff_group": "senior_managers",
                    "group": "female",
                    "measure": "median_gap",
                },
                {
                    "staff_group": "support_to_doctors_nurses_midwives",
                    "group": "female",
                    "measure": "median_gap",
                },
            ),
        ),
    },
    caveats=(ALL_SETTINGS, UNDISCLOSED, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05",),
    model=MODEL,
)
def gender_gap(posts: Post, scope: Scope) -> ir.Table:
    """How does pay differ between women and men in every staff group?"""
    return by_staff_group(posts, "gender", scope)
