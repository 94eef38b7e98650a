"""Rows of any table, drawn from its own declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from skillmix.schema.table import Column, Table

MONTHS = st.dates(dt.date(2015, 1, 1), dt.date(2025, 12, 1)).map(
    lambda day: day.replace(day=1)
)


def rows_of(
    table: type[Table], **fixed: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    """Return rows that keep the table's rules; named columns come from the caller."""
    drawn: Mapping[str, st.SearchStrategy[Any]] = {
        name: fixed[name] if name in fixed else _values(column)
        for name, column in table.columns().items()
    }
    return st.fixed_dictionaries(dict(drawn))


def _values(column: Column) -> st.SearchStrategy[Any]:
    found = _of_type(column)
    return st.none() | found if column.nullable else found


def _of_type(column: Column) -> st.SearchStrategy[Any]:
    if column.vocabulary:
        return st.sampled_from(column.vocabulary)
    if column.pattern:
        return st.from_regex(column.pattern, fullmatch=True)
    least = column.minimum
    most = column.maximum
    match column.python_type.__name__:
        case "bool":
            return st.booleans()
        case "date":
            return MONTHS
        case "int":
            low = 0 if least is None else int(least)
            high = low + 10**6 if most is None else int(most)
            return st.integers(low, high)
        case "Decimal":
            return st.decimals(
                Decimal(str(least or 0)),
                Decimal(str(1000 if most is None else most)),
                places=2,
            )
        case "float":
            return st.floats(least or 0, 1000 if most is None else most)
        case _:
            return st.text(st.characters(codec="ascii", categories=("L",)), max_size=8)
