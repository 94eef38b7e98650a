"""What other sources call the workforce of interest.

Booking systems, job boards and plans have categories of their own; none matches
exactly, and where none is near enough, nothing stands in for it.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.schema.scope import Scope

_SUPPORT = ("support_to_clinical_staff", "hands_on_support")
_MENTAL_HEALTH = (
    "in_mental_health_services",
    "in_mental_health_trusts",
    "in_footnote_6_settings",
)


def temporary_category(scope: Scope) -> str:
    """Return the booking systems' category, or "" where none is near enough."""
    if scope.workforce in _SUPPORT:
        return "unqualified_nursing_midwifery"
    if scope.workforce == "nurses_and_midwives":
        return "qualified_nursing_midwifery"
    return ""


def recruitment_group(scope: Scope) -> str:
    """Return the recruitment group that holds most of the workforce, or ""."""
    if scope.workforce in _SUPPORT:
        return "additional_clinical_services"
    if scope.workforce == "nurses_and_midwives":
        return "nursing_and_midwifery_registered"
    return ""


def planned_group(scope: Scope) -> str:
    """Return the plans' staff group, or ""."""
    if scope.workforce in _SUPPORT:
        return "support_staff"
    return "nurses" if scope.workforce == "nurses_and_midwives" else ""


def of_service(service: ir.StringColumn, scope: Scope) -> ir.BooleanValue:
    """Tell rows about the scope's service, whichever definition of it is asked for."""
    if scope.service in _MENTAL_HEALTH:
        return service.isin(_MENTAL_HEALTH)
    return service == ibis.literal(scope.service)


def about_mental_health(scope: Scope) -> ir.BooleanScalar:
    """Tell whether the scope asks about mental health, by any of its definitions.

    Questions that make sense for no other service give no rows without it, so that a
    report on another service does not speak of mental health.
    """
    return ibis.literal(scope.service in _MENTAL_HEALTH)


def of_service_or_all(service: ir.StringColumn, scope: Scope) -> ir.BooleanValue:
    """Tell rows about the scope's service or about no service in particular."""
    return of_service(service, scope) | (service == "all")
