"""Who is counted: services, workforces, places and months, as predicates."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.schema import values
from skillmix.schema.scope import Scope

_GROUPS = {
    "support_to_clinical_staff": values.SUPPORT_GROUPS,
    "support_to_st_and_t": ("support_to_st_and_t",),
    "nurses_and_midwives": ("nurses", "midwives"),
    "all_staff": values.STAFF_GROUPS,
}


def staff_groups(scope: Scope) -> tuple[str, ...]:
    """Return the published staff groups that make up the workforce of interest.

    Empty where published files cannot tell it apart (hands-on support, or a
    workforce limited to bands), so that no published figure stands in for it.
    """
    return () if scope.bands else _GROUPS.get(scope.workforce, ())


def in_workforce(table: ir.Table, scope: Scope) -> ir.BooleanValue:
    """Tell the published rows of the workforce of interest."""
    groups = staff_groups(scope)
    return table.staff_group.isin(groups) if groups else ibis.literal(value=False)


def of_interest(posts: ir.Table, scope: Scope) -> ir.BooleanColumn:
    """Tell the posts of the workforce of interest, from their codes."""
    if scope.workforce == "hands_on_support":
        chosen = posts.hands_on
    elif scope.workforce == "all_staff":
        chosen = posts.staff_group.notnull()
    else:
        chosen = posts.staff_group.isin(_GROUPS[scope.workforce])
    return chosen & posts.band.isin(scope.bands) if scope.bands else chosen


def in_service(posts: ir.Table, scope: Scope) -> ir.BooleanColumn:
    """Tell the posts in the service, by the definition the scope names."""
    match scope.service:
        case "in_mental_health_trusts":
            return in_mental_health_trusts(posts)
        case "in_footnote_6_settings":
            return posts.footnote_6_setting
        case "in_maternity_services":
            return posts.maternity_code | posts.maternity_area
        case _:
            return posts.mental_health_code | posts.mental_health_area


def in_mental_health_trusts(table: ir.Table) -> ir.BooleanColumn:
    """Tell rows of mental health and learning disability trusts."""
    return table.employer_type == "mental_health_learning_disability"


def in_place(table: ir.Table, scope: Scope) -> ir.Table:
    """Keep the rows of the scope's region, care board and employer.

    A table that cannot tell the place apart keeps nothing, so a national figure
    is never shown as a region's.
    """
    places = {"region": scope.region, "icb": scope.icb, "employer": scope.employer}
    for name, wanted in places.items():
        if wanted is None:
            continue
        if name in table.columns:
            table = table.filter(table[name] == wanted)
        else:
            table = table.filter(ibis.literal(value=False))
    return table


def as_at(table: ir.Table, scope: Scope) -> ir.Table:
    """Keep the scope's month, or the latest month the table has."""
    month = table.month.max() if scope.month is None else ibis.literal(scope.month)
    return table.filter(table.month == month)
