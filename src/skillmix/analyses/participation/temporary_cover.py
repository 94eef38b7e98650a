"""Who fills the hours of temporary work that are asked for."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import EXACT, cells, together
from skillmix.measures.temporary import by_cover, months_back
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.temporary import TemporaryHours
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    ALL_SETTINGS,
    COVID,
    TEMPORARY_CATEGORY,
    TEMPORARY_TRUSTS,
)
from skillmix.words.contrast import stated
from skillmix.words.when import the_month

SUPPORT, NURSING = "unqualified_nursing_midwifery", "qualified_nursing_midwifery"


def narrate(published: Published) -> str:
    """Set unfilled hours of support staff beside those of nurses and midwives."""
    mine, nursing = (
        stated(
            published,
            "share",
            "percent",
            0,
            staff_category=category,
            period="latest_24_months",
            cover="unfilled",
        )
        for category in (SUPPORT, NURSING)
    )
    return (
        f"Over the two years to {the_month(published)}, {mine} of the hours asked for "
        f"in support roles stayed unfilled, and {nursing} of those for nurses and "
        "midwives."
    )


def _row(
    category: str, period: str, cover: str, measure: str = "share"
) -> dict[str, str]:
    return {
        "staff_category": category,
        "period": period,
        "cover": cover,
        "measure": measure,
    }


def _printed(value: float, *row: str) -> Printed:
    return Printed(value=value, within=0.005, row=_row(*row))


@analysis(
    title="Who fills temporary hours",
    keys=("staff_category", "period", "cover"),
    measures={
        "share": Measure(
            label="Share of the hours asked for",
            unit="percent",
            denominator="hours of temporary work asked for in the period",
            estimator=estimators.plain_ratio,
        )
    },
    chart=Chart(
        kind="stacked",
        x="staff_category",
        colour="cover",
        measure="share",
        facet="period",
        # "Filled" is bank and agency together: in a stack it would count twice.
        only={"cover": ("bank", "agency", "unfilled")},
    ),
    narrate=narrate,
    definition=(
        "Hours filled by the bank, by agencies, by either (filled) or by nobody, over "
        "hours asked for: in the latest month and over the latest 24 months, all "
        "trusts covered. The share filled is the demand met day by day by temporary "
        "staff; it is a share of hours, not of vacancies."
    ),
    reproduces={
        "support-temp-unfilled-2y": _printed(
            0.18, SUPPORT, "latest_24_months", "unfilled"
        ),
        "support-vacancies-filled-by-temp": _printed(
            0.82, SUPPORT, "latest_24_months", "filled"
        ),
        "nursing-temp-unfilled-2y": _printed(
            0.24, NURSING, "latest_24_months", "unfilled"
        ),
        "doctor-temp-unfilled-2y": _printed(
            0.18, "doctors", "latest_24_months", "unfilled"
        ),
        "ahp-temp-unfilled-2y": _printed(
            0.07, "allied_health_professionals", "latest_24_months", "unfilled"
        ),
        "support-temp-bank-filled-2020-08": _printed(
            0.83, SUPPORT, "latest_month", "bank"
        ),
        "support-temp-unfilled-2020-08": _printed(
            0.15, SUPPORT, "latest_month", "unfilled"
        ),
        "support-temp-agency-filled-2020-08": _printed(
            0.02, SUPPORT, "latest_month", "agency"
        ),
    },
    shows={
        "dir-temp-mostly-bank": Claim(
            relation="majority", picks=(_row(SUPPORT, "latest_month", "bank"),)
        )
    },
    caveats=(TEMPORARY_CATEGORY, TEMPORARY_TRUSTS, ALL_SETTINGS, COVID),
    capabilities=("TEMP-02", "TEMP-03", "VAC-07"),
)
def temporary_cover(hours: TemporaryHours, scope: Scope) -> ir.Table:
    """Who fills the temporary hours asked for, in each category of staff?"""
    long = by_cover(in_place(hours, scope))
    periods = {"latest_month": 1, "latest_24_months": 24}
    return together(
        *(
            _shares(long.filter(months_back(long, n)), name)
            for name, n in periods.items()
        )
    )


def _shares(long: ir.Table, period: str) -> ir.Table:
    filled = long.filter(long.cover != "unfilled").mutate(
        cover=ibis.literal("filled"), requested=ibis.literal(0).cast(EXACT)
    )
    both = long.union(filled)
    asked = (
        long.filter(long.cover == "bank")
        .group_by("staff_category")
        .agg(asked=lambda t: t.requested.sum())
    )
    sums = both.group_by("staff_category", "cover").agg(hours=both.hours.sum())
    shared = sums.inner_join(asked, "staff_category").mutate(
        period=ibis.literal(period)
    )
    return cells(
        shared,
        keys=("staff_category", "period", "cover"),
        measure="share",
        numerator=shared.hours,
        denominator=shared.asked,
    )
