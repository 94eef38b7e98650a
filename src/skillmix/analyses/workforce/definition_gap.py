"""Who is in one mental health definition and not in the other."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import about_mental_health
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share, together, total
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.contrast import stated
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Say how much of the two definitions together each one misses."""
    both = stated(published, "share", "percent", 1, basis="both_definitions")
    trusts = stated(published, "share", "percent", 1, basis="trusts_only")
    return (
        f"{in_month(published)}, of full-time equivalent "
        f"{published.scope.workforce_label} in mental health by either definition, "
        f"{both} were in both; {trusts} were in mental health trusts but not in a "
        "mental health service."
    )


@analysis(
    title="The two mental health definitions",
    keys=("basis",),
    measures={
        "share": Measure(
            label="Share of FTE in either definition",
            unit="percent",
            denominator="FTE of the workforce in either definition",
            estimator=estimators.fte_share,
        ),
        "fte": Measure(
            label="Full-time equivalents",
            unit="fte",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="basis", measure="share"),
    narrate=narrate,
    definition=(
        "In mental health services: by occupation code or by area of work. In mental "
        "health trusts: employed by a mental health and learning disability trust. "
        "The two are never mixed; this counts where they part."
    ),
    capabilities=("CMP-09",),
)
def definition_gap(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """Who is in one mental health definition and not in the other, and why?"""
    now = counts.filter(
        counts.month == ibis.literal(scope.month),
        counts.of_interest,
        about_mental_health(scope),
    )
    by_code, by_area = now.by_occupation_code, now.by_area_of_work
    trusts = now.in_mental_health_trusts
    either = now.filter(by_code | by_area | trusts)
    named = either.mutate(
        basis=ibis.cases(
            (trusts & (by_code | by_area), "both_definitions"),
            (trusts, "trusts_only"),
            (by_code & by_area, "services_only_by_code_and_area"),
            (by_code, "services_only_by_code"),
            else_="services_only_by_area",
        )
    )
    by = ("basis",)
    return together(
        share(named, by=by, within=(), measure="share"),
        total(named, by=by, measure="fte"),
    )
