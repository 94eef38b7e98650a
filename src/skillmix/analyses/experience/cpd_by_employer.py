"""How spend on development differs between employers for one staff group."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_place, staff_groups
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.training import CpdSpend
from skillmix.statistics import estimators
from skillmix.words.caveats import CPD_RETURNS
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Give the range between employers, and how many gave no figure."""
    shown = [r for r in published.rows if r.estimate is not None]
    missing = len(published.rows) - len(shown)
    if not shown:
        return "No employer gave a figure."
    spread = ran(
        shown,
        lambda row: (
            f"{number(row.estimate, 'gbp')} in {label('employer', row['employer'])}"
        ),
    )
    silent = f"; {missing} gave no figure" if missing else ""
    return (
        f"{year_to(published)}, what employers spent for each person of the workforce "
        f"{spread}{silent}."
    )


@analysis(
    title="Spend on development by employer",
    keys=("employer", "care_setting"),
    measures={
        "spend_per_head": Measure(
            label="Pounds for each person a year",
            unit="gbp",
            denominator="staff of the workforce the spend was for",
            estimator=estimators.plain_ratio,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="employer", measure="spend_per_head"),
    narrate=narrate,
    definition=(
        "Spend of the latest year on the workforce's staff groups over the staff it "
        "was for, by employer and setting; employers that gave no figure have no value."
    ),
    caveats=(CPD_RETURNS,),
    capabilities=("TRN-06", "TRN-07", "REC-03"),
)
def cpd_by_employer(returns: CpdSpend, scope: Scope) -> ir.Table:
    """How does spend on development differ between employers?"""
    here = in_place(returns, scope)
    groups = staff_groups(scope)
    wanted = here.staff_group.isin(groups) if groups else ibis.literal(value=False)
    latest = here.filter(wanted, here.period_end == here.period_end.max())
    keys = ("employer", "care_setting")
    sums = latest.group_by(*keys).agg(
        spend=latest.spend.sum(), people=latest.people.sum()
    )
    return cells(
        sums,
        keys=keys,
        measure="spend_per_head",
        numerator=sums.spend,
        denominator=sums.people,
    )
