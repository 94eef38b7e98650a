"""An engine that reads no more of the staff record than one month's figures need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from skillmix.derive import year_before
from skillmix.engines.engine import Engine
from skillmix.schema.staff import StaffMonth
from skillmix.schema.table import Table


def two_months(engine: Engine, month: dt.date) -> Engine:
    """Return an engine to which the record is one month and the one a year before.

    A profile asks about places nobody has asked about yet, for figures of one month;
    summing every month of the record for them would take most of its time.

    Args:
        engine: What does the work.
        month: The as-at month.
    """
    return cast("Engine", _TwoMonths(engine, month))


class _TwoMonths:
    def __init__(self, engine: Engine, month: dt.date) -> None:
        self._engine = engine
        self._months = (year_before(month), month)
        # Or memory would take what it counts for a count of the whole record.
        self.name = f"{engine.name} of two months"

    def bind(self, table: type[Table], editions: Sequence[Path]) -> ir.Table:
        bound = self._engine.bind(table, editions)
        if table is not StaffMonth:
            return bound
        months = [ibis.literal(month, "date") for month in self._months]
        return bound.filter(bound.month.isin(months))

    def __getattr__(self, name: str) -> Any:
        """All else is as the engine itself does it."""
        return getattr(self._engine, name)
