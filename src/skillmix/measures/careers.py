"""What became of people: cells for careers followed from snapshot to snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells, likelihood, together
from skillmix.measures.progression import STARTING_BANDS, moved_up
from skillmix.schema.scope import Scope

YEAR = 12


def month_of(step: Any, scope: Scope) -> ir.Value:
    """Return the calendar month of each step; step 12 is the as-at month."""
    last = scope.month or dt.date(2020, 6, 1)
    first = (last.year - 1) * YEAR + last.month - 1
    months = [
        dt.date((first + n) // YEAR, (first + n) % YEAR + 1, 1) for n in range(YEAR + 1)
    ]
    return ibis.cases(
        *((step == n, ibis.literal(month, "date")) for n, month in enumerate(months)),
        else_=ibis.null("date"),
    )


def starters_at_bands(pairs: ir.Table) -> ir.Table:
    """Keep people of the workforce at bands 2 to 4 a year ago, leavers among them."""
    return pairs.filter(pairs.of_interest & pairs.band.isin(STARTING_BANDS))


def year_outcomes(pairs: ir.Table, *, by: Sequence[str]) -> ir.Table:
    """Give who moved up, of those still in post and of all, and who left.

    Leavers are counted beside stayers, because a group that loses more people can
    look as if it promoted more of those it kept.
    """
    up = moved_up(pairs)
    stayers = pairs.filter(pairs.stayed)
    return together(
        likelihood(stayers, moved_up(stayers), by=by, measure="moved_up_of_stayers"),
        likelihood(pairs, up & pairs.stayed, by=by, measure="moved_up_of_all"),
        likelihood(pairs, ~pairs.stayed, by=by, measure="left_of_all"),
    )


def counted_share(
    table: ir.Table, *, keys: Sequence[str], measure: str, cases: Any, people: Any
) -> ir.Table:
    """Give a share of people from two counts a row."""
    return cells(
        table,
        keys=keys,
        measure=measure,
        numerator=cases,
        denominator=people,
        cases=cases,
        people=people,
    )


def counted_people(table: ir.Table, *, keys: Sequence[str], measure: str) -> ir.Table:
    """Give the `people` of each row as a model's cell: a number of people, no share."""
    return cells(
        table,
        keys=keys,
        measure=measure,
        numerator=table.people,
        cases=table.people,
        people=table.people,
    )
