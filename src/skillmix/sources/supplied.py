"""Files in the package's own templates: one layout for every supplied table.

The template of a table is the table: its columns are the header, their rules the
data dictionary. So no template can drift from what the analyses read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Table
from skillmix.sources.fields import Field, formula, month, number, text, whole
from skillmix.sources.layout import Layout

MONTH_FORMATS = ("%Y-%m", "%d/%m/%Y", "%b %Y", "%B %Y")
SHEET = "Data"
_YES, _NO = "('y', 'yes', 'true', '1')", "('n', 'no', 'false', '0')"


def _month(name: str) -> Field:
    return month(name, *MONTH_FORMATS, "excel serial")


def _answer(name: str) -> Field:
    """Take yes or no, as people write it."""
    value = (
        f"CASE WHEN lower({{0}}) IN {_YES} THEN TRUE"
        f" WHEN lower({{0}}) IN {_NO} THEN FALSE END"
    )
    return formula(value, name)


def _number(name: str) -> Field:
    return number(name, commas=True)


def _whole(name: str) -> Field:
    return whole(name, commas=True)


def _real(name: str) -> Field:
    return Field(source=name, value="TRY_CAST({0} AS DOUBLE)", commas=True)


_FIELDS: dict[type, Callable[[str], Field]] = {
    str: text,
    int: _whole,
    float: _real,
    bool: _answer,
    dt.date: _month,
    Decimal: _number,
}


def layout_of(table: type[Table]) -> Layout:
    """Return the layout of a table's own template."""
    columns = table.columns()
    return Layout(
        reader=f"template_{table.name}",
        name=f"the {table.name} template",
        table=table,
        publisher="the organisation that filled in the template",
        licence="as its owner says",
        header=tuple(columns),
        fields={name: _FIELDS[c.python_type](name) for name, c in columns.items()},
        suppressed="an empty cell, where the data dictionary allows one",
        zero="printed as 0",
    )


LAYOUTS = tuple(layout_of(table) for table in SUPPLIED_TABLES)
