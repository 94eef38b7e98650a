"""What employers spend on developing each member of staff."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.training import CpdSpend
from skillmix.statistics import estimators
from skillmix.words.caveats import CPD_RETURNS
from skillmix.words.contrast import stated
from skillmix.words.labels import label
from skillmix.words.when import year_to

SUPPORT = "support_to_doctors_nurses_midwives"
KEYS = ("care_setting", "staff_group", "job_role")


def narrate(published: Published) -> str:
    """Set support staff beside nurses, and say how many employers answered."""
    settings = sorted({row["care_setting"] for row in published.rows})
    told = "; ".join(
        stated(
            published,
            "spend_per_head",
            "gbp",
            0,
            care_setting=setting,
            staff_group=SUPPORT,
        )
        + " for support staff and "
        + stated(
            published,
            "spend_per_head",
            "gbp",
            0,
            care_setting=setting,
            staff_group="nurses",
        )
        + f" for nurses ({label('care_setting', setting).lower()})"
        for setting in settings
    )
    return (
        f"{year_to(published)}, spend on professional development for each person was "
        f"{told}."
    )


@analysis(
    title="Spend on professional development",
    keys=KEYS,
    measures={
        "spend_per_head": Measure(
            label="Pounds for each person a year",
            unit="gbp",
            denominator="staff of the employers that gave a figure",
            estimator=estimators.plain_ratio,
            decimals=0,
        ),
        "spend": Measure(
            label="Pounds a year",
            unit="gbp",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "answered": Measure(
            label="Employers that gave a figure",
            unit="percent",
            denominator="employers that were asked",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(
        kind="bar", x="staff_group", colour="care_setting", measure="spend_per_head"
    ),
    narrate=narrate,
    definition=(
        "Spend of the latest year by setting, staff group and role, over the staff it "
        "was for. An employer that did not answer is missing from both, and counted "
        "under employers that gave a figure."
    ),
    caveats=(CPD_RETURNS,),
    capabilities=("TRN-03", "TRN-04", "TRN-05", "TRN-07", "REC-02"),
)
def cpd_spend(returns: CpdSpend, scope: Scope) -> ir.Table:
    """What do employers spend on developing each member of staff?"""
    here = in_place(returns, scope)
    latest = here.filter(here.period_end == here.period_end.max())
    given = latest.filter(latest.returned)
    sums = given.group_by(*KEYS).agg(spend=given.spend.sum(), people=given.people.sum())
    some = sums.filter(sums.people > 0)
    asked = latest.group_by(*KEYS).agg(
        answered=latest.returned.cast("int64").sum(),
        asked=latest.employer.nunique(),
    )
    return together(
        cells(
            some,
            keys=KEYS,
            measure="spend_per_head",
            numerator=some.spend,
            denominator=some.people,
        ),
        cells(some, keys=KEYS, measure="spend", numerator=some.spend),
        cells(
            asked,
            keys=KEYS,
            measure="answered",
            numerator=asked.answered,
            denominator=asked.asked,
        ),
    )
