"""Why people resign of their own accord (Figure 17)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import LeaverCount
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, LEAVING_REASONS
from skillmix.words.contrast import stated


def narrate(published: Published) -> str:
    """Set health and dependants among support staff beside all staff."""
    mine, everyone = (
        stated(
            published,
            "share",
            "percent",
            1,
            series=name,
            resignation_group="health_or_dependants",
        )
        for name in ("workforce", "all_staff")
    )
    return (
        f"Health or dependants were the reason for {mine} of resignations among "
        f"{published.scope.workforce_label}, against {everyone} among all staff."
    )


def _printed(value: float, series: str, group: str) -> Printed:
    row = {"series": series, "resignation_group": group}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Reasons for resigning",
    keys=("series", "resignation_group"),
    measures={
        "share": Measure(
            label="Share of voluntary resignations",
            unit="percent",
            denominator="people who resigned of their own accord in the twelve months "
            "to the as-at month",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="resignation_group", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "Voluntary resignations of the twelve months to the as-at month, by reason, "
        "all care settings."
    ),
    figure=17,
    reproduces={
        "support-resign-work-life-balance-2020-06": _printed(
            0.19, "workforce", "work_life_balance"
        ),
        "support-resign-health-dependants-2020-06": _printed(
            0.13, "workforce", "health_or_dependants"
        ),
        "all-resign-health-dependants-2020-06": _printed(
            0.08, "all_staff", "health_or_dependants"
        ),
        "support-resign-education-2020-06": _printed(
            0.09, "workforce", "education_or_training"
        ),
        "all-resign-education-2020-06": _printed(
            0.05, "all_staff", "education_or_training"
        ),
    },
    caveats=(ALL_SETTINGS, LEAVING_REASONS),
)
def resignation_reasons(leavers: LeaverCount) -> ir.Table:
    """Why do people resign of their own accord?"""
    resigned = leavers.filter(leavers.reason_group == "voluntary_resignation")
    mine = resigned.filter(resigned.of_interest)
    named = mine.mutate(series=ibis.literal("workforce")).union(
        resigned.mutate(series=ibis.literal("all_staff"))
    )
    return share(
        named,
        by=("series", "resignation_group"),
        within=("series",),
        measure="share",
        of="headcount",
    )
