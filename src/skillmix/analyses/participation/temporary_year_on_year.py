"""Whether more temporary hours are asked for than a year before."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.measures.temporary import months_back
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
from skillmix.words.when import year_to

SUPPORT = "unqualified_nursing_midwifery"
ALL_TRUSTS = {"staff_category": SUPPORT, "panel": "all_trusts"}


def narrate(published: Published) -> str:
    """Give the ratio for support staff, over all trusts and over the same ones."""
    every, same = (
        stated(published, "ratio", "ratio", 2, staff_category=SUPPORT, panel=panel)
        for panel in ("all_trusts", "same_trusts")
    )
    return (
        f"{year_to(published)}, hours asked for in support roles were {every} times "
        f"those of the year before; among trusts covered in every month, {same} times."
    )


@analysis(
    title="Temporary hours against the year before",
    keys=("staff_category", "panel"),
    measures={
        "ratio": Measure(
            label="Hours asked for over those of the year before",
            unit="ratio",
            denominator="hours asked for in the twelve months before the latest twelve",
            estimator=estimators.plain_ratio,
            decimals=2,
        )
    },
    chart=Chart(kind="dots", x="staff_category", colour="panel", measure="ratio"),
    narrate=narrate,
    definition=(
        "Hours of temporary work asked for in the latest twelve months over those of "
        "the twelve months before: all trusts covered in a month, and only those "
        "covered in each of the 24 months, which no late joiner can alter."
    ),
    reproduces={
        "support-temp-hours-yoy-ratio": Printed(value=1.0, within=0.05, row=ALL_TRUSTS)
    },
    shows={
        "dir-temp-hours-flat": Claim(
            relation="similar",
            picks=(ALL_TRUSTS, {**ALL_TRUSTS, "panel": "same_trusts"}),
            within=0.1,
        )
    },
    caveats=(TEMPORARY_CATEGORY, TEMPORARY_TRUSTS, ALL_SETTINGS, COVID),
    capabilities=("TEMP-01", "TEMP-06"),
)
def temporary_year_on_year(hours: TemporaryHours, scope: Scope) -> ir.Table:
    """Are more temporary hours asked for than a year before?"""
    here = in_place(hours, scope)
    here = here.filter(months_back(here, 24))
    covered = here.group_by("employer", "staff_category").agg(
        months=here.month.nunique()
    )
    whole = covered.filter(covered.months == 24)
    same = here.semi_join(whole, ["employer", "staff_category"])
    return together(_ratio(here, "all_trusts"), _ratio(same, "same_trusts"))


def _ratio(hours: ir.Table, panel: str) -> ir.Table:
    now = _asked(hours.filter(months_back(hours, 12)), "now")
    before = _asked(hours.filter(months_back(hours, 12, until=12)), "before")
    named = now.inner_join(before, "staff_category").mutate(panel=ibis.literal(panel))
    return cells(
        named,
        keys=("staff_category", "panel"),
        measure="ratio",
        numerator=named.now,
        denominator=named.before,
    )


def _asked(hours: ir.Table, name: str) -> ir.Table:
    sums = {name: hours.hours_requested.sum()}
    return hours.group_by("staff_category").agg(**sums)
