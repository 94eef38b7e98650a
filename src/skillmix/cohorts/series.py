"""Monthly series of the workforce inside and outside the service, as published."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.schema.scope import Scope


def national_fte(staff: ir.Table, service: ir.Table, scope: Scope) -> ir.Table:
    """Return month, in_service and FTE, nationally, of the workforce of interest.

    Outside the service is all less inside, in months where both files speak. The
    published service files follow the service-based mental health definition, so
    for any other they give nothing.

    Args:
        staff: Monthly FTE by staff group (`MonthlyFte`).
        service: FTE in mental health services (`MentalHealthFte`).
        scope: The run's scope.
    """
    asked = scope.service == "in_mental_health_services"
    inside = (
        in_place(service.filter(service.level == "england"), scope)
        .filter(lambda t: in_workforce(t, scope) & ibis.literal(asked))
        .group_by("month")
        .agg(inside=lambda t: t.fte.sum())
    )
    everyone = (
        in_place(staff.filter(staff.level == "england"), scope)
        .filter(lambda t: in_workforce(t, scope))
        .group_by("month")
        .agg(everyone=lambda t: t.fte.sum())
    )
    both = everyone.inner_join(inside, "month")
    return both.select(
        "month", in_service=ibis.literal(value=True), fte=both.inside
    ).union(
        both.select(
            "month",
            in_service=ibis.literal(value=False),
            fte=both.everyone - both.inside,
        )
    )
