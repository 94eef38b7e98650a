"""The registers as rows, ready to be asked like any other table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from skillmix.schema.codelists import codelist
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.registers import (
    REGISTER_TABLES,
    Benefit,
    DeductionBand,
    DefinitionPart,
    HighCostArea,
    PayRange,
    RoleExample,
    Scheme,
    Standard,
    SurveyOccupation,
    register,
)
from skillmix.schema.table import Table

SHIPPED_TABLES: tuple[type[Table], ...] = (*REGISTER_TABLES, ExternalFigure)
SHIPPED_BY = "shipped with skillmix, sources on every row"

Rows = Sequence[Mapping[str, str]]


def register_rows(table: type[Table]) -> pa.Table:
    """Return the rows of a register in the table's types."""
    rows = _ROWS[table]()
    columns = {
        name: [_value(row[name], c.python_type) for row in rows]
        for name, c in table.columns().items()
    }
    return pa.table(columns, schema=table.arrow_schema())


def _value(text: str, kind: type) -> Any:
    if kind is str:
        return text
    if not text:
        return None
    if kind is bool:
        return text == "yes"
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    return {int: int, float: float, Decimal: Decimal}[kind](text)


def _plain(name: str) -> Callable[[], Rows]:
    return lambda: register(name)


def _deductions() -> Rows:
    return [
        {
            **row,
            "lower": row["lower_pounds"],
            "upper": row["upper_pounds"],
            "rate": str(float(row["percent"]) / 100),
        }
        for row in register("deduction_bands")
    ]


def _pay_ranges() -> Rows:
    return [
        {
            **row,
            "from_month": row["from"],
            "minimum": row["minimum_pounds"],
            "maximum": row["maximum_pounds"],
        }
        for row in codelist("pay_ranges")
    ]


def _high_cost_areas() -> Rows:
    return [
        {
            **row,
            "from_month": row["from"],
            "rate": str(float(row["percent_of_basic_pay"]) / 100),
            "minimum": row["minimum_pounds"],
            "maximum": row["maximum_pounds"],
        }
        for row in codelist("high_cost_areas")
    ]


_ROWS: Mapping[type[Table], Callable[[], Rows]] = {
    RoleExample: _plain("role_map"),
    Benefit: _plain("benefits"),
    Standard: _plain("standards"),
    Scheme: _plain("schemes"),
    DefinitionPart: _plain("definition_parts"),
    SurveyOccupation: _plain("survey_occupations"),
    ExternalFigure: _plain("external_figures"),
    DeductionBand: _deductions,
    PayRange: _pay_ranges,
    HighCostArea: _high_cost_areas,
}
