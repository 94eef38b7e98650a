"""Ages and characteristics put into the groups they are shown in."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

TEN_YEARS = (
    (20, "under_20"),
    (30, "20_29"),
    (40, "30_39"),
    (50, "40_49"),
    (60, "50_59"),
)
FIVE_YEARS = (
    *((25, "under_25"), (30, "25_29"), (35, "30_34"), (40, "35_39"), (45, "40_44")),
    *((50, "45_49"), (55, "50_54"), (60, "55_59")),
)


def age_band(
    age: ir.IntegerColumn, steps: tuple[tuple[int, str], ...]
) -> ir.StringColumn:
    """Return the age group of each person; unknown ages are a group of their own.

    Args:
        age: Age in completed years.
        steps: Upper ends (not reached) with their slugs, ascending.
    """
    return ibis.cases(
        (age.isnull(), "unknown"),
        *((age < end, slug) for end, slug in steps),
        else_=f"{steps[-1][0]}_and_over",
    )
