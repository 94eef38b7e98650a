"""Support staff beside registered staff in each kind of care (Figure 5)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import ratio, together
from skillmix.schema import values
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import NURSING_ASSOCIATES, SERVICE_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

NURSING = ("nurses", "midwives")
SUPPORT_TO_NURSING = "support_to_doctors_nurses_midwives"


def narrate(published: Published) -> str:
    """Set the service beside acute care."""
    service = stated(published, "per_registered", "ratio", 2, care_area="service")
    acute = stated(
        published, "per_registered", "ratio", 2, care_area="adult_and_general"
    )
    return (
        f"{in_month(published)}, the full-time equivalents of support staff for each "
        f"one of registered staff, doctors left out, were {service} in "
        f"{published.scope.service_short} and {acute} in acute, elderly and general "
        "care."
    )


def _ratio(label: str) -> Measure:
    return Measure(
        label=label,
        unit="ratio",
        denominator="FTE of registered staff in that care area, doctors left out",
        estimator=estimators.fte_ratio,
        decimals=2,
    )


@analysis(
    title="Support and registered staff by kind of care",
    keys=("care_area",),
    measures={
        "per_registered": _ratio("Support staff for each registered professional"),
        "per_registered_moved": _ratio("The same, registered support staff moved over"),
    },
    chart=Chart(kind="dots", x="care_area", measure="per_registered"),
    narrate=narrate,
    definition=(
        "Service: all support staff over nurses, midwives and scientific, therapeutic "
        "and technical staff of the service. Other care areas, outside the service: "
        "nursing support staff over nurses and midwives whose occupation code names "
        "that care setting. Doctors are left out throughout."
    ),
    figure=5,
    reproduces={
        "mh-support-per-registered-excl-doctors": Printed(
            value=0.5,
            within=0.05,
            row={"care_area": "service", "measure": "per_registered"},
        ),
        "acute-support-per-registered-excl-doctors": Printed(
            value=0.5,
            within=0.05,
            row={"care_area": "adult_and_general", "measure": "per_registered"},
        ),
    },
    shows={
        "dir-paeds-maternity-lower-support-use": Claim(
            relation="greater",
            picks=(
                {"measure": "per_registered", "care_area": "service"},
                {"measure": "per_registered", "care_area": "children_and_young_people"},
            ),
        ),
        "dir-acute-similar-support-use": Claim(
            relation="similar",
            picks=(
                {"measure": "per_registered", "care_area": "adult_and_general"},
                {"measure": "per_registered", "care_area": "service"},
            ),
            within=0.1,
        ),
    },
    caveats=(SERVICE_DEFINITION, NURSING_ASSOCIATES),
    capabilities=(
        "SIZE-08",
        "SIZE-10",
    ),
)
def by_care_setting(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """How many support staff stand beside registered staff in each kind of care?"""
    now = counts.filter(counts.month == ibis.literal(scope.month))
    nursing = now.staff_group.isin((*NURSING, SUPPORT_TO_NURSING))
    named = now.filter(now.in_service | nursing).mutate(
        care_area=now.in_service.ifelse("service", now.care_setting)
    )
    support = named.staff_group.isin(values.SUPPORT_GROUPS)
    registered = named.staff_group.isin((*NURSING, "ambulance_staff", "st_and_t"))
    by = ("care_area",)
    both = together(
        ratio(named, support, registered, by=by, measure="per_registered"),
        ratio(
            named,
            support & ~named.registered,
            registered | (support & named.registered),
            by=by,
            measure="per_registered_moved",
        ),
    )
    # Settings with registered staff only, such as education, say nothing here.
    return both.filter((both.numerator > 0) & (both.denominator > 0))
