"""Care hours of support workers beside those of nurses, by trust (Figure 6)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import as_at
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.care_hours import CareHours
from skillmix.schema.lookups import Employer
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import CARE_HOURS
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Name the trusts with the fewest and the most support hours."""
    rows = [r for r in published.rows if r.estimate is not None]
    if not rows:
        return "No trust's hours can be shown."
    spread = ran(
        rows,
        lambda row: (
            f"{number(row.estimate, 'ratio', 2)} in "
            f"{label('employer', row['employer'])}"
        ),
    )
    return (
        f"{in_month(published)}, what support workers gave in hours for each hour of a "
        f"nurse or midwife {spread}."
    )


@analysis(
    title="Care hours of support workers by trust",
    keys=("employer", "employer_type"),
    measures={
        "ratio": Measure(
            label="Support hours for each hour of a nurse or midwife",
            unit="ratio",
            denominator="hours worked by registered nurses and midwives on wards",
            estimator=estimators.plain_ratio,
            decimals=2,
        )
    },
    chart=Chart(kind="bar", x="employer", colour="employer_type", measure="ratio"),
    narrate=narrate,
    definition=(
        "Hours worked by support workers over hours worked by registered nurses and "
        "midwives on a trust's wards in the month, from its safe staffing return."
    ),
    figure=6,
    caveats=(CARE_HOURS,),
    capabilities=("SIZE-09", "SIZE-10"),
)
def care_hours(hours: CareHours, employers: Employer, scope: Scope) -> ir.Table:
    """How many care hours do support workers give beside nurses in each trust?"""
    placed = placed_hours(as_at(hours, scope), employers, scope)
    some = placed.filter(placed.registered_hours > 0)
    return cells(
        some,
        keys=("employer", "employer_type"),
        measure="ratio",
        numerator=some.support_hours,
        denominator=some.registered_hours,
    )


def placed_hours(hours: ir.Table, employers: ir.Table, scope: Scope) -> ir.Table:
    """Return care hours with type and region of the trust, within the scope's place."""
    codes = employers.select(
        code="employer", employer_type="employer_type", region="region"
    )
    both = hours.inner_join(codes, hours.employer == codes.code)
    if scope.region is not None:
        both = both.filter(both.region == scope.region)
    if scope.employer is not None:
        both = both.filter(both.employer == scope.employer)
    return both
