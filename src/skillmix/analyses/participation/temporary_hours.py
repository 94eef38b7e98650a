"""How many hours of temporary work are asked for (Figure 12)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import temporary_category
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.temporary import by_cover
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
from skillmix.words.numbers import month, number


def narrate(published: Published) -> str:
    """Give the hours asked for in the latest month."""
    last = max(row["month"] for row in published.rows)
    asked = published.one(month=last, cover="requested")
    bank = published.one(month=last, cover="bank")
    return (
        f"In {month(last)} the trusts covered asked for "
        f"{number(asked.estimate if asked else None, 'hours')} hours of temporary "
        f"work, of which their own banks filled "
        f"{number(bank.estimate if bank else None, 'hours')}."
    )


@analysis(
    title="Temporary hours asked for",
    keys=("month", "cover"),
    measures={
        "hours": Measure(
            label="Hours",
            unit="hours",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="line", x="month", colour="cover", measure="hours"),
    narrate=narrate,
    definition=(
        "Hours of temporary work asked for in a month, and how many of them a bank, "
        "an agency or nobody filled, in the booking systems' category nearest to the "
        "workforce, all trusts covered."
    ),
    figure=12,
    caveats=(TEMPORARY_CATEGORY, TEMPORARY_TRUSTS, ALL_SETTINGS, COVID),
    capabilities=("IN-11",),
)
def temporary_hours(hours: TemporaryHours, scope: Scope) -> ir.Table:
    """How many hours of temporary work are asked for, and who fills them?"""
    mine = hours.filter(hours.staff_category == temporary_category(scope))
    long = by_cover(in_place(mine, scope))
    filled = long.group_by("month", "cover").agg(hours=long.hours.sum())
    # Each row of the long form repeats the hours asked for: one cover counts them.
    bank = long.filter(long.cover == "bank")
    asked = bank.group_by("month").agg(hours=bank.requested.sum())
    requested = asked.mutate(cover=ibis.literal("requested"))
    both = filled.union(requested.select("month", "cover", "hours"))
    return cells(both, keys=("month", "cover"), measure="hours", numerator=both.hours)
