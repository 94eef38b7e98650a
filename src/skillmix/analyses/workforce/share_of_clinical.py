"""How much of each staff group works in the service (Figure 4)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share_where, together
from skillmix.schema import values
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import SERVICE_DEFINITION
from skillmix.words.contrast import lacking, stated
from skillmix.words.fractions import in_words
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Say what share of support staff the service has, and their share in it."""
    support = "support_to_clinical_staff"
    inside = published.one(measure="share_of_main_group", staff_group=support)
    share = stated(published, "share_of_main_group", "percent", 1, staff_group=support)
    among = stated(published, "share_of_clinical", "percent", 1, staff_group=support)
    if inside is None:
        return (
            f"{in_month(published)}, the share of full-time equivalent clinical "
            f"support staff who worked in {published.scope.service_short} is not shown "
            f"({lacking(published, 'share_of_main_group', staff_group=support)})."
        )
    words = in_words(inside.estimate)
    return (
        f"{in_month(published)}, {words} of full-time equivalent clinical support "
        f"staff worked in {published.scope.service_short}: {share}. They were {among} "
        "of its clinical staff."
    )


@analysis(
    title="Share of each staff group in the service",
    keys=("staff_group",),
    measures={
        "share": Measure(
            label="Share of the group's FTE in the service",
            unit="percent",
            denominator="all FTE of the staff group",
            estimator=estimators.fte_share,
        ),
        "share_of_main_group": Measure(
            label="Share of the main group's FTE in the service",
            unit="percent",
            denominator="all FTE of the main staff group",
            estimator=estimators.fte_share,
        ),
        "share_of_clinical": Measure(
            label="Share of the service's clinical FTE",
            unit="percent",
            denominator="FTE of support and professionally qualified staff in the "
            "service",
            estimator=estimators.fte_share,
        ),
    },
    chart=Chart(kind="bar", x="staff_group", measure="share"),
    narrate=narrate,
    definition=(
        "FTE in the service over all FTE of the group; the share of clinical staff is "
        "support over support and professionally qualified, doctors among them."
    ),
    figure=4,
    reproduces={
        "mh-support-share-pct-12": Printed(
            value=0.12,
            within=0.005,
            row={
                "measure": "share_of_main_group",
                "staff_group": "support_to_clinical_staff",
            },
        )
    },
    caveats=(SERVICE_DEFINITION,),
    capabilities=(
        "SIZE-02",
        "IN-02",
    ),
)
def share_of_clinical(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """How much of each staff group works in the service?"""
    now = counts.filter(counts.month == ibis.literal(scope.month))
    main = now.mutate(staff_group=now.main_staff_group)
    clinical = now.filter(
        now.in_service
        & now.main_staff_group.isin(
            ("support_to_clinical_staff", "professionally_qualified")
        )
    )
    support = clinical.staff_group.isin(values.SUPPORT_GROUPS)
    among = share_where(clinical, support, by=(), measure="share_of_clinical")
    named = among.mutate(staff_group=ibis.literal("support_to_clinical_staff"))
    by = ("staff_group",)
    return together(
        share_where(now, now.in_service, by=by, measure="share"),
        share_where(main, main.in_service, by=by, measure="share_of_main_group"),
        named.select("staff_group", *among.columns),
    )
