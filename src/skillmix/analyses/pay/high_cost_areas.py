"""What support staff are paid in and near London, supplements added."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.analyses.pay.scales import in_force
from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import HighCostArea, PayRange
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.contrast import stated


def narrate(published: Published) -> str:
    """Give the start of band 2 in inner London."""
    low = stated(published, "lowest", "gbp", 0, band="2", zone="inner_london")
    rate = stated(published, "rate", "percent", 0, band="2", zone="inner_london")
    return (
        f"In inner London a supplement of up to {rate} of basic pay brings the start "
        f"of band 2 to {low} a year."
    )


@analysis(
    title="Pay in high-cost areas",
    keys=("zone", "band"),
    measures={
        "rate": Measure(
            label="Supplement as a share of basic pay",
            unit="percent",
            denominator="basic pay",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "lowest": Measure(
            label="Lowest pay point with the supplement, pounds a year",
            unit="gbp",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "highest": Measure(
            label="Highest pay point with the supplement, pounds a year",
            unit="gbp",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="band", colour="zone", measure="lowest"),
    narrate=narrate,
    definition=(
        "Pay points of bands 2 to 4 in force in the as-at month with the supplement of "
        "each zone: a share of basic pay, between a least and a most amount. Figures "
        "elsewhere leave supplements out."
    ),
    reproduces={
        "hcas-max-inner-london": Printed(
            value=0.20,
            within=0.005,
            row={"zone": "inner_london", "band": "2", "measure": "rate"},
        )
    },
    capabilities=("PAY-10",),
)
def high_cost_areas(ranges: PayRange, zones: HighCostArea, scope: Scope) -> ir.Table:
    """What are support staff paid in and near London, supplements added?"""
    held = in_force(ranges, scope)
    bands = held.filter(held.band.isin(("2", "3", "4"))).select(
        "band", bottom="minimum", top="maximum"
    )
    both = bands.cross_join(in_force(zones, scope))
    by = ("zone", "band")
    return together(
        cells(both, keys=by, measure="rate", numerator=both.rate),
        cells(both, keys=by, measure="lowest", numerator=_paid(both, both.bottom)),
        cells(both, keys=by, measure="highest", numerator=_paid(both, both.top)),
    )


def _paid(rows: ir.Table, basic: ir.NumericColumn) -> ir.NumericValue:
    supplement = ibis.greatest(
        ibis.least(basic * rows.rate, rows.maximum), rows.minimum
    )
    return basic + supplement
