"""Counts of a literature review: records, publications, claims, one row each."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells


def counted(table: ir.Table, *, by: Sequence[str], measure: str) -> ir.Table:
    """Give how many rows there are by the keys."""
    sums = table.group_by(list(by)).agg(rows_counted=lambda t: t.count())
    return cells(sums, keys=by, measure=measure, numerator=sums.rows_counted)


def shared(table: ir.Table, *, by: str, within: str, measure: str) -> ir.Table:
    """Give the share of rows with each value of a column, within another."""
    sums = table.group_by([within, by]).agg(rows_counted=lambda t: t.count())
    whole = sums.rows_counted.sum().over(ibis.window(group_by=within))
    return cells(
        sums,
        keys=(within, by),
        measure=measure,
        numerator=sums.rows_counted,
        denominator=whole,
    )


def listed(table: ir.Table, *, keys: Sequence[str], measure: str) -> ir.Table:
    """Give a row for each entry of a list, counted as one."""
    return cells(table, keys=keys, measure=measure, numerator=ibis.literal(1))
