"""Why people leave the NHS."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.leaving import share_of_reasons
from skillmix.schema.derived import LeaverCount
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import ALL_SETTINGS, LEAVING_REASONS
from skillmix.words.contrast import stated
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set resignation among support staff beside that of all staff."""
    mine, everyone = (
        stated(
            published,
            "share",
            "percent",
            1,
            series=name,
            reason_group="voluntary_resignation",
        )
        for name in ("workforce", "all_staff")
    )
    return (
        f"{year_to(published)}, {mine} of leavers among "
        f"{published.scope.workforce_label} resigned of their own accord, against "
        f"{everyone} of all leavers."
    )


def _printed(value: float, series: str, group: str) -> Printed:
    row = {"series": series, "reason_group": group}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Reasons for leaving",
    keys=("series", "reason_group"),
    measures={
        "share": Measure(
            label="Share of leavers",
            unit="percent",
            denominator="people who left in the twelve months to the as-at month",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="reason_group", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "People who left the record in the twelve months to the as-at month, by the "
        "reason given, all care settings; reasons that are not known stay in the "
        "denominator."
    ),
    reproduces={
        "support-leavers-retired-2020-06": _printed(0.16, "workforce", "retirement"),
        "support-leavers-fixed-term-2020-06": _printed(
            0.05, "workforce", "end_of_fixed_term"
        ),
        "support-leavers-dismissed-2020-06": _printed(0.05, "workforce", "dismissal"),
        "support-leavers-voluntary-2020-06": _printed(
            0.66, "workforce", "voluntary_resignation"
        ),
        "all-leavers-retired-2020-06": _printed(0.13, "all_staff", "retirement"),
        "all-leavers-fixed-term-2020-06": _printed(
            0.20, "all_staff", "end_of_fixed_term"
        ),
        "all-leavers-dismissed-2020-06": _printed(0.02, "all_staff", "dismissal"),
        "all-leavers-voluntary-2020-06": _printed(
            0.56, "all_staff", "voluntary_resignation"
        ),
    },
    shows={
        "dir-voluntary-most-common": Claim(
            relation="largest",
            picks=({"series": "workforce", "reason_group": "voluntary_resignation"},),
            among={"series": "workforce"},
        ),
    },
    caveats=(ALL_SETTINGS, LEAVING_REASONS),
    capabilities=(
        "RET-01",
        "RET-07",
    ),
)
def leaving_reasons(leavers: LeaverCount) -> ir.Table:
    """Why do people leave?"""
    return share_of_reasons(leavers, "reason_group")
