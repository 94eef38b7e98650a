"""How much: totals, shares, ratios and indices as the cells every analysis gives.

Each function takes a table with `fte`, `headcount` and `fte_squares` (those it
lacks count as unknown) and gives key columns, the measure's name and the columns
of `schema.results.Counted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from skillmix.schema.results import Counted

# What sums are taken of: sums in floating point change with the order of the rows,
# which two threads never give twice alike.
EXACT = "decimal(38, 5)"
AMOUNTS = ("fte", "headcount", "fte_squares")
_COUNTED = tuple(n for n in Counted.columns() if n != "measure")


def together(*parts: ir.Table) -> ir.Table:
    """Return the cells of several measures as one table."""
    return reduce(lambda a, b: a.union(b), parts)


def cells(
    table: ir.Table, *, keys: Sequence[str], measure: str, **counted: Any
) -> ir.Table:
    """Return rows that hold these counted columns, in the shared types."""
    types = {n: "int64" if n in ("cases", "people") else "float64" for n in _COUNTED}
    given = {
        n: counted[n].cast(t) if n in counted else ibis.null(t)
        for n, t in types.items()
    }
    # Nullable all, or a derived key (never null) and a read one would not unite.
    named = {key: table[key].cast(_key_type(table[key].type())) for key in keys}
    measured = ibis.literal(measure, "string")
    return table.select(**named, measure=measured, **given)


def _key_type(found: dt.DataType) -> dt.DataType:
    """Return a key's type: a month plus an interval is a date still, not a time."""
    return dt.Date() if found.is_timestamp() else found.copy(nullable=True)


def united(*tables: ir.Table) -> ir.Table:
    """Return the rows of tables with the same columns, nullable or not, as one."""
    return reduce(lambda a, b: a.union(b), map(_loose, tables))


def _loose(table: ir.Table) -> ir.Table:
    return table.select(
        **{
            name: table[name].cast(kind.copy(nullable=True))
            for name, kind in table.schema().items()
        }
    )


def relabelled(table: ir.Table, **labels: str) -> ir.Table:
    """Return the rows with some text columns set to one label each.

    Types stay those of the table, so that the rows can be united with it again.
    """
    fixed = {
        name: ibis.literal(label).cast(table[name].type())
        for name, label in labels.items()
    }
    return table.mutate(**fixed)


def tally(
    table: ir.Table, by: Sequence[str], when: ir.BooleanValue | None = None
) -> ir.Table:
    """Sum FTE, people and squared FTE by the keys, of all rows or those told."""
    sums: dict[str, Any] = {}
    for name in AMOUNTS:
        if name in table.columns:
            sums[name] = table[name].sum(where=when)
        else:
            sums[name] = ibis.null("int64" if name == "headcount" else "float64")
    return table.group_by(list(by)).agg(**sums) if by else table.agg(**sums)


def total(
    table: ir.Table, *, by: Sequence[str], measure: str, of: str = "fte"
) -> ir.Table:
    """Give totals of FTE or people by the keys."""
    t = tally(table, by)
    squares = {"numerator_squares": t.fte_squares} if of == "fte" else {}
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t[of],
        cases=t.headcount,
        people=t.headcount,
        **squares,
    )


def share(
    table: ir.Table,
    *,
    by: Sequence[str],
    within: Sequence[str],
    measure: str,
    of: str = "fte",
) -> ir.Table:
    """Give each key's share of the total within some of the keys."""
    t = tally(table, by)
    whole = ibis.window(group_by=list(within)) if within else ibis.window()
    squares: Mapping[str, Any] = {}
    if of == "fte":
        squares = {
            "numerator_squares": t.fte_squares,
            "denominator_squares": t.fte_squares.sum().over(whole),
        }
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t[of],
        denominator=t[of].sum().over(whole),
        cases=t.headcount,
        people=t.headcount.sum().over(whole),
        **squares,
    )


def share_where(
    table: ir.Table,
    when: ir.BooleanValue,
    *,
    by: Sequence[str],
    measure: str,
    of: str = "fte",
    out_of: ir.BooleanValue | None = None,
) -> ir.Table:
    """Give the share of each key's rows (or those of `out_of`) that are told."""
    if out_of is not None:
        when = when & out_of
    return _pair(table, when, out_of, by=by, measure=measure, of=of)


def ratio(
    table: ir.Table,
    top: ir.BooleanValue,
    bottom: ir.BooleanValue,
    *,
    by: Sequence[str],
    measure: str,
    of: str = "fte",
) -> ir.Table:
    """Give the ratio of two different groups' totals by the keys."""
    return _pair(table, top, bottom, by=by, measure=measure, of=of)


def per_head(table: ir.Table, *, by: Sequence[str], measure: str) -> ir.Table:
    """Give contracted FTE per person: FTE of all posts over people."""
    t = tally(table, by)
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t.fte,
        denominator=t.headcount,
        cases=t.headcount,
        people=t.headcount,
        numerator_squares=t.fte_squares,
    )


def index(
    table: ir.Table, *, series: Sequence[str], measure: str, of: str = "fte"
) -> ir.Table:
    """Give each series' monthly total against its first month, which is the base."""
    by = ["month", *series]
    t = tally(table, by)
    first = ibis.window(group_by=list(series), order_by="month", preceding=(None, 0))
    base = t.month == t.month.min().over(ibis.window(group_by=list(series)))
    squares = t.fte_squares if of == "fte" else ibis.null("float64")
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t[of],
        denominator=t[of].first().over(first),
        cases=t.headcount,
        people=t.headcount,
        # Nothing varies in what is 100 by definition.
        numerator_squares=base.ifelse(0, squares),
    )


def likelihood(
    table: ir.Table, when: ir.BooleanValue, *, by: Sequence[str], measure: str
) -> ir.Table:
    """Give the share of people to whom something happened, one row a person."""
    counted = table.mutate(happened=when).group_by(list(by))
    t = counted.agg(
        cases=lambda t: t.happened.cast("int64").sum(), people=lambda t: t.count()
    )
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t.cases,
        denominator=t.people,
        cases=t.cases,
        people=t.people,
    )


def _pair(
    table: ir.Table,
    top: ir.BooleanValue,
    bottom: ir.BooleanValue | None,
    *,
    by: Sequence[str],
    measure: str,
    of: str,
) -> ir.Table:
    sums: dict[str, Any] = {}
    for side, when in (("top", top), ("bottom", bottom)):
        for name in AMOUNTS:
            missing = ibis.null("int64" if name == "headcount" else "float64")
            has = name in table.columns
            sums[f"{side}_{name}"] = table[name].sum(where=when) if has else missing
    t = table.group_by(list(by)).agg(**sums) if by else table.agg(**sums)
    squares: Mapping[str, Any] = {}
    if of == "fte":
        squares = {
            "numerator_squares": t.top_fte_squares,
            "denominator_squares": t.bottom_fte_squares,
        }
    return cells(
        t,
        keys=by,
        measure=measure,
        numerator=t[f"top_{of}"].fill_null(0),
        denominator=t[f"bottom_{of}"],
        cases=t.top_headcount,
        people=t.bottom_headcount,
        **squares,
    )
