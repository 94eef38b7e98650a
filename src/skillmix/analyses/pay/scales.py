"""Which pay goes with each Agenda for Change band."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import PayRange
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import NO_SUPPLEMENTS
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def narrate(published: Published) -> str:
    """Give the range of bands 2 to 4."""
    low = stated(published, "lowest", "gbp", 0, band="2")
    high = stated(published, "highest", "gbp", 0, band="4")
    since = max(row["from_month"] for row in published.rows)
    return f"From {month(since)} bands 2 to 4 are paid {low} to {high} a year."


def _measure(label: str) -> Measure:
    return Measure(
        label=label,
        unit="gbp",
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


@analysis(
    title="Pay of each band",
    keys=("band", "from_month"),
    measures={
        "lowest": _measure("Lowest pay point, pounds a year"),
        "highest": _measure("Highest pay point, pounds a year"),
    },
    chart=Chart(kind="bar", x="band", measure="highest", order="list"),
    narrate=narrate,
    definition=(
        "Lowest and highest pay point of each Agenda for Change band in force in the "
        "as-at month, for a full-time year in England."
    ),
    reproduces={
        "afc-band2-start-2020-21": Printed(
            value=18_005, within=0.5, row={"band": "2", "measure": "lowest"}
        ),
        "afc-band4-top-2020-21": Printed(
            value=24_157, within=0.5, row={"band": "4", "measure": "highest"}
        ),
    },
    caveats=(NO_SUPPLEMENTS,),
    capabilities=("PAY-02", "QA-10"),
)
def scales(ranges: PayRange, scope: Scope) -> ir.Table:
    """Which pay goes with each Agenda for Change band?"""
    held = in_force(ranges, scope)
    by = ("band", "from_month")
    return together(
        cells(held, keys=by, measure="lowest", numerator=held.minimum),
        cells(held, keys=by, measure="highest", numerator=held.maximum),
    )


def in_force(table: ir.Table, scope: Scope) -> ir.Table:
    """Keep the rows of the latest year that began by the as-at month."""
    month = scope.month or dt.date(2020, 6, 1)
    begun = table.filter(table.from_month <= ibis.literal(month))
    return begun.filter(begun.from_month == begun.from_month.max())
