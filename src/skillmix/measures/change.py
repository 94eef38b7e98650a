"""Change of a monthly total between its last month and some years before."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells


def change(
    totals: ir.Table, *, series: Sequence[str], years: int, period: str
) -> ir.Table:
    """Give each series' last month against the same month some years before.

    Args:
        totals: `month`, the series' keys, and the amounts of `measures.cells.tally`.
        series: Keys that tell the series apart.
        years: How many years lie between.
        period: The slug the rows carry as `period`.

    Returns:
        Keys are the series, `period`, `from_month` and `to_month`; the measure is
        "change". A series with no month that far back gives no row.
    """
    last = totals.filter(totals.month == totals.month.max())
    before = totals.select(
        *series,
        from_month=totals.month,
        joined_month=(totals.month + ibis.interval(years=years)).cast("date"),
        base=totals.fte,
        base_squares=totals.fte_squares,
        base_people=totals.headcount,
    )
    same = [last[s] == before[s] for s in series]
    pairs = last.inner_join(before, [*same, last.month == before.joined_month])
    named = pairs.mutate(to_month=pairs.month, period=ibis.literal(period))
    return cells(
        named,
        keys=(*series, "period", "from_month", "to_month"),
        measure="change",
        numerator=named.fte,
        denominator=named.base,
        cases=named.headcount,
        people=named.base_people,
        numerator_squares=named.fte_squares,
        denominator_squares=named.base_squares,
    )
