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


def one_review(table: ir.Table) -> ir.Table:
    """Keep one review, the last by name: counts of two must not run together."""
    last = table.review.max().over(ibis.window())
    return table.mutate(last_review=last).filter(lambda t: t.review == t.last_review)


def shared(table: ir.Table, *, by: str, measure: str) -> ir.Table:
    """Give the share of rows with each value of a column."""
    sums = table.group_by(by).agg(rows_counted=lambda t: t.count())
    whole = sums.rows_counted.sum().over(ibis.window())
    return cells(
        sums,
        keys=(by,),
        measure=measure,
        numerator=sums.rows_counted,
        denominator=whole,
    )


def listed(table: ir.Table, *, keys: Sequence[str], measure: str) -> ir.Table:
    """Give a row for each entry of a list, counted as one."""
    return cells(table, keys=keys, measure=measure, numerator=ibis.literal(1))
