"""What every question about quoted figures shares: rows, measures and words.

A quoted figure was published by somebody else and is only repeated, so its rows carry
publisher, place and period, and no interval.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir

from skillmix.catalogue import Measure
from skillmix.cohorts.counterparts import of_service_or_all
from skillmix.measures.cells import cells, together
from skillmix.schema.results import Published, Row
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.numbers import number

KEYS = ("figure", "subject", "place", "publisher", "period_start", "period_end")
_LABELS = {
    "percent": ("Per cent, as published", "as the publisher says"),
    "gbp": ("Pounds, as published", ""),
    "people": ("People, as published", ""),
    "years": ("Years, as published", ""),
    "count": ("Number, as published", ""),
}
MEASURES: Mapping[str, Measure] = {
    unit: Measure(
        label=label,
        unit=unit,
        denominator=denominator,
        estimator=estimators.as_printed,
        decimals=1 if unit == "percent" else 0,
    )
    for unit, (label, denominator) in _LABELS.items()
}


def quoted_cells(figures: ir.Table, topics: tuple[str, ...], scope: Scope) -> ir.Table:
    """Return the quoted figures of some topics, those of other services left out."""
    mine = figures.filter(
        figures.topic.isin(topics), of_service_or_all(figures.service, scope)
    )
    return together(*(_of_unit(mine, unit) for unit in MEASURES))


def told(row: Row) -> str:
    """Return one quoted figure as a phrase: what it is of, and its value."""
    measure = MEASURES[row.measure]
    value = number(row.estimate, measure.unit, measure.decimals)
    # As its publisher printed it: no decimal more than it has.
    return f"{row['subject']}: {value.replace('.0%', '%')} ({row['publisher']})"


def narrate(published: Published) -> str:
    """List what is quoted, each with its publisher."""
    return "Quoted from others: " + "; ".join(map(told, published.rows)) + "."


def _of_unit(figures: ir.Table, unit: str) -> ir.Table:
    mine = figures.filter(figures.unit == unit)
    amount = mine.amount / 100.0 if unit == "percent" else mine.amount
    return cells(mine, keys=KEYS, measure=unit, numerator=amount)
