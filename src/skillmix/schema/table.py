"""A class is a table: its annotations are columns, its docstring is the definition.

One declaration serves validation, synthesis, test strategies and the data
dictionary, so a column is described once. Rejected: pandera and pydantic models,
which validate rows of one dataframe library; these tables live in any engine.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, get_origin, get_type_hints

import ibis
import ibis.expr.datatypes as ibis_types
import ibis.expr.types as ir
import pyarrow as pa
from ibis.expr.schema import Schema

from skillmix.errors import DefinitionError

_IBIS: Mapping[type, ibis_types.DataType] = {
    str: ibis_types.string,
    int: ibis_types.int64,
    float: ibis_types.float64,
    bool: ibis_types.boolean,
    dt.date: ibis_types.date,
    Decimal: ibis_types.Decimal(12, 5),
}
_ARROW: Mapping[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    Decimal: pa.decimal128(12, 5),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column holds.

    Attributes:
        description: One sentence a trust analyst understands.
        unit: The unit counted, for example "FTE", "people", "pence a month".
        vocabulary: Name of the closed set of values, if there is one.
        minimum: Smallest value allowed.
        maximum: Largest value allowed.
        pattern: Regular expression a text must match in full.
        nullable: Whether the value may be absent.
        personal: Whether the value could help identify a person.
    """

    description: str
    unit: str | None = None
    vocabulary: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    nullable: bool = False
    personal: bool = False
    name: str = ""
    python_type: type = str


def column(
    description: str,
    *,
    unit: str | None = None,
    vocabulary: tuple[str, ...] | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str | None = None,
    nullable: bool = False,
    personal: bool = False,
) -> Any:
    """Declare a column of a table class, beside its type annotation."""
    return Column(
        description=description,
        unit=unit,
        vocabulary=vocabulary,
        minimum=minimum,
        maximum=maximum,
        pattern=pattern,
        nullable=nullable,
        personal=personal,
    )


class Table:
    """The parent of every table: subclass it and annotate the columns.

    `key` names the columns no two rows share; `part` those that tell which part of
    the whole a row belongs to, where two files must not both give one part.
    """

    name: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ()
    part: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        if "name" not in cls.__dict__:
            raise DefinitionError(f"Table {cls.__name__} has no `name`.")
        if not inspect.getdoc(cls):
            raise DefinitionError(f"Table {cls.__name__} has no docstring.")

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """Return the declared columns by name, inherited ones first."""
        return _columns(cls)

    @classmethod
    def schema(cls) -> Schema:
        """Return the table's types for the query engines."""
        return Schema.from_tuples(
            (name, _IBIS[c.python_type](nullable=c.nullable))
            for name, c in cls.columns().items()
        )

    @classmethod
    def arrow_schema(cls) -> pa.Schema:
        """Return the table's types as its Parquet editions store them."""
        return pa.schema(
            [
                pa.field(name, _ARROW[c.python_type], nullable=c.nullable)
                for name, c in cls.columns().items()
            ]
        )

    @classmethod
    def unbound(cls) -> ir.Table:
        """Return the table with types and no data, to check an expression."""
        return ibis.table(cls.schema(), name=cls.name)


@cache
def _columns(table: type[Table]) -> Mapping[str, Column]:
    hints = get_type_hints(table)
    found: dict[str, Column] = {}
    for name, hint in hints.items():
        if get_origin(hint) is ClassVar or name in ("name", "key", "part"):
            continue
        declared = getattr(table, name, None)
        if not isinstance(declared, Column):
            raise DefinitionError(f"{table.__name__}.{name} lacks a column().")
        if hint not in _IBIS:
            raise DefinitionError(f"{table.__name__}.{name} has no storable type.")
        found[name] = Column(
            **{
                f: getattr(declared, f)
                for f in Column.__dataclass_fields__
                if f not in ("name", "python_type")
            },
            name=name,
            python_type=hint,
        )
    return found
