"""How many people apply for each post filled (Figure 11)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.counterparts import recruitment_group
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, relabelled
from skillmix.schema.results import Published
from skillmix.schema.vacancies import ApplicationCount
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    ALL_SETTINGS,
    APPLICATIONS_EXPERIMENTAL,
    RECRUITMENT_GROUPS,
)
from skillmix.words.contrast import stated

ALL_AREAS = "England without London"
SUPPORT, PROFESSIONAL = (
    "additional_clinical_services",
    "additional_professional_scientific_technical",
)
ADMIN = "administrative_and_clerical"
NURSING = "nursing_and_midwifery_registered"


def narrate(published: Published) -> str:
    """Give applications per appointment of the group that holds most support staff."""
    group = recruitment_group(published.scope) or SUPPORT
    mine, nursing = (
        stated(published, "ratio", "ratio", 0, area=ALL_AREAS, recruitment_group=name)
        for name in (group, NURSING)
    )
    return (
        f"There were {mine} applications for each appointment in the group that holds "
        f"most of the workforce, and {nursing} in registered nursing and midwifery."
    )


def _row(group: str, area: str = ALL_AREAS) -> dict[str, str]:
    return {"area": area, "recruitment_group": group}


def _printed(value: float, group: str) -> Printed:
    return Printed(value=value, within=0.5, row=_row(group))


@analysis(
    title="Applications for each appointment",
    keys=("area", "recruitment_group"),
    measures={
        "ratio": Measure(
            label="Applications for each appointment",
            unit="ratio",
            denominator="applicants appointed in the same year, area and group",
            estimator=estimators.fte_ratio,
            decimals=0,
        )
    },
    chart=Chart(kind="heatmap", x="recruitment_group", y="area", measure="ratio"),
    narrate=narrate,
    definition=(
        "Applications over appointments of a year, by local education and training "
        "area and recruitment group. London's areas are left out, because their "
        "experimental figures contradict themselves; the row for England is without "
        "them too."
    ),
    figure=11,
    reproduces={
        "applications-per-appointment-acs-2017": _printed(52, SUPPORT),
        "applications-per-appointment-apst-2017": _printed(40, PROFESSIONAL),
        "applications-per-appointment-admin-2017": _printed(96, ADMIN),
        "applications-per-appointment-nursing-2017": _printed(23, NURSING),
    },
    shows={
        "dir-applications-regional-demand": Claim(
            relation="greater",
            picks=(_row(SUPPORT, "North East"), _row(SUPPORT, ALL_AREAS)),
        ),
        "dir-applications-between-admin-and-nursing": Claim(
            relation="greater", picks=(_row(ADMIN), _row(SUPPORT), _row(NURSING))
        ),
    },
    caveats=(APPLICATIONS_EXPERIMENTAL, RECRUITMENT_GROUPS, ALL_SETTINGS),
    capabilities=("IN-10", "VAC-04", "VAC-05", "VAC-06"),
)
def applications(counts: ApplicationCount) -> ir.Table:
    """How many people apply for each post that is filled?"""
    latest = counts.filter(counts.period_end == counts.period_end.max())
    kept = latest.filter(~latest.area.lower().contains("london"))
    both = kept.union(relabelled(kept, area=ALL_AREAS))
    sums = both.group_by("area", "recruitment_group").agg(
        applied=both.applications.sum(), appointed=both.appointments.sum()
    )
    some = sums.filter(sums.appointed > 0)
    return cells(
        some,
        keys=("area", "recruitment_group"),
        measure="ratio",
        numerator=some.applied,
        denominator=some.appointed,
    )
