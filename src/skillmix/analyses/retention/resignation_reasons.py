"""Why people resign of their own accord (Figure 17)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.leaving import resigned, share_of_reasons
from skillmix.schema.derived import LeaverCount
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, LEAVING_REASONS, PARTS_ROUNDED
from skillmix.words.contrast import stated
from skillmix.words.when import year_to


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
        f"{year_to(published)}, the share of resignations for health or dependants "
        f"was {mine} among {published.scope.workforce_label} and {everyone} among all "
        "staff."
    )


def _row(series: str, group: str) -> dict[str, str]:
    return {"series": series, "resignation_group": group}


def _printed(value: float, series: str, group: str) -> Printed:
    return Printed(value=value, within=0.005, row=_row(series, group))


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
        "support-resign-wlb-or-relationships-2020-06": _printed(
            0.21, "workforce", "work_life_balance_or_relationships"
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
    shows={
        "dir-reward-reason-all-above-support": Claim(
            relation="greater",
            picks=(
                _row("all_staff", "reward_promotion_or_opportunities"),
                _row("workforce", "reward_promotion_or_opportunities"),
            ),
        ),
        "dir-dependants-reason-support-above": Claim(
            relation="greater",
            picks=(
                _row("workforce", "health_or_dependants"),
                _row("all_staff", "health_or_dependants"),
            ),
        ),
    },
    caveats=(ALL_SETTINGS, LEAVING_REASONS, PARTS_ROUNDED),
    capabilities=("RET-02", "QA-05"),
)
def resignation_reasons(leavers: LeaverCount) -> ir.Table:
    """Why do people resign of their own accord?"""
    return share_of_reasons(resigned(leavers), "resignation_group")
