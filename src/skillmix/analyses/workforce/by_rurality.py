"""Support staff beside qualified staff in rural and in urban trusts."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import ratio
from skillmix.schema import values
from skillmix.schema.comparators import EmployerPlace
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import RURALITY, SERVICE_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Set rural trusts beside urban ones."""
    rural, urban = (
        stated(published, "per_qualified", "ratio", 2, rurality=name)
        for name in ("rural", "urban")
    )
    return (
        f"{in_month(published)}, for each full-time equivalent of professionally "
        f"qualified staff there were {rural} of support staff in rural trusts and "
        f"{urban} in urban ones."
    )


@analysis(
    title="Support and qualified staff in rural and urban trusts",
    keys=("rurality",),
    measures={
        "per_qualified": Measure(
            label="Support staff for each professionally qualified",
            unit="ratio",
            denominator="FTE of professionally qualified staff, doctors among them",
            estimator=estimators.fte_ratio,
            decimals=2,
        )
    },
    chart=Chart(kind="dots", x="rurality", measure="per_qualified"),
    narrate=narrate,
    definition=(
        "FTE in the service by whether the employer is a rural or an urban trust, as "
        "the classification given says. The report does not say which one it used, nor "
        "whether it counts the service or whole trusts."
    ),
    reproduces={
        f"{name}-support-per-qualified": Printed(
            value=value, within=0.005, row={"rurality": name}
        )
        for name, value in (("rural", 0.62), ("urban", 0.59))
    },
    shows={
        "dir-rural-above-urban": Claim(
            relation="greater", picks=({"rurality": "rural"}, {"rurality": "urban"})
        )
    },
    caveats=(RURALITY, SERVICE_DEFINITION),
    capabilities=("SIZE-12", "IN-03"),
)
def by_rurality(posts: Post, places: EmployerPlace, scope: Scope) -> ir.Table:
    """How many support staff stand beside qualified staff in rural trusts?"""
    now = posts.filter(posts.month == ibis.literal(scope.month), posts.in_service)
    told = places.select(code="employer", rurality="rurality")
    placed = now.inner_join(told, now.employer == told.code)
    return ratio(
        placed,
        placed.staff_group.isin(values.SUPPORT_GROUPS),
        placed.staff_group.isin(values.QUALIFIED_GROUPS),
        by=("rurality",),
        measure="per_qualified",
    )
