"""Hours of temporary work by who filled them, in the long form."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import EXACT

COVERS = ("bank", "agency", "unfilled")


def by_cover(hours: ir.Table) -> ir.Table:
    """Return one row for each way hours were filled, with requested hours beside.

    Args:
        hours: Rows of `TemporaryHours`.

    Returns:
        `month`, `employer`, `staff_category`, `cover`, `hours`, `cost` (pounds, empty
        for hours nobody filled) and `requested`.
    """
    parts: list[ir.Table] = []
    for cover in COVERS:
        cost = ibis.null(EXACT) if cover == "unfilled" else hours[f"cost_{cover}"]
        parts.append(
            hours.select(
                "month",
                "employer",
                "staff_category",
                cover=ibis.literal(cover),
                hours=hours[f"hours_{cover}"].cast(EXACT),
                cost=cost.cast(EXACT),
                requested=hours.hours_requested.cast(EXACT),
            )
        )
    first, *rest = parts
    return first.union(*rest)


def months_back(table: ir.Table, months: int, *, until: int = 0) -> ir.BooleanValue:
    """Tell rows of the latest months of a table.

    Args:
        table: Rows with a `month`.
        months: How many months.
        until: How many of the latest months to leave out.
    """
    last = table.month.max()
    start = (last - ibis.interval(months=months + until)).cast("date")
    end = (last - ibis.interval(months=until)).cast("date")
    return (table.month > start) & (table.month <= end)
