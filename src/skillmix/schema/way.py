"""A way to make a table from tables: its inputs are its signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

import ibis.expr.types as ir
import pyarrow as pa

from skillmix.schema.scope import Scope
from skillmix.schema.table import Table

Tables = Mapping[type[Table], ir.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An expression over certain tables, with the tables it needs."""

    inputs: Mapping[str, type[Table]]
    expression: Callable[..., ir.Table]

    @property
    def label(self) -> str:
        """The tables it reads, in words."""
        return ", ".join(t.name for t in self.inputs.values())

    def bind(self, tables: Tables, scope: Scope) -> ir.Table:
        """Return the expression over these tables, for this scope."""
        bound: dict[str, Any] = {n: tables[t] for n, t in self.inputs.items()}
        if "scope" in inspect.signature(self.expression).parameters:
            bound["scope"] = scope
        return self.expression(**bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A small table that Python makes from what an engine query gives.

    For what no engine can work out, such as the role that a job title names.

    Attributes:
        way: The query; its result must be small and hold no person's row.
        compute: Makes the table's rows from those of the query.
    """

    way: Way
    compute: Callable[[Sequence[Mapping[str, Any]]], pa.Table]


def way(expression: Callable[..., ir.Table]) -> Way:
    """Read the inputs of an expression from its annotated parameters."""
    hints = get_type_hints(expression)
    inputs = {n: t for n, t in hints.items() if n not in ("return", "scope")}
    return Way(inputs=inputs, expression=expression)
