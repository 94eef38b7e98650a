"""Shares of adverts: the unit counted is the advert, never a person or a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import cells, together

# Bands that the review of adverts is about; others, and unknown ones, stand apart.
SUPPORT_BANDS = ("2", "3", "4")
COUNT = "adverts"


def in_sample(adverts: ir.Table) -> ir.Table:
    """Keep the adverts that the sample holds."""
    return adverts.filter(adverts.in_sample)


def at_bands(adverts: ir.Table) -> ir.Table:
    """Keep NHS adverts of the sample whose band is known to be 2, 3 or 4."""
    return adverts.filter(
        adverts.in_sample, adverts.sector == "nhs", adverts.band.isin(SUPPORT_BANDS)
    )


def advert_shares(
    adverts: ir.Table,
    told: Mapping[str, ir.BooleanValue],
    *,
    by: Sequence[str],
    key: str,
    measure: str = "share",
) -> ir.Table:
    """Give, for each thing adverts may say, the share that say it, and how many do.

    Args:
        adverts: Adverts, a row each.
        told: For each value of `key`, which adverts say it; they may overlap.
        by: Columns that the adverts are grouped by.
        key: Name of the column that holds what is said.
        measure: Name of the share.
    """
    parts = [_said(adverts, name, when, by, key) for name, when in told.items()]
    counted = together(*parts)
    keys = (*by, key)
    return together(
        cells(
            counted,
            keys=keys,
            measure=measure,
            numerator=counted.saying,
            denominator=counted.of,
        ),
        cells(counted, keys=keys, measure=COUNT, numerator=counted.saying),
    )


def advert_codes(
    adverts: ir.Table, *, of: str, by: Sequence[str], measure: str = "share"
) -> ir.Table:
    """Give the share of adverts with each code of a column, and how many have it."""
    counted = adverts.group_by([*by, of]).agg(saying=lambda t: t.count())
    whole = ibis.window(group_by=list(by)) if by else ibis.window()
    keys = (*by, of)
    return together(
        cells(
            counted,
            keys=keys,
            measure=measure,
            numerator=counted.saying,
            denominator=counted.saying.sum().over(whole),
        ),
        cells(counted, keys=keys, measure=COUNT, numerator=counted.saying),
    )


def advert_span(
    adverts: ir.Table, *, of: str, by: Sequence[str], ends: tuple[str, str]
) -> ir.Table:
    """Give the least and the most that adverts name of something, and how many do.

    Args:
        adverts: Adverts, a row each.
        of: Column of a number, empty where an advert names none.
        by: Columns that the adverts are grouped by.
        ends: Names of the two measures.
    """
    told = adverts.filter(adverts[of].notnull())
    counted = told.group_by(list(by)).agg(
        least=told[of].min(), most=told[of].max(), saying=told.count()
    )
    least, most = ends
    return together(
        cells(counted, keys=by, measure=least, numerator=counted.least),
        cells(counted, keys=by, measure=most, numerator=counted.most),
        cells(counted, keys=by, measure=COUNT, numerator=counted.saying),
    )


def lists(column: ir.StringColumn, code: str) -> ir.BooleanValue:
    """Tell whether a column of codes parted by semicolons holds a code."""
    return ("; " + column + ";").contains(f"; {code};")


def _said(
    adverts: ir.Table,
    name: str,
    when: ir.BooleanValue,
    by: Sequence[str],
    key: str,
) -> ir.Table:
    sums: dict[str, Any] = {
        "saying": when.cast("int64").sum().fill_null(0),
        "of": lambda t: t.count(),
    }
    counted = adverts.group_by(list(by)).agg(**sums) if by else adverts.agg(**sums)
    return counted.mutate(**{key: ibis.literal(name, "string")})
