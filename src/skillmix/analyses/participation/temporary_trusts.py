"""Which trusts the temporary staffing figures cover, and since when."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.temporary import TemporaryHours
from skillmix.statistics import estimators
from skillmix.words.caveats import TEMPORARY_TRUSTS
from skillmix.words.counts import counted
from skillmix.words.numbers import month, number


def narrate(published: Published) -> str:
    """Say how many trusts are covered now and at first."""
    rows = sorted(published.rows, key=lambda r: r["joined_month"])
    first = rows[0]
    total = sum(r.estimate or 0 for r in rows)
    since = f"since {month(first['joined_month'])}"
    if first.estimate != total:
        since = f"{number(first.estimate, 'trusts')} of them {since}"
    return f"The figures cover {counted(total, 'trust')}, {since}."


@analysis(
    title="Trusts in the temporary staffing figures",
    keys=("joined_month",),
    measures={
        "trusts": Measure(
            label="Trusts first covered in that month",
            unit="trusts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="joined_month", measure="trusts"),
    narrate=narrate,
    definition="Trusts by the first month for which hours of theirs are in the file.",
    reproduces={
        "fig12-trusts-covered": Printed(value=50, within=5, row={}, take="total")
    },
    caveats=(TEMPORARY_TRUSTS,),
    capabilities=("TEMP-05",),
)
def temporary_trusts(hours: TemporaryHours, scope: Scope) -> ir.Table:
    """Which trusts do the temporary staffing figures cover, and since when?"""
    here = in_place(hours, scope)
    joined = here.group_by("employer").agg(joined_month=here.month.min())
    counted = joined.group_by("joined_month").agg(trusts=joined.count())
    return cells(
        counted, keys=("joined_month",), measure="trusts", numerator=counted.trusts
    )
