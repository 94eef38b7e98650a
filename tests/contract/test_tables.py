"""Every table keeps the rules a reader and a data dictionary rely on."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pytest

from skillmix.errors import DefinitionError
from skillmix.schema import published, staff
from skillmix.schema.citations import CITATION_TABLES
from skillmix.schema.documents import DOCUMENT_TABLES, JobAdvert
from skillmix.schema.supplied import SUPPLIED_TABLES
from skillmix.schema.table import Table, column

TABLES = (
    *published.PUBLISHED_TABLES,
    *SUPPLIED_TABLES,
    *DOCUMENT_TABLES,
    *CITATION_TABLES,
    JobAdvert,
    *(t for t in vars(staff).values() if isinstance(t, type) and issubclass(t, Table)),
)
TABLES = tuple(t for t in TABLES if t is not Table)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_is_described_and_measures_have_units(table):
    for name, spec in table.columns().items():
        assert spec.description.endswith((".", "ends with.")), name
        if spec.python_type.__name__ == "Decimal":
            assert spec.unit, f"{table.name}.{name} is a measure without a unit"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_keys_are_columns(table):
    assert table.key
    assert set(table.key) <= set(table.columns())


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_engine_and_file_types_name_the_same_columns(table):
    assert list(table.schema().names) == table.arrow_schema().names


def test_a_table_without_a_name_is_refused():
    with pytest.raises(DefinitionError, match="no `name`"):

        class Nameless(Table):
            """A table."""

            month: dt.date = column("Month.")


def test_a_column_that_is_only_annotated_is_refused():
    class Bare(Table):
        """A table."""

        name: ClassVar[str] = "bare"
        month: dt.date

    with pytest.raises(DefinitionError, match="lacks a column"):
        Bare.columns()
