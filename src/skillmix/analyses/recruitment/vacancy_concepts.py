"""Three ideas of a vacancy, side by side and never added up."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import temporary_category
from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.temporary import TemporaryHours
from skillmix.schema.vacancies import AdvertisedVacancy, Establishment
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    ADVERTS_NOT_SHORTFALL,
    ALL_SETTINGS,
    TEMPORARY_CATEGORY,
)
from skillmix.words.contrast import stated

CONCEPTS = ("advertised", "establishment_gap", "unfilled_hours")


def narrate(published: Published) -> str:
    """Give all three, each with its own denominator."""
    advertised, gap, unfilled = (
        stated(published, "share", "percent", 1, concept=name) for name in CONCEPTS
    )
    return (
        f"Posts advertised came to {advertised} of funded posts; {gap} of funded posts "
        f"were held by nobody; {unfilled} of the temporary hours asked for were "
        "worked by nobody. None of the three stands for another."
    )


@analysis(
    title="Three ideas of a vacancy",
    keys=("concept", "month"),
    measures={
        "share": Measure(
            label="Share",
            unit="percent",
            denominator="advertised and gap: funded establishment, FTE; unfilled: "
            "hours of temporary work asked for",
            estimator=estimators.plain_ratio,
        )
    },
    chart=Chart(kind="bar", x="concept", measure="share"),
    narrate=narrate,
    definition=(
        "Advertised: FTE advertised in the month over funded establishment. Gap: "
        "establishment less staff in post, over establishment. Unfilled: hours of "
        "temporary work nobody filled over hours asked for. The workforce's staff "
        "groups, in the latest month that all three sources have."
    ),
    caveats=(ADVERTS_NOT_SHORTFALL, TEMPORARY_CATEGORY, ALL_SETTINGS),
    capabilities=("VAC-02", "VAC-07"),
)
def vacancy_concepts(
    adverts: AdvertisedVacancy,
    posts: Establishment,
    hours: TemporaryHours,
    scope: Scope,
) -> ir.Table:
    """How do advertised posts, unfilled funded posts and unfilled hours compare?"""
    advertised = in_place(adverts, scope).filter(
        lambda t: (t.advert_source == "jobs_service") & _mine(t, scope)
    )
    funded = in_place(posts, scope).filter(lambda t: in_workforce(t, scope))
    asked = in_place(hours, scope).filter(
        lambda t: t.staff_category == temporary_category(scope)
    )
    notices = advertised.group_by("month").agg(fte=lambda t: t.fte.sum())
    gaps = funded.group_by("month").agg(
        funded=lambda t: t.funded.sum(), in_post=lambda t: t.in_post.sum()
    )
    shifts = asked.group_by("month").agg(
        unfilled=lambda t: t.hours_unfilled.sum(),
        asked=lambda t: t.hours_requested.sum(),
    )
    every = notices.inner_join(gaps, "month").inner_join(shifts, "month")
    last = every.filter(every.month == every.month.max())
    return together(
        _concept(last, "advertised", last.fte, last.funded),
        _concept(last, "establishment_gap", last.funded - last.in_post, last.funded),
        _concept(last, "unfilled_hours", last.unfilled, last.asked),
    )


def _mine(adverts: ir.Table, scope: Scope) -> ir.BooleanValue:
    return in_workforce(adverts, scope) | (adverts.staff_group == scope.workforce)


def _concept(
    last: ir.Table, name: str, top: ir.NumericColumn, bottom: ir.NumericColumn
) -> ir.Table:
    named = last.mutate(concept=ibis.literal(name), top=top, bottom=bottom)
    return cells(
        named,
        keys=("concept", "month"),
        measure="share",
        numerator=named.top,
        denominator=named.bottom,
    )
