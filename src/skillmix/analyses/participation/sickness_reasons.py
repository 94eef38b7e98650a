"""Why people are off sick."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Absence
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, SICKNESS_CALENDAR_DAYS
from skillmix.words.labels import label
from skillmix.words.numbers import number
from skillmix.words.when import in_month

SERIES = ("workforce", "all_staff")


def narrate(published: Published) -> str:
    """Name the three leading reasons of the workforce."""
    rows = [r for r in published.where(series="workforce") if r.estimate is not None]
    if not rows:
        return "No reason can be shown."
    ordered = sorted(rows, key=lambda r: -(r.estimate or 0.0))[:3]
    told = "; ".join(
        f"{label('sickness_reason', r['sickness_reason'])} "
        f"({number(r.estimate, 'percent', 0)})"
        for r in ordered
    )
    return (
        f"{in_month(published)} the leading reasons, by working time lost, were {told}."
    )


def _row(reason: str) -> dict[str, str]:
    return {"series": "workforce", "sickness_reason": reason}


@analysis(
    title="Reasons for sickness absence",
    keys=("series", "sickness_reason"),
    measures={
        "share": Measure(
            label="Share of FTE days lost",
            unit="percent",
            denominator="FTE days lost to sickness in the as-at month",
            estimator=estimators.fte_share,
        )
    },
    chart=Chart(kind="dots", x="sickness_reason", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "FTE days lost in the as-at month, by the reason recorded. The interval takes "
        "each person off sick as one event; long spells weigh more than it allows for."
    ),
    shows={
        "dir-sickness-top-reasons": Claim(
            relation="largest",
            picks=(_row("S10"),),
            among={"series": "workforce"},
        )
    },
    caveats=(SICKNESS_CALENDAR_DAYS, COVID),
    capabilities=("SICK-02",),
)
def sickness_reasons(absences: Absence, posts: Post, scope: Scope) -> ir.Table:
    """For which reasons are staff off sick?"""
    month = ibis.literal(scope.month)
    now = posts.filter(posts.month == month).select(
        post="post_id", mine="of_interest", person="person_id"
    )
    lost = absences.filter(absences.month == month)
    both = lost.inner_join(now, lost.post_id == now.post)
    named = both.mutate(series=ibis.literal("all_staff")).union(
        both.filter(both.mine).mutate(series=ibis.literal("workforce"))
    )
    sums = named.group_by("series", sickness_reason=named.reason).agg(
        lost=named.fte_days_lost.sum(), people=named.person.nunique()
    )
    whole = named.group_by("series").agg(
        all_lost=named.fte_days_lost.sum(), everyone=named.person.nunique()
    )
    shared = sums.inner_join(whole, "series")
    return cells(
        shared,
        keys=("series", "sickness_reason"),
        measure="share",
        numerator=shared.lost,
        denominator=shared.all_lost,
        # The interval is of people, whose number stands in for that of spells.
        cases=shared.people,
        people=shared.everyone,
    )
