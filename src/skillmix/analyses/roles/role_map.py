"""Examples of support roles in three broad categories (Figure 3)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.counterparts import of_service_or_all
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.registers import RoleExample
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ROLE_CATEGORIES
from skillmix.words.counts import counted

EVERY = "All roles of the category"


def narrate(published: Published) -> str:
    """Say how many roles and categories there are, and the role with most names."""
    totals = published.where(measure="roles")
    named = [r for r in published.where(measure="names") if r.estimate]
    roles = sum(r.estimate or 0 for r in totals)
    words = (
        f"The map holds {counted(roles, 'example')} of support roles in "
        f"{counted(len(totals), 'category')}."
    )
    if not named:
        return words
    most = max(named, key=lambda r: r.estimate or 0)
    return (
        f"{words} '{most['role']}' alone goes by "
        f"{counted(most.estimate, 'other name')}: {most['other_names']}."
    )


@analysis(
    title="Map of support roles",
    keys=("role_category", "role", "other_names", "registered", "clinical"),
    measures={
        "names": Measure(
            label="Other names in use",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "roles": Measure(
            label="Roles in the category",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="cards",
        x="role",
        colour="role_category",
        measure="names",
        only={"measure": "names"},
    ),
    narrate=narrate,
    definition=(
        "Examples from the role vocabulary, in the three broad categories of the "
        "report: assistants and similar roles, professional roles, and training posts. "
        "Names overlap, and there is no agreed hierarchy; employment advisers are not "
        "clinical, and stand here because they meet like questions."
    ),
    figure=3,
    reproduces={
        "workforce-broad-categories": Printed(
            value=3, within=0.5, row={"measure": "roles"}, take="rows"
        ),
        "creative-therapy-alternative-titles": Printed(
            value=4,
            within=0.5,
            row={"role": "Creative therapy support worker", "measure": "names"},
        ),
    },
    caveats=(ROLE_CATEGORIES,),
    capabilities=("OUT-01", "ROLE-05"),
)
def role_map(roles: RoleExample, scope: Scope) -> ir.Table:
    """Which support roles are there, by broad category?"""
    mine = roles.filter(of_service_or_all(roles.service, scope))
    text = mine.other_names
    commas = text.length() - text.replace(";", "").length()
    keys = ("role_category", "role", "other_names", "registered", "clinical")
    named = mine.mutate(names=(text == "").ifelse(0, commas + 1))
    sums = named.group_by("role_category").agg(roles=named.count())
    totals = sums.mutate(
        role=ibis.literal(EVERY),
        other_names=ibis.literal(""),
        registered=ibis.literal(value=False),
        clinical=ibis.literal(value=True),
    )
    return together(
        cells(named, keys=keys, measure="names", numerator=named.names),
        cells(totals, keys=keys, measure="roles", numerator=totals.roles),
    )
