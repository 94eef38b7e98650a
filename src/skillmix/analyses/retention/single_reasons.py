"""Why people resign, by each single reason the record holds."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.leaving import resigned, share_of_reasons
from skillmix.schema.derived import LeaverCount
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, LEAVING_REASONS, PARTS_ROUNDED
from skillmix.words.contrast import stated
from skillmix.words.when import year_to

WORK_LIFE_BALANCE = "27"


def narrate(published: Published) -> str:
    """Give work-life balance by itself among the workforce and all staff."""
    mine, everyone = (
        stated(published, "share", "percent", 0, series=name, reason=WORK_LIFE_BALANCE)
        for name in ("workforce", "all_staff")
    )
    return (
        f"{year_to(published)}, the share of resignations for work-life balance by "
        f"itself was {mine} among {published.scope.workforce_label} and {everyone} "
        "among all staff."
    )


@analysis(
    title="Single reasons for resigning",
    keys=("series", "reason"),
    measures={
        "share": Measure(
            label="Share of voluntary resignations",
            unit="percent",
            denominator="people who resigned of their own accord in the twelve months "
            "to the as-at month",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="reason", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "Voluntary resignations of the twelve months to the as-at month, by the single "
        "reason recorded, all care settings. The report also groups work-life balance "
        "with incompatible relationships, which gives a larger share: both stand, each "
        "in its own question."
    ),
    reproduces={
        "support-resign-work-life-balance-2020-06": Printed(
            value=0.19,
            within=0.005,
            row={"series": "workforce", "reason": WORK_LIFE_BALANCE},
        )
    },
    caveats=(ALL_SETTINGS, LEAVING_REASONS, PARTS_ROUNDED),
    capabilities=("RET-03", "PART-06"),
)
def single_reasons(leavers: LeaverCount) -> ir.Table:
    """For which single reasons do people resign of their own accord?"""
    return share_of_reasons(resigned(leavers), "reason")
