"""What an engine must do: bind editions, keep derived tables, fetch small results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import ibis.expr.types as ir
import pyarrow as pa

from skillmix.schema.table import Table


class Engine(Protocol):
    """Runs expressions; the only place where people's rows are ever read."""

    name: str
    version: str

    def bind(self, table: type[Table], editions: Sequence[Path]) -> ir.Table:
        """Return the table that these Parquet editions hold together."""
        ...

    def load(self, table: type[Table], rows: pa.Table) -> ir.Table:
        """Return a small table from memory, for joining."""
        ...

    def keep(self, table: type[Table], expression: ir.Table) -> ir.Table:
        """Run a derivation once and return its stored result."""
        ...

    def rows(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Run an expression and return its rows; for small results only."""
        ...

    def columns(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its columns; for tables of counts only."""
        ...

    def close(self) -> None:
        """Give back memory and temporary files."""
        ...


def as_declared(
    expression: ir.Table, rows: Iterable[Sequence[Any]]
) -> list[dict[str, Any]]:
    """Name an engine's values, in the types the expression declares.

    Engines keep exact sums as decimals through arithmetic that Ibis takes for
    floating point, and make times of a date and an interval where Ibis takes the
    result for a date; both then leave without a cast.
    """
    schema = expression.schema()
    names, kinds = tuple(schema), tuple(schema.values())
    # Without a row there are no columns either.
    held = zip(zip(*rows, strict=True), kinds, strict=False)
    columns = [_converted(values, kind) for values, kind in held]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _converted(values: Sequence[Any], kind: Any) -> Sequence[Any]:
    if kind.is_floating():
        return [_as_float(value) for value in values]
    return [_as_date(value) for value in values] if kind.is_date() else values


def _as_float(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _as_date(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value
