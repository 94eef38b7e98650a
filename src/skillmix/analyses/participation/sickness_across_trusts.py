"""In which trusts support staff are off sick more than chance would have it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import as_at, in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.published import SicknessDays
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.statistics.funnel import funnel
from skillmix.words.caveats import ALL_SETTINGS, SICKNESS_CALENDAR_DAYS
from skillmix.words.labels import label
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Name the trusts beyond the outer limits."""
    rows = [r for r in published.rows if r.numerator is not None and r.denominator]
    if len(rows) < 2:
        return "There are too few trusts to compare."
    chart = funnel([(r.numerator or 0.0, r.denominator or 1.0) for r in rows])
    far = [
        (label("employer", row["employer"]), unit.outlier)
        for row, unit in zip(rows, chart.units, strict=True)
        if unit.outlier
    ]
    if not far:
        return (
            f"{in_month(published)}, none of {len(rows)} trusts lay beyond the 99.8% "
            "limits, once allowance is made for how much trusts differ in any case."
        )
    told = "; ".join(f"{name} ({side})" for name, side in far)
    return (
        f"{in_month(published)}, beyond the 99.8% limits, of {len(rows)} trusts: "
        f"{told}."
    )


@analysis(
    title="Sickness absence across trusts",
    keys=("employer",),
    measures={
        "rate": Measure(
            label="Sickness absence rate",
            unit="percent",
            denominator="full-time equivalents available in the month",
            estimator=estimators.proportion,
            decimals=2,
        )
    },
    chart=Chart(kind="funnel", x="employer", measure="rate"),
    narrate=narrate,
    definition=(
        "FTE lost to sickness over FTE of the workforce in the month, by trust. Limits "
        "allow for chance, taking each FTE as absent or present, and for how much "
        "trusts differ in any case. Being outside them calls for a look, not a verdict."
    ),
    caveats=(SICKNESS_CALENDAR_DAYS, ALL_SETTINGS),
    capabilities=("SICK-01",),
)
def sickness_across_trusts(days: SicknessDays, scope: Scope) -> ir.Table:
    """In which trusts are staff off sick more, or less, than chance would have it?"""
    now = as_at(in_place(days, scope), scope)
    mine = now.filter(
        in_workforce(now, scope),
        now.employer_type.isin(
            ("acute", "mental_health_learning_disability", "community", "ambulance")
        ),
        now.fte_days_lost.notnull() & now.fte_days_available.notnull(),
    )
    sums = mine.group_by("employer").agg(
        lost=mine.fte_days_lost.sum(), available=mine.fte_days_available.sum()
    )
    some = sums.filter(sums.available > 0)
    # Days of the month cancel in the rate; thirty turn FTE days into FTE.
    return cells(
        some,
        keys=("employer",),
        measure="rate",
        numerator=some.lost.cast("float64") / 30.0,
        denominator=some.available.cast("float64") / 30.0,
    )
